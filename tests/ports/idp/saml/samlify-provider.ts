/** An identity provider of another make (samlify), which knows us by our metadata alone. */
import * as samlify from 'samlify';
import type { IdpMetadata } from '#ports/db/saml-schema.ts';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import { createCertificate, readCertificate } from '#ports/idp/saml/certificate.ts';
import { messageSigner } from '#ports/idp/saml/signature-algorithms.ts';

samlify.setSchemaValidator({ validate: async () => 'not validated here' });

export const ENTITY_ID = 'https://idp.example/metadata';
export const SSO_URL = 'https://idp.example/sso';
export const SLO_URL = 'https://idp.example/slo';
export const PUBLIC_URL = 'https://sso.example';
export const CONNECTION_ID = '66f000000000000000000001';

export const SETTINGS: SamlSettings = {
  metadataUrl: null,
  metadataCertificate: null,
  signRequests: null,
  requestBinding: null,
  wantAssertionsSigned: true,
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

/** A key pair in the forms that tests take it. */
export async function createKeyPair() {
  const { certificate, privateKey } = await createCertificate('test', 10, new Date());
  const der = Uint8Array.fromBase64(privateKey);
  const imported = await crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return {
    ...(await readCertificate(certificate)),
    privateKey: `-----BEGIN PRIVATE KEY-----\n${privateKey.replaceAll(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----`,
    signer: messageSigner(imported, certificate),
  };
}

export type KeyPair = Awaited<ReturnType<typeof createKeyPair>>;

/** What the provider's metadata say, as we would read them. */
export function metadataOf({ certificate, publicKey, fingerprint, notBefore, notAfter }: KeyPair): IdpMetadata {
  return {
    entityId: ENTITY_ID,
    singleSignOn: [
      { binding: 'post', location: SSO_URL },
      { binding: 'redirect', location: SSO_URL },
    ],
    singleLogout: [
      { binding: 'redirect', location: SLO_URL },
      { binding: 'post', location: SLO_URL },
    ],
    certificates: [{ certificate, publicKey, fingerprint, notBefore, notAfter }],
    wantAuthnRequestsSigned: true,
    nameIdFormats: [],
    validUntil: null,
    cacheSeconds: null,
  };
}

/** @param ourMetadata the XML that we present */
export function samlifyPair(ourMetadata: string, keys: KeyPair) {
  const both = (Location: string) =>
    (['redirect', 'post'] as const).map((name) => ({ Binding: samlify.Constants.namespace.binding[name], Location }));
  return {
    provider: samlify.IdentityProvider({
      entityID: ENTITY_ID,
      privateKey: keys.privateKey,
      signingCert: keys.certificate,
      wantAuthnRequestsSigned: true,
      wantLogoutRequestSigned: true,
      wantLogoutResponseSigned: true,
      requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      singleSignOnService: both(SSO_URL),
      singleLogoutService: both(SLO_URL),
    }),
    // what ServiceProvider is to check in logout messages is no part of metadata
    us: samlify.ServiceProvider({
      metadata: ourMetadata,
      wantLogoutRequestSigned: true,
      wantLogoutResponseSigned: true,
    }),
  };
}

/** The query of a redirect as samlify wants it. */
export function redirectRequest(url: URL) {
  return {
    query: Object.fromEntries(url.searchParams),
    octetString: url.search.slice(1).replace(/&Signature=.*$/, ''),
  };
}
