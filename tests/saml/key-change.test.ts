/** A provider changes its key without telling anybody: how the operator hears of it, and how the new key comes into use. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { refreshSamlMetadata } from '#core/saml-metadata.ts';
import type { SamlFaults } from '#dev/saml/faults.ts';
import type { BrowserStep } from '#dev/saml/message.ts';
import { answerFor, formOf } from '#dev/saml/sign-in.ts';
import { readSamlMetadata } from '#ports/db/saml-metadata.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { ADMIN_API_KEY, callersOf, patch } from '#tests/admin/callers.ts';
import { told } from '#tests/connections/problems.ts';
import { json, read } from '#tests/journey.ts';
import { PUBLIC_URL, type World } from '#tests/world.ts';
import { createSamlWorld, type SamlWorld } from './saml-world.ts';

const GAP_SECONDS = 300;
const READ_AT_ONCE = { checked: 1, failed: 0 };
const NOTHING_DUE = { checked: 0, failed: 0 };

let world: SamlWorld;
beforeEach(async () => {
  world = await createSamlWorld({ environment: { ADMIN_API_KEY } });
  await refresh();
});
afterEach(() => world?.close());

const refresh = (replica: World = world) => refreshSamlMetadata(replica.ports);
const metadata = async () => {
  const row = await readSamlMetadata(world.ports.db, world.connectionId);
  if (!row) throw new Error('there is no row');
  return row;
};
const operator = (path: string, init?: RequestInit) =>
  callersOf(world).operator(`/connections/${world.connectionId}${path}`, init);
const post = (path: string, body: object = {}) => operator(path, json(body));

/** `passed`, or the reason at the consumer service. */
async function login(replica: World = world): Promise<string> {
  const { data } = await read(await replica.fetch('/v1/auth/sso/acme/saml'));
  const answer = await answerFor(data.redirectUrl, 'ada@acme.test');
  const posted = await replica.fetch(answer.action, { method: 'POST', body: formOf(answer), redirect: 'manual' });
  return posted.status === 303 ? 'passed' : (await posted.json()).code;
}

describe('a login that was signed by an unknown key', () => {
  beforeEach(async () => {
    expect(await login()).toBe('passed');
    world.clock.moveBy(GAP_SECONDS + 1);
    await world.provider.rotateKey({ keep: false });
  });

  test('has the metadata read early, beside it: then the new key waits for approval', async () => {
    const before = await metadata();
    expect(await refresh()).toEqual(NOTHING_DUE);
    expect(await login()).toBe('saml_signature');
    expect(await metadata()).toMatchObject({ pending: null, readAt: before.readAt, checkedAt: before.checkedAt });
    expect(await refresh()).toEqual(READ_AT_ONCE);
    const { pending } = await read(await operator('/saml'));
    expect(pending.added.certificates).toHaveLength(1);
    await read(await post('/saml/metadata/approve', { copy: pending.copy }));
    expect(await login()).toBe('passed');
  });

  test('as many as there are, at any replica: one reading in five minutes', async () => {
    const replica = await world.replica();
    expect(await Promise.all([login(), login(replica), login()])).toEqual([
      'saml_signature',
      'saml_signature',
      'saml_signature',
    ]);
    expect(await Promise.all([refresh(), refresh(replica)])).toContainEqual(READ_AT_ONCE);
    const { readAt } = await metadata();
    for (const one of [world, replica]) expect(await login(one)).toBe('saml_signature');
    expect(await refresh()).toEqual(NOTHING_DUE);
    expect((await metadata()).readAt).toEqual(readAt);
    world.clock.moveBy(GAP_SECONDS - 20);
    expect(await login()).toBe('saml_signature');
    expect(await refresh()).toEqual(NOTHING_DUE);
    world.clock.moveBy(21);
    expect(await refresh()).toEqual(READ_AT_ONCE);
    expect(await refresh()).toEqual(NOTHING_DUE);
  });

  test('while a replica reads them: no other reads them beside it', async () => {
    world.provider.faults.metadata = 'slow';
    expect(await login()).toBe('saml_signature');
    const reading = refresh();
    while (await isDue()) await Promise.resolve();
    expect(await login()).toBe('saml_signature');
    expect(await refresh()).toEqual(NOTHING_DUE);
    expect(await reading).toEqual({ checked: 1, failed: 1 });
  }, 30_000);

  test('and a logout that was: the same', async () => {
    for (const binding of ['redirect', 'post'] as const) {
      const step = await world.provider.startLogout('ada@acme.test', { serviceProvider: entityId(), binding });
      expect(await read(await deliver(step), 400)).toMatchObject({ code: 'saml_signature' });
      expect(await refresh()).toEqual(READ_AT_ONCE);
      world.clock.moveBy(GAP_SECONDS + 1);
    }
  });
});

test.each<[string, (faults: SamlFaults) => void]>([
  ['not signed', (faults) => Object.assign(faults, { sign: 'none' })],
  ['changed', (faults) => Object.assign(faults, { tamperAfterSigning: true })],
])('a response that is %s says nothing of the metadata', async (_what, lie) => {
  world.clock.moveBy(GAP_SECONDS + 1);
  lie(world.provider.faults);
  expect(await login()).toBe('saml_signature');
  expect(await refresh()).toEqual(NOTHING_DUE);
  world.provider.faults.sign = 'both';
  world.provider.faults.tamperAfterSigning = false;
  world.provider.faults.attackerKey = true;
  expect(await login()).toBe('saml_signature');
  expect(await refresh()).toEqual(READ_AT_ONCE);
});

describe('the operator', () => {
  test('is told by the check, and has them read at once', async () => {
    const check = async () => read(await operator('/check'));
    expect(await check()).toMatchObject({ usable: true, problems: [] });
    await world.provider.announceKey();
    expect(await check()).toMatchObject({ usable: true });
    expect(told((await check()).problems)).toEqual(['saml_metadata_changed /saml/metadataUrl']);
    await world.provider.rotateKey({ keep: false });
    const { usable, problems } = await check();
    expect({ usable, problems: told(problems) }).toEqual({
      usable: false,
      problems: ['saml_metadata_outdated /saml/metadataUrl'],
    });
    expect(problems[0].found).toContain('new: signing certificate');
    expect(problems[0].found).toContain('gone: signing certificate');
    const { pending } = await read(await post('/saml/metadata/refresh'));
    await read(await post('/saml/metadata/approve', { copy: pending.copy }));
    expect(await check()).toMatchObject({ usable: true, problems: [] });
    expect(await login()).toBe('passed');
    const events = await world.sql`select actor_type from audit_events where action = 'connection.metadata_pending'`;
    expect([...events]).toEqual([{ actor_type: 'operator' }]);
  });

  test('hears what is wrong with the source, and what to do', async () => {
    world.provider.faults.metadata = 'html';
    const refused = await read(await post('/saml/metadata/refresh'), 400);
    expect(refused).toMatchObject({ code: 'saml_metadata', errors: [{ pointer: '/saml/metadataUrl' }] });
    expect((await metadata()).failure).toBe('saml_dtd');
    world.provider.faults.metadata = undefined;
    expect(await read(await post('/saml/metadata/refresh'))).toMatchObject({ failures: 0 });
    const given = { saml: { metadataXml: await (await fetch(world.provider.metadataUrl)).text() } };
    await read(await operator('', patch(given)));
    await read(await operator('/activate', json({ force: true })));
    expect(await read(await post('/saml/metadata/refresh'), 409)).toMatchObject({ code: 'conflict' });
    expect(await read(await operator('/check'))).toMatchObject({ problems: [] });
  });

  test('has a version that waits read anew, which has metadata of its own', async () => {
    await read(await operator('', patch({ saml: { metadataUrl: `${world.provider.metadataUrl}?moved` } })));
    expect(await testLogin()).toBe('passed');
    await world.provider.rotateKey({ keep: false });
    expect(await testLogin()).toBe('saml_signature');
    await read(await post('/saml/metadata/refresh'));
    expect(await testLogin()).toBe('passed');
    expect(await login()).toBe('saml_signature');
  });

  test('tests a version that waits over the copy in use, where both read it from one address', async () => {
    await read(await operator('', patch({ defaultRole: 'guest' })));
    await world.provider.rotateKey({ keep: false });
    expect(await testLogin()).toBe('saml_signature');
    const { pending } = await read(await post('/saml/metadata/refresh'));
    expect(await testLogin()).toBe('saml_signature');
    await read(await post('/saml/metadata/approve', { copy: pending.copy }));
    expect(await testLogin()).toBe('passed');
  });

  test('and nobody else: refused without a key, and to one that only reads', async () => {
    const path = `/connections/${world.connectionId}/saml/metadata/refresh`;
    const reader = await callersOf(world).with({ access: 'read' });
    expect((await reader(path, json({}))).status).toBe(403);
    expect((await world.fetch(`/admin/v1${path}`, json({}))).status).toBe(401);
    expect(
      (await callersOf(world).operator('/connections/ffffffffffffffffffffffff/saml/metadata/refresh', json({}))).status,
    ).toBe(404);
  });
});

const isDue = async () => ((await metadata()).nextCheckAt?.getTime() ?? 0) <= world.clock.now().getTime();
const entityId = () => serviceProvider(PUBLIC_URL, world.connectionId).entityId;
const html = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;

/** `passed`, or the reason that the trace has. */
async function testLogin(): Promise<string> {
  const { id, url } = await read(await post('/test'), 201);
  const get = (address: string) => world.fetch(new URL(address).pathname + new URL(address).search, html);
  const answer = await answerFor(`${url}?start`, 'ada@acme.test', { get });
  await world.fetch(answer.action, { method: 'POST', body: formOf(answer), redirect: 'manual' });
  const { outcome, reason } = await read(await operator(`/tests/${id}`));
  return reason ?? outcome;
}

async function deliver(step: BrowserStep): Promise<Response> {
  if (step.binding === 'redirect') return world.fetch(step.url.pathname + step.url.search);
  return world.fetch(step.action, { method: 'POST', body: step.form });
}
