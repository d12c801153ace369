/** A callback that came before: the identity provider's code is spent, so the first answer is given again. */
import { SSO_ERRORS, SsoError, type SsoErrorCode } from '#error';
import { LOGIN_SECONDS, settleAbandonedLogin } from '#ports/db/abandoned-logins.ts';
import { type RequestOutcome, readRequestOutcome } from '#ports/db/authentication-requests.ts';
import { constantTimeEqual } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { requestContext } from './authentication-request.ts';
import type { LoginAttempt } from './authentication-response.ts';
import type { IssuedSession } from './profile.ts';
import { readLiveSession } from './session.ts';

/** A login that is not over by then is settled; the rest is for one that is being written at that very moment. */
const PATIENCE_MS = (LOGIN_SECONDS + 6) * 1000;
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
 * without holding a database connection. One whose time is over is settled as abandoned: its server died, and
 * its code is worth nothing any more.
 * @throws SsoError `state_consumed` for anything but an identical callback within the window; the first callback's own
 * refusal, for as long as the request is remembered
 */
export async function awaitAnswer(ports: Ports, attempt: LoginAttempt, callbackDigest: string): Promise<IssuedSession> {
  const { claim, checks } = attempt;
  const request = claim?.request;
  const evidence = { expected: 'the same callback within the repeat window' };
  if (!request) return checks.fail('state.unused', 'state_consumed', evidence);
  const outcome = request.finishedAt ? request : await awaitOutcome(ports, attempt, request.id, callbackDigest);
  if (!isOf(outcome, callbackDigest)) return checks.fail('state.unused', 'state_consumed', evidence);
  // nothing is given away by a refusal, so that whoever asks late is told what those were told who asked at once
  if (outcome.reason) throw new SsoError(asCode(outcome.reason), { repeated: true });
  if (!claim.repeatable) return checks.fail('state.unused', 'state_consumed', evidence);
  if (!outcome.sealedAnswer) return checks.fail('state.unused', 'state_consumed', evidence);
  return answerAgain(ports, attempt, request.id, outcome.sealedAnswer);
}

/**
 * What a login's write has left although its answer was lost.
 * @throws SsoError the outcome that the login has instead
 */
export async function answerWritten(ports: Ports, attempt: LoginAttempt, id: string): Promise<IssuedSession> {
  const outcome = await readRequestOutcome(ports.db, id);
  if (outcome?.sealedAnswer) return answerAgain(ports, attempt, id, outcome.sealedAnswer);
  throw new SsoError(asCode(outcome?.reason ?? 'login_abandoned'), { repeated: true });
}

/** What whoever consumed the request is told, if it was settled as abandoned meanwhile; no more than that is worth a failure. */
export async function readAbandonment({ db }: Ports, id: string | undefined): Promise<SsoError | undefined> {
  const outcome = id ? await readRequestOutcome(db, id).catch(() => undefined) : undefined;
  return outcome?.reason === 'login_abandoned' ? new SsoError('login_abandoned', { repeated: true }) : undefined;
}

/** Whether it is the outcome of this very callback. */
function isOf(outcome: RequestOutcome | undefined, callbackDigest: string): outcome is RequestOutcome {
  return constantTimeEqual(outcome?.callbackDigest ?? '', callbackDigest);
}

/** Of a request that another callback consumed, whatever is known; of an identical one, how it ended. */
async function awaitOutcome(
  ports: Ports,
  attempt: LoginAttempt,
  id: string,
  callbackDigest: string,
): Promise<RequestOutcome | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; performance.now() < deadline; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const outcome = await readOrSettle(ports, attempt, id, callbackDigest).catch(leaveUntraced);
    if (!isOf(outcome, callbackDigest) || outcome.finishedAt) return outcome;
    if (ports.shutdown.aborted) throw comeAgain('stopping');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw comeAgain('the login that was repeated has no outcome');
}

/** The outcome so far; that of an identical callback is settled first when its time is over. */
async function readOrSettle(
  { db, clock, metrics, log }: Ports,
  { callback: { dialect, origin } }: LoginAttempt,
  id: string,
  callbackDigest: string,
): Promise<RequestOutcome | undefined> {
  const outcome = await readRequestOutcome(db, id);
  if (!outcome?.overdue || !isOf(outcome, callbackDigest)) return outcome;
  if (!(await settleAbandonedLogin(db, clock, id, origin))) return outcome;
  metrics.login(dialect, 'login_abandoned');
  log.warn({ requestId: origin.requestId }, 'an abandoned login was settled for its repeat');
  return readRequestOutcome(db, id);
}

/** Not now: what it says is said of the database, and no outcome. */
export function comeAgain(detail: string | undefined): SsoError {
  return new SsoError('database_unavailable', { detail, retryAfterSeconds: 1, repeated: true });
}

/** The login under way has its trace, or will have it: that its repeat could not look is no second one. */
function leaveUntraced(error: unknown): never {
  if (error instanceof SsoError && error.code === 'database_unavailable') throw comeAgain(error.detail);
  throw error;
}

async function answerAgain(
  ports: Ports,
  { checks, callback }: LoginAttempt,
  requestId: string,
  sealedAnswer: string,
): Promise<IssuedSession> {
  const sealed = await ports.keys.open(sealedAnswer, requestContext(requestId, 'answer'));
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

function asCode(reason: string): SsoErrorCode {
  return reason in SSO_ERRORS ? (reason as SsoErrorCode) : 'internal_error';
}
