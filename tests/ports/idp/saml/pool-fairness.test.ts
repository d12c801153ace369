/** Turns and limits of the queue, over random arrivals and departures. */
import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { FairQueue } from '#ports/idp/saml/fair-queue.ts';

const CAPACITY = 16;

interface Item {
  readonly organizationId: string;
  readonly number: number;
}

const ORGANIZATIONS = ['a', 'b', 'c', 'd', 'e'];
const organization = fc.constantFrom(...ORGANIZATIONS);
/** Mostly arrivals, so that the queue is full now and then. */
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: organization.map((organizationId) => ({ kind: 'add' as const, organizationId })) },
    { weight: 1, arbitrary: organization.map((organizationId) => ({ kind: 'retry' as const, organizationId })) },
    { weight: 3, arbitrary: fc.constant({ kind: 'take' as const }) },
    { weight: 1, arbitrary: fc.nat().map((index) => ({ kind: 'remove' as const, index })) },
  ),
  { maxLength: 200, size: 'max' },
);

const countOf = (items: Iterable<Item>, organizationId: string) =>
  [...items].filter((item) => item.organizationId === organizationId).length;

/** The queue beside the plain set of what must be in it; every step is checked. */
class Watched {
  readonly queue = new FairQueue<Item>(CAPACITY);
  readonly inside = new Set<Item>();
  #number = 0;

  add(organizationId: string, place: 'end' | 'head' = 'end'): void {
    const item = { organizationId, number: this.#number++ };
    const mine = countOf(this.inside, organizationId);
    const out = this.queue.add(item, place);
    if (out === item) {
      const longest = Math.max(...ORGANIZATIONS.map((id) => countOf(this.inside, id)));
      const isFull = this.inside.size === CAPACITY && longest <= mine + 1;
      expect(mine >= CAPACITY / 2 || isFull).toBe(true);
      return;
    }
    this.inside.add(item);
    if (out) this.#displaced(out, mine + 1);
  }

  /** A place is taken only from a line that stays at least as long as the newcomer's. */
  #displaced(out: Item, newcomers: number): void {
    expect(this.inside.delete(out)).toBe(true);
    expect(countOf(this.inside, out.organizationId)).toBeGreaterThanOrEqual(newcomers);
  }

  take(): Item | undefined {
    const expected = this.queue.peek();
    const item = this.queue.take();
    expect(item === expected).toBe(true);
    expect(item === undefined).toBe(this.inside.size === 0);
    if (item) expect(this.inside.delete(item)).toBe(true);
    return item;
  }

  remove(index: number): void {
    const item = [...this.inside][index % Math.max(1, this.inside.size)];
    if (!item) return;
    this.queue.remove(item);
    this.inside.delete(item);
  }

  check(): void {
    expect(this.queue.size).toBe(this.inside.size);
    expect(this.queue.size).toBeLessThanOrEqual(CAPACITY);
    for (const id of ORGANIZATIONS) expect(countOf(this.inside, id)).toBeLessThanOrEqual(CAPACITY / 2);
  }
}

test('no line exceeds half, the queue its capacity, and nothing is lost or doubled', () => {
  const property = fc.property(steps, (all) => {
    const watched = new Watched();
    for (const step of all) {
      if (step.kind === 'take') watched.take();
      else if (step.kind === 'remove') watched.remove(step.index);
      else watched.add(step.organizationId, step.kind === 'retry' ? 'head' : 'end');
      watched.check();
    }
    while (watched.take()) watched.check();
    watched.check();
  });
  fc.assert(property, { numRuns: 500 });
});

/** Who was served while each organization waited for its next turn. */
class Turns {
  readonly #since = new Map<string, string[]>();
  readonly #last = new Map<string, number>();

  served(item: Item, inside: ReadonlySet<Item>): void {
    expect(this.#last.get(item.organizationId) ?? -1).toBeLessThan(item.number);
    this.#last.set(item.organizationId, item.number);
    this.#since.delete(item.organizationId);
    for (const [waiting, served] of this.#since) {
      if (countOf(inside, waiting) === 0) this.#since.delete(waiting);
      else served.push(item.organizationId);
      expect(new Set(served).size).toBe(served.length);
    }
    this.wait(inside);
  }

  wait(inside: ReadonlySet<Item>): void {
    for (const { organizationId } of inside) {
      if (!this.#since.has(organizationId)) this.#since.set(organizationId, []);
    }
  }
}

test('whoever waits is served before anybody else is served twice, and in order of arrival within a line', () => {
  const arrivals = fc.array(fc.tuple(organization, fc.nat(2)), { maxLength: 60, size: 'max' });
  const property = fc.property(arrivals, (all) => {
    const watched = new Watched();
    const turns = new Turns();
    const serve = () => {
      const item = watched.take();
      if (item) turns.served(item, watched.inside);
      return item;
    };
    for (const [organizationId, takes] of all) {
      watched.add(organizationId);
      turns.wait(watched.inside);
      for (let take = 0; take < takes; take++) serve();
    }
    while (serve());
  });
  fc.assert(property, { numRuns: 500 });
});

test('64 tasks of one organization leave half of the queue to the others', () => {
  const queue = new FairQueue<Item>(64);
  for (let number = 0; number < 64; number++) queue.add({ organizationId: 'flood', number });
  expect(queue.size).toBe(32);
  for (let number = 0; number < 32; number++) {
    expect(queue.add({ organizationId: `honest ${number}`, number })).toBeUndefined();
  }
  // full: the flood makes room
  expect(queue.add({ organizationId: 'late', number: 0 })?.organizationId).toBe('flood');
  expect(queue.size).toBe(64);
});
