/** The pool's promises, each against a worker that really hangs, crashes or ends: nothing of it is stood in for. */
import { afterEach, describe, expect, test } from 'bun:test';
import { SsoError } from '#error';
import { type PoolEvent, WorkerPool } from '#ports/idp/saml/pool.ts';
import { type Deed, type Done, HELD, RELEASE } from './pool-worker.ts';

const ENTRY = new URL('./pool-worker.ts', import.meta.url);
/** Of a task that will never end; long enough for those that will. */
const DEADLINE_MS = 400;
/** Of one worker. */
const PLACES = 2;

type Pool = WorkerPool<Deed, Done>;
const opened: Pool[] = [];
const events: PoolEvent[] = [];

function open(options: { size?: number; deadlineMs?: number; waitMs?: number; entry?: URL } = {}): Pool {
  events.length = 0;
  const pool: Pool = new WorkerPool({ entry: ENTRY, size: 1, observe: (event) => events.push(event), ...options });
  opened.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.close()));
});

const task = (deed: Deed['deed'], text = 'text'): Deed => ({ deed, bytes: new TextEncoder().encode(text) });

/** The text of an answer, or the code of a refusal. */
async function outcome(answer: Promise<Done>): Promise<string> {
  return answer.then(
    ({ text }) => text,
    (error: unknown) => (error instanceof SsoError ? error.code : `not ours: ${error}`),
  );
}

async function refusal(answer: Promise<Done>): Promise<SsoError> {
  const error = await answer.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof SsoError)) throw new Error('was not refused');
  return error;
}

function release(): void {
  const channel = new BroadcastChannel(RELEASE);
  channel.postMessage('go');
  channel.close();
}

/** Fills the one worker's places, and answers once all tasks there wait. */
async function occupy(pool: Pool): Promise<Promise<Done>[]> {
  const channel = new BroadcastChannel(HELD);
  let held = 0;
  const allHeld = new Promise<void>((resolve) => {
    channel.onmessage = () => {
      held += 1;
      if (held === PLACES) resolve();
    };
  });
  const answers = Array.from({ length: PLACES }, (_, index) =>
    pool.run(task('wait for release', `held ${index}`), 'held'),
  );
  await allHeld;
  channel.close();
  expect(pool.waiting()).toBe(0);
  return answers;
}

describe('a task', () => {
  test('gets its bytes, and the caller keeps them', async () => {
    const pool = open();
    const bytes = Buffer.from('before text behind').subarray(7, 11);
    expect((await pool.run({ deed: 'answer', bytes }, 'one')).text).toBe('text');
    expect(bytes.toString()).toBe('text');
    expect((await pool.run({ deed: 'answer', bytes }, 'one')).text).toBe('text');
  });

  test('given before the worker is ready waits for it', async () => {
    const pool = open({ size: 3 });
    const answers = Array.from({ length: 30 }, (_, index) =>
      pool.run(task('answer later', `${index}`), `o${index % 5}`),
    );
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(answers.map((_, index) => `${index}`));
    expect(events).toEqual([]);
  });

  test('that fails is told by the class of its error alone, and its worker is replaced', async () => {
    const pool = open();
    expect((await pool.run(task('answer'), 'one')).before).toBe(0);
    const error = await refusal(pool.run(task('throw', 'XYZZY'), 'one'));
    expect(error.code).toBe('internal_error');
    expect(error.detail).toBe('the verifier failed: RangeError');
    expect(error.cause).toBeUndefined();
    expect((await pool.run(task('answer'), 'one')).before).toBe(0);
    expect(events).toEqual(['crash']);
  });

  test('that is not understood fails, and takes nothing with it', async () => {
    const pool = open();
    const strange: Deed = JSON.parse('{"bytes":""}');
    const [wrong, right] = await Promise.all([
      outcome(pool.run(strange, 'one')),
      outcome(pool.run(task('answer later'), 'one')),
    ]);
    expect([wrong, right]).toEqual(['internal_error', 'text']);
  });
});

describe('a worker that is lost', () => {
  const LOSSES = [
    ['spin', 'timeout'],
    ['never answer', 'timeout'],
    ['throw outside', 'crash'],
    ['reject outside', 'crash'],
    ['exit', 'crash'],
    ['speak nonsense', 'crash'],
  ] as const;

  test.each(LOSSES)('by “%s” refuses its task and is replaced', async (deed, event) => {
    const pool = open({ deadlineMs: DEADLINE_MS });
    expect((await pool.run(task('answer'), 'one')).before).toBe(0);
    const error = await refusal(pool.run(task(deed, 'XYZZY'), 'one'));
    expect(error.code).toBe('saml_timeout');
    expect(error.retryAfterSeconds).toBe(1);
    expect(`${error.message} ${error.detail} ${String(error.cause)}`).not.toContain('XYZZY');
    expect(events).toEqual([event]);
    // a new one: it was given nothing before
    expect((await pool.run(task('answer'), 'one')).before).toBe(0);
  });

  test.each(LOSSES)('by “%s” costs the tasks beside it nothing but time', async (deed) => {
    const pool = open({ deadlineMs: DEADLINE_MS });
    await pool.run(task('answer'), 'one');
    const run = (what: Deed['deed'], text: string) => outcome(pool.run(task(what, text), 'one'));
    const outcomes = [run('answer later', 'a'), run('answer later', 'b'), run(deed, 'c'), run('answer later', 'd')];
    const all = await Promise.all([...outcomes, run('answer later', 'e')]);
    expect(all).toEqual(['a', 'b', 'saml_timeout', 'd', 'e']);
  });

  test('gave an answer that nobody waits for: its tasks are tried again', async () => {
    const pool = open({ deadlineMs: DEADLINE_MS });
    expect(await outcome(pool.run(task('answer another'), 'one'))).toBe('saml_timeout');
    expect(await outcome(pool.run(task('answer'), 'one'))).toBe('text');
  });

  test('that can’t be loaded is no reason to wait for ever', async () => {
    const pool = open({ entry: new URL('./no-such-worker.ts', import.meta.url), waitMs: 300 });
    const outcomes = [pool.run(task('answer'), 'one'), pool.run(task('answer'), 'two')].map(outcome);
    expect(await Promise.all(outcomes)).toEqual(['saml_busy', 'saml_busy']);
    expect(events.filter((event) => event === 'crash').length).toBe(1);
  });
});

describe('the queue', () => {
  test('refuses what it has no place for, with a time to come back', async () => {
    const pool = open({ waitMs: 60_000, deadlineMs: 60_000 });
    const held = await occupy(pool);
    const waiting = Array.from({ length: 64 }, (_, index) => pool.run(task('answer', `${index}`), `o${index}`));
    expect(pool.waiting()).toBe(64);
    const error = await refusal(pool.run(task('answer'), 'late'));
    expect([error.code, error.retryAfterSeconds]).toEqual(['saml_busy', 1]);
    expect(events).toEqual(['busy']);
    release();
    expect((await Promise.all(held)).map(({ text }) => text)).toEqual(['held 0', 'held 1']);
    expect((await Promise.all(waiting)).map(({ text }) => text)).toEqual(waiting.map((_, index) => `${index}`));
    expect(pool.waiting()).toBe(0);
  });

  test('of one organization does not keep another waiting', async () => {
    const pool = open({ waitMs: 60_000, deadlineMs: 60_000 });
    const held = await occupy(pool);
    const order: string[] = [];
    const run = (organizationId: string) =>
      outcome(pool.run(task('answer'), organizationId)).then((text) => order.push(`${organizationId} ${text}`));
    const flood = Array.from({ length: 40 }, () => run('flood'));
    expect(pool.waiting()).toBe(32);
    const honest = [run('honest'), run('honest')];
    release();
    await Promise.all([...flood, ...honest, ...held]);
    const answered = order.filter((line) => line.endsWith('text'));
    expect(answered.slice(0, 4)).toEqual(['flood text', 'honest text', 'flood text', 'honest text']);
    expect(order.filter((line) => line === 'flood saml_busy').length).toBe(8);
  });

  test('is not waited in for ever', async () => {
    const pool = open({ waitMs: 50, deadlineMs: 60_000 });
    const held = await occupy(pool);
    const error = await refusal(pool.run(task('answer'), 'one'));
    expect([error.code, error.retryAfterSeconds]).toEqual(['saml_busy', 1]);
    expect(pool.waiting()).toBe(0);
    release();
    await Promise.all(held);
    expect(await outcome(pool.run(task('answer'), 'one'))).toBe('text');
  });
});

describe('a closed pool', () => {
  test('refuses what waits, what is under way and what comes later', async () => {
    const pool = open();
    const held = await occupy(pool);
    const all = [...held, pool.run(task('answer'), 'one')].map(outcome);
    await pool.close();
    expect(await Promise.all(all)).toEqual(Array(PLACES + 1).fill('saml_busy'));
    expect(await outcome(pool.run(task('answer'), 'one'))).toBe('saml_busy');
    pool.warm();
    expect(pool.waiting()).toBe(0);
  });
});
