/** SAML connections in the declarative file: what is refused and where, what is kept, what counts as a change. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { applyDeclaration } from '#core/declaration.ts';
import { samlSettings } from '#core/declaration-saml.ts';
import { pemOf } from '#dev/saml/signing-key.ts';
import { parseDeclaration } from '#routes/admin/declaration.ts';
import { forgetAudit } from '#tests/audit/append-only.ts';
import { describe as described, ENTITY, keyNamed, SSO } from '#tests/core/metadata-source.ts';
import { type MetadataWorld, openMetadataWorld, samlDeclaration } from '#tests/core/metadata-world.ts';

let life: MetadataWorld;
let certificate: string;
let xml: string;
beforeAll(async () => {
  life = await openMetadataWorld();
  certificate = (await keyNamed('first')).certificate;
  xml = described({ certificates: [certificate] });
});
afterAll(() => life?.close());
beforeEach(async () => {
  await life.world.sql`delete from connections`;
  await forgetAudit(life.world.sql);
});

const apply = (saml?: object, connection: object = {}) => {
  const file = JSON.stringify(samlDeclaration(saml, connection));
  const applied = async () => applyDeclaration(life.world.ports, parseDeclaration(file));
  return applied().then(
    ({ created, updated }) => ({ created, updated }),
    ({ message }: Error) => message,
  );
};
const CREATED = { created: 1, updated: 0 };
const UPDATED = { created: 0, updated: 1 };
const UNCHANGED = { created: 0, updated: 0 };
const version = async () => (await life.found()).connection.version;
const AT = '/organizations/0/connections/0';

const DEFAULTS = {
  metadataUrl: null,
  metadataCertificate: null,
  signRequests: null,
  requestBinding: null,
  wantAssertionsSigned: false,
  wantEncrypted: false,
  allowCbc: false,
  allowIdpInitiated: false,
  forceAuthn: false,
  authnContexts: [],
  nameIdFormat: null,
  subjectAttribute: null,
  consumerServiceUrl: null,
  logoutRedirectUri: null,
  clockSkewSeconds: 180,
  maxElements: 600,
};
const CHANGED = {
  signRequests: true,
  requestBinding: 'post',
  wantAssertionsSigned: true,
  wantEncrypted: true,
  allowCbc: true,
  allowIdpInitiated: true,
  forceAuthn: true,
  authnContexts: ['urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'],
  nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  subjectAttribute: 'uid',
  consumerServiceUrl: 'https://app.acme.test/saml',
  logoutRedirectUri: 'https://app.acme.test/bye',
  clockSkewSeconds: 0,
  maxElements: 2_000,
} as const;
const CLEARED = Object.fromEntries(
  Object.entries(CHANGED).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? value : Array.isArray(value) ? [] : null,
  ]),
);

describe('the settings', () => {
  test('are whole, whatever the file names', async () => {
    expect(await apply({ metadataXml: xml })).toEqual(CREATED);
    expect((await life.found()).connection.saml).toEqual(DEFAULTS);
    expect(samlSettings(undefined, null)).toEqual(DEFAULTS);
  });

  test('keep what the file leaves out, and go back to the default by null or an empty list', async () => {
    await apply({ metadataXml: xml, ...CHANGED });
    expect((await life.found()).connection.saml).toEqual({ ...DEFAULTS, ...CHANGED });
    expect(await apply({})).toEqual(UNCHANGED);
    expect(await apply(undefined)).toEqual(UNCHANGED);
    expect(await version()).toBe(1);
    expect(await apply({ ...CLEARED, signRequests: null, wantEncrypted: false })).toEqual(UPDATED);
    const flags = { wantAssertionsSigned: true, allowCbc: true, allowIdpInitiated: true, forceAuthn: true };
    expect((await life.found()).connection.saml).toEqual({ ...DEFAULTS, ...flags });
    expect(await version()).toBe(2);
  });

  test('tell the audit what they were and are', async () => {
    await apply({ metadataXml: xml });
    await apply({ clockSkewSeconds: 60 });
    const [event] = await life.events('connection.updated');
    expect(event?.details).toMatchObject({
      before: { saml: { clockSkewSeconds: 180 } },
      after: { saml: { clockSkewSeconds: 60 } },
    });
  });

  test('take the metadata certificate as PEM or base64', async () => {
    await apply({ metadataUrl: life.source.url, metadataCertificate: pemOf('CERTIFICATE', certificate) });
    expect((await life.found()).connection.saml?.metadataCertificate).toBe(certificate);
    expect(await apply({ metadataUrl: life.source.url, metadataCertificate: certificate })).toEqual(UNCHANGED);
    expect(await apply({ metadataCertificate: null })).toEqual(UPDATED);
  });
});

describe('metadata as a document', () => {
  test('are in use at once, and change nothing when they come again', async () => {
    await apply({ metadataXml: xml });
    const before = (await life.found()).metadata;
    expect(before).toMatchObject({ document: { entityId: ENTITY }, nextCheckAt: null, pending: null });
    expect(await apply({ metadataXml: xml })).toEqual(UNCHANGED);
    expect(await apply({ metadataXml: `\n${xml}\n` })).toEqual(UNCHANGED);
    expect(await life.found()).toMatchObject({ metadata: before, connection: { version: 1 } });
    expect(await life.login()).toBe(ENTITY);
  });

  test('that say something else are a change of the connection, with before and after', async () => {
    await apply({ metadataXml: xml });
    const changed = described({ certificates: [certificate], singleSignOn: { post: SSO } });
    expect(await apply({ metadataXml: changed })).toEqual(UPDATED);
    expect(await version()).toBe(2);
    const [event] = await life.events('connection.updated');
    expect(event?.details).toMatchObject({
      before: { metadata: { endpoints: [`sso redirect ${SSO}`] } },
      after: { metadata: { endpoints: [`sso post ${SSO}`] } },
    });
    expect(await apply({ metadataXml: changed })).toEqual(UNCHANGED);
  });

  test('that are over by now do not keep the server from starting, but let nobody in', async () => {
    const validUntil = new Date(life.world.clock.now().getTime() + 3_600_000).toISOString();
    const short = described({ certificates: [certificate], validUntil });
    await apply({ metadataXml: short });
    expect(await life.login()).toBe(ENTITY);
    life.world.clock.moveBy(3_601);
    expect(await apply({ metadataXml: short })).toEqual(UNCHANGED);
    expect(await life.login()).toStartWith('saml_metadata: EntityDescriptor/@validUntil');
    await life.world.sql`delete from connections`;
    expect(await apply({ metadataXml: short })).toStartWith(`${AT}/saml/metadataXml: `);
  });

  test('take the place of a URL, and a URL theirs; null takes the metadata away', async () => {
    await apply({ metadataUrl: life.source.url });
    expect((await life.found()).metadata).toMatchObject({ document: null, nextCheckAt: expect.any(Date) });
    expect(await apply({ metadataXml: xml })).toEqual(UPDATED);
    expect(await life.found()).toMatchObject({
      connection: { saml: { metadataUrl: null } },
      metadata: { document: { entityId: ENTITY }, nextCheckAt: null },
    });
    expect(await apply({ metadataUrl: life.source.url })).toEqual(UPDATED);
    expect((await life.found()).metadata).toMatchObject({
      document: { entityId: ENTITY },
      checkedAt: null,
      nextCheckAt: expect.any(Date),
    });
    expect(await apply({ metadataUrl: null })).toStartWith(`${AT}/saml: needs`);
    expect(await apply({ metadataUrl: null }, { status: 'draft' })).toEqual(UPDATED);
    expect((await life.found()).metadata).toMatchObject({ document: null, nextCheckAt: null });
    await apply({ metadataXml: xml }, { status: 'active' });
    expect(await apply({ metadataXml: null })).toStartWith(`${AT}/saml: needs`);
    expect(await apply({ metadataXml: null }, { status: 'draft' })).toEqual(UPDATED);
    expect((await life.found()).metadata.document).toBeNull();
    expect(await apply({ metadataXml: null }, { status: 'draft' })).toEqual(UNCHANGED);
  });

  test('must be of the entity that is declared later', async () => {
    await apply({ metadataXml: xml });
    expect(await apply({ entityId: 'urn:other' })).toStartWith(`${AT}/saml/entityId: `);
    expect(await apply({ entityId: ENTITY })).toEqual(UPDATED);
    expect((await life.found()).connection.issuer).toBe(ENTITY);
    expect(await apply({ entityId: null })).toEqual(UPDATED);
    expect((await life.found()).connection.issuer).toBeNull();
  });
});

test('a connection that becomes SAML, or is it no more, keeps nothing of the other', async () => {
  const gitlab = { type: 'gitlab', clientId: 'x', clientSecret: 'y', issuer: 'https://idp.acme.test' };
  await apply(undefined, gitlab);
  expect(await apply({ metadataXml: xml })).toEqual(UPDATED);
  expect((await life.found()).connection).toMatchObject({ type: 'saml', issuer: null, version: 2 });
  expect(await apply(undefined, { type: 'gitlab' })).toEqual(UPDATED);
  expect(await life.world.sql`select 1 from saml_metadata`).toHaveLength(0);
  const [row] = await life.world.sql`select saml, issuer from connections`;
  expect(row).toEqual({ saml: null, issuer: null });
});
