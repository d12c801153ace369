/** What we send in a single logout: a provider of another make verifies it in both bindings, and we verify what it sends. */
import { beforeAll, expect, test } from 'bun:test';
import { inflateRawSync } from 'node:zlib';
import type { SamlBinding } from '#ports/db/saml-schema.ts';
import type { BrowserMessage } from '#ports/idp/browser-message.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { createLogoutRequest, createLogoutResponse, logoutEndpoint } from '#ports/idp/saml/logout-messages.ts';
import { readRedirectMessage } from '#ports/idp/saml/redirect-binding.ts';
import { presentMetadata } from '#ports/idp/saml/service-provider-metadata.ts';
import { canonical } from './canonical.ts';
import {
  CONNECTION_ID,
  createKeyPair,
  ENTITY_ID,
  type KeyPair,
  metadataOf,
  PUBLIC_URL,
  redirectRequest,
  SETTINGS,
  SLO_URL,
  samlifyPair,
} from './samlify-provider.ts';

const sender = serviceProvider(PUBLIC_URL, CONNECTION_ID);
const NAME_ID = {
  value: 'ada & <friends>',
  format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameQualifier: ENTITY_ID,
  spNameQualifier: sender.entityId,
};
let ourKeys: KeyPair;
let theirKeys: KeyPair;
let pair: ReturnType<typeof samlifyPair>;

beforeAll(async () => {
  [ourKeys, theirKeys] = await Promise.all([createKeyPair(), createKeyPair()]);
  const keys = [{ id: '1', status: 'active' as const, certificate: ourKeys.certificate }];
  const presented = { publicUrl: PUBLIC_URL, connectionId: CONNECTION_ID, keys, settings: SETTINGS };
  pair = samlifyPair(presentMetadata({ ...presented, authnRequestsSigned: true }), theirKeys);
});

const common = (binding: SamlBinding) => ({
  endpoint: { binding, location: SLO_URL },
  sender,
  key: ourKeys.signer,
  relayState: 'state',
  now: new Date('2026-11-22T08:00:00Z'),
});

function xmlOf(message: BrowserMessage): string {
  if (message.binding === 'post') {
    const { SAMLRequest, SAMLResponse } = message.form.fields;
    return Buffer.from(SAMLRequest ?? SAMLResponse ?? '', 'base64').toString();
  }
  const { searchParams } = message.url;
  const text = searchParams.get('SAMLRequest') ?? searchParams.get('SAMLResponse') ?? '';
  return inflateRawSync(Buffer.from(text, 'base64')).toString();
}

/** As samlify takes a message of either binding. */
const received = (message: BrowserMessage) =>
  message.binding === 'post' ? { body: message.form.fields } : redirectRequest(message.url);

const BINDINGS = ['redirect', 'post'] as const;

test.each(BINDINGS)('a LogoutRequest by %s', async (binding) => {
  const request = { ...common(binding), nonce: 'nonce', nameId: NAME_ID, sessionIndexes: ['one', 'two'] };
  const message = await createLogoutRequest(request);
  expect(message.binding).toBe(binding);
  const xml = xmlOf(message);
  expect(canonical(xml)).toBe(xml);
  expect(xml).toStartWith(
    `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${SLO_URL}" ID="_nonce" ` +
      'IssueInstant="2026-11-22T08:00:00Z" NotOnOrAfter="2026-11-22T08:05:00Z" ' +
      'Reason="urn:oasis:names:tc:SAML:2.0:logout:user" Version="2.0"><saml:Issuer',
  );
  expect(xml).toEndWith(
    `Format="${NAME_ID.format}" NameQualifier="${ENTITY_ID}" SPNameQualifier="${sender.entityId}">ada &amp; &lt;friends&gt;` +
      '</saml:NameID><samlp:SessionIndex>one</samlp:SessionIndex><samlp:SessionIndex>two</samlp:SessionIndex></samlp:LogoutRequest>',
  );
  expect(xml.includes('ds:Signature')).toBe(binding === 'post');
  const { extract } = await pair.provider.parseLogoutRequest(pair.us, binding, received(message));
  expect(extract).toMatchObject({ request: { id: '_nonce' }, issuer: sender.entityId, nameID: NAME_ID.value });

  const foreign = await createLogoutRequest({ ...request, key: theirKeys.signer });
  await expect(pair.provider.parseLogoutRequest(pair.us, binding, received(foreign))).rejects.toBeTruthy();
});

test.each(BINDINGS)('a LogoutResponse by %s', async (binding) => {
  const response = { ...common(binding), inResponseTo: '_theirs', status: ['Success'] as const };
  const message = await createLogoutResponse(response);
  const xml = xmlOf(message);
  expect(canonical(xml)).toBe(xml);
  const { extract } = await pair.provider.parseLogoutResponse(pair.us, binding, received(message));
  expect(extract).toMatchObject({
    response: { inResponseTo: '_theirs', destination: SLO_URL },
    issuer: sender.entityId,
  });

  const foreign = await createLogoutResponse({ ...response, key: theirKeys.signer });
  await expect(pair.provider.parseLogoutResponse(pair.us, binding, received(foreign))).rejects.toBeTruthy();
});

test('responses go to the location that the provider has for them', async () => {
  const endpoint = { binding: 'post' as const, location: SLO_URL, responseLocation: `${SLO_URL}/done` };
  const message = await createLogoutResponse({
    ...common('post'),
    endpoint,
    inResponseTo: '_theirs',
    status: ['Responder', 'PartialLogout'],
  });
  expect(message).toMatchObject({ form: { action: `${SLO_URL}/done` } });
  expect(xmlOf(message)).toContain(`Destination="${SLO_URL}/done"`);
  expect(xmlOf(message)).toContain(
    '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder">' +
      '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"></samlp:StatusCode></samlp:StatusCode>',
  );
  const request = { ...common('post'), endpoint, nonce: 'n', nameId: { value: 'ada' }, sessionIndexes: [] };
  expect(await createLogoutRequest(request)).toMatchObject({ form: { action: SLO_URL } });
});

test('the preferred binding where the provider offers it', () => {
  const metadata = metadataOf(theirKeys);
  expect(logoutEndpoint(metadata, 'post')?.binding).toBe('post');
  expect(logoutEndpoint(metadata, 'redirect')?.binding).toBe('redirect');
  const [redirect] = metadata.singleLogout;
  expect(logoutEndpoint({ ...metadata, singleLogout: redirect ? [redirect] : [] }, 'post')?.binding).toBe('redirect');
  expect(logoutEndpoint({ ...metadata, singleLogout: [] }, 'post')).toBeUndefined();
});

test('what a provider of another make sends by Redirect is verified, and refused under another key', async () => {
  const { context } = pair.provider.createLogoutRequest(pair.us, 'redirect', { logoutNameID: 'ada' }, 'state');
  const query = new URL(String(context)).search;
  const { message, relayState } = await readRedirectMessage(query, 'SAMLRequest', [theirKeys.publicKey]);
  expect(new TextDecoder().decode(message)).toContain('LogoutRequest');
  expect(relayState).toBe('state');
  const refused = readRedirectMessage(query, 'SAMLRequest', [ourKeys.publicKey]);
  await expect(refused).rejects.toMatchObject({ code: 'saml_signature' });
});
