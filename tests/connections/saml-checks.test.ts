/** The checks of a SAML connection: the provider's metadata and certificates, each fault with its code and its place. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createSigningKey } from '#dev/saml/signing-key.ts';
import { ADMIN_API_KEY, type Call, callersOf, patch } from '#tests/admin/callers.ts';
import { type Described, keyNamed, type MetadataSource, startMetadataSource } from '#tests/core/metadata-source.ts';
import { json, read } from '#tests/journey.ts';
import { NOT_USABLE } from '#tests/ports/idp/saml/certificates.ts';
import { createWorld, REDIRECT_URI, type World } from '#tests/world.ts';
import { isComplete, told } from './problems.ts';

/** A certificate that is good from and until so many milliseconds from now. */
async function selfSigned(from: number, until: number): Promise<string> {
  const dates = { notBefore: new Date(Date.now() + from), notAfter: new Date(Date.now() + until) };
  return (await createSigningKey({ type: 'ec', ...dates })).certificate;
}

describe('SAML', () => {
  let world: World;
  let source: MetadataSource;
  let operator: Call;
  let organization: string;
  let honest: Described;
  beforeAll(async () => {
    honest = { certificates: [(await keyNamed('idp')).certificate] };
    source = await startMetadataSource(honest);
    world = await createWorld({
      outboundAllow: [source.host],
      declaration: () => ({ organizations: [{ slug: 'acme', name: 'Acme Industries' }] }),
      environment: { ADMIN_API_KEY },
    });
    operator = callersOf(world).operator;
    organization = String((await world.sql`select id from organizations`)[0]?.['id']);
  });
  beforeEach(() => {
    source.says = honest;
    source.signer = undefined;
    source.answer = undefined;
  });
  afterAll(async () => {
    await world?.close();
    await source?.stop();
  });

  let named = 0;
  const make = async (saml: object) => {
    const body = { slug: `saml-${++named}`, type: 'saml', redirectUris: [REDIRECT_URI], saml };
    return read(await operator(`/organizations/${organization}/connections`, json(body)), 201);
  };
  const DAY = 86_400_000;

  const BROKEN: readonly [string, () => Promise<Described>, object, string][] = [
    ['no metadata', async () => honest, { metadataUrl: undefined }, 'saml_metadata_missing /saml/metadataUrl'],
    [
      'another entity id',
      async () => honest,
      { entityId: 'https://other.example' },
      'saml_entity_id_mismatch /saml/entityId',
    ],
    ['no signing certificate', async () => ({}), {}, 'saml_certificate_missing /saml/metadataUrl'],
    ['no usable binding', async () => ({ ...honest, singleSignOn: {} }), {}, 'saml_binding_missing /saml/metadataUrl'],
    [
      'no POST binding',
      async () => honest,
      { requestBinding: 'post' },
      'saml_binding_unsupported /saml/requestBinding',
    ],
    [
      'a plain address',
      async () => ({ ...honest, singleSignOn: { redirect: 'http://idp.example/sso' } }),
      {},
      'saml_metadata_unusable /saml/metadataUrl',
    ],
    [
      'a weak key',
      async () => ({ certificates: [NOT_USABLE['1024 bits']] }),
      {},
      'saml_key_unusable /saml/metadataUrl',
    ],
    [
      'unsigned requests where the provider wants signed ones',
      async () => ({ ...honest, wantAuthnRequestsSigned: true }),
      { signRequests: false },
      'saml_requests_unsigned /saml/signRequests',
    ],
    [
      'metadata that are over',
      async () => ({ ...honest, validUntil: '2020-01-01T00:00:00Z' }),
      {},
      'saml_metadata_expired /saml/metadataUrl',
    ],
    [
      'unsigned where a signature is wanted',
      async () => honest,
      { metadataCertificate: 'own' },
      'saml_metadata_signature /saml/metadataCertificate',
    ],
    [
      'an expired certificate',
      async () => ({ certificates: [await selfSigned(-400 * DAY, -DAY)] }),
      {},
      'saml_certificate_expired /saml/metadataUrl',
    ],
    [
      'a certificate that ends soon',
      async () => ({ certificates: [await selfSigned(-DAY, 20 * DAY)] }),
      {},
      'saml_certificate_expiring /saml/metadataUrl',
    ],
    [
      'a certificate of tomorrow',
      async () => ({ certificates: [await selfSigned(DAY, 300 * DAY)] }),
      {},
      'saml_certificate_not_yet_valid /saml/metadataUrl',
    ],
  ];

  test.each([...BROKEN])('%s', async (_name, says, more, expected) => {
    source.says = await says();
    const { certificate } = await keyNamed('metadata');
    const saml = { metadataUrl: source.url, ...more };
    const settled = 'metadataCertificate' in saml ? { ...saml, metadataCertificate: certificate } : saml;
    const made = await make(settled);
    expect(told(made.problems)).toContain(expected);
    expect(isComplete(made.problems)).toBe(true);
    source.says = honest;
    const fix = { metadataUrl: source.url, entityId: null, requestBinding: null, metadataCertificate: null };
    expect((await read(await operator(`/connections/${made.id}`, patch({ saml: fix })))).problems).toEqual([]);
  });

  test('a source that can’t be read', async () => {
    source.answer = () => new Response('gone', { status: 404 });
    expect(told((await make({ metadataUrl: source.url })).problems)).toEqual([
      'idp_document_missing /saml/metadataUrl',
    ]);
    expect(told((await make({ metadataUrl: 'https://nowhere.invalid/m' })).problems)).toEqual([
      'idp_name_not_found /saml/metadataUrl',
    ]);
    expect(told((await make({ metadataUrl: 'http://idp.example/m' })).problems)).toEqual([
      'url_not_allowed /saml/metadataUrl',
    ]);
    source.answer = () => new Response('<a/>', { headers: { 'content-type': 'application/xml' } });
    expect(told((await make({ metadataUrl: source.url })).problems)).toEqual([
      'saml_metadata_unusable /saml/metadataUrl',
    ]);
  });
});
