/**
 * `SECRETS_KEY` replaced in the documented order under load (PR-03): two server processes, people who sign in and renew
 * all the time, the re-sealing killed midway and begun again. No request fails, and the old key opens nothing afterwards.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import postgres, { type Sql } from 'postgres';
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { signIn } from '#dev/sign-in.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { createSealer } from '#ports/keys/sealer.ts';
import { runCommandLine, startCommand } from '#tests/command-line.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { json } from '#tests/journey.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { insertRequests } from '#tests/sealed-rows.ts';
import { type ServerProcess, startServer } from '#tests/server-process.ts';
import { migrate } from '#tests/world.ts';

const newKey = () => crypto.getRandomValues(new Uint8Array(32)).toBase64();
const [OLD, NEW] = [newKey(), newKey()];
const apiKey = createApiKey();

let provider: RunningIdentityProvider;
let database: ClonedDatabase;
let sql: Sql;
beforeAll(async () => {
  provider = await startIdentityProvider({ clients: [CLIENT] });
  database = await cloneDatabase(migrate);
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
});
afterAll(async () => {
  await sql?.end();
  await provider?.stop();
  await database?.drop();
});

const start = (keys: Record<string, string>): Promise<ServerProcess> =>
  startServer({
    runtime: 'bun',
    databaseUrl: database.url,
    declaration: acme(provider.issuer, apiKey),
    environment: {
      OUTBOUND_ALLOW: new URL(provider.issuer).host,
      ...keys,
      PUBLIC_URL: 'http://localhost:3000',
      SESSIONS_PER_USER: '0',
    },
  });

/** Two servers behind a balancer that drains one before it is stopped. */
class Fleet {
  readonly failures: string[] = [];
  requests = 0;
  #turn = 0;
  #members: { readonly server: ServerProcess; underWay: number }[] = [];

  /** Two new servers take over; for a while all four answer. */
  async roll(keys: Record<string, string>): Promise<void> {
    const leaving = this.#members;
    const servers = await Promise.all([start(keys), start(keys)]);
    this.#members = [...leaving, ...servers.map((server) => ({ server, underWay: 0 }))];
    await this.#pass(8);
    for (const member of leaving) {
      this.#members = this.#members.filter((other) => other !== member);
      while (member.underWay > 0) await Bun.sleep(5);
      await member.server.stop();
      await this.#pass(8);
    }
  }

  /** Until that many more requests were made, if anybody makes any. */
  async #pass(count: number): Promise<void> {
    const enough = this.requests + count;
    while (this.requests > 0 && this.requests < enough && this.failures.length === 0) await Bun.sleep(5);
  }

  async call(path: string, init: RequestInit = {}) {
    const member = this.#members[this.#turn++ % this.#members.length];
    if (!member) throw new Error('no server');
    member.underWay += 1;
    this.requests += 1;
    try {
      const answer = await fetch(new URL(path, member.server.url), { ...init, keepalive: false });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return await answer.json();
    } catch (error) {
      this.failures.push(`${path}: ${error}`);
      throw error;
    } finally {
      member.underWay -= 1;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#members.map(({ server }) => server.stop()));
  }
}

const fleet = new Fleet();
afterAll(() => fleet.stop());

async function signInApplivery(): Promise<Pair> {
  const { data } = await fleet.call('/v1/auth/sso/acme/oidc');
  const { code, state } = await signIn(data.redirectUrl, 'grace@acme.test');
  return pairOf(await fleet.call('/v1/auth/sso/acme/oidc/callback', json({ code, state })));
}

interface Pair {
  readonly lastAccessToken: string;
  readonly refreshToken: string;
}
const pairOf = ({ data }: { data: { accessToken: { token: string }; refreshToken: { token: string } } }): Pair => ({
  lastAccessToken: data.accessToken.token,
  refreshToken: data.refreshToken.token,
});
const renew = async (pair: Pair) => pairOf(await fleet.call('/v1/auth/refresh', json(pair)));

/** Signs in and renews, and loses every second answer of a renewal, until it is told to stop. */
async function live(stop: AbortSignal): Promise<void> {
  const first = await signInApplivery();
  let pair = first;
  for (let turn = 0; !stop.aborted; turn++) {
    if (turn % 2) await renew(pair);
    pair = await renew(pair);
    if (turn % 10 === 0) pair = await signInApplivery();
    await Bun.sleep(50);
  }
}

async function keyIds(): Promise<string[]> {
  const rows = await sql`select distinct split_part(value, '.', 2) as id from (
    select sealed_client_secret as value from connections union all select sealed_private_jwk from signing_keys
    union all select sealed_nonce from authentication_requests union all select sealed_successor from refresh_tokens) v
    where value <> ''`;
  return rows.map((row) => String(row['id']));
}

test('no request fails, and the old key can be thrown away', async () => {
  const [oldId, newId] = [(await createSealer(OLD)).keyIds[0] ?? '', (await createSealer(NEW)).keyIds[0] ?? ''];
  await fleet.roll({ SECRETS_KEY: OLD });
  const stop = new AbortController();
  const kept = await signInApplivery();
  const lives = Promise.allSettled([live(stop.signal), live(stop.signal)]);

  await fleet.roll({ SECRETS_KEY: OLD, SECRETS_KEY_PREVIOUS: NEW });
  expect(await keyIds()).toEqual([oldId]);
  await fleet.roll({ SECRETS_KEY: NEW, SECRETS_KEY_PREVIOUS: OLD });

  await insertRequests(sql, await createSealer(OLD), 0x1000, 2_000);
  const environment = { DATABASE_URL: database.url, SECRETS_KEY: NEW, SECRETS_KEY_PREVIOUS: OLD };
  await killMidway(environment);
  expect((await keyIds()).sort()).toEqual([oldId, newId].sort());
  const after = await runCommandLine(['secrets', 'rotate'], environment);
  expect({ code: after.code, error: after.error }).toEqual({ code: 0, error: '' });
  expect(after.out).toEndWith('All are under SECRETS_KEY.\n');
  expect(await keyIds()).toEqual([newId]);

  await fleet.roll({ SECRETS_KEY: NEW });
  await renew(await renew(kept));
  stop.abort();
  expect((await lives).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect(fleet.failures).toEqual([]);
  expect(fleet.requests).toBeGreaterThan(50);
}, 300_000);

/** Kills the re-sealing when it has come to a row that somebody else holds. */
async function killMidway(environment: Record<string, string>): Promise<void> {
  const id = (0x1000 + 500).toString(16).padStart(24, '0');
  const command = await sql.begin(async (transaction) => {
    await transaction`select from authentication_requests where id = ${id} for update`;
    const running = startCommand(['secrets', 'rotate'], environment);
    const waits = () => sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'update "authentication_requests" set%'`;
    while ((await waits()).length === 0) await Bun.sleep(5);
    running.kill();
    return running.result;
  });
  expect((await command).code).not.toBe(0);
}
