/**
 * The proxy before Postgres: it knows which statement passes, and stops at named points of one so that something can
 * happen there.
 */
import { backendMessages, frontendMessages, type Message, textsOf } from '#tests/faults/postgres-messages.ts';
import { type Link, openProxy, type Tap, type Taps, type TcpProxy } from '#tests/faults/proxy.ts';

/**
 * - `unsent`: the statement is about to be handed to the server
 * - `executing`: it was handed over, and no answer will be seen before the point is left
 * - `answered`: the server has answered (so it has committed), and nothing of it was seen yet
 */
export type Moment = 'unsent' | 'executing' | 'answered';

export interface Point {
  readonly statement: RegExp;
  readonly moment: Moment;
  /** The statement waits for it. */
  readonly act: (link: Link) => unknown;
  /** Which of the statements from now on, counted from 1 (the default). */
  readonly nth?: number;
}

export interface PostgresProxy extends TcpProxy {
  /** The database's URL through the proxy. */
  readonly url: string;
  /** Statements that were handed over so far, and round trips. */
  readonly seen: { readonly executions: number; readonly roundTrips: number };
  /** Sets a point, which is there once. @returns when it was reached, and `act` is done */
  at(point: Point): Promise<void>;
  /** Takes back every point that was not reached. */
  clear(): void;
}

interface SetPoint extends Point {
  left: number;
  readonly reached: PromiseWithResolvers<void>;
}

/** What is answered with one ReadyForQuery. */
interface Cycle {
  point?: SetPoint | undefined;
  /** When what happens at the point is over. */
  acted?: Promise<void> | undefined;
  isSynced: boolean;
}

export async function openPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const seen = { executions: 0, roundTrips: 0 };
  let points: SetPoint[] = [];
  const take = (text: string) => {
    const point = points.filter(({ statement }) => statement.test(text)).find((each) => --each.left === 0);
    if (point) points = points.filter((each) => each !== point);
    return point;
  };
  const proxy = await openProxy({ port: Number(target.port) }, (link) => tapsOf(link, seen, take));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${proxy.port}`;
  return {
    ...proxy,
    url: url.href,
    seen,
    at(point) {
      const set = { ...point, left: point.nth ?? 1, reached: Promise.withResolvers<void>() };
      points.push(set);
      return set.reached.promise;
    },
    clear() {
      points = [];
    },
  };
}

async function act(point: SetPoint, link: Link): Promise<void> {
  await point.act(link);
  point.reached.resolve();
}

type Take = (text: string) => SetPoint | undefined;

function tapsOf(link: Link, seen: { executions: number; roundTrips: number }, take: Take): Taps {
  // the startup is answered with a ReadyForQuery, too
  const cycles: Cycle[] = [{ isSynced: true }];
  const requests = new Requests(link, cycles, seen, take);
  return { request: (chunk, pass) => requests.tap(chunk, pass), answer: answerTap(link, cycles) };
}

class Requests {
  readonly #read = frontendMessages();
  /** Of prepared statements, by name. */
  readonly #texts = new Map<string, string>();
  #ready: Buffer[] = [];

  constructor(
    readonly link: Link,
    readonly cycles: Cycle[],
    readonly seen: { executions: number; roundTrips: number },
    readonly take: Take,
  ) {}

  readonly tap: Tap = async (chunk, pass) => {
    const flush = async () => {
      const bytes = Buffer.concat(this.#ready);
      this.#ready = [];
      if (bytes.length > 0) await pass(bytes);
    };
    for (const message of this.#read(chunk)) {
      const point = this.#pointAt(message);
      if (point?.moment === 'unsent') {
        await flush();
        await act(point, this.link);
      } else if (point) this.#cycle().point = point;
      this.#ready.push(message.bytes);
      if (message.type === 'S' || message.type === 'Q') await this.#sync(flush);
    }
    await flush();
  };

  async #sync(flush: () => Promise<void>): Promise<void> {
    const cycle = this.#cycle();
    this.seen.roundTrips++;
    cycle.isSynced = true;
    await flush();
    if (cycle.point?.moment === 'executing') cycle.acted = act(cycle.point, this.link);
  }

  /** What is not synchronised yet; begun if everything is. */
  #cycle(): Cycle {
    const last = this.cycles.at(-1);
    if (last && !last.isSynced) return last;
    const cycle = { isSynced: false };
    this.cycles.push(cycle);
    return cycle;
  }

  /** The point of the statement that a `Bind` or a simple `Query` has executed. */
  #pointAt(message: Message): SetPoint | undefined {
    if (message.type === 'P') {
      const [name = '', text = ''] = textsOf(message, 2);
      this.#texts.set(name, text);
    }
    if (message.type !== 'Q' && message.type !== 'B') return undefined;
    this.seen.executions++;
    this.#cycle();
    const [first = '', name = ''] = textsOf(message, message.type === 'Q' ? 1 : 2);
    return this.take(message.type === 'Q' ? first : (this.#texts.get(name) ?? ''));
  }
}

function answerTap(link: Link, cycles: Cycle[]): Tap {
  const read = backendMessages();
  let held: Buffer[] = [];
  return async (chunk, pass) => {
    for (const { type, bytes } of read(chunk)) {
      held.push(bytes);
      if (type !== 'Z') continue;
      const cycle = cycles.shift();
      if (cycle?.point?.moment === 'answered') await act(cycle.point, link);
      await cycle?.acted;
      await pass(Buffer.concat(held));
      held = [];
    }
    // what belongs to a statement with a point waits for the end of its answer
    if (cycles[0]?.point || held.length === 0) return;
    await pass(Buffer.concat(held));
    held = [];
  };
}
