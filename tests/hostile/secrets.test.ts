/** What the database and the log hold of secrets, and what a thief of rows could do with them (PR-01, PR-02, PR-05). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { dumpTables, expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, CLIENTS, indee, type Started, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, rotate, sendPair } from '#tests/hostile/pairs.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

test('PR-01 the whole life of a session in each dialect leaves no secret behind', async () => {
  for (const client of CLIENTS) await client.use(stage.world.fetch, stage, await signIn(stage, client));
  let pair = asPair(await signIn(stage, applivery));
  for (const _ of [1, 2, 3]) pair = await rotate(stage, pair);
  const { refresh } = await signIn(stage, indee);
  const logout = json({ refresh_token: refresh }, { authorization: `Bearer ${stage.world.apiKey}` });
  await read(await stage.world.fetch('/v1/admin/auth/logout', logout));
  expect(stage.secrets.size).toBeGreaterThan(30);
  await expectNoSecrets(stage);
});

test('PR-01 the canaries are looked for where they would be', async () => {
  const pair = asPair(await signIn(stage, applivery));
  await stage.world.sql`update users set full_name = ${`x ${pair.refresh} x`}`;
  expect(expectNoSecrets(stage)).rejects.toThrow();
  await stage.world.sql`update users set full_name = null`;
  await expectNoSecrets(stage);
});

test('PR-05 a callback whose parameters stand in the query leaves its path in the log, and no more', async () => {
  const started = await applivery.start(stage);
  const returned = await visitProvider(stage, started);
  const query = new URLSearchParams(Object.entries(returned).map(([name, value]) => [name, value ?? '']));
  await read(await stage.world.fetch(`/v1/auth/sso/acme/oidc/callback?${query}`, { method: 'POST' }));
  // the line is written after the answer
  const route = '"route":"/v1/auth/sso/:organizationSlug/:type/callback"';
  while (!stage.world.logLines.at(-1)?.includes(route)) await Bun.sleep(1);
  await expectNoSecrets(stage);
});

test('PR-02 everything that is sealed is sealed: version, key and a nonce of its own', async () => {
  await rotate(stage, asPair(await signIn(stage, applivery)));
  const sealed = Object.values(await dumpTables(stage)).flatMap((rows) =>
    (JSON.parse(rows) as Record<string, unknown>[]).flatMap((row) =>
      Object.entries(row).filter(([name, value]) => name.startsWith('sealed_') && value !== null),
    ),
  );
  expect(new Set(sealed.map(([name]) => name))).toEqual(
    new Set([
      'sealed_answer',
      'sealed_claims',
      'sealed_client_secret',
      'sealed_code_verifier',
      'sealed_nonce',
      'sealed_private_jwk',
      'sealed_successor',
    ]),
  );
  for (const [, value] of sealed) expect(value).toMatch(/^v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]+$/);
  // a row of a partitioned table is dumped with its partition too
  const values = new Set(sealed.map(([, value]) => String(value)));
  const nonces = [...values].map((value) => value.split('.')[2]);
  expect(new Set(nonces).size).toBe(values.size);
});

describe('PR-02 a sealed value in another place does not open', () => {
  async function begin(): Promise<{ started: Started; id: string; send: () => Promise<Response> }> {
    const started = await applivery.start(stage);
    const returned = await visitProvider(stage, started);
    const [row] = await stage.world
      .sql`select id from authentication_requests order by created_at desc, id desc limit 1`;
    return { started, id: row?.['id'], send: () => stage.world.fetch(...applivery.callback(stage, started, returned)) };
  }

  async function expectClosed(send: () => Promise<Response>): Promise<void> {
    const before = stage.provider.count('token');
    const answer = await send();
    expect(await read(answer, 500)).toEqual({ status: false, error: { code: 5000, message: 'Internal error' } });
    expect(stage.provider.count('token')).toBe(before);
    const [login] = await stage.world.sql`select outcome, reason, checks from logins order by created_at desc limit 1`;
    expect(login).toMatchObject({ outcome: 'failed', reason: 'internal_error' });
    await expectNoSecrets(stage);
    await signIn(stage, applivery);
  }

  test.each(['sealed_nonce', 'sealed_code_verifier'])('%s of another login', async (column) => {
    const [one, two] = [await begin(), await begin()];
    const { sql } = stage.world;
    await sql`update authentication_requests set ${sql(column)} =
      (select ${sql(column)} from authentication_requests where id = ${one.id}) where id = ${two.id}`;
    await expectClosed(two.send);
  });

  test('another column of the same login', async () => {
    const { id, send } = await begin();
    await stage.world.sql`update authentication_requests set sealed_nonce = sealed_code_verifier where id = ${id}`;
    await expectClosed(send);
  });

  test('a bit of it turned', async () => {
    const { id, send } = await begin();
    await stage.world.sql`update authentication_requests set sealed_nonce =
      left(sealed_nonce, -2) || case right(sealed_nonce, 2) when 'AA' then 'BB' else 'AA' end where id = ${id}`;
    await expectClosed(send);
  });

  test("another connection's client secret", async () => {
    const { sql } = stage.world;
    const [own] = await sql`select c.id, c.sealed_client_secret as secret from connections c
      join organizations o on o.id = c.organization_id where o.slug = 'acme'`;
    const { started, send } = await begin();
    await sql`update connections set sealed_client_secret =
      (select sealed_client_secret from connections where slug = 'rival') where id = ${own?.['id']}`;
    const before = stage.provider.count('token');
    await expectRefusal(stage, applivery, started, send, {
      reason: 'connection_misconfigured',
      consumed: true,
      async restore() {
        expect(stage.provider.count('token')).toBe(before);
        await sql`update connections set sealed_client_secret = ${own?.['secret']} where id = ${own?.['id']}`;
      },
    });
  });

  test('the successor of another token', async () => {
    const [one, two] = [asPair(await signIn(stage, applivery)), asPair(await signIn(stage, applivery))];
    await rotate(stage, one);
    await rotate(stage, two);
    const { sql } = stage.world;
    await sql`update refresh_tokens set sealed_successor = (select min(sealed_successor) from refresh_tokens)
      where sealed_successor is not null`;
    const statuses: number[] = [];
    for (const pair of [one, two]) {
      const answer = await sendPair(stage.world.fetch, pair);
      statuses.push(answer.status);
      await expectNoSecrets(stage, [answer.ok ? '' : await answer.text()]);
    }
    expect(statuses.sort()).toContain(500);
  });
});
