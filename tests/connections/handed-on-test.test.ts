/** Test logins whose answer a front end receives at its own consumer service and hands on to Applivery's callback. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { answerFor } from '#dev/saml/sign-in.ts';
import { ADMIN_API_KEY, callersOf, patch } from '#tests/admin/callers.ts';
import { expectWire } from '#tests/hostile/wire.ts';
import { json, read } from '#tests/journey.ts';
import { createSamlWorld, FRONT_END_ACS, register, type SamlWorld } from '#tests/saml/saml-world.ts';
import { PUBLIC_URL, REDIRECT_URI } from '#tests/world.ts';

const html = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;
let world: SamlWorld;
beforeAll(async () => {
  world = await createSamlWorld({ environment: { ADMIN_API_KEY } });
});
beforeEach(() => world.provider.reset());
afterAll(() => world?.close());

const operator = (path: string, init?: RequestInit) => callersOf(world).operator(path, init);
const page = async (url: string) => (await world.fetch(new URL(url, PUBLIC_URL).pathname, html)).text();
const change = async (body: object) => read(await operator(`/connections/${world.connectionId}`, patch(body)));
const link = async () => read(await operator(`/connections/${world.connectionId}/test`, json({})), 201);
const lastLogin = async () => (await world.sql`select * from logins order by created_at desc, id desc limit 1`)[0];
/** What a login would leave. */
const left = async () => {
  const tables = ['users', 'identities', 'sessions', 'authentication_requests'];
  return Promise.all(
    tables.map(async (table) => (await world.sql`select count(*)::int as n from ${world.sql(table)}`)[0]?.['n']),
  );
};

const CALLBACK_PATH = '/v1/auth/sso/acme/saml/callback';
const answered = async (url: string) => {
  const get = (address: string) => world.fetch(new URL(address).pathname + new URL(address).search, html);
  const answer = await answerFor(`${url}?start`, 'ada@acme.test', { get });
  expect(answer.action).toBe(FRONT_END_ACS);
  return { SAMLResponse: answer.SAMLResponse, RelayState: answer.RelayState };
};

test.each(['json', 'form'] as const)('as %s, over a version that waits', async (how) => {
  await change({ saml: { consumerServiceUrl: FRONT_END_ACS, forceAuthn: how === 'form' } });
  const { url } = await link();
  const fields = await answered(url);
  const before = await left();
  const form = { method: 'POST', body: new URLSearchParams(fields as Record<string, string>) };
  await expectWire(
    await world.fetch(CALLBACK_PATH, how === 'json' ? json(fields) : form),
    'applivery',
    'state_consumed',
  );
  expect(await page(url)).toContain('The test passed');
  expect(await left()).toEqual(before);
  const trace = await lastLogin();
  expect(trace).toMatchObject({ outcome: 'succeeded', is_test: true });
  await expectWire(await world.fetch(CALLBACK_PATH, json(fields)), 'applivery', 'state_consumed');
  expect((await lastLogin())?.['id']).toBe(trace?.['id']);
});

test('over a draft', async () => {
  const body = {
    slug: 'handed-on',
    type: 'saml',
    redirectUris: [REDIRECT_URI],
    saml: { metadataUrl: world.provider.metadataUrl, consumerServiceUrl: FRONT_END_ACS },
  };
  const [row] = await world.sql`select id from organizations where slug = 'acme'`;
  const made = await read(await operator(`/organizations/${row?.['id']}/connections`, json(body)), 201);
  await register(world, world.provider, made.id);
  const { url } = await read(await operator(`/connections/${made.id}/test`, json({})), 201);
  const path = '/v1/auth/sso/acme/handed-on/callback';
  const fields = await answered(url);
  // nobody’s answer to a test, and that of another connection’s test, are what they were
  await expectWire(await world.fetch(path, json({ ...fields, RelayState: 'x' })), 'applivery', 'connection_disabled');
  await world.fetch(CALLBACK_PATH, json(fields));
  expect(await page(url)).not.toContain('The test passed');
  await expectWire(await world.fetch(path, json(fields)), 'applivery', 'state_consumed');
  expect(await page(url)).toContain('The test passed');
  expect(await lastLogin()).toMatchObject({ connection_id: made.id, outcome: 'succeeded', is_test: true });
  expect(await read(await operator(`/connections/${made.id}/activate`, json({})))).toMatchObject({
    status: 'active',
  });
});

test('but sent to yet another address it fails, and the trace has both', async () => {
  await change({ saml: { consumerServiceUrl: FRONT_END_ACS } });
  world.provider.faults.wrongDestination = true;
  const { url } = await link();
  await world.fetch(CALLBACK_PATH, json(await answered(url)));
  const trace = await lastLogin();
  expect(trace).toMatchObject({ outcome: 'failed', reason: 'saml_destination', is_test: true });
  expect(trace?.['checks'].at(-1)).toMatchObject({ name: 'saml.destination', expected: FRONT_END_ACS });
});
