/** Logout messages: both kinds, both bindings, and what they may not be. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { type LogoutPolicy, verifyLogoutMessage } from '#ports/idp/saml/xml/logout-message.ts';
import { type KeyPair, makeKeys, NS, rsa, signed } from './signer.ts';
import { bytesOf, codeOf } from './verifying.ts';

let key: KeyPair;
let other: KeyPair;

beforeAll(async () => {
  [key, other] = await Promise.all([makeKeys(rsa()), makeKeys(rsa())]);
});

const HEAD = 'ID="_m1" Version="2.0" IssueInstant="2030-01-01T00:00:00Z" Destination="https://sp.test/slo"';
const NAME = '<saml:NameID NameQualifier="q">alice</saml:NameID>';
const request = (
  inner = `${NAME}<samlp:SessionIndex>s1</samlp:SessionIndex><samlp:SessionIndex> s2 </samlp:SessionIndex>`,
): string =>
  `<samlp:LogoutRequest ${NS} ${HEAD} NotOnOrAfter="2030-01-01T00:05:00Z"><saml:Issuer>https://idp.test</saml:Issuer>[[sign _m1]]${inner}</samlp:LogoutRequest>`;
const STATUS = 'urn:oasis:names:tc:SAML:2.0:status';
const response = (
  status = `<samlp:Status><samlp:StatusCode Value="${STATUS}:Responder"><samlp:StatusCode Value="${STATUS}:PartialLogout"/></samlp:StatusCode></samlp:Status>`,
): string =>
  `<samlp:LogoutResponse ${NS} ${HEAD} InResponseTo="_q1"><saml:Issuer>https://idp.test</saml:Issuer>[[sign _m1]]${status}</samlp:LogoutResponse>`;

async function verify(text: string, changes: Partial<LogoutPolicy> = {}, by: KeyPair | undefined = key) {
  const xml = await signed(text, by ? ['_m1'] : [], { key: by ?? key });
  return verifyLogoutMessage(bytesOf(xml), { publicKeys: [key.spki], signature: 'enveloped', ...changes });
}

const COMMON = {
  id: '_m1',
  issueInstant: '2030-01-01T00:00:00Z',
  destination: 'https://sp.test/slo',
  issuer: 'https://idp.test',
};

describe('a signed message', () => {
  test('a request', async () => {
    expect(await verify(request())).toMatchObject({
      verified: {
        ...COMMON,
        kind: 'LogoutRequest',
        notOnOrAfter: '2030-01-01T00:05:00Z',
        nameId: { value: 'alice', nameQualifier: 'q' },
        sessionIndexes: ['s1', 's2'],
        statusCodes: [],
        signed: true,
      },
    });
  });

  test('a response', async () => {
    expect(await verify(response())).toMatchObject({
      verified: {
        ...COMMON,
        kind: 'LogoutResponse',
        inResponseTo: '_q1',
        statusCodes: [`${STATUS}:Responder`, `${STATUS}:PartialLogout`],
        sessionIndexes: [],
        signed: true,
      },
    });
  });
});

test('the signature is needed, right, and of a key of the connection', async () => {
  const unsigned = await signed(request(), [], { key });
  const policy = { publicKeys: [key.spki], signature: 'enveloped' } as const;
  expect(codeOf(await verifyLogoutMessage(bytesOf(unsigned), policy))).toBe('saml_signature');
  expect(codeOf(await verify(request(), {}, other))).toBe('saml_signature');
  const changed = (await signed(request(), ['_m1'], { key })).replace('alice', 'bob');
  expect(codeOf(await verifyLogoutMessage(bytesOf(changed), policy))).toBe('saml_signature');
});

test('detached, none is needed, and none is believed', async () => {
  for (const ids of [[], ['_m1']]) {
    const xml = await signed(request(), ids, { key: other });
    const outcome = await verifyLogoutMessage(bytesOf(xml), { publicKeys: [], signature: 'detached' });
    expect(outcome).toMatchObject({ verified: { nameId: { value: 'alice' }, signed: false } });
  }
});

describe('refused although signed', () => {
  test.each([
    ['an encrypted identifier', request('<saml:EncryptedID><x/></saml:EncryptedID>')],
    ['no name', request('')],
    ['two names', request(NAME + NAME)],
    ['something unknown', request(`${NAME}<x/>`)],
    ['an element in the index', request(`${NAME}<samlp:SessionIndex><x/></samlp:SessionIndex>`)],
    [
      'a signature elsewhere',
      request(
        `${NAME}<samlp:Extensions><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></samlp:Extensions>`,
      ),
    ],
    ['an ID twice', request(`${NAME}<samlp:Extensions><x ID="_m1"/></samlp:Extensions>`).replace('[[sign _m1]]', '')],
    ['no status', response('')],
    ['no code', response('<samlp:Status/>')],
    [
      'two codes',
      response(`<samlp:Status>${`<samlp:StatusCode Value="${STATUS}:Success"/>`.repeat(2)}</samlp:Status>`),
    ],
    ['another kind', request().replaceAll('LogoutRequest', 'AuthnRequest')],
    ['version 1.1', request().replace('Version="2.0"', 'Version="1.1"')],
    ['a comment', request('<!-- x -->')],
  ])('%s', async (_, text) => {
    const xml = text.includes('[[') && !text.includes('<!--') ? await signed(text, ['_m1'], { key }) : text;
    for (const signature of ['enveloped', 'detached'] as const) {
      const outcome = await verifyLogoutMessage(bytesOf(xml), { publicKeys: [key.spki], signature });
      expect(outcome).toMatchObject({ refusal: { code: 'saml_structure', check: 'saml.structure' } });
    }
  });
});
