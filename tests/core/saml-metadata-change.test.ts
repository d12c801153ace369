/** What a provider says differently from before: followed, kept waiting for approval, or refused. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { approveSamlMetadata, refreshSamlMetadata } from '#core/saml-metadata.ts';
import { pemOf } from '#dev/saml/signing-key.ts';
import { copyDigest } from '#ports/idp/saml/metadata-change.ts';
import { ENTITY, keyNamed, SSO } from '#tests/core/metadata-source.ts';
import { type MetadataWorld, openMetadataWorld } from '#tests/core/metadata-world.ts';
import type { World } from '#tests/world.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const ORIGIN = { actorId: null, address: null, userAgent: null, requestId: '6735a1c09f3b2e4d8c7a6b50' };
const OTHER = 'https://idp.other.test/saml';

let life: MetadataWorld;
beforeEach(async () => {
  life = await openMetadataWorld();
});
afterEach(() => life?.close());

const certificates = async (...names: string[]) =>
  Promise.all(names.map(async (name) => (await keyNamed(name)).certificate));
const inUse = async () => (await life.found()).metadata.document?.certificates.map(({ certificate }) => certificate);
const refresh = (world: World = life.world) => refreshSamlMetadata(world.ports);
/** The longest that a check may be away. */
const nextRound = () => life.world.clock.moveBy(7 * HOUR);
const actions = async () => {
  const rows = await life.world
    .sql`select action from audit_events where action like 'connection.metadata%' order by created_at, id`;
  return rows.map(({ action }) => String(action).replace('connection.metadata_', ''));
};

describe('a change', () => {
  beforeEach(async () => {
    await life.declare();
    Object.assign(life.source.says, { certificates: await certificates('first', 'second') });
    await refresh();
    nextRound();
  });

  test('that takes a certificate away is followed and audited', async () => {
    Object.assign(life.source.says, { certificates: await certificates('second') });
    await refresh();
    expect(await inUse()).toEqual(await certificates('second'));
    const [, { details } = { details: {} }] = await life.events('connection.metadata_updated');
    expect(details).toMatchObject({
      before: { entityId: ENTITY, endpoints: [`sso redirect ${SSO}`] },
      after: { certificates: [expect.stringMatching(/^[0-9a-f]{64}$/)] },
    });
  });

  test('of dates alone is followed without an event', async () => {
    const validUntil = new Date(life.world.clock.now().getTime() + 20 * DAY * 1_000).toISOString();
    Object.assign(life.source.says, { validUntil });
    await refresh();
    expect((await life.found()).metadata.document?.validUntil).toBe(validUntil);
    expect(await actions()).toEqual(['updated']);
  });

  test.each([
    ['a new signing certificate', async () => ({ certificates: await certificates('first', 'second', 'third') })],
    ['another address', async () => ({ singleSignOn: { redirect: `${SSO}/2` } })],
    ['one address more', async () => ({ singleLogout: { post: `${SSO}/logout` } })],
    ['a new binding of an address', async () => ({ singleSignOn: { post: SSO } })],
  ])('that brings %s waits for approval, and is used then', async (_what, changed) => {
    const before = (await life.found()).metadata.document;
    Object.assign(life.source.says, await changed());
    for (let round = 0; round < 3; round++) {
      await refresh();
      nextRound();
    }
    const { connection, metadata } = await life.found();
    expect(metadata.document).toEqual(before);
    expect(await life.world.ports.samlMetadata.readProviderMetadata(connection)).toEqual(before as object as never);
    expect(await actions()).toEqual(['updated', 'pending']);
    if (!metadata.pending) throw new Error('nothing is pending');
    const approval = {
      connectionId: connection.id,
      copy: await copyDigest(metadata.pending),
    };
    const refused = (change: object) =>
      approveSamlMetadata(life.world.ports, { ...approval, ...change }, ORIGIN).then(
        () => 'approved',
        ({ code }) => code,
      );
    expect(await refused({ copy: 'another' })).toBe('conflict');
    expect(await refused({ connectionId: 'ffffffffffffffffffffffff' })).toBe('not_found');
    expect((await life.found()).metadata.document).toEqual(before);
    expect(await refused({})).toBe('approved');
    expect(await refused({})).toBe('conflict');
    expect((await life.found()).metadata).toMatchObject({ document: metadata.pending, pending: null });
    expect(await actions()).toEqual(['updated', 'pending', 'approved']);
    await refresh();
    expect(await actions()).toEqual(['updated', 'pending', 'approved']);
  });

  test('that waits is told again when it is another one, and forgotten when it is withdrawn', async () => {
    for (const name of ['third', 'fourth', 'fourth']) {
      Object.assign(life.source.says, { certificates: await certificates('first', 'second', name) });
      await refresh();
      nextRound();
    }
    expect(await actions()).toEqual(['updated', 'pending', 'pending']);
    Object.assign(life.source.says, { certificates: await certificates('first', 'second') });
    await refresh();
    expect((await life.found()).metadata.pending).toBeNull();
    expect(await actions()).toEqual(['updated', 'pending', 'pending']);
  });

  test('to another entity id is refused, and logins go on', async () => {
    Object.assign(life.source.says, { entityId: OTHER });
    expect(await refresh()).toEqual({ checked: 1, failed: 1 });
    expect((await life.found()).metadata).toMatchObject({
      failures: 1,
      failure: 'saml_entity_id_mismatch',
      pending: null,
    });
    expect(await life.login()).toBe(ENTITY);
    expect(await actions()).toEqual(['updated', 'failed']);
  });

  test('of the connection while the answer is on its way makes the answer void', async () => {
    const arrived = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    life.source.answer = async () => {
      arrived.resolve();
      await answer.promise;
      return new Response('<no/>');
    };
    const refreshing = refresh();
    await arrived.promise;
    await life.declare({ metadataUrl: `${life.source.url}?other` });
    answer.resolve();
    await refreshing;
    const { metadata } = await life.found();
    expect(metadata).toMatchObject({ failures: 0, failure: null, checkedAt: null });
    life.source.answer = undefined;
    expect(await refresh()).toEqual({ checked: 1, failed: 0 });
  });
});

describe('a pinned metadata certificate', () => {
  const pin = async () => ({
    metadataUrl: life.source.url,
    metadataCertificate: pemOf('CERTIFICATE', (await keyNamed('signer')).certificate),
  });

  test('makes changes that it signed followed at once', async () => {
    life.source.signer = await keyNamed('signer');
    await life.declare(await pin());
    await refresh();
    nextRound();
    Object.assign(life.source.says, { certificates: await certificates('third'), singleSignOn: { post: `${SSO}/2` } });
    expect(await refresh()).toEqual({ checked: 1, failed: 0 });
    expect(await inUse()).toEqual(await certificates('third'));
    expect(await actions()).toEqual(['updated', 'updated']);
  });

  test.each([
    ['unsigned', async () => undefined],
    ['signed by another key, though that is the provider’s', () => keyNamed('first')],
  ])('refuses a copy that is %s', async (_how, signer) => {
    life.source.signer = await keyNamed('signer');
    await life.declare(await pin());
    await refresh();
    nextRound();
    life.source.signer = await signer();
    Object.assign(life.source.says, { certificates: await certificates('third') });
    expect(await refresh()).toEqual({ checked: 1, failed: 1 });
    expect(await inUse()).toEqual(await certificates('first'));
    expect((await life.found()).metadata.failure).toBe('saml_signature');
    expect(await life.login()).toBe(ENTITY);
  });
});

test('another source is the operator’s word: its first copy is taken, and until then the old one serves', async () => {
  await life.declare();
  await refresh();
  Object.assign(life.source.says, { entityId: OTHER, certificates: await certificates('third') });
  await life.declare({ metadataUrl: `${life.source.url}?other` });
  expect(await life.login()).toBe(ENTITY);
  await refresh();
  expect(await life.login()).toBe(OTHER);
  expect(await inUse()).toEqual(await certificates('third'));
  expect(await actions()).toEqual(['updated', 'updated']);
});

test('another source of the same provider may name new keys', async () => {
  await life.declare();
  await refresh();
  Object.assign(life.source.says, { certificates: await certificates('third') });
  await life.declare({ metadataUrl: `${life.source.url}?other` });
  expect(await refresh()).toEqual({ checked: 1, failed: 0 });
  expect(await inUse()).toEqual(await certificates('third'));
  expect(await actions()).toEqual(['updated', 'updated']);
  nextRound();
  Object.assign(life.source.says, { certificates: await certificates('fourth') });
  await refresh();
  expect(await inUse()).toEqual(await certificates('third'));
});

test('a declared entity id holds for the first copy too', async () => {
  await life.declare({ metadataUrl: life.source.url, entityId: OTHER });
  expect(await life.login()).toStartWith('saml_entity_id_mismatch: ');
  expect(await refresh()).toEqual({ checked: 1, failed: 1 });
  await life.declare({ metadataUrl: life.source.url, entityId: ENTITY });
  expect(await life.login()).toBe(ENTITY);
  await life.declare({ metadataUrl: life.source.url, entityId: OTHER });
  expect(await life.login()).toStartWith('saml_entity_id_mismatch: ');
});
