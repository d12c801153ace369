/** Hostile and broken metadata, and hostile servers: each refused with a word on what is wrong, and never kept. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { describe as described, ENTITY, keyNamed, SSO, xmlAnswer } from '#tests/core/metadata-source.ts';
import { type MetadataWorld, openMetadataWorld, samlDeclaration } from '#tests/core/metadata-world.ts';

const refusalOf = (life: MetadataWorld, saml: object, connection = {}) =>
  life.world.apply(samlDeclaration(saml, connection)).then(
    () => 'accepted',
    ({ message }: Error) => message,
  );
const POINTER = '/organizations/0/connections/0/saml/metadataXml: ';

describe('a document', () => {
  let life: MetadataWorld;
  let certificate: string;
  beforeAll(async () => {
    life = await openMetadataWorld();
    certificate = (await keyNamed('first')).certificate;
  });
  afterAll(() => life?.close());
  beforeEach(async () => {
    await life.world.sql`delete from connections`;
  });

  const past = '2020-01-01T00:00:00Z';
  const honest = () => described({ certificates: [certificate] });
  const ROWS: readonly [string, () => string, RegExp][] = [
    ['with a document type', () => `<!DOCTYPE x>${honest()}`, /document type/],
    ['with an entity', () => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${honest()}`, /document type/],
    ['that is no XML', () => 'sign in to the portal', /./],
    ['that is a page', () => '<html><body/></html>', /./],
    ['without a role', () => described({ certificates: [certificate], roles: 0 }), /identity provider/],
    ['with two roles', () => described({ certificates: [certificate], roles: 2 }), /IDPSSODescriptor/],
    ['without a key', () => described({ certificates: [] }), /KeyDescriptor/],
    ['with a broken certificate', () => described({ certificates: ['AAAA'] }), /certificate/],
    ['without an entity id', () => described({ certificates: [certificate], entityId: null }), /entityID/],
    [
      'with a long entity id',
      () => described({ certificates: [certificate], entityId: `https://${'x'.repeat(1_020)}` }),
      /entityID/,
    ],
    ['without an address', () => described({ certificates: [certificate], singleSignOn: {} }), /SingleSignOnService/],
    [
      'with an unknown binding alone',
      () =>
        described({ certificates: [certificate], singleSignOn: { 'urn:oasis:names:tc:SAML:2.0:bindings:SOAP': SSO } }),
      /SingleSignOnService/,
    ],
    ['that is over', () => described({ certificates: [certificate], validUntil: past }), /validUntil/],
    ...[
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'http://idp.acme.test/sso',
      'https://a@idp.acme.test/',
      '/sso',
      '',
    ].flatMap((location): [string, () => string, RegExp][] => [
      [
        `with the address ${location}`,
        () => described({ certificates: [certificate], singleSignOn: { redirect: location } }),
        /SingleSignOnService.*Location/,
      ],
      [
        `with the logout address ${location}`,
        () => described({ certificates: [certificate], singleLogout: { post: location } }),
        /SingleLogoutService.*Location/,
      ],
    ]),
  ];

  test.each(ROWS)('%s is refused, and nothing is kept', async (_what, xml, sentence) => {
    const refusal = await refusalOf(life, { metadataXml: xml() });
    expect(refusal).toStartWith(POINTER);
    expect(refusal).toMatch(sentence);
    expect(refusal).not.toMatch(/alert|passwd|text\/html|portal|AAAA|xxxx/);
    expect(await life.world.sql`select 1 from connections`).toHaveLength(0);
    expect(await refusalOf(life, { metadataXml: honest() })).toBe('accepted');
  });

  test('may name addresses inside the network, and plain ones that are allowed', async () => {
    const singleSignOn = { redirect: 'https://adfs.corp.local:9443/sso', post: `http://${life.source.host}/sso` };
    const xml = described({ certificates: [certificate], singleSignOn });
    expect(await refusalOf(life, { metadataXml: xml })).toBe('accepted');
  });
});

describe('a server', () => {
  let life: MetadataWorld;
  beforeEach(async () => {
    life = await openMetadataWorld();
  });
  afterEach(() => life?.close());

  const honest = async () => described({ certificates: [(await keyNamed('first')).certificate] });
  const ROWS: readonly [string, (life: MetadataWorld) => Response | Promise<Response>, string][] = [
    ['that redirects', () => Response.redirect('https://idp.acme.test/metadata'), 'idp_redirect: status 302'],
    ['that answers 50 MB', () => new Response('<a>'.padEnd(50 * 1_048_576)), 'idp_bad_response: too large'],
    [
      'that answers 50 MB without saying so',
      () => new Response(new Blob([' '.repeat(50 * 1_048_576)]).stream()),
      'idp_bad_response: too large',
    ],
    [
      'that compresses',
      async () => {
        const body = Bun.gzipSync(new Uint8Array(new TextEncoder().encode(await honest())));
        return new Response(body, { headers: { 'content-encoding': 'gzip' } });
      },
      'idp_bad_response: compressed',
    ],
    ['that never answers', () => new Promise<Response>(() => {}), 'idp_timeout: undefined'],
    ['that has nothing', () => new Response('no', { status: 404 }), 'idp_document_missing: metadata: 404'],
    ['of another encoding', () => new Response(new Uint8Array([0x3c, 0xff, 0xfe])), 'idp_bad_response: not UTF-8'],
    ['of a document type', async () => xmlAnswer(`<!DOCTYPE x>${await honest()}`), 'saml_metadata: saml_dtd'],
    ['of a page', () => new Response('<html/>'), 'saml_metadata: '],
  ];

  test.each(ROWS)(
    '%s lets nobody in, and an honest one does',
    async (_what, answer, refusal) => {
      await life.declare();
      life.source.answer = () => answer(life);
      expect(await life.login()).toStartWith(refusal);
      expect((await life.found()).metadata.document).toBeNull();
      life.source.answer = undefined;
      life.world.clock.moveBy(5);
      expect(await life.login()).toBe(ENTITY);
    },
    30_000,
  );
});

test('an address inside the network is not called unless it is allowed', async () => {
  const life = await openMetadataWorld({ allowed: () => [] });
  try {
    const pointer = '/organizations/0/connections/0/saml/metadataUrl: is not an address that may be called';
    for (const metadataUrl of [
      life.source.url,
      'http://idp.acme.test/metadata',
      'https://10.0.0.7/',
      'https://idp.internal/',
    ]) {
      expect(await refusalOf(life, { metadataUrl })).toStartWith(pointer);
    }
    expect(await refusalOf(life, { metadataUrl: 'https://idp.acme.test/metadata' })).toBe('accepted');
    // as an address that was allowed once, or a name that leads inside by now
    await life.world
      .sql`update connections set saml = jsonb_set(saml, '{metadataUrl}', ${life.world.sql.json(life.source.url)})`;
    expect(await life.login()).toStartWith('url_not_allowed');
    expect(life.source.count).toBe(0);
  } finally {
    await life.close();
  }
});
