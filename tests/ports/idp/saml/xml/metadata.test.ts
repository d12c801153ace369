/** Metadata of identity providers: what is read, which entity, and refusals that name the path and no value. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { type MetadataChoice, type MetadataReading, readMetadata } from '#ports/idp/saml/xml/metadata.ts';
import type { Outcome } from '#ports/idp/saml/xml/trail.ts';
import { type KeyPair, makeKeys, rsa, signed } from './signer.ts';
import { bytesOf, codeOf } from './verifying.ts';

const SAML2 = 'urn:oasis:names:tc:SAML:2.0:protocol';
const BINDINGS = 'urn:oasis:names:tc:SAML:2.0:bindings';
const MD = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"';
let key: KeyPair;
let other: KeyPair;

beforeAll(async () => {
  [key, other] = await Promise.all([makeKeys(rsa()), makeKeys(rsa())]);
});

const certificate = (text: string, use?: string): string =>
  `<md:KeyDescriptor${use ? ` use="${use}"` : ''}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const endpoint = (name: string, binding: string, location: string, more = ''): string =>
  `<md:${name} Binding="${BINDINGS}:${binding}" Location="${location}"${more}/>`;
const SSO = endpoint('SingleSignOnService', 'HTTP-Redirect', 'https://idp.test/sso');

interface Parts {
  readonly entityId?: string;
  readonly entity?: string;
  readonly role?: string;
  readonly keys?: string;
  readonly endpoints?: string;
  readonly protocols?: string;
  readonly id?: string;
}

function role(parts: Parts = {}): string {
  return `<md:IDPSSODescriptor protocolSupportEnumeration="${parts.protocols ?? SAML2}"${parts.role ?? ''}>${parts.keys ?? certificate('AAAA')}${parts.endpoints ?? SSO}</md:IDPSSODescriptor>`;
}

function entity(parts: Parts = {}, roles = role(parts)): string {
  return `<md:EntityDescriptor ${MD} ID="${parts.id ?? '_e1'}" entityID="${parts.entityId ?? 'https://idp.test'}"${parts.entity ?? ''}>[[sign ${parts.id ?? '_e1'}]]${roles}</md:EntityDescriptor>`;
}

function aggregate(...entities: string[]): string {
  return `<md:EntitiesDescriptor ${MD} ID="_g1" validUntil="2031-01-01T00:00:00Z" cacheDuration="PT1H">[[sign _g1]]${entities.join('')}</md:EntitiesDescriptor>`;
}

async function read(text: string, choice: MetadataChoice = {}, ids: string[] = []): Promise<Outcome<MetadataReading>> {
  return readMetadata(bytesOf(await signed(text, ids, { key })), choice);
}

async function detailOf(text: string, choice: MetadataChoice = {}): Promise<string | undefined> {
  const outcome = await read(text, choice);
  if (!('refusal' in outcome)) return 'accepted';
  expect(outcome.refusal).toMatchObject({ code: 'saml_metadata', check: 'saml.metadata' });
  return outcome.refusal.detail;
}

test('is read whole', async () => {
  const text = entity({
    role: ' WantAuthnRequestsSigned="true"',
    keys:
      certificate('\n AA\nAA ', 'signing') +
      certificate('BBBB') +
      certificate('CCCC', 'encryption') +
      certificate('AAAA'),
    endpoints:
      endpoint('ArtifactResolutionService', 'SOAP', 'javascript:1') +
      endpoint('SingleLogoutService', 'SOAP', 'javascript:1') +
      endpoint(
        'SingleLogoutService',
        'HTTP-POST',
        'https://idp.test/slo',
        ' ResponseLocation="https://idp.test/slo/back"',
      ) +
      '<md:NameIDFormat> urn:x </md:NameIDFormat>' +
      SSO +
      endpoint('SingleSignOnService', 'HTTP-POST', 'http://idp.test:8080/sso?x=y') +
      endpoint('SingleSignOnService', 'HTTP-Artifact', 'ftp://idp.test'),
    entity: ' validUntil="2030-06-01T00:00:00Z" cacheDuration="PT2H"',
  });
  expect(await read(text)).toMatchObject({
    verified: {
      entityId: 'https://idp.test',
      singleSignOn: [
        { binding: 'redirect', location: 'https://idp.test/sso' },
        { binding: 'post', location: 'http://idp.test:8080/sso?x=y' },
      ],
      singleLogout: [
        { binding: 'post', location: 'https://idp.test/slo', responseLocation: 'https://idp.test/slo/back' },
      ],
      certificates: ['AAAA', 'BBBB'],
      wantAuthnRequestsSigned: true,
      nameIdFormats: ['urn:x'],
      validUntil: '2030-06-01T00:00:00Z',
      cacheDuration: 'PT2H',
    },
  });
});

test('of several certificates in one place the first counts', async () => {
  const chain = certificate('AAAA').replace('</ds:X509Certificate>', '$&<ds:X509Certificate>BBBB</ds:X509Certificate>');
  expect(await read(entity({ keys: chain }))).toMatchObject({ verified: { certificates: ['AAAA'] } });
});

test('may hold comments, also within a certificate', async () => {
  const keys = certificate('AA<!-- BB -->AA');
  expect(await read(`<!-- <md:x> -->${entity({ keys })}`)).toMatchObject({ verified: { certificates: ['AAAA'] } });
});

describe('the validity', () => {
  test.each([
    ['none', entity(), null, null],
    ['inherited', aggregate(entity()), '2031-01-01T00:00:00Z', 'PT1H'],
    [
      'the earliest',
      aggregate(entity({ entity: ' validUntil="2032-01-01T00:00:00Z"', role: ' cacheDuration="PT5M"' })),
      '2031-01-01T00:00:00Z',
      'PT5M',
    ],
    ['one that is no date', aggregate(entity({ entity: ' validUntil="later"' })), 'later', 'PT1H'],
  ])('%s', async (_, text, validUntil, cacheDuration) => {
    expect(await read(text)).toMatchObject({ verified: { validUntil, cacheDuration } });
  });
});

describe('which entity', () => {
  const sp = `<md:EntityDescriptor entityID="https://sp.test"><md:SPSSODescriptor protocolSupportEnumeration="${SAML2}"/></md:EntityDescriptor>`;
  const two = aggregate(sp, entity(), entity({ entityId: 'https://two.test', id: '_e2' }));

  test('the only one, or the one that is named', async () => {
    expect(await read(aggregate(sp, entity()))).toMatchObject({ verified: { entityId: 'https://idp.test' } });
    expect(await read(aggregate(aggregate(entity()).replace('_g1', '_g2')))).toMatchObject({
      verified: { entityId: 'https://idp.test' },
    });
    expect(await read(two, { entityId: 'https://two.test' })).toMatchObject({
      verified: { entityId: 'https://two.test' },
    });
    expect(await read(entity(), { entityId: 'https://idp.test' })).toMatchObject({
      verified: { entityId: 'https://idp.test' },
    });
  });

  test.each([
    ['several', two, undefined, 'EntityDescriptor: more than one entity to choose from'],
    [
      'twice the same',
      aggregate(entity(), entity({ id: '_e2' })),
      'https://idp.test',
      'EntityDescriptor: more than one entity to choose from',
    ],
    ['none', aggregate(sp), undefined, 'EntityDescriptor: no entity is an identity provider'],
    [
      'none at that name',
      aggregate(sp),
      'https://sp.test',
      'EntityDescriptor/IDPSSODescriptor: there is none for SAML 2.0',
    ],
    [
      'another root',
      '<md:Other xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>',
      undefined,
      '/: the root is neither an EntityDescriptor nor an EntitiesDescriptor',
    ],
  ])('%s', async (_, text, entityId, detail) => {
    expect(await detailOf(text, { entityId })).toBe(detail);
  });

  test('another: what is wanted and what is there', async () => {
    expect(await read(two, { entityId: 'https://three.test' })).toMatchObject({
      refusal: {
        code: 'saml_entity_id_mismatch',
        expected: 'https://three.test',
        actual: 'https://sp.test https://idp.test https://two.test',
      },
    });
  });
});

describe('refused', () => {
  const at = 'EntityDescriptor/IDPSSODescriptor';
  const location = (value: string): Parts => ({ endpoints: SSO + endpoint('SingleSignOnService', 'HTTP-POST', value) });
  const certificates = (count: number): Parts => ({
    keys: Array.from({ length: count }, (_, i) => certificate(`AAA${i}`.slice(-4))).join(''),
  });

  test.each([
    ['no entity id', { entityId: '' }, 'EntityDescriptor/@entityID: is not of 1 to 1024 characters'],
    ['a long entity id', { entityId: 'x'.repeat(1025) }, 'EntityDescriptor/@entityID: is not of 1 to 1024 characters'],
    ['a long entity id, but not too long', { entityId: 'x'.repeat(1024) }, 'accepted'],
    ['another protocol', { protocols: 'urn:oasis:names:tc:SAML:1.1:protocol' }, `${at}: there is none for SAML 2.0`],
    ['another protocol too', { protocols: `urn:oasis:names:tc:SAML:1.1:protocol ${SAML2}` }, 'accepted'],
    ['no endpoint', { endpoints: '' }, `${at}/SingleSignOnService: none of HTTP-Redirect or HTTP-POST`],
    [
      'javascript:',
      location('javascript:alert(1)'),
      `${at}/SingleSignOnService[2]/@Location: is not an http(s) address`,
    ],
    ['file:', location('file:///etc/passwd'), `${at}/SingleSignOnService[2]/@Location: is not an http(s) address`],
    ['ftp:', location('ftp://idp.test/sso'), `${at}/SingleSignOnService[2]/@Location: is not an http(s) address`],
    ['a relative address', location('/sso'), `${at}/SingleSignOnService[2]/@Location: is not an http(s) address`],
    ['no host', location('https://'), `${at}/SingleSignOnService[2]/@Location: is not an http(s) address`],
    [
      'a long address',
      location(`https://idp.test/${'x'.repeat(2032)}`),
      `${at}/SingleSignOnService[2]/@Location: is longer than 2048 characters`,
    ],
    ['a long address, but not too long', location(`https://idp.test/${'x'.repeat(2031)}`), 'accepted'],
    [
      'no address',
      { endpoints: SSO.replace(/ Location="[^"]*"/, '') },
      `${at}/SingleSignOnService[1]/@Location: is missing`,
    ],
    [
      'a bad response address',
      { endpoints: SSO + endpoint('SingleLogoutService', 'HTTP-POST', 'https://idp.test', ' ResponseLocation="x"') },
      `${at}/SingleLogoutService[1]/@ResponseLocation: is not an http(s) address`,
    ],
    ['no certificate', { keys: '' }, `${at}/KeyDescriptor: none has a certificate for signing`],
    [
      'only one for encryption',
      { keys: certificate('AAAA', 'encryption') },
      `${at}/KeyDescriptor: none has a certificate for signing`,
    ],
    [
      'no base64',
      { keys: certificate('AAAA') + certificate('!') },
      `${at}/KeyDescriptor[2]/KeyInfo/X509Data/X509Certificate: is not base64`,
    ],
    ['ten certificates', certificates(10), 'accepted'],
    ['eleven certificates', certificates(11), `${at}/KeyDescriptor: more than 10 certificates for signing`],
  ])('%s', async (_, parts, detail) => {
    expect(await detailOf(entity(parts))).toBe(detail);
  });

  test('two roles', async () => {
    expect(await detailOf(entity({}, role() + role()))).toBe(`${at}: there is more than one for SAML 2.0`);
    expect(await detailOf(entity({}, role() + role({ protocols: 'urn:x' })))).toBe('accepted');
  });

  test.each([
    ['a document type', `<!DOCTYPE x>${entity()}`, 'saml_dtd'],
    ['UTF-16 declared', `<?xml version="1.0" encoding="UTF-16"?>${entity()}`, 'saml_encoding'],
    ['no XML', `${entity()}<`, 'saml_structure'],
    ['256 KiB', entity() + ' '.repeat(256 * 1024), 'saml_structure'],
    ['20,000 elements', entity({}, `${role()}<x>${'<y/>'.repeat(20_000)}</x>`), 'saml_structure'],
    ['19,900 elements', entity({}, `${role()}<x>${'<y/>'.repeat(19_900)}</x>`), 'accepted'],
  ])('%s', async (_, text, code) => {
    expect(codeOf(await read(text))).toBe(code);
  });
});

describe('signed metadata', () => {
  const pinned = (): MetadataChoice => ({ publicKey: key.spki });

  test('by the document or by the entity', async () => {
    expect(codeOf(await read(entity(), pinned(), ['_e1']))).toBe('accepted');
    expect(codeOf(await read(aggregate(entity()), pinned(), ['_g1']))).toBe('accepted');
    expect(codeOf(await read(aggregate(entity()), pinned(), ['_e1']))).toBe('accepted');
    expect(codeOf(await read(aggregate(entity()), pinned(), []))).toBe('saml_signature');
    expect(codeOf(await read(entity(), { publicKey: other.spki }, ['_e1']))).toBe('saml_signature');
  });

  test('changed, it is refused', async () => {
    const xml = await signed(aggregate(entity()), ['_g1'], { key });
    const changed = xml.replace('https://idp.test/sso', 'https://evil.test/sso');
    expect(codeOf(await readMetadata(bytesOf(changed), {}))).toBe('accepted');
    expect(codeOf(await readMetadata(bytesOf(changed), pinned()))).toBe('saml_signature');
  });

  test('an entity that another one’s signature covers is not the one that is read', async () => {
    const good = await signed(entity(), ['_e1'], { key });
    const evil = entity({ entityId: 'https://evil.test', id: '_e2' }).replace('[[sign _e2]]', '');
    const xml = aggregate(evil, good).replace('[[sign _g1]]', '');
    expect(codeOf(await readMetadata(bytesOf(xml), { ...pinned(), entityId: 'https://idp.test' }))).toBe('accepted');
    expect(codeOf(await readMetadata(bytesOf(xml), { ...pinned(), entityId: 'https://evil.test' }))).toBe(
      'saml_signature',
    );
  });
});
