/**
 * The single logout profile (SAML profiles §4.4, core §3.7): what a logout message must say to be taken, and the
 * messages that we send. Which sessions end is the core's to decide.
 */
import type { Checks } from '#core/checks.ts';
import type { SamlBinding } from '#ports/db/saml-schema.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { BrowserMessage } from '#ports/idp/browser-message.ts';
import { randomToken } from '#ports/keys/random.ts';
import type { SamlNameId, VerifiedLogoutMessage } from './assertion.ts';
import { type ServiceProvider, serviceProvider } from './endpoints.ts';
import { parseInstant } from './instant.ts';
import { createLogoutRequest, createLogoutResponse, logoutEndpoint } from './logout-messages.ts';
import { decodePosted } from './post-binding.ts';
import { type MessageName, type ReadMessage, readRedirectMessage } from './redirect-binding.ts';
import type { SamlPorts } from './saml.ts';
import { doubting } from './unknown-key.ts';

/** A message as it came in: the signature of the Redirect binding covers the query's octets. */
export type ReceivedLogoutMessage = { readonly name: MessageName } & (
  | { readonly binding: 'redirect'; readonly rawQuery: string }
  /** `message` is base64. */
  | { readonly binding: 'post'; readonly message: string; readonly relayState: string | undefined }
);

export interface ReadLogoutRequest {
  readonly kind: 'request';
  readonly id: string;
  readonly nameId: SamlNameId;
  /** None means every session of the subject. */
  readonly sessionIndexes: readonly string[];
  /** From when on its dates alone refuse the request. */
  readonly usableUntil: Date;
  readonly binding: SamlBinding;
  readonly relayState: string | undefined;
}

export interface ReadLogoutResponse {
  readonly kind: 'response';
  /** Status codes, outermost first. */
  readonly statusCodes: readonly string[];
}

export interface SamlLogout {
  /**
   * Verifies a message and checks whom it is from, whom it is for and when.
   * @throws SsoError any `saml_*` reason of a message, `idp_*` when the metadata could not be read
   */
  readLogoutMessage(
    connection: Connection,
    received: ReceivedLogoutMessage,
    checks: Checks,
  ): Promise<ReadLogoutRequest | ReadLogoutResponse>;
  /** The signed answer to a request that was carried out; undefined when the provider takes none. */
  answerLogout(connection: Connection, request: ReadLogoutRequest): Promise<BrowserMessage | undefined>;
  /**
   * A signed request to end the provider's session; undefined when the provider offers no single logout.
   * @param sessionIndex the provider's session; without one it ends all of the subject's
   */
  requestLogout(
    connection: Connection,
    nameId: SamlNameId,
    sessionIndex: string | null,
  ): Promise<BrowserMessage | undefined>;
}

/** A request is made when it is sent; an older one was kept by somebody. */
const MAX_AGE_SECONDS = 10 * 60;
const MAX_NAME_ID = 256;
const NONCE_BYTES = 16;

export function createSamlLogout(ports: SamlPorts): SamlLogout {
  const { publicUrl, clock, verifier, keys, readMetadata } = ports;
  /** What every message of ours to this provider needs; undefined without an endpoint to send it to. */
  async function outgoing(connection: Connection, preferred: SamlBinding) {
    const endpoint = logoutEndpoint(await readMetadata(connection), preferred);
    if (!endpoint) return undefined;
    const key = await keys.signingKey(connection.id);
    return { endpoint, key, sender: serviceProvider(publicUrl, connection.id), now: clock.now() };
  }

  async function readMessage(
    connection: Connection,
    received: ReceivedLogoutMessage,
    checks: Checks,
  ): Promise<ReadLogoutRequest | ReadLogoutResponse> {
    const metadata = await checks.step('saml.metadata', () => readMetadata(connection));
    const publicKeys = metadata.certificates.map(({ publicKey }) => publicKey);
    const { message, relayState } = await opened(received, publicKeys, checks);
    const policy = { publicKeys, signature: received.binding === 'redirect' ? 'detached' : 'enveloped' } as const;
    const verified = await verifier.verifyLogoutMessage(message, policy, connection.organizationId, checks);
    const expected: Expectation = {
      received,
      providerEntityId: metadata.entityId,
      ours: serviceProvider(publicUrl, connection.id),
      skewMs: (connection.saml?.clockSkewSeconds ?? 0) * 1000,
      now: clock.now(),
    };
    checkMessage(verified, expected, checks);
    if (verified.kind === 'LogoutResponse') return { kind: 'response', statusCodes: verified.statusCodes };
    const { id, sessionIndexes } = verified;
    const { binding } = received;
    const usableUntil = checkTimes(verified, expected, checks);
    const nameId = checkNameId(verified, checks);
    return { kind: 'request', id, nameId, sessionIndexes, usableUntil, binding, relayState };
  }

  return {
    readLogoutMessage: (connection, received, checks) =>
      doubting(ports, connection, () => readMessage(connection, received, checks)),

    async answerLogout(connection, { id, binding, relayState }) {
      const common = await outgoing(connection, binding);
      return common && createLogoutResponse({ ...common, relayState, inResponseTo: id, status: ['Success'] });
    },

    async requestLogout(connection, nameId, sessionIndex) {
      const common = await outgoing(connection, 'redirect');
      if (!common) return undefined;
      const sessionIndexes = sessionIndex === null ? [] : [sessionIndex];
      return createLogoutRequest({
        ...common,
        nonce: randomToken(NONCE_BYTES),
        nameId,
        sessionIndexes,
        relayState: undefined,
      });
    },
  };
}

interface Expectation {
  readonly received: ReceivedLogoutMessage;
  readonly providerEntityId: string;
  readonly ours: ServiceProvider;
  readonly skewMs: number;
  readonly now: Date;
}

/** The bytes of the XML; a detached signature is verified before they are inflated. */
async function opened(
  received: ReceivedLogoutMessage,
  publicKeys: readonly string[],
  checks: Checks,
): Promise<ReadMessage> {
  if (received.binding === 'redirect') {
    return checks.step('saml.detachedSignature', () =>
      readRedirectMessage(received.rawQuery, received.name, publicKeys),
    );
  }
  const { message, relayState } = received;
  return checks.step('saml.base64', async () => ({
    message: decodePosted(message),
    relayState: relayState || undefined,
  }));
}

function checkMessage(message: VerifiedLogoutMessage, expected: Expectation, checks: Checks): void {
  const { received, providerEntityId, ours } = expected;
  const kind = received.name === 'SAMLRequest' ? 'LogoutRequest' : 'LogoutResponse';
  checks.require('saml.kind', message.kind === kind, 'saml_structure', { expected: kind, actual: message.kind });
  checks.require('saml.issuer', message.issuer === providerEntityId, 'saml_issuer', {
    expected: providerEntityId,
    actual: message.issuer,
  });
  // a signed message says where to (SAML bindings §3.4.5.2, §3.5.5.2): another service of the provider's must not
  // hand its own on to us. A response has no effect here, and some providers leave it out by Redirect
  const { destination } = message;
  const mayLack = kind === 'LogoutResponse' && received.binding === 'redirect';
  const isOurs = destination === undefined ? mayLack : destination === ours.logoutUrl;
  checks.require('saml.destination', isOurs, 'saml_destination', { expected: ours.logoutUrl, actual: destination });
}

/** SAML core §3.2.1 and §3.7.1. */
function checkTimes(
  { issueInstant, notOnOrAfter }: VerifiedLogoutMessage,
  expected: Expectation,
  checks: Checks,
): Date {
  const { now, skewMs } = expected;
  const limits = `${now.toISOString()} ± ${skewMs / 1000} s`;
  const instant = (name: string, text: string): number =>
    parseInstant(text)?.getTime() ??
    checks.fail(name, 'saml_structure', { expected: 'a time in UTC', actual: text.slice(0, 40) });

  const issuedAt = instant('saml.issueInstant', issueInstant);
  const evidence = { expected: limits, actual: issueInstant };
  if (issuedAt > now.getTime() + skewMs) checks.fail('saml.issueInstant', 'saml_not_yet', evidence);
  const oldest = issuedAt + MAX_AGE_SECONDS * 1000 + skewMs;
  checks.require('saml.issueInstant', now.getTime() < oldest, 'saml_expired', evidence);
  if (notOnOrAfter === undefined) return new Date(oldest);
  const end = instant('saml.notOnOrAfter', notOnOrAfter) + skewMs;
  checks.require('saml.notOnOrAfter', now.getTime() < end, 'saml_expired', { expected: limits, actual: notOnOrAfter });
  return new Date(Math.min(oldest, end));
}

/** An encrypted identifier is none that we could read. */
function checkNameId({ nameId }: VerifiedLogoutMessage, checks: Checks): SamlNameId {
  const isUsable = nameId !== undefined && nameId.value !== '' && nameId.value.length <= MAX_NAME_ID;
  if (!isUsable) {
    const actual = nameId && `${nameId.value.length} characters`;
    return checks.fail('saml.nameId', 'saml_subject', { expected: `1 to ${MAX_NAME_ID} characters`, actual });
  }
  checks.pass('saml.nameId');
  return nameId;
}
