/** The request that a login starts with: what it says, in both bindings, and that another make of provider verifies it. */
import { beforeAll, expect, test } from 'bun:test';
import { inflateRawSync } from 'node:zlib';
import { XmlDocument } from 'libxml2-wasm';
import type { IdpMetadata } from '#ports/db/saml-schema.ts';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import {
  type AuthnRequest,
  postAuthnRequest,
  redirectAuthnRequest,
  requestBinding,
  wantsSignedRequest,
} from '#ports/idp/saml/authn-request.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { presentMetadata } from '#ports/idp/saml/service-provider-metadata.ts';
import { canonical } from './canonical.ts';
import {
  CONNECTION_ID,
  createKeyPair,
  type KeyPair,
  metadataOf,
  PUBLIC_URL,
  redirectRequest,
  SETTINGS,
  SSO_URL,
  samlifyPair,
} from './samlify-provider.ts';

const NONCE = 'abcdefghijklmnopqrst-_';
const STATE = 'stuvwxyzABCDEFGHIJKL-_';
const ours = serviceProvider(PUBLIC_URL, CONNECTION_ID);
let ourKeys: KeyPair;
let metadata: IdpMetadata;
let pair: ReturnType<typeof samlifyPair>;

beforeAll(async () => {
  const [own, theirs] = await Promise.all([createKeyPair(), createKeyPair()]);
  ourKeys = own;
  metadata = metadataOf(theirs);
  const keys = [{ id: '1', status: 'active' as const, certificate: own.certificate }];
  const presented = { publicUrl: PUBLIC_URL, connectionId: CONNECTION_ID, keys, settings: SETTINGS };
  pair = samlifyPair(presentMetadata({ ...presented, authnRequestsSigned: true }), theirs);
});

function request(settings: Partial<SamlSettings> = {}, changed: Partial<AuthnRequest> = {}): AuthnRequest {
  const base = { settings: { ...SETTINGS, ...settings }, metadata, sender: ours, key: ourKeys.signer };
  return { ...base, nonce: NONCE, state: STATE, now: new Date('2026-11-22T08:00:00.5Z'), ...changed };
}

const inflated = (url: URL) =>
  inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
const posted = (field: string | undefined) => Buffer.from(field ?? '', 'base64').toString();

test('by Redirect: what it says', async () => {
  const url = await redirectAuthnRequest(request({}, { key: undefined }));
  expect(url.href.startsWith(`${SSO_URL}?SAMLRequest=`)).toBe(true);
  expect([...url.searchParams.keys()]).toEqual(['SAMLRequest', 'RelayState']);
  expect(url.searchParams.get('RelayState')).toBe(STATE);
  expect(inflated(url)).toBe(
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ' +
      `AssertionConsumerServiceURL="${ours.consumerServiceUrl}" Destination="${SSO_URL}" ID="_${NONCE}" ` +
      'IssueInstant="2026-11-22T08:00:00Z" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Version="2.0">' +
      `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${ours.entityId}</saml:Issuer></samlp:AuthnRequest>`,
  );
});

test('what the operator settles goes along', async () => {
  const settings = {
    forceAuthn: true,
    nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    authnContexts: ['urn:a', 'urn:b'],
    consumerServiceUrl: 'https://app.example/acs',
  };
  const xml = inflated(await redirectAuthnRequest(request(settings)));
  expect(canonical(xml)).toBe(xml);
  expect(xml).toContain('AssertionConsumerServiceURL="https://app.example/acs"');
  expect(xml).toContain('ForceAuthn="true"');
  expect(xml).toContain(
    `</saml:Issuer><samlp:NameIDPolicy AllowCreate="true" Format="${settings.nameIdFormat}"></samlp:NameIDPolicy>` +
      '<samlp:RequestedAuthnContext Comparison="exact">',
  );
  expect(xml.match(/<saml:AuthnContextClassRef[^>]*>[^<]*/g)?.map((each) => each.replace(/.*>/, ''))).toEqual([
    'urn:a',
    'urn:b',
  ]);
  expect(xml).not.toContain('Signature');

  const transient = { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' };
  expect(inflated(await redirectAuthnRequest(request(transient)))).not.toContain('AllowCreate');
});

test('by Redirect, signed: another make of provider verifies it, and refuses it once changed', async () => {
  const url = await redirectAuthnRequest(request());
  expect([...url.searchParams.keys()]).toEqual(['SAMLRequest', 'RelayState', 'SigAlg', 'Signature']);
  const { extract } = await pair.provider.parseLoginRequest(pair.us, 'redirect', redirectRequest(url));
  expect(extract).toMatchObject({ request: { id: `_${NONCE}`, destination: SSO_URL }, issuer: ours.entityId });

  url.searchParams.set('RelayState', 'another');
  await expect(pair.provider.parseLoginRequest(pair.us, 'redirect', redirectRequest(url))).rejects.toBeTruthy();
});

test('by POST, signed: the signature stands behind the Issuer, and another make of provider verifies it', async () => {
  const settings = { requestBinding: 'post' as const, authnContexts: ['a & b'] };
  const { action, fields } = await postAuthnRequest(request(settings));
  expect(action).toBe(SSO_URL);
  expect(fields.RelayState).toBe(STATE);
  const xml = posted(fields.SAMLRequest);
  expect(canonical(xml)).toBe(xml);
  const document = XmlDocument.fromString(xml);
  const names = document.find('/*/*').map((node) => ('name' in node ? node.name : ''));
  document.dispose();
  expect(names).toEqual(['Issuer', 'Signature', 'RequestedAuthnContext']);
  const body = { body: { SAMLRequest: fields.SAMLRequest } };
  const { extract } = await pair.provider.parseLoginRequest(pair.us, 'post', body);
  expect(extract).toMatchObject({ request: { id: `_${NONCE}` }, issuer: ours.entityId });

  const changed = Buffer.from(xml.replace('a &amp; b', 'a &amp; c')).toString('base64');
  const refused = pair.provider.parseLoginRequest(pair.us, 'post', { body: { SAMLRequest: changed } });
  await expect(refused).rejects.toBeTruthy();
});

test('by POST, unsigned where nothing signs', async () => {
  const { fields } = await postAuthnRequest(request({ requestBinding: 'post' }, { key: undefined }));
  expect(posted(fields.SAMLRequest)).not.toContain('Signature');
});

test.each([
  ['https://idp.example/sso?tenant=a%20b', 'https://idp.example/sso?tenant=a%20b&SAMLRequest='],
  ['https://idp.example/sso?', 'https://idp.example/sso?SAMLRequest='],
  ['https://idp.example/sso?a=1&', 'https://idp.example/sso?a=1&SAMLRequest='],
  ['https://idp.example/sso#part', 'https://idp.example/sso?SAMLRequest='],
])('a location of its own shape: %s', async (location, start) => {
  const changed = { metadata: { ...metadata, singleSignOn: [{ binding: 'redirect' as const, location }] } };
  const url = await redirectAuthnRequest(request({}, changed));
  expect(url.href.startsWith(start)).toBe(true);
  expect(inflated(url)).toContain(`Destination="${location.replace('&', '&amp;')}"`);
});

test('which binding', async () => {
  const only = (binding: 'redirect' | 'post') => ({ ...metadata, singleSignOn: [{ binding, location: SSO_URL }] });
  expect(requestBinding(SETTINGS, metadata)).toBe('redirect');
  expect(requestBinding(SETTINGS, only('post'))).toBe('post');
  expect(requestBinding({ ...SETTINGS, requestBinding: 'post' }, metadata)).toBe('post');
  const refusal = expect.objectContaining({ code: 'saml_metadata' });
  expect(() => requestBinding({ ...SETTINGS, requestBinding: 'post' }, only('redirect'))).toThrow(
    expect.objectContaining({
      code: 'saml_binding_unsupported',
      evidence: { expected: 'post', actual: 'redirect' },
    }),
  );
  expect(() => requestBinding(SETTINGS, { ...metadata, singleSignOn: [] })).toThrow(refusal);
  await expect(redirectAuthnRequest(request({ requestBinding: 'post' }))).rejects.toMatchObject({
    code: 'saml_metadata',
  });
  await expect(postAuthnRequest(request())).rejects.toMatchObject({ code: 'saml_metadata' });
});

test.each([
  [null, true, true],
  [null, false, false],
  [true, false, true],
  [false, true, false],
])('signed: the operator says %p, the provider wants %p → %p', (signRequests, wantAuthnRequestsSigned, signed) => {
  expect(wantsSignedRequest({ ...SETTINGS, signRequests }, { ...metadata, wantAuthnRequestsSigned })).toBe(signed);
});
