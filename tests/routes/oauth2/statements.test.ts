/** How many statements revocation and introspection take, and how little an invented key or token costs. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { applivery, bearer, CLIENTS, signIn } from '#tests/hostile/clients.ts';
import { asPair, rotate } from '#tests/hostile/pairs.ts';
import { openReplica, type Replica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { openWiretap, type Wiretap } from '#tests/hostile/wiretap.ts';
import { read } from '#tests/journey.ts';

const everyKey = createApiKey();

let stage: Stage;
let wiretap: Wiretap;
let replica: Replica;
beforeAll(async () => {
  stage = await openStage();
  const apiKeys = [{ name: 'gateway', key: everyKey, dialects: ['applivery', 'indee', 'pria'] as const }];
  await stage.world.apply({
    organizations: [
      {
        slug: 'acme',
        name: 'Acme Industries',
        apiKeys: apiKeys.map((key) => ({ ...key, dialects: [...key.dialects] })),
      },
    ],
  });
  wiretap = await openWiretap(stage.world.ports.config.DATABASE_URL ?? '');
  replica = await openReplica(stage, { databaseUrl: wiretap.url, poolMax: 1 });
  // the first time of everything reads types, and prepares
  for (const token of [(await signIn(stage, applivery)).access, `vrt_${'A'.repeat(43)}`])
    for (const what of ['introspect', 'revoke'] as const) await ask(what, token);
});
beforeEach(async () => {
  stage.honest();
  // keys are read anew beside the work now and then: not while statements are counted
  while ((await wiretap.count(() => replica.fetch('/.well-known/jwks.json'))).executions > 0);
});
afterAll(async () => {
  await replica?.close();
  await wiretap?.close();
  await stage?.close();
});

const ask = (what: 'introspect' | 'revoke', token: string, key = everyKey) =>
  replica.fetch(`/oauth2/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...bearer(key) },
    body: new URLSearchParams({ token }).toString(),
  });

const times = (count: number) => ({ executions: count, roundTrips: count });

describe.each([...CLIENTS])('over $dialect', (client) => {
  test('a token in force is told of in two statements, its key’s one of them, and revoked in three', async () => {
    const { access, refresh = access } = await signIn(stage, client);
    for (const token of new Set([access, refresh])) {
      const asked = async () => expect(await read(await ask('introspect', token))).toMatchObject({ active: true });
      expect(await wiretap.count(asked)).toEqual(times(2));
    }
    expect(await wiretap.count(() => ask('revoke', refresh))).toEqual(times(3));
    const again = async () => expect(await read(await ask('introspect', access))).toEqual({ active: false });
    expect(await wiretap.count(again)).toEqual(times(2));
  });
});

test('a spent refresh token is told of in two', async () => {
  const parent = asPair(await signIn(stage, applivery));
  await rotate(stage, parent);
  const asked = async () => expect(await read(await ask('introspect', parent.refresh))).toEqual({ active: false });
  expect(await wiretap.count(asked)).toEqual(times(2));
});

test('what is no token of ours costs the key’s statement, and a key with a typing error none at all', async () => {
  const { access } = await signIn(stage, applivery);
  const forged = access.replace(/.(?=.{20}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
  expect(await wiretap.count(() => ask('introspect', forged))).toEqual(times(1));
  const mistyped = everyKey.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const refused = async () => expect((await ask('introspect', access, mistyped)).status).toBe(401);
  expect(await wiretap.count(refused)).toEqual(times(0));
  expect(await wiretap.count(() => ask('introspect', access))).toEqual(times(2));
});
