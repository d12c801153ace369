/** The start of a login: draws state, nonce and PKCE verifier, keeps them, and says where to send the browser. */
import { SsoError } from '#error';
import { insertAuthenticationRequest } from '#ports/db/authentication-requests.ts';
import type { Dialect } from '#ports/db/schema.ts';
import { kindOf } from '#ports/idp/evidence.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest, randomToken } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { ChosenConnection } from './connection.ts';

/** 128 bits: what RFC 9700 §4.7 and OpenID Connect Core §15.5.2 call not guessable. */
const STATE_BYTES = 16;
/** 43 characters, the shortest verifier of RFC 7636 §4.1. */
const VERIFIER_BYTES = 32;

export interface StartRequest extends ChosenConnection {
  readonly dialect: Dialect;
  /** One of the connection's registered ones; the first if absent. */
  readonly redirectUri?: string | undefined;
  readonly loginHint?: string | undefined;
  readonly apiKeyId?: string | undefined;
  /** The value of the browser-binding cookie, when a browser navigates; the finish must bring it again. */
  readonly browser?: string | undefined;
}

export interface StartedLogin {
  readonly redirectUrl: string;
  readonly state: string;
  readonly nonce: string;
}

/**
 * Nothing is stored before the provider's address is known, so an unreachable provider leaves no request behind.
 * @throws SsoError `browser_required`, `redirect_not_allowed`, `connection_misconfigured`, and what `IdentityProvider.authorize` throws
 */
export async function createAuthenticationRequest(ports: Ports, start: StartRequest): Promise<StartedLogin> {
  const { connection, organization } = start;
  // nobody could finish it
  if (connection.requireBrowser && start.browser === undefined) throw new SsoError('browser_required');
  const redirectUri = registeredRedirectUri(connection.redirectUris, start.redirectUri);
  const [state, nonce, codeVerifier] = [
    randomToken(STATE_BYTES),
    randomToken(STATE_BYTES),
    randomToken(VERIFIER_BYTES),
  ];
  const url = await ports.identityProvider.authorize(connection, {
    state,
    nonce,
    codeVerifier,
    redirectUri,
    loginHint: start.loginHint,
  });
  const id = createId(ports.clock.now());
  const [stateDigest, sealedNonce, sealedCodeVerifier, browserDigest] = await Promise.all([
    digest(state),
    ports.keys.seal(nonce, requestContext(id, 'nonce')),
    ports.keys.seal(codeVerifier, requestContext(id, 'code_verifier')),
    start.browser === undefined ? null : digest(start.browser),
  ]);
  await insertAuthenticationRequest(ports.db, {
    id,
    stateDigest,
    sealedNonce,
    sealedCodeVerifier,
    connectionId: connection.id,
    connectionVersion: connection.version,
    organizationId: organization.id,
    dialect: start.dialect,
    apiKeyId: start.apiKeyId ?? null,
    redirectUri,
    loginHint: start.loginHint ?? null,
    browserDigest,
    lifeSeconds: ports.config.AUTHENTICATION_REQUEST_SECONDS,
  });
  return { redirectUrl: url.href, state, nonce };
}

/** The place that a sealed value of a request is bound to. */
export function requestContext(id: string, column: 'nonce' | 'code_verifier' | 'answer'): string {
  return `authentication_requests:${id}:${column}`;
}

/** Exact comparison of strings (RFC 9700 §4.1.3): no prefix, no normalisation. */
function registeredRedirectUri(registered: readonly string[], wanted: string | undefined): string {
  const redirectUri = wanted === undefined ? registered[0] : registered.find((uri) => uri === wanted);
  if (redirectUri !== undefined) return redirectUri;
  if (wanted === undefined)
    throw new SsoError('connection_misconfigured', { detail: 'the connection has no redirectUris' });
  throw new SsoError('redirect_not_allowed', {
    evidence: { expected: `one of: ${registered.join(' ')}`, actual: shownUri(wanted) },
  });
}

/** RFC 3986 §3 without an authority's user information: scheme and path as they stand, for they were compared so. */
const URI = /^([a-z][a-z0-9+.-]*:[\w.~:/[\]!$&'()*+,;=%-]*)(\?[^#]*)?(#.*)?$/i;

/** Anybody may ask for anything: of what is a URI the query and fragment are left out, and else all of it. */
function shownUri(text: string): string | undefined {
  const [, path, query, fragment] = URI.exec(text) ?? [];
  return path === undefined ? kindOf(text) : `${path}${query ? '?…' : ''}${fragment ? '#…' : ''}`;
}
