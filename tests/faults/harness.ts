/**
 * Two server processes on one Postgres, each with a proxy of ours before it and another one before its database, and an
 * identity provider. A server is killed with SIGKILL and comes back at the same port.
 */
import { expect } from 'bun:test';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { type ScriptedProvider, startScriptedProvider } from '#dev/scripted-provider.ts';
import { movableClock } from '#ports/clock.ts';
import { settleAbandonedLogins } from '#ports/db/abandoned-logins.ts';
import { openDatabase } from '#ports/db/client.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { type Front, openFront } from '#tests/faults/front.ts';
import { type Bounds, findViolations } from '#tests/faults/invariants.ts';
import { openPostgresProxy, type PostgresProxy } from '#tests/faults/postgres-proxy.ts';
import { type Client, keepTokens, type Scene, type Tokens, visitProvider } from '#tests/hostile/clients.ts';
import { ADA } from '#tests/hostile/stage.ts';
import { type Fetch, read } from '#tests/journey.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { type ServerProcess, startServer } from '#tests/server-process.ts';
import { migrate } from '#tests/world.ts';

export interface Member {
  readonly fetch: Fetch;
  /** Between clients and the server. */
  readonly front: Front;
  /** Between the server and Postgres. */
  readonly database: PostgresProxy;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts the server again, at the same port. */
  restart(): Promise<void>;
  /** What the server has printed since it was last started. */
  output(): string;
}

export interface Fleet {
  readonly members: readonly [Member, Member];
  readonly provider: ScriptedProvider;
  /** The database's URL, not through a proxy. */
  readonly url: string;
  /** A connection of the test's own, not through a proxy. */
  readonly sql: Sql;
  readonly apiKey: string;
  /** What the clients of `tests/hostile` need: their requests go to the first server unless said otherwise. */
  scene(member?: Member): Scene;
  close(): Promise<void>;
}

export interface FleetOptions {
  /** A database that is migrated already; one of the run's own server unless given. */
  readonly databaseUrl?: string;
  readonly environment?: Record<string, string>;
}

export async function openFleet(options: FleetOptions = {}): Promise<Fleet> {
  const closing: (() => Promise<unknown>)[] = [];
  const url = options.databaseUrl ?? (await cloneForFleet(closing));
  const provider = await startScriptedProvider({ clients: [CLIENT] });
  provider.script.user = ADA;
  const apiKey = createApiKey();
  const secretsKey = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const open = async () => {
    const database = await openPostgresProxy(url);
    const member = await openMember(database, (port) =>
      startServer({
        runtime: 'bun',
        databaseUrl: database.url,
        declaration: acme(`${provider.origin}/acme`, apiKey),
        environment: {
          OUTBOUND_ALLOW: new URL(provider.origin).host,
          SECRETS_KEY: secretsKey,
          PUBLIC_URL: 'http://localhost:3000',
          PORT: String(port),
          ...options.environment,
        },
      }),
    );
    closing.unshift(member.close);
    return member;
  };
  // one after the other: the first applies the declaration
  const members = [await open(), await open()] as const;
  const sql = postgres(url, { max: 4, onnotice: () => {}, connection: { application_name: 'fault harness' } });
  const secrets = new Set<string>();
  return {
    members,
    provider,
    url,
    sql,
    apiKey,
    scene: (member = members[0]) => ({ world: { fetch: member.fetch, apiKey }, secrets }),
    async close() {
      await sql.end({ timeout: 1 });
      for (const close of closing) await close();
      await provider.close();
    },
  };
}

async function cloneForFleet(closing: (() => Promise<unknown>)[]): Promise<string> {
  const database: ClonedDatabase = await cloneDatabase(migrate);
  closing.push(() => database.drop());
  return database.url;
}

async function openMember(
  database: PostgresProxy,
  start: (port: number) => Promise<ServerProcess>,
): Promise<Member & { close(): Promise<void> }> {
  let server = await start(0);
  const port = Number(new URL(server.url).port);
  const front = await openFront(port);
  return {
    // a connection a request: what one fault breaks, no other request was going to use
    fetch: (path, init) => fetch(new URL(path, `http://127.0.0.1:${front.port}`), { ...init, keepalive: false }),
    front,
    database,
    async kill() {
      await server.stop('SIGKILL');
    },
    async restart() {
      server = await start(port);
    },
    output: () => server.output(),
    async close() {
      await server.stop('SIGKILL');
      await front.close();
      await database.close();
    },
  };
}

/** A whole honest login, every request sent as `fetch` sends it. */
export async function signInAt(fleet: Fleet, client: Client, fetch: Fetch = fleet.members[0].fetch): Promise<Tokens> {
  const scene = { ...fleet.scene(), world: { fetch, apiKey: fleet.apiKey } };
  const started = await client.start(scene);
  const answer = await fetch(...client.callback(scene, started, await visitProvider(scene, started)));
  return keepTokens(scene, client.tokensOf(await read(answer)));
}

/** Answers that say "not now" rather than "no". */
const PASSING = new Set([429, 502, 503, 504]);
const LONGEST_PAUSE_MS = 1_000;

/**
 * How a careful client asks: the same request again when there was no answer, or one that says to come again, after the
 * pause that it names, at the next server, until the patience is over.
 * @returns the last answer. @throws whatever the last attempt threw, if there never was one
 */
export function persistent(members: readonly Pick<Member, 'fetch'>[], patienceMs = 8_000): Fetch {
  return async (path, init) => {
    const deadline = performance.now() + patienceMs;
    for (let attempt = 0; ; attempt++) {
      const member = members[attempt % members.length];
      if (!member) throw new Error('nobody to ask');
      const answer = await member.fetch(path, init).catch((error: unknown) => {
        if (performance.now() > deadline) throw error;
        return undefined;
      });
      if (answer && (!PASSING.has(answer.status) || performance.now() > deadline)) return answer;
      const wanted = Number(answer?.headers.get('retry-after') ?? 0) * 1000;
      await sleep(Math.min(Math.max(wanted, 20), LONGEST_PAUSE_MS));
    }
  };
}

/** Settles what a killed server left of its logins, as housekeeping does when they have been under way for too long. */
export async function settleAbandoned({ url }: Pick<Fleet, 'url'>): Promise<void> {
  const clock = movableClock();
  clock.moveBy(120);
  const db = openDatabase({ url, prepare: true, poolMax: 1, clock });
  await settleAbandonedLogins(db, clock, () => {}, new AbortController().signal).finally(() => db.close());
}

/** Nothing is out of place, and no server lost its footing. */
export async function expectSound(fleet: Pick<Fleet, 'sql' | 'members'>, bounds: Partial<Bounds> = {}): Promise<void> {
  expect(await findViolations(fleet.sql, bounds)).toEqual([]);
  for (const { output } of fleet.members) expect(output()).not.toMatch(/"level":(50|60)|unhandled|uncaught|^\s+at /im);
}
