/** What a declared SAML connection must not say: refused where it stands, without a word of what stands there. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { applyDeclaration } from '#core/declaration.ts';
import { parseDeclaration } from '#routes/admin/declaration.ts';
import { forgetAudit } from '#tests/audit/append-only.ts';
import { describe as described, ENTITY, keyNamed } from '#tests/core/metadata-source.ts';
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
const AT = '/organizations/0/connections/0';

type Row = readonly [
  what: string,
  pointer: string,
  refused: () => [(object | undefined)?, object?],
  accepted: () => [(object | undefined)?, object?],
];

describe('refused, and its neighbour accepted', () => {
  const url = () => life.source.url;
  const rows: readonly Row[] = [
    [
      'both sources',
      '/saml/metadataXml',
      () => [{ metadataXml: xml, metadataUrl: url() }],
      () => [{ metadataXml: xml, metadataUrl: null }],
    ],
    ['no source', '/saml', () => [{}], () => [{}, { status: 'draft' }]],
    [
      'no source by null',
      '/saml',
      () => [{ metadataUrl: null }],
      () => [{ metadataUrl: null }, { status: 'disabled' }],
    ],
    ['a client id', '/clientId', () => [{ metadataXml: xml }, { clientId: 'x' }], () => [{ metadataXml: xml }]],
    [
      'a client secret',
      '/clientSecret',
      () => [{ metadataXml: xml }, { clientSecret: 'x' }],
      () => [{ metadataXml: xml }, { clientSecret: null }],
    ],
    [
      'an issuer',
      '/issuer',
      () => [{ metadataXml: xml }, { issuer: ENTITY }],
      () => [{ metadataXml: xml, entityId: ENTITY }],
    ],
    [
      'scopes',
      '/scopes',
      () => [{ metadataXml: xml }, { scopes: ['openid'] }],
      () => [{ metadataXml: xml }, { maxAgeSeconds: 60 }],
    ],
    [
      'another entity id',
      '/saml/metadataXml',
      () => [{ metadataXml: xml, entityId: 'urn:other' }],
      () => [{ metadataXml: xml, entityId: ENTITY }],
    ],
    [
      'a certificate that is none',
      '/saml/metadataCertificate',
      () => [{ metadataUrl: url(), metadataCertificate: 'AAAA' }],
      () => [{ metadataUrl: url(), metadataCertificate: certificate }],
    ],
    [
      'unsigned metadata under a pinned certificate',
      '/saml/metadataXml',
      () => [{ metadataXml: xml, metadataCertificate: certificate }],
      () => [{ metadataXml: xml }],
    ],
    [
      'plain http',
      '/saml/metadataUrl',
      () => [{ metadataUrl: 'http://idp.acme.test/' }],
      () => [{ metadataUrl: 'https://idp.acme.test/' }],
    ],
    [
      'an unknown member',
      '/saml/wantSigned',
      () => [{ metadataXml: xml, wantSigned: true }],
      () => [{ metadataXml: xml }],
    ],
    [
      'a skew above 300',
      '/saml/clockSkewSeconds',
      () => [{ metadataXml: xml, clockSkewSeconds: 301 }],
      () => [{ metadataXml: xml, clockSkewSeconds: 300 }],
    ],
    [
      'few elements',
      '/saml/maxElements',
      () => [{ metadataXml: xml, maxElements: 599 }],
      () => [{ metadataXml: xml, maxElements: 600 }],
    ],
    [
      'many elements',
      '/saml/maxElements',
      () => [{ metadataXml: xml, maxElements: 2_001 }],
      () => [{ metadataXml: xml, maxElements: 2_000 }],
    ],
    [
      'a binding',
      '/saml/requestBinding',
      () => [{ metadataXml: xml, requestBinding: 'soap' }],
      () => [{ metadataXml: xml, requestBinding: 'post' }],
    ],
    [
      'a logout address that runs',
      '/saml/logoutRedirectUri',
      () => [{ metadataXml: xml, logoutRedirectUri: 'javascript:alert(1)' }],
      () => [{ metadataXml: xml, logoutRedirectUri: 'app:bye' }],
    ],
    [
      'saml of another type',
      '/saml',
      () => [{ metadataXml: xml }, { type: 'google', clientId: 'x', clientSecret: 'x' }],
      () => [{ metadataXml: xml }],
    ],
    [
      'no client id of another type',
      '/clientId',
      () => [undefined, { type: 'google', clientSecret: 'x' }],
      () => [undefined, { type: 'google', clientSecret: 'x', clientId: 'x' }],
    ],
  ];

  test.each(rows)('%s', async (_what, pointer, refused, accepted) => {
    const message = await apply(...refused());
    expect(message).toContain(`${AT}${pointer}: `);
    expect(message).not.toMatch(/idp\.acme|MII|urn:other|alert|AAAA/);
    expect(await life.world.sql`select 1 from connections`).toHaveLength(0);
    expect(await apply(...accepted())).toEqual(CREATED);
  });
});
