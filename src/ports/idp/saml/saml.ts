/**
 * SAML 2.0 web browser single sign-on (profiles §4.1), our side as service provider: the request that a login
 * starts with, the response that the consumer service takes, and the one-time code that a callback redeems.
 */

import type { Checks } from '#core/checks.ts';
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { IdpMetadata } from '#ports/db/saml-schema.ts';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { PostedForm } from '#ports/idp/browser-message.ts';
import type { Claims, IdentityProvider } from '#ports/idp/identity-provider.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import {
  postAuthnRequest,
  redirectAuthnRequest,
  requestBinding,
  requestId,
  wantsSignedRequest,
} from './authn-request.ts';
import { type ServiceProvider, serviceProvider } from './endpoints.ts';
import { parseInstant } from './instant.ts';
import { redeemClaims, sealClaims } from './kept-claims.ts';
import { createSamlLogout, type SamlLogout } from './logout.ts';
import { decodePosted } from './post-binding.ts';
import { checkResponse } from './response-checks.ts';
import { samlClaims } from './saml-attributes.ts';
import type { ServiceProviderKeys } from './service-provider-keys.ts';
import { presentMetadata } from './service-provider-metadata.ts';
import { checkSubject } from './subject-checks.ts';
import { doubting, type MetadataDoubt } from './unknown-key.ts';
import type { SamlVerifier } from './verifier.ts';

export interface SamlPorts extends MetadataDoubt {
  readonly publicUrl: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly verifier: SamlVerifier;
  readonly keys: ServiceProviderKeys;
  /** The provider's metadata as it is trusted now. @throws SsoError `saml_metadata`, `idp_*` */
  readonly readMetadata: (connection: Connection) => Promise<IdpMetadata>;
}

/** A response as it was posted, and what it must answer. */
export interface PostedResponse {
  /** `SAMLResponse`, base64 (SAML bindings §3.5.4). */
  readonly message: string;
  /** Our request's `nonce` and when it was made; undefined when the provider initiates the login. */
  readonly request: { readonly nonce: string; readonly createdAt: Date } | undefined;
  /**
   * The callback that it was handed on to: then it may have been sent there, or to the connection's own `consumerServiceUrl`,
   * and not only to our consumer service.
   */
  readonly handedOnTo: string | undefined;
}

export interface ReadResponse {
  readonly claims: Claims;
  readonly assertionId: string;
  /** From when on its dates alone refuse the assertion. */
  readonly usableUntil: Date;
}

export interface Saml extends IdentityProvider, SamlLogout {
  /** @throws SsoError any `saml_*` reason, `reauth_required`, `idp_*` when the metadata could not be read */
  readResponse(connection: Connection, posted: PostedResponse, checks: Checks): Promise<ReadResponse>;
  /** Seals verified claims for the callback. */
  keepClaims(requestId: string, claims: Claims, checks: Checks): Promise<string>;
  /** The form that a hosted page posts to the provider. @throws SsoError `saml_metadata` when it takes no POST */
  postedRequest(connection: Connection, request: { nonce: string; state: string }): Promise<PostedForm>;
  /**
   * Our metadata for this connection (SAML metadata §2.4.4), in XML.
   * @param provider the copy in use; a draft may have none yet, since the provider is set up with ours first
   */
  metadata(connection: Connection, provider: IdpMetadata | null): Promise<string>;
  /** Whether a message says which request it answers; for telling an operator what is missing, and nothing else. */
  namesRequest(message: string): boolean;
}

export function createSaml(ports: SamlPorts): Saml {
  const { publicUrl, sealer, clock, keys, readMetadata } = ports;

  async function requestOf(connection: Connection, { nonce, state }: { nonce: string; state: string }) {
    const settings = samlSettingsOf(connection);
    const metadata = await readMetadata(connection);
    const sender = serviceProvider(publicUrl, connection.id);
    const key = wantsSignedRequest(settings, metadata) ? await keys.signingKey(connection.id) : undefined;
    return { settings, metadata, sender, key, nonce, state, now: clock.now() };
  }

  return {
    ...createSamlLogout(ports),
    async authorize(connection, { nonce, state }) {
      const request = await requestOf(connection, { nonce, state });
      if (requestBinding(request.settings, request.metadata) === 'redirect') return redirectAuthnRequest(request);
      const page = new URL(`${publicUrl}/saml/${connection.id}/request`);
      page.searchParams.set('state', state);
      return page;
    },

    verify: async (_connection, request, response, checks) => redeemClaims(sealer, request.kept, response.code, checks),
    mapClaims: ({ mapping }, source) => samlClaims('attributes' in source ? source : { attributes: [] }, mapping),

    readResponse: (connection, posted, checks) =>
      doubting(ports, connection, () => readPosted(ports, connection, posted, checks)),
    keepClaims: (id, claims, checks) => sealClaims(sealer, id, claims, checks),
    async metadata(connection, provider) {
      const settings = samlSettingsOf(connection);
      return presentMetadata({
        publicUrl,
        connectionId: connection.id,
        keys: await keys.published(connection.id),
        authnRequestsSigned: provider ? wantsSignedRequest(settings, provider) : (settings.signRequests ?? false),
        settings,
      });
    },
    postedRequest: async (connection, request) => postAuthnRequest(await requestOf(connection, request)),

    namesRequest(message) {
      try {
        return new TextDecoder().decode(decodePosted(message)).includes('InResponseTo');
      } catch {
        return false;
      }
    },
  };
}

/** Verified first, believed afterwards: nothing is read from the response before a signature covers it. */
async function readPosted(
  ports: SamlPorts,
  connection: Connection,
  posted: PostedResponse,
  checks: Checks,
): Promise<ReadResponse> {
  const { publicUrl, clock, verifier, keys, readMetadata } = ports;
  const settings = samlSettingsOf(connection);
  const ours = serviceProvider(publicUrl, connection.id);
  const read = () => checks.findings.wait('metadata', () => readMetadata(connection));
  const metadata = await checks.step('saml.metadata', read);
  const message = await checks.step('saml.base64', async () => decodePosted(posted.message));
  const policy = {
    issuer: metadata.entityId,
    publicKeys: metadata.certificates.map(({ publicKey }) => publicKey),
    decryptionKeys: isEncrypted(message) ? await keys.decryptionKeys(connection.id) : [],
    wantAssertionsSigned: settings.wantAssertionsSigned,
    wantEncrypted: settings.wantEncrypted,
    allowCbc: settings.allowCbc,
    maxElements: settings.maxElements,
  };
  const verified = await verifier.verifyResponse(message, policy, connection.organizationId, checks);
  const now = clock.now();
  checks.findings.clock('saml_response', parseInstant(verified.response.issueInstant), now);
  const times = checkResponse(
    verified,
    {
      providerEntityId: metadata.entityId,
      ourEntityId: ours.entityId,
      recipients: recipientsOf(settings, ours, posted),
      inResponseTo: posted.request && requestId(posted.request.nonce),
      requestedAt: posted.request?.createdAt,
      settings,
      maxAgeSeconds: connection.maxAgeSeconds,
      now,
    },
    checks,
  );
  const { assertion } = verified;
  const subject = checkSubject(
    assertion,
    { settings, ourEntityId: ours.entityId, providerEntityId: metadata.entityId },
    checks,
  );
  const [session] = assertion.authnStatements;
  return {
    assertionId: assertion.id,
    usableUntil: times.usableUntil,
    claims: {
      ...samlClaims(assertion, connection.mapping),
      issuer: metadata.entityId,
      subject,
      nameId: assertion.nameId,
      providerSessionId: session?.sessionIndex,
      authenticatedAt: times.authenticatedAt,
      sessionNotAfter: times.sessionNotAfter,
      source: { attributes: assertion.attributes, nameId: assertion.nameId },
    },
  };
}

/** The one that our requests name stands first. */
function recipientsOf(
  { consumerServiceUrl }: SamlSettings,
  ours: ServiceProvider,
  { handedOnTo }: PostedResponse,
): string[] {
  if (handedOnTo === undefined) return [ours.consumerServiceUrl];
  return [consumerServiceUrl ?? [], ours.consumerServiceUrl, handedOnTo].flat();
}

/** Our keys are read and opened only for whom they concern; what the message is, the verifier says. */
function isEncrypted(message: Uint8Array): boolean {
  return new TextDecoder().decode(message).includes('EncryptedAssertion');
}

/** @throws SsoError `connection_misconfigured` */
function samlSettingsOf(connection: Connection): SamlSettings {
  if (connection.saml) return connection.saml;
  throw new SsoError('connection_misconfigured', { detail: 'the connection has no SAML settings' });
}
