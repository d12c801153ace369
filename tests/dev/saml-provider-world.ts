/** The SAML identity provider, and an independent service provider (`@node-saml/node-saml`) that knows it. */
import { expect } from 'bun:test';
import { type Profile, SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { type RunningSamlIdentityProvider, startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { answerFor } from '#dev/saml/sign-in.ts';
import { createSigningKey, pemOf, type SigningKey } from '#dev/saml/signing-key.ts';

export const SP = 'http://127.0.0.1:9/metadata';
export const ACS = 'http://127.0.0.1:9/acs';
export const SLO = 'http://127.0.0.1:9/slo';
export const ADA = 'ada@acme.test';
// no blank: that library signs %20 and sends a plus sign
export const RELAY_STATE = 'relay<&">state';

export interface ProviderWorld {
  readonly provider: RunningSamlIdentityProvider;
  /** The service provider's, for signing and decrypting. */
  readonly key: SigningKey;
  serviceProvider(more?: Partial<SamlConfig>): SAML;
  /** Signs in and lets the service provider verify the answer. @throws Error when either refuses */
  login(sp?: SAML, email?: string): Promise<Profile | null>;
  reset(): void;
}

export async function startProviderWorld(): Promise<ProviderWorld> {
  const [key, provider] = await Promise.all([createSigningKey(), startSamlIdentityProvider()]);
  const { certificate } = key;
  const registration = { entityId: SP, acsUrl: ACS, sloUrl: SLO };
  const register = () =>
    provider.register({ ...registration, encryptionCertificate: certificate, signingCertificate: certificate });
  const serviceProvider = (more: Partial<SamlConfig> = {}) =>
    new SAML({ ...configuration(provider, pemOf('PRIVATE KEY', key.privateKey)), ...more });
  register();
  return {
    provider,
    key,
    serviceProvider,
    async login(sp = serviceProvider(), email = ADA) {
      const { action, RelayState, SAMLResponse } = await answerFor(await startUrl(sp), email);
      expect([action, RelayState]).toEqual([ACS, RELAY_STATE]);
      return (await sp.validatePostResponseAsync({ SAMLResponse })).profile;
    },
    reset() {
      provider.reset();
      register();
    },
  };
}

export function startUrl(sp: SAML): Promise<string> {
  return sp.getAuthorizeUrlAsync(RELAY_STATE, undefined, {});
}

function configuration({ origin, certificate, entityId }: RunningSamlIdentityProvider, privateKey: string): SamlConfig {
  return {
    issuer: SP,
    callbackUrl: ACS,
    entryPoint: `${origin}/sso`,
    logoutUrl: `${origin}/slo`,
    idpCert: pemOf('CERTIFICATE', certificate),
    idpIssuer: entityId,
    privateKey,
    decryptionPvk: privateKey,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    acceptedClockSkewMs: 1000,
  };
}
