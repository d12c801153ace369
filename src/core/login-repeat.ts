/** A callback that came before: the identity provider's code is spent, so the first answer is given again. */
import { SSO_ERRORS, SsoError, type SsoErrorCode } from '#error';
import { type RequestOutcome, readRequestOutcome } from '#ports/db/authentication-requests.ts';
import { constantTimeEqual } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { requestContext } from './authentication-request.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { IssuedSession } from './profile.ts';
import { readLiveSession } from './session.ts';

/** Discovery, code exchange, keys and userinfo at their limits: whoever waits outlives whoever works. */
const PATIENCE_MS = 27_000;
const FIRST_PAUSE_MS = 15;
const LONGEST_PAUSE_MS = 250;

/** The sealed part of an answer: tokens; who they are for is read again. */
export interface SealedAnswer {
  readonly sessionId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  readonly refreshToken?: string;
  readonly refreshExpiresAt?: string;
}

/**
 * The answer of the identical callback that consumed the request; waits while that one is under way,
 * without holding a database connection.
 * @throws SsoError `state_consumed` for anything but an identical callback within the window, and the
 * first callback's own refusal
 */
export async function awaitAnswer(ports: Ports, attempt: LoginAttempt, callbackDigest: string): Promise<IssuedSession> {
  const { claim, checks, callback } = attempt;
  const request = claim?.request;
  const evidence = { expected: 'the same callback within the repeat window' };
  if (request && isAbandoned(request, callbackDigest)) throw new SsoError('login_abandoned', { repeated: true });
  if (!request || !claim.repeatable) return checks.fail('state.unused', 'state_consumed', evidence);
  const outcome = await finishedOutcome(ports, request.id, callbackDigest);
  if (!outcome) return checks.fail('state.unused', 'state_consumed', evidence);
  if (outcome.reason) throw new SsoError(asCode(outcome.reason), { repeated: true });
  const sealed = await ports.keys.open(outcome.sealedAnswer ?? '', requestContext(request.id, 'answer'));
  const answer = JSON.parse(sealed) as SealedAnswer;
  const record = await readLiveSession(ports, callback.dialect, answer.sessionId).catch((error: unknown) => {
    if (error instanceof SsoError && error.code.startsWith('session_')) return undefined;
    throw error;
  });
  if (!record) return checks.fail('state.unused', 'state_consumed', { actual: 'its session has ended' });
  return {
    profile: record,
    session: record.session,
    accessToken: { token: answer.accessToken, expiresAt: new Date(answer.accessExpiresAt) },
    refreshToken:
      answer.refreshToken && answer.refreshExpiresAt
        ? { token: answer.refreshToken, expiresAt: new Date(answer.refreshExpiresAt) }
        : undefined,
  };
}

/** A login is given up for lost only after its callback may be repeated no more; whoever posted it is told what became of it. */
function isAbandoned({ reason, callbackDigest }: RequestOutcome, digest: string): boolean {
  return reason === 'login_abandoned' && constantTimeEqual(callbackDigest ?? '', digest);
}

/** Undefined when the request was consumed by another callback, or its worker died. */
async function finishedOutcome(ports: Ports, id: string, callbackDigest: string): Promise<RequestOutcome | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; performance.now() < deadline; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const outcome = await readRequestOutcome(ports.db, id);
    if (!outcome?.callbackDigest || !constantTimeEqual(outcome.callbackDigest, callbackDigest)) return undefined;
    if (outcome.finishedAt) return outcome.reason || outcome.sealedAnswer ? outcome : undefined;
    if (ports.shutdown.aborted)
      throw new SsoError('database_unavailable', { detail: 'stopping', retryAfterSeconds: 1, repeated: true });
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return undefined;
}

function asCode(reason: string): SsoErrorCode {
  return reason in SSO_ERRORS ? (reason as SsoErrorCode) : 'internal_error';
}
