/**
 * The logout token (OpenID Connect Back-Channel Logout 1.0 §2.4): what an identity provider sends to end a session. It is
 * validated as §2.6 says, with the keys and by the code that ID tokens are; that it is used once, the database sees to.
 */
import type { Checks } from '#core/checks.ts';
import type { Connection } from '#ports/db/schema.ts';
import { allowedAlgorithms } from './algorithms.ts';
import { kindOf } from './evidence.ts';
import { checkAudience, checkTimes, requireSubject } from './id-token-claims.ts';
import { verifySignature } from './id-token-signature.ts';
import { requireTokenIssuer } from './issuer-check.ts';
import { isJsonObject, type JsonObject, member } from './json-answer.ts';
import type { KeySource } from './jwks.ts';
import type { ProviderMetadata } from './provider.ts';
import { LOGOUT_TOKEN } from './token-kind.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const MAX_ID = 1_024;
/** As long as a `sid` that a login keeps. */
const MAX_SESSION_ID = 256;

/** Whose session ended: `subject`, `providerSessionId` or both. */
export interface LogoutToken {
  /** `jti`. */
  readonly id: string;
  readonly subject: string | undefined;
  /** `sid`. */
  readonly providerSessionId: string | undefined;
}

export interface LogoutTokenInput {
  readonly logoutToken: string;
  readonly connection: Connection;
  readonly clientId: string;
  readonly metadata: ProviderMetadata;
  readonly keys: KeySource;
  readonly now: Date;
}

/** @throws SsoError `logout_token`, `jwks_*` */
export async function verifyLogoutToken(input: LogoutTokenInput, checks: Checks): Promise<LogoutToken> {
  const { connection, metadata, clientId, now } = input;
  const { trustedAudiences, tenants } = connection;
  const algorithms = allowedAlgorithms(connection.idTokenAlgs, metadata.idTokenAlgs);
  const jws = await verifySignature(LOGOUT_TOKEN, input.logoutToken, algorithms, input.keys, checks);
  const { claims } = jws;
  requireTokenIssuer(LOGOUT_TOKEN, jws, { metadata, tenants }, checks);
  checkAudience(LOGOUT_TOKEN, claims, { clientId, trustedAudiences }, checks);
  checkTimes(LOGOUT_TOKEN, claims, now.getTime() / 1000, checks);
  checkEvent(claims, checks);
  const id = requireText(claims, 'jti', MAX_ID, checks);
  return { id, ...whoLeft(claims, checks) };
}

/** (4) and (6): what tells it from every other token that the provider signs for us. */
function checkEvent(claims: JsonObject, checks: Checks): void {
  const events = member(claims, 'events');
  const event = isJsonObject(events) ? member(events, EVENT) : undefined;
  checks.require('logoutToken.events', isJsonObject(event), 'logout_token', {
    expected: `an object at ${EVENT}`,
    actual: isJsonObject(events) ? kindOf(event) : kindOf(events),
  });
  const nonce = member(claims, 'nonce');
  checks.require('logoutToken.nonce', !Object.hasOwn(claims, 'nonce'), 'logout_token', {
    expected: 'absent',
    actual: kindOf(nonce),
  });
}

/** (5): a session, a person, or the session of a person. */
function whoLeft(claims: JsonObject, checks: Checks): Omit<LogoutToken, 'id'> {
  const has = (name: string) => member(claims, name) !== undefined;
  checks.require('logoutToken.subject', has('sub') || has('sid'), 'logout_token', {
    expected: 'sub, sid or both',
    actual: has('sub') || has('sid') ? 'present' : undefined,
  });
  return {
    subject: has('sub') ? requireSubject(LOGOUT_TOKEN, claims, checks) : undefined,
    providerSessionId: has('sid') ? requireText(claims, 'sid', MAX_SESSION_ID, checks) : undefined,
  };
}

function requireText(claims: JsonObject, name: 'jti' | 'sid', maxLength: number, checks: Checks): string {
  const value = member(claims, name);
  const evidence = { expected: `1 to ${maxLength} characters, none of control`, actual: kindOf(value) };
  const isText = typeof value === 'string' && value !== '' && value.length <= maxLength && value.isWellFormed();
  if (!isText || /\p{Cc}/u.test(value)) return checks.fail(`logoutToken.${name}`, 'logout_token', evidence);
  checks.pass(`logoutToken.${name}`, evidence);
  return value;
}
