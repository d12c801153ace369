/** The rows of the table: what is done, and which bare statements it is compared with. */
import type { BareStatements } from './bare-statements.ts';
import { type BenchDialect, type Client, type Pair, pairOf } from './client.ts';
import { type Operation, timed } from './load.ts';
import { PEOPLE } from './population.ts';

export interface Workload {
  readonly name: string;
  readonly operation: Operation;
  /** The row of bare statements that this one's rate is a share of; undefined for those rows themselves. */
  readonly bare: string | undefined;
}

const BARE = { login: 'bare login (5 statements)', refresh: 'bare refresh (1)', read: 'bare read (1)' };

export function createWorkloads(client: Client, bare: BareStatements): Workload[] {
  const login = (name: string, dialect: BenchDialect): Workload => ({
    name,
    operation: loginOperation(client, dialect),
    bare: BARE.login,
  });
  const person = inTurn();
  const sessions = new Map<number, string>();
  return [
    login('login, Applivery', 'applivery'),
    login('login, Indee', 'indee'),
    login('login, Pria', 'pria'),
    { name: 'refresh, Applivery', operation: refreshOperation(client), bare: BARE.refresh },
    { name: 'read, Applivery', operation: readOperation(client), bare: BARE.read },
    { name: BARE.login, operation: timed(() => bare.login(person())), bare: undefined },
    { name: BARE.refresh, operation: timed((worker) => bare.refresh(worker)), bare: undefined },
    {
      name: BARE.read,
      operation: timed(async (worker) => {
        const session = sessions.get(worker) ?? (await bare.login(worker));
        sessions.set(worker, session);
        await bare.read(session);
      }),
      bare: undefined,
    },
  ];
}

/** Start and callback; the latency is the callback's. */
function loginOperation(client: Client, dialect: BenchDialect): Operation {
  const person = inTurn();
  return async () => {
    const started = await client.start(dialect, person());
    const startedAt = performance.now();
    await client.finish(dialect, started);
    return performance.now() - startedAt;
  };
}

/** Each worker has a session and a chain of pairs of its own. */
function refreshOperation(client: Client): Operation {
  const pairs = new Map<number, Pair>();
  return timed(async (worker) => {
    pairs.set(worker, await client.refresh(pairs.get(worker) ?? (await signIn(client, worker))));
  });
}

function readOperation(client: Client): Operation {
  const pairs = new Map<number, Pair>();
  return timed(async (worker) => {
    const pair = pairs.get(worker) ?? (await signIn(client, worker));
    pairs.set(worker, pair);
    await client.profile(pair.accessToken);
  });
}

async function signIn(client: Client, person: number): Promise<Pair> {
  return pairOf(await client.finish('applivery', await client.start('applivery', person)));
}

/** One after the other, so that no two logins under way are one person's, which would wait for each other. */
function inTurn(): () => number {
  let last = -1;
  return () => {
    last = (last + 1) % PEOPLE;
    return last;
  };
}
