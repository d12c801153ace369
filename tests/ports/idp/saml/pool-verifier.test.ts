/** The verifier as the product uses it: scanned here, verified in a worker, its checks in the caller's trace. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Checks } from '#core/checks.ts';
import { createDocuments, IDENTITY_PROVIDER, type SamlDocuments } from '#dev/bench/saml-documents.ts';
import { buildLogoutRequest } from '#dev/saml/logout-message.ts';
import { signElement } from '#dev/saml/signature.ts';
import { createSigningKey, type SigningKey } from '#dev/saml/signing-key.ts';
import { SsoError } from '#error';
import { createPooledVerifier, type PooledVerifier } from '#ports/idp/saml/pooled-verifier.ts';

let documents: SamlDocuments;
let verifier: PooledVerifier;

beforeAll(async () => {
  documents = await createDocuments();
  verifier = createPooledVerifier({ size: 1 });
  verifier.warm();
});

afterAll(() => verifier.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const honest = (): Uint8Array<ArrayBuffer> => documents.honest[0]?.bytes ?? new Uint8Array();
const honestText = () => new TextDecoder().decode(honest());

async function refusal(answer: Promise<unknown>): Promise<SsoError> {
  const error = await answer.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof SsoError)) throw new Error(`not refused: ${error}`);
  return error;
}

describe('a response', () => {
  test('is verified, and the checks are the caller’s', async () => {
    const checks = new Checks();
    checks.pass('before');
    const { assertion, encrypted } = await verifier.verifyResponse(honest(), documents.policy, 'one', checks);
    expect([assertion.issuer, encrypted]).toEqual([IDENTITY_PROVIDER, false]);
    expect(checks.entries.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'before passed',
      'saml.encoding passed',
      'saml.status passed',
      'saml.structure passed',
      'saml.signature passed',
      'saml.encryption skipped',
    ]);
    expect(checks.entries.at(-1)?.expected).toBe('the assertion is not encrypted');
    expect(honest().length).toBeGreaterThan(0);
  });

  test('that a worker refuses ends in the failed check, with what was found', async () => {
    const checks = new Checks();
    const tampered = bytes(honestText().replace('someone@', 'someother@'));
    const error = await refusal(verifier.verifyResponse(tampered, documents.policy, 'one', checks));
    expect([error.code, error.detail]).toEqual(['saml_signature', 'check saml.signature failed']);
    expect(checks.entries.filter(({ outcome }) => outcome === 'failed').length).toBe(1);
    const last = checks.entries.at(-1);
    expect([last?.name, last?.outcome]).toEqual(['saml.signature', 'failed']);
    expect(last?.actual?.length).toBeGreaterThan(0);
    expect(last?.actual).not.toContain('someother');
  });

  test.each([
    ['saml_dtd', 'saml.encoding', (text: string) => `<!DOCTYPE a>${text}`],
    ['saml_structure', 'saml.structure', (text: string) => text.replace('</saml:Issuer>', '<!-- --></saml:Issuer>')],
    ['saml_encoding', 'saml.encoding', (text: string) => text.replace('someone', '\0')],
  ] as const)('that a scan refuses (%s) never comes to a worker', async (code, name, change) => {
    // with its workers gone, a verifier says of everything else that it is busy
    const closed = createPooledVerifier();
    await closed.close();
    const checks = new Checks();
    const answer = closed.verifyResponse(bytes(change(honestText())), documents.policy, 'one', checks);
    expect((await refusal(answer)).code).toBe(code);
    expect(checks.entries.map((check) => [check.name, check.outcome])).toEqual([[name, 'failed']]);
    const busy = await refusal(closed.verifyResponse(honest(), documents.policy, 'one', new Checks()));
    expect(busy.code).toBe('saml_busy');
  });

  test('is held to the policy’s number of elements', async () => {
    const policy = { ...documents.policy, maxElements: 10 };
    const error = await refusal(verifier.verifyResponse(honest(), policy, 'one', new Checks()));
    expect(error.code).toBe('saml_structure');
  });
});

describe('a logout request', () => {
  const request = (id: string) =>
    buildLogoutRequest({
      id,
      issuer: IDENTITY_PROVIDER,
      destination: 'https://sp.bench.example/slo',
      issueInstant: new Date(),
      nameId: { value: 'someone@bench.example' },
      sessionIndexes: ['first'],
    });

  test('is verified in either binding', async () => {
    const { key, policy } = documents;
    const signed = await signElement(request('_1'), { id: '_1', key });
    const checks = new Checks();
    const enveloped = { publicKeys: policy.publicKeys, signature: 'enveloped' } as const;
    const message = await verifier.verifyLogoutMessage(bytes(signed), enveloped, 'one', checks);
    expect([message.kind, message.nameId?.value, message.signed]).toEqual([
      'LogoutRequest',
      'someone@bench.example',
      true,
    ]);
    expect(checks.entries.length).toBeGreaterThan(0);
    const detached = { publicKeys: policy.publicKeys, signature: 'detached' } as const;
    const bare = await verifier.verifyLogoutMessage(bytes(request('_2')), detached, 'one', new Checks());
    expect([bare.id, bare.signed]).toEqual(['_2', false]);
    const error = await refusal(verifier.verifyLogoutMessage(bytes(request('_3')), enveloped, 'one', new Checks()));
    expect(error.code).toBe('saml_signature');
  });
});

describe('metadata', () => {
  const NAMESPACES = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
  const metadata = (key: SigningKey, attributes = '') =>
    `<md:EntityDescriptor ${NAMESPACES} ID="_m" entityID="${IDENTITY_PROVIDER}" ${attributes}><!-- ours -->
      <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${key.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
        <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.bench.example/sso"/>
      </md:IDPSSODescriptor>
    </md:EntityDescriptor>`;

  test('come with keys, dates and durations that can be reckoned with', async () => {
    const { key } = documents;
    const text = metadata(key, 'validUntil="2031-01-02T03:04:05+01:00" cacheDuration="PT1H30M"');
    const read = await verifier.readMetadata(bytes(text), {}, 'one');
    expect(read.entityId).toBe(IDENTITY_PROVIDER);
    expect(read.certificates.map(({ publicKey, certificate }) => [publicKey, certificate])).toEqual([
      [key.publicKey, key.certificate],
    ]);
    expect([read.validUntil, read.cacheSeconds]).toEqual(['2031-01-02T02:04:05.000Z', 5_400]);
    const plain = await verifier.readMetadata(bytes(metadata(key)), {}, 'one');
    expect([plain.validUntil, plain.cacheSeconds]).toEqual([null, null]);
  });

  test('with a weak key or an end that is no date are refused, by name', async () => {
    const weak = await refusal(
      verifier.readMetadata(bytes(metadata(await createSigningKey({ bits: 1024 }))), {}, 'one'),
    );
    expect(weak.code).toBe('saml_metadata');
    expect(weak.detail).toContain('certificate');
    const text = metadata(documents.key, 'validUntil="soon"');
    const endless = await refusal(verifier.readMetadata(bytes(text), {}, 'one'));
    expect([endless.code, endless.detail]).toEqual([
      'saml_metadata',
      'EntityDescriptor/@validUntil: is no date and time',
    ]);
  });

  test('are held to the pinned certificate and the wanted entity', async () => {
    const { key } = documents;
    const foreign = await createSigningKey();
    const read = async (signer: SigningKey, entityId = IDENTITY_PROVIDER) => {
      const text = await signElement(metadata(key), { id: '_m', key: signer });
      return verifier.readMetadata(bytes(text), { certificate: key.certificate, entityId }, 'one');
    };
    expect((await read(key)).entityId).toBe(IDENTITY_PROVIDER);
    expect((await refusal(read(foreign))).code).toBe('saml_signature');
    expect((await refusal(read(key, 'https://other.example'))).code).toBe('saml_entity_id_mismatch');
    const unsigned = verifier.readMetadata(bytes(metadata(key)), { certificate: key.certificate }, 'one');
    expect((await refusal(unsigned)).code).toBe('saml_signature');
  });
});
