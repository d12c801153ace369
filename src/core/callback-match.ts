/** Step 2 of finishing a login: the callback belongs to the request that it consumed. */
import { SsoError } from '#error';
import type { Connection, Organization } from '#ports/db/schema.ts';
import type { AuthenticationRequest } from '#ports/db/session-schema.ts';
import { constantTimeEqual, digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { requestContext } from './authentication-request.ts';
import type { Callback, LoginAttempt } from './authentication-response.ts';
import { requireSuccess } from './authorization-error.ts';
import type { Checks } from './checks.ts';
import { compareEmails } from './claimed-email.ts';
import { findConnection } from './connection.ts';
import { parseEmail } from './email.ts';

/** A consumed request whose callback matches it, with its secrets opened. */
export interface MatchedCallback {
  readonly request: AuthenticationRequest;
  readonly connection: Connection;
  readonly organization: Organization;
  readonly code: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/**
 * @throws SsoError `dialect_mismatch`, `connection_mismatch`, `api_key_mismatch`, `api_key_forbidden`,
 * `browser_mismatch`, `nonce_mismatch`, `email_mismatch`, `organization_disabled`, `connection_disabled`,
 * `response_ambiguous`, and what the provider's error means
 */
export async function matchCallback(ports: Ports, attempt: LoginAttempt): Promise<MatchedCallback> {
  const { callback, checks, claim } = attempt;
  const { request, connection, organization } = claim ?? {};
  if (!request || !connection || !organization) throw new SsoError('state_invalid');
  // a login that the identity provider initiated names no dialect: the one that can take it does
  const dialect = request.dialect ?? (callback.unsolicited ? callback.dialect : 'none');
  checks.require('request.dialect', dialect === callback.dialect, 'dialect_mismatch', {
    expected: dialect,
    actual: callback.dialect,
  });
  await matchPath(ports, callback, { connection, organization }, checks);
  matchApiKey(attempt, request, checks);
  await matchBrowser(callback, request, connection, checks);
  const nonce = await ports.keys.open(request.sealedNonce, requestContext(request.id, 'nonce'));
  matchClientCopy(callback, request, nonce, checks);
  checks.require('organization.active', organization.status === 'active', 'organization_disabled', {
    expected: 'active',
    actual: organization.status,
  });
  requireServing(connection, request, checks);
  requireSuccess(callback.code, callback.error, checks);
  const codeVerifier = await ports.keys.open(request.sealedCodeVerifier, requestContext(request.id, 'code_verifier'));
  return { request, connection, organization, code: callback.code ?? '', nonce, codeVerifier };
}

/**
 * A login goes on over the version that it began with, whatever was activated since; a connection that is taken out
 * of use ends it, also when it is in use again by now.
 * @throws SsoError `connection_disabled`, `connection_mismatch`
 */
export function requireServing(
  connection: Connection,
  { createdAt, connectionVersion }: Pick<AuthenticationRequest, 'createdAt' | 'connectionVersion'>,
  checks: Checks,
): void {
  const wasDisabled = connection.disabledAt !== null && connection.disabledAt >= createdAt;
  const isActive = connection.status === 'active' && !wasDisabled;
  checks.require('connection.active', isActive, 'connection_disabled', {
    expected: 'active',
    actual: wasDisabled ? 'disabled since the login began' : connection.status,
  });
  checks.require('connection.versionKept', connectionVersion === connection.version, 'connection_mismatch', {
    expected: `version ${connectionVersion}`,
    actual: `version ${connection.version}`,
  });
}

/**
 * A path that names nothing is a 404, whatever else is wrong.
 * @throws SsoError `organization_not_found`, `organization_disabled`, `connection_not_found`
 */
export async function requirePath(ports: Ports, path: NonNullable<Callback['path']>, checks: Checks): Promise<void> {
  await checks.step('request.path', () =>
    findConnection(ports, path.organization, path.connection).catch((error: unknown) => {
      if (!(error instanceof SsoError && error.code === 'connection_disabled')) throw error;
    }),
  );
}

/** The path names the connection that the login was started on; a path that names nothing is a 404. */
async function matchPath(
  ports: Ports,
  { path }: Callback,
  { connection, organization }: Pick<MatchedCallback, 'connection' | 'organization'>,
  checks: Checks,
): Promise<void> {
  if (!path) return;
  const named = `${organization.slug}/${connection.slug}`;
  const sameOrganization = path.organization === organization.slug || path.organization === organization.id;
  if (sameOrganization && path.connection === connection.slug)
    return checks.pass('request.connection', { expected: named, actual: named });
  await requirePath(ports, path, checks);
  checks.fail('request.connection', 'connection_mismatch', {
    expected: named,
    actual: `${path.organization}/${path.connection}`,
  });
}

function matchApiKey({ claim, callback }: LoginAttempt, request: AuthenticationRequest, checks: Checks): void {
  const apiKey = claim?.apiKey;
  checks.require('request.apiKey', request.apiKeyId === (apiKey?.id ?? null), 'api_key_mismatch', {
    expected: request.apiKeyId ?? 'none',
    actual: apiKey?.id ?? 'none',
  });
  if (apiKey)
    checks.require('apiKey.dialect', apiKey.dialects.includes(callback.dialect), 'api_key_forbidden', {
      expected: `a key for ${callback.dialect}`,
      actual: apiKey.dialects.join(' '),
    });
}

/** A login that a browser navigated into ends in the same browser (RFC 9700 §4.7, login CSRF). */
async function matchBrowser(
  { browser }: Callback,
  request: AuthenticationRequest,
  connection: Connection,
  checks: Checks,
): Promise<void> {
  const bound = request.browserDigest;
  if (bound === null) {
    const expected = 'a login that a browser started';
    if (connection.requireBrowser) checks.fail('request.browser', 'browser_required', { expected });
    return checks.skip('request.browser', unboundBecause(request));
  }
  const matches = browser !== undefined && constantTimeEqual(await digest(browser), bound);
  checks.require('request.browser', matches, 'browser_mismatch', {
    expected: 'the cookie of the browser that started',
    actual: browser === undefined ? 'no cookie' : 'a cookie',
  });
}

function unboundBecause({ dialect }: AuthenticationRequest): string {
  return dialect === null ? 'the identity provider began the login' : 'the client keeps the state itself';
}

/** What the client says it kept from the start is compared with what we kept. */
function matchClientCopy(callback: Callback, request: AuthenticationRequest, nonce: string, checks: Checks): void {
  if (callback.nonce !== undefined) {
    const isSame = constantTimeEqual(callback.nonce, nonce);
    checks.require('request.nonce', isSame, 'nonce_mismatch', {
      expected: 'matches',
      actual: isSame ? 'matches' : 'differs',
    });
  }
  if (callback.email !== undefined) {
    const email = parseEmail(callback.email);
    checks.require(
      'request.email',
      email?.address === request.loginHint,
      'email_mismatch',
      compareEmails(request.loginHint, email),
    );
  }
}
