/**
 * Finishing a login: one order that no dialect and no protocol can change.
 *
 *   1 consume the request → 2 match dialect, connection, organization, API key, browser
 *   → 3 the protocol verifies and returns claims → 4 provision → 5 issue the session → 6 audit
 *
 * The request is consumed before anything is sent to the provider: if we die in between, the person signs
 * in again, which costs a click; consuming afterwards would let one code start two sessions. Steps 4 to 6
 * are one statement: all of it is kept, or nothing.
 */
import { asSsoError, type SsoError } from '#error';
import { type Claim, claimAuthenticationRequest } from '#ports/db/authentication-requests.ts';
import { type Origin, writeRefusedLogin } from '#ports/db/logins.ts';
import type { Dialect } from '#ports/db/schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { admitApiKey, settleApiKey } from './api-key.ts';
import { matchCallback, requirePath } from './callback-match.ts';
import { Checks } from './checks.ts';
import { finishTest, testTaken } from './connection-test.ts';
import { completeLogin } from './login-completion.ts';
import { evidenceOf } from './login-evidence.ts';
import { awaitAnswer, comeAgain, readAbandonment } from './login-repeat.ts';
import type { IssuedSession } from './profile.ts';
import type { DialectClaims } from './session.ts';

/** What a dialect's route read from the wire, renamed and no more. */
export interface Callback {
  readonly dialect: Dialect;
  readonly origin: Origin;
  readonly state: string | undefined;
  readonly code: string | undefined;
  readonly iss?: string | undefined;
  /** The provider's error code, or true when the client only says that there was one. */
  readonly error?: string | true | undefined;
  /** Whether the dialect can take a `code` without a `state`: a login that the identity provider initiated. */
  readonly unsolicited?: boolean | undefined;
  /** The connection that the path names, where it names one. */
  readonly path?: { readonly organization: string; readonly connection: string } | undefined;
  /** The API key as received, where the dialect wants one. */
  readonly apiKey?: { readonly value: string | undefined } | undefined;
  /** The browser-binding cookie, if one came. */
  readonly browser?: string | undefined;
  /** Compared with what was stored, never believed. */
  readonly nonce?: string | undefined;
  readonly email?: string | undefined;
  readonly extended?: boolean | undefined;
  readonly claims?: DialectClaims | undefined;
}

/** A login on its way: what is known so far, for the trace. */
export interface LoginAttempt {
  readonly callback: Callback;
  readonly checks: Checks;
  readonly startedAt: number;
  claim: Claim | undefined;
  /** What the provider vouches for, once it is verified. */
  claims?: Claims | undefined;
  /** The member of the organization whom it would be of, once they are looked for. */
  memberId?: string | undefined;
}

/**
 * Finishes a login and leaves its trace, whatever the outcome. The very same callback posted again within
 * the repeat window gets the same answer; posted at the same time, it waits for it.
 * @throws SsoError with the login's reason
 */
export async function finishLogin(ports: Ports, callback: Callback): Promise<IssuedSession> {
  const attempt: LoginAttempt = { callback, checks: new Checks(), startedAt: performance.now(), claim: undefined };
  try {
    const callbackDigest = await digestOf(callback);
    const { claimed } = await claim(ports, attempt, callbackDigest);
    if (!claimed) return await awaitAnswer(ports, attempt, callbackDigest);
    const issued = await completeLogin(ports, attempt, await matchCallback(ports, attempt));
    ports.metrics.login(callback.dialect, '');
    return issued;
  } catch (error) {
    const refusal = asSsoError(error);
    const trace = await leaveTrace(ports, attempt, refusal);
    // that it was interrupted is for whoever can write it down to say: a repeat
    if (trace === 'lost' && refusal.code === 'login_abandoned') throw comeAgain(refusal.detail);
    // repeats were told already what this one is told now
    throw (trace === 'overtaken' ? await readAbandonment(ports, attempt.claim?.request?.id) : undefined) ?? refusal;
  }
}

/** Step 1. What is missing altogether is refused before anything is consumed. */
async function claim(ports: Ports, attempt: LoginAttempt, callbackDigest: string): Promise<Claim> {
  const { callback, checks } = attempt;
  const key = callback.apiKey;
  const keyDigest = key
    ? await checks.step('apiKey.wellFormed', () => admitApiKey(ports, key.value, callback.origin))
    : null;
  const isUnsolicited = callback.unsolicited === true && !callback.state && Boolean(callback.code);
  if (!isUnsolicited) checks.require('request.state', Boolean(callback.state), 'state_missing');
  checks.require('request.code', Boolean(callback.code || callback.error), 'code_missing');
  const found = await claimAuthenticationRequest(ports.db, {
    stateDigest: await digest(isUnsolicited ? unsolicitedState(callback.code ?? '') : stateOf(callback)),
    callbackDigest,
    apiKeyDigest: keyDigest,
    // where nobody but the holder of the code is known, a repeat may be anybody's
    repeatSeconds: isUnsolicited ? 0 : ports.config.CALLBACK_REPEAT_SECONDS,
  });
  attempt.claim = found;
  if (keyDigest !== null) {
    const isKey = settleApiKey(ports, keyDigest, found.apiKey, callback.origin);
    checks.require('apiKey.usable', isKey, 'api_key_invalid', {
      expected: 'a key that is kept and may be used',
      actual: isKey ? 'one' : 'unknown, revoked or expired',
    });
  }
  if (!found.request && !isUnsolicited && (await finishTest(ports, callback, callback.origin))) throw testTaken();
  if (!found.request && callback.path) await requirePath(ports, callback.path, checks);
  // a code that no provider's own login left is a callback that lost its state
  if (isUnsolicited) checks.require('request.state', found.request !== undefined, 'state_missing');
  checks.require('state.known', found.request !== undefined, 'state_invalid');
  const expired = !found.claimed && found.expired && !found.request?.consumedAt;
  checks.require('state.fresh', !expired, 'state_expired', {
    expected: `${ports.config.AUTHENTICATION_REQUEST_SECONDS} s`,
  });
  if (found.claimed) checks.pass('state.unused');
  return found;
}

/** No `state` of ours holds a colon: what stands in for one can't be sent as one. */
function stateOf({ state = '' }: Callback): string {
  return state.includes(':') ? '' : state;
}

/** What stands for the `state` where there is none. */
export function unsolicitedState(code: string): string {
  return `code:${code}`;
}

/** One text for all that the caller sent: a repeat is the same request only if every part is the same. */
async function digestOf(callback: Callback): Promise<string> {
  const { dialect, state, code, iss, error, path, apiKey, browser, nonce, email, extended } = callback;
  return digest(
    JSON.stringify([dialect, state, code, iss, error, path, apiKey?.value, browser, nonce, email, extended]),
  );
}

/** Who tries keys, or has none, must not fill the tables: some of them leave a trace, and all of them are counted. */
function isUntraced(ports: Ports, { origin }: Callback, { code }: SsoError): boolean {
  const isUnknownKey = code === 'api_key_invalid' || code === 'api_key_missing';
  return code === 'rate_limited' || (isUnknownKey && !ports.keyGuesses.mayTrace(origin.address));
}

/**
 * The trace and the audit event of a refusal. A repeat of a refused callback is the same refusal and leaves
 * no second trace. If even this can't be written, the log has it and the caller still gets the reason.
 * @returns `overtaken` when the login has another outcome already
 */
async function leaveTrace(
  ports: Ports,
  attempt: LoginAttempt,
  refusal: SsoError,
): Promise<'kept' | 'overtaken' | 'lost'> {
  const { callback, checks, claim: found } = attempt;
  if (refusal.repeated) return 'kept';
  ports.metrics.login(callback.dialect, refusal.code);
  if (!found?.claimed && isUntraced(ports, callback, refusal)) return 'kept';
  // whatever broke outside of a named check is the failed check itself
  if (!checks.entries.some(({ outcome }) => outcome === 'failed')) checks.note('login', refusal);
  const now = ports.clock.now();
  const known = found?.request;
  const loginId = createId(now);
  let left: 'kept' | 'overtaken' | 'lost' = 'lost';
  try {
    const isOutcome = await writeRefusedLogin(ports.db, {
      ...callback.origin,
      ...(await evidenceOf(ports, loginId, { ...attempt, loginHint: known?.loginHint })),
      loginId,
      auditId: createId(now),
      consumedRequestId: found?.claimed && known ? known.id : null,
      authenticationRequestId: known?.id ?? null,
      organizationId: known?.organizationId ?? found?.apiKey?.organizationId ?? null,
      connectionId: known?.connectionId ?? null,
      connectionVersion: known?.connectionVersion ?? null,
      dialect: callback.dialect,
      userId: attempt.memberId ?? null,
      reason: refusal.code,
      detail: refusal.detail ?? null,
      checks: checks.entries,
      durationMs: Math.round(performance.now() - attempt.startedAt),
    });
    left = isOutcome ? 'kept' : 'overtaken';
  } catch (error) {
    const said = { reason: refusal.code, requestId: callback.origin.requestId };
    const text = 'a refused login left no trace';
    // while the database is away this is said of every callback: the reason is enough
    if (asSsoError(error).code === 'database_unavailable') ports.log.warn(said, text);
    else ports.log.error({ ...said, error }, text);
  }
  if (refusal.code === 'internal_error')
    ports.log.error({ error: refusal, requestId: callback.origin.requestId }, 'login failed');
  return left;
}
