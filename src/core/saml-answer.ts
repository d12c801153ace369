/**
 * A SAML response on its way to a login: the step that OpenID Connect leaves to the provider. The response is
 * verified, its claims are kept under a one-time code, and the browser goes to the redirect URI with `code` and
 * `state`; what follows is a callback like any other.
 *
 * A request takes one response, whatever is found in it: it is taken before anything is verified, so that neither
 * a replay nor a guess is worth a second try, and costs one verification at most. Only where nothing could be judged,
 * for want of room or of metadata that could be fetched, the request is given back.
 */
import { asSsoError, SsoError } from '#error';
import { type Origin, writeRefusedLogin } from '#ports/db/logins.ts';
import {
  type AnswerClaim,
  claimAnswer,
  keepAnswer,
  keepUnsolicitedAnswer,
  releaseAnswer,
} from '#ports/db/saml-answers.ts';
import type { Dialect } from '#ports/db/schema.ts';
import type { AuthenticationRequest } from '#ports/db/session-schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import type { ReadResponse } from '#ports/idp/saml/saml.ts';
import { createId } from '#ports/keys/identifier.ts';
import { constantTimeEqual, digest, randomToken } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { requestContext } from './authentication-request.ts';
import { unsolicitedState } from './authentication-response.ts';
import { requireServing } from './callback-match.ts';
import { Checks } from './checks.ts';
import { testCallbackUrl } from './connection-checks.ts';
import { answerTest } from './connection-test.ts';
import { evidenceOf } from './login-evidence.ts';

/** What a browser posted, or a front end handed on. */
export interface SamlAnswer {
  readonly connectionId: string;
  /** `SAMLResponse`, base64. */
  readonly message: string | undefined;
  readonly relayState: string | undefined;
  readonly origin: Origin;
  /** The browser-binding cookie, if one came along: a POST from another site brings none. */
  readonly browser?: string | undefined;
  /** The dialect whose callback it came to, and the address of that. */
  readonly handedOn?: { readonly dialect: Dialect; readonly callbackUrl: string } | undefined;
}

/** Where the browser goes next. Without `state` the provider initiated the login, without `code` it was a test. */
export interface KeptLogin {
  readonly redirectUri: string;
  readonly code?: string | undefined;
  readonly state: string | undefined;
}

/** 256 bits, kept as a digest. */
const CODE_BYTES = 32;
const CODE_SECONDS = 60;
/** Shortest time that an assertion is remembered. */
const REPLAY_SECONDS = 15 * 60;
/** A `state` of ours; anything else in a RelayState is the provider's own. */
const STATE = /^[A-Za-z0-9_-]{22}$/;

interface Answering {
  readonly answer: SamlAnswer;
  readonly checks: Checks;
  readonly startedAt: number;
  claim: AnswerClaim | undefined;
  claims?: Claims | undefined;
}

/**
 * @throws SsoError `connection_not_found`, or the reason of the first check that failed, which leaves a trace
 */
export async function receiveSamlAnswer(ports: Ports, answer: SamlAnswer): Promise<KeptLogin> {
  const answering: Answering = { answer, checks: new Checks(), startedAt: performance.now(), claim: undefined };
  try {
    const claim = await findRequest(ports, answering);
    if (claim === 'tested') return { redirectUri: testCallbackUrl(ports.config.PUBLIC_URL), state: answer.relayState };
    const repeated = await repeatedLogin(answering, claim);
    if (repeated) return repeated;
    const request = matchRequest(answering, claim);
    if (request) await matchBrowser(answering, request);
    const nonce = request && (await ports.keys.open(request.sealedNonce, requestContext(request.id, 'nonce')));
    const posted = {
      message: answer.message ?? '',
      request: request && nonce ? { nonce, createdAt: request.createdAt } : undefined,
      handedOnTo: answer.handedOn?.callbackUrl,
    };
    const read = await ports.saml.readResponse(claim.connection, posted, answering.checks);
    answering.claims = read.claims;
    return await keep(ports, answering, claim, read);
  } catch (error) {
    const refusal = asSsoError(error);
    if (answering.claim) await leaveTrace(ports, answering, answering.claim, refusal);
    if (answering.claim?.claimed && isTransient(refusal)) await release(ports, answering.claim);
    throw refusal;
  }
}

/** `tested`: it answered a test of the connection, which is settled. */
async function findRequest(ports: Ports, answering: Answering): Promise<AnswerClaim | 'tested'> {
  const { connectionId, relayState } = answering.answer;
  const state = relayState && STATE.test(relayState) ? relayState : undefined;
  const stateDigest = state ? await digest(state) : '';
  const claim = await claimAnswer(ports.db, { connectionId, stateDigest });
  if (!claim) throw new SsoError('connection_not_found');
  const { checks, answer } = answering;
  if (state && !claim.request && (await answerTest(ports, answer))) return 'tested';
  answering.claim = claim;
  checks.require('organization.active', claim.organization.status === 'active', 'organization_disabled', {
    expected: 'active',
    actual: claim.organization.status,
  });
  checks.require('connection.active', claim.connection.status === 'active', 'connection_disabled', {
    expected: 'active',
    actual: claim.connection.status,
  });
  checks.require('response.message', Boolean(answer.message), 'saml_encoding', { expected: 'a SAMLResponse' });
  if (!claim.request) requireUnsolicitedAllowed(ports, answering, claim, state);
  return claim;
}

/** No request of ours: either the provider may begin by itself, or something is missing, and the trace says what. */
function requireUnsolicitedAllowed(
  ports: Ports,
  { answer, checks }: Answering,
  { connection }: AnswerClaim,
  state: string | undefined,
): void {
  if (connection.saml?.allowIdpInitiated) {
    checks.skip('state.known', 'the identity provider may begin a login');
    return;
  }
  if (state) checks.fail('state.known', 'state_invalid');
  if (!answer.relayState && ports.saml.namesRequest(answer.message ?? ''))
    checks.fail('request.state', 'state_missing', { actual: 'no RelayState' });
  checks.fail('state.known', 'saml_unsolicited', { expected: 'the RelayState of a login that was started here' });
}

/**
 * A front end that lost our answer hands the response on again. Its code is made of the response, so what follows
 * tells the very same one from any other: the first gets the first answer, all others are refused.
 */
async function repeatedLogin({ answer }: Answering, claim: AnswerClaim): Promise<KeptLogin | undefined> {
  const { request, claimed, connection } = claim;
  if (!answer.handedOn || !request || claimed || request.connectionId !== connection.id) return undefined;
  // a response that is still being verified has no code yet, and must not be finished under way
  if (request.codeDigest === null) return undefined;
  return { redirectUri: request.redirectUri, code: await codeOf(answer), state: answer.relayState };
}

/** Random; of a response that was handed on, what nobody knows who has not got the response. */
async function codeOf({ handedOn, message, relayState }: SamlAnswer): Promise<string> {
  return handedOn ? digest(JSON.stringify([relayState, message])) : randomToken(CODE_BYTES);
}

/** The response came to the request that it answers, in time and first. */
function matchRequest({ answer, checks }: Answering, claim: AnswerClaim): AuthenticationRequest | undefined {
  const { request, connection } = claim;
  if (!request) return undefined;
  const { handedOn } = answer;
  const isForeign = request.organizationId !== connection.organizationId;
  checks.require('request.connection', request.connectionId === connection.id, 'connection_mismatch', {
    expected: isForeign ? 'a connection of another organization' : request.connectionId,
    actual: connection.id,
  });
  checks.require('state.fresh', claim.claimed || !claim.expired || request.consumedAt !== null, 'state_expired');
  checks.require('state.unused', claim.claimed, 'state_consumed', { expected: 'one response to a request' });
  requireServing(connection, request, checks);
  if (handedOn) {
    checks.require('request.dialect', request.dialect === handedOn.dialect, 'dialect_mismatch', {
      expected: request.dialect,
      actual: handedOn.dialect,
    });
  }
  return request;
}

/**
 * The provider's page posts from another site, so a `SameSite=Lax` cookie stays behind. Where none came, nothing is
 * lost: the code below is worth something only together with the cookie, which the callback checks. A wrong one
 * is refused at once.
 */
async function matchBrowser({ answer, checks }: Answering, { browserDigest }: AuthenticationRequest): Promise<void> {
  if (browserDigest === null) return checks.skip('saml.browser', 'the client keeps the state itself');
  if (answer.browser === undefined) return checks.skip('saml.browser', 'no cookie here; the callback asks for it');
  const matches = constantTimeEqual(await digest(answer.browser), browserDigest);
  checks.require('saml.browser', matches, 'browser_mismatch', { expected: 'the cookie of the browser that started' });
}

async function keep(ports: Ports, answering: Answering, claim: AnswerClaim, read: ReadResponse): Promise<KeptLogin> {
  const { checks, answer } = answering;
  const { request, connection, organization } = claim;
  const now = ports.clock.now();
  const code = await codeOf(answer);
  const requestId = request?.id ?? createId(now);
  const replaySeconds = Math.max(REPLAY_SECONDS, (read.usableUntil.getTime() - now.getTime()) / 1000);
  const evidence = { expected: 'an assertion that was not used before' };
  checks.pass('saml.replay', evidence);
  const kept = {
    requestId,
    connectionId: connection.id,
    assertionDigest: await digest(read.assertionId),
    replaySeconds,
    codeDigest: await digest(code),
    codeSeconds: CODE_SECONDS,
    sealedClaims: await ports.saml.keepClaims(requestId, read.claims, checks),
    nameDigest: read.claims.nameId ? await digest(read.claims.nameId.value) : null,
  };
  const redirectUri = request?.redirectUri ?? landing(connection.redirectUris, answer.relayState);
  const keeping = request
    ? await keepAnswer(ports.db, kept)
    : await keepUnsolicitedAnswer(ports.db, {
        ...kept,
        stateDigest: await digest(unsolicitedState(code)),
        sealedNonce: await ports.keys.seal(randomToken(16), requestContext(requestId, 'nonce')),
        sealedCodeVerifier: await ports.keys.seal(randomToken(32), requestContext(requestId, 'code_verifier')),
        connectionVersion: connection.version,
        organizationId: organization.id,
        redirectUri,
      });
  if (keeping === 'gone') checks.fail('state.unused', 'state_consumed', { expected: 'one response to a request' });
  if (keeping === 'replayed') {
    checks.entries.pop();
    checks.fail('saml.replay', 'saml_replay', { ...evidence, actual: `${read.assertionId} was used` });
  }
  return { redirectUri, code, state: request && answer.relayState };
}

/** A RelayState that the provider chose is followed only where it is one of the registered addresses. */
function landing(registered: readonly string[], relayState: string | undefined): string {
  const redirectUri = registered.find((uri) => uri === relayState) ?? registered[0];
  if (redirectUri === undefined) throw new SsoError('connection_misconfigured', { detail: 'no redirect URI' });
  return redirectUri;
}

/** Nothing was judged: no room, or something that we need was away. A response that takes too long has had its try. */
function isTransient({ code, retryAfterSeconds }: SsoError): boolean {
  if (code === 'saml_timeout') return false;
  return retryAfterSeconds !== undefined || code.startsWith('idp_') || code === 'signing_unavailable';
}

/** The person's browser, or the front end, may send the same response again. */
async function release(ports: Ports, { request }: AnswerClaim): Promise<void> {
  if (!request) return;
  await releaseAnswer(ports.db, request.id).catch((error: unknown) => {
    ports.log.error({ error }, 'a request was not given back');
  });
}

async function leaveTrace(
  ports: Ports,
  answering: Answering,
  { request, connection, organization, claimed }: AnswerClaim,
  refusal: SsoError,
): Promise<void> {
  const { answer, checks, startedAt, claims } = answering;
  const { origin, handedOn } = answer;
  const belongs = request?.connectionId === connection.id ? request : undefined;
  const dialect = belongs?.dialect ?? handedOn?.dialect ?? null;
  ports.metrics.login(dialect ?? 'none', refusal.code);
  if (!checks.entries.some(({ outcome }) => outcome === 'failed')) checks.note('login', refusal);
  checks.findings.set('protocol', 'saml');
  if (claims) checks.findings.claims(claims);
  const now = ports.clock.now();
  const loginId = createId(now);
  const write = writeRefusedLogin(ports.db, {
    ...origin,
    ...(await evidenceOf(ports, loginId, { checks, claims, loginHint: belongs?.loginHint })),
    loginId,
    auditId: createId(now),
    consumedRequestId: claimed && belongs && !isTransient(refusal) ? belongs.id : null,
    authenticationRequestId: belongs?.id ?? null,
    organizationId: organization.id,
    connectionId: connection.id,
    connectionVersion: connection.version,
    dialect,
    userId: null,
    reason: refusal.code,
    detail: refusal.detail ?? null,
    checks: checks.entries,
    durationMs: Math.round(performance.now() - startedAt),
  });
  await write.catch((error: unknown) => {
    ports.log.error({ error, reason: refusal.code, requestId: origin.requestId }, 'a refused login left no trace');
  });
  if (refusal.code === 'internal_error')
    ports.log.error({ error: refusal, requestId: origin.requestId }, 'a SAML response could not be read');
}
