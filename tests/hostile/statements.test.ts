/** How many statements Postgres really executes on the hot paths, and that none reads a whole table (design, section 7). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Sql } from 'postgres';
import { connectionId, post } from '#tests/hostile/back-channel.ts';
import { applivery, bearer, CLIENTS, indee, keepTokens, pria, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, rotate, sendPair } from '#tests/hostile/pairs.ts';
import { openReplica, type Replica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { openWiretap, type Wiretap } from '#tests/hostile/wiretap.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
let wiretap: Wiretap;
let replica: Replica;
beforeAll(async () => {
  stage = await openStage();
  wiretap = await openWiretap(stage.world.ports.config.DATABASE_URL ?? '');
  replica = await openReplica(stage, { databaseUrl: wiretap.url, poolMax: 1 });
  // the first time of everything reads signing keys, types, metadata, and prepares
  for (const client of CLIENTS) await client.use(replica.fetch, stage, await login(client));
  await rotate(stage, asPair(await login(applivery)), replica.fetch);
});
beforeEach(async () => {
  stage.honest();
  await readKeys();
});

/** Keys are read anew beside the work now and then: not while statements are counted. */
async function readKeys(): Promise<void> {
  await replica.fetch('/.well-known/jwks.json');
  // there is one connection: this waits in line behind the reading
  await replica.fetch('/sso/acme', { headers: { accept: 'application/json' } });
}

afterAll(async () => {
  await replica?.close();
  await wiretap?.close();
  await stage?.close();
});

async function callbackOf(client: (typeof CLIENTS)[number], email?: string): Promise<[string, RequestInit]> {
  const started = await client.start(stage, email);
  return client.callback(stage, started, await visitProvider(stage, started));
}

async function login(client: (typeof CLIENTS)[number]) {
  return keepTokens(stage, client.tokensOf(await read(await replica.fetch(...(await callbackOf(client))))));
}

const times = (count: number) => ({ executions: count, roundTrips: count });

describe.each([...CLIENTS])('$dialect finishes a login in three statements:', (client) => {
  test.each(['new', 'known', 'linked'])('a person who is %s', async (kind) => {
    const email = `${kind}-${client.dialect}@acme.test`;
    stage.provider.script.user = { sub: `${kind}-${client.dialect}`, email, email_verified: true };
    if (kind === 'known') await read(await stage.world.fetch(...(await callbackOf(client, email))));
    if (kind === 'linked')
      await stage.world.apply({ organizations: [{ slug: 'acme', name: 'Acme Industries', users: [{ email }] }] });
    const callback = await callbackOf(client, email);
    expect(await wiretap.count(async () => read(await replica.fetch(...callback)))).toEqual(times(3));
  });

  test('the same callback again', async () => {
    const callback = await callbackOf(client);
    await read(await stage.world.fetch(...callback));
    const { executions } = await wiretap.count(async () => read(await replica.fetch(...callback)));
    expect(executions).toBeLessThanOrEqual(3);
  });

  test('a refusal takes two', async () => {
    const callback = await callbackOf(client);
    stage.provider.script.idToken.claims = { aud: 'another' };
    expect(await wiretap.count(() => replica.fetch(...callback))).toEqual(times(2));
  });

  test('a start takes two at most', async () => {
    const paths = { applivery: '/v1/auth/sso/acme/oidc', indee: '', pria: '/sso/acme' };
    const start = () =>
      client.dialect === 'indee'
        ? replica.fetch('/v1/admin/auth/sso/initiate', json({ username: 'ada@acme.test' }, bearer(stage.world.apiKey)))
        : replica.fetch(paths[client.dialect], { headers: { accept: 'application/json' } });
    await start();
    const { executions } = await wiretap.count(async () => read(await start()));
    expect(executions).toBeLessThanOrEqual(client.dialect === 'indee' ? 3 : 2);
  });
});

describe('renewal and use', () => {
  test('Applivery rotates in one statement, answers the parent in one, and ends a stolen session in two', async () => {
    const parent = asPair(await login(applivery));
    expect(await wiretap.count(() => rotate(stage, parent, replica.fetch))).toEqual(times(1));
    expect(await wiretap.count(() => rotate(stage, parent, replica.fetch))).toEqual(times(1));
    stage.world.clock.moveBy(11);
    await readKeys();
    expect(await wiretap.count(() => sendPair(replica.fetch, parent))).toEqual(times(2));
  });

  test('Indee renews in two, Pria in one, and an authenticated read is one', async () => {
    const [fixed, sliding, rotating] = [await login(indee), await login(pria), await login(applivery)];
    expect(await wiretap.count(() => indee.use(replica.fetch, stage, fixed))).toEqual(times(2));
    expect(await wiretap.count(() => pria.use(replica.fetch, stage, sliding))).toEqual(times(1));
    expect(await wiretap.count(() => applivery.use(replica.fetch, stage, rotating))).toEqual(times(1));
  });

  test('what is no token of ours costs no statement', async () => {
    const forged = (await login(applivery)).access.replace(/.(?=.{20}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(await wiretap.count(() => applivery.use(replica.fetch, stage, { access: forged }))).toEqual(times(0));
  });
});

/** Fills every table that grows, so that the planner has a reason to use an index. */
const ROWS = 5_000;
async function fill(sql: Sql): Promise<void> {
  const [connection] = await sql`select c.id, c.organization_id from connections c
    join organizations o on o.id = c.organization_id where o.slug = 'globex' limit 1`;
  const [organizationId, connectionId] = [connection?.['organization_id'], connection?.['id']];
  await sql`create table n as select i, lpad(to_hex(i), 24, '0') as id from generate_series(1, ${ROWS}::int) i`;
  await sql`insert into users (id, email) select id, 'u' || i || '@globex.test' from n`;
  await sql`insert into memberships (id, organization_id, user_id, email, role)
    select id, ${organizationId}, id, 'u' || i || '@globex.test', 'user' from n`;
  await sql`insert into identities (id, connection_id, subject, user_id, last_login_at)
    select id, ${connectionId}, 's' || i, id, now() from n`;
  await sql`insert into sessions (id, user_id, organization_id, connection_id, dialect, target, expires_at)
    select id, id, ${organizationId}, ${connectionId}, 'applivery', 'dashboard', now() + interval '1 day' from n`;
  await sql`insert into refresh_tokens (id, session_id, token_digest, access_token_id, expires_at)
    select id, id, 'd' || i, 'a' || i, now() + interval '1 day' from n`;
  await sql`insert into authentication_requests (id, state_digest, sealed_nonce, sealed_code_verifier, connection_id,
      connection_version, organization_id, dialect, redirect_uri, expires_at)
    select id, 's' || i, '', '', ${connectionId}, 1, ${organizationId}, 'pria', '', now() + interval '1 hour' from n`;
  await sql`insert into api_keys (id, organization_id, name, prefix, key_digest, dialects)
    select id, ${organizationId}, 'k' || i, '', 'k' || i, '{indee}' from n`;
  await sql`drop table n`;
  await sql`analyze`;
}

test('of a flood of refused logouts each costs a look at its connection, once the audit has enough of them', async () => {
  const acme = await connectionId(stage);
  for (let message = 0; message < 21; message++) expect((await post(replica.fetch, acme, 'x')).status).toBe(400);
  expect(await wiretap.count(() => post(replica.fetch, acme, 'x'))).toEqual(times(1));
});

test('no hot statement reads a whole table', async () => {
  const { sql } = stage.world;
  await fill(sql);
  const scans = async () => {
    const rows = await sql<{ name: string; scans: number }[]>`
      select relname as name, seq_scan::int as scans from pg_stat_user_tables where relname in ('users', 'memberships',
        'identities', 'sessions', 'refresh_tokens', 'authentication_requests', 'api_keys') order by 1`;
    return Object.fromEntries(rows.map(({ name, scans: count }) => [name, count]));
  };
  // a backend tells its counts when it ends: those of the tests before must not be told later
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await Bun.sleep(200);
  const fresh = await openReplica(stage, { poolMax: 1 });
  const before = await scans();
  // more often than the driver needs to change to a generic plan
  for (let round = 0; round < 7; round++) {
    for (const client of CLIENTS) {
      const callback = await callbackOf(client);
      const tokens = client.tokensOf(await read(await fresh.fetch(...callback)));
      expect(await client.use(fresh.fetch, stage, tokens)).toBe(200);
      if (client === applivery) await rotate(stage, asPair(tokens), fresh.fetch);
    }
  }
  await fresh.close();
  await Bun.sleep(200);
  expect(await scans()).toEqual(before);
}, 30_000);
