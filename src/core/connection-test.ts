/**
 * A test login over any version of a connection. It goes the way of a login as far as the decision who somebody would be,
 * and leaves nothing but its trace: no user, membership, identity, session or token.
 *
 * ```
 * createTest    a link, good for one login
 * startTest     where the person's browser goes from there
 * finishTest    the provider's answer, wherever it came: our callback, a client's callback, an address that somebody pasted
 * ```
 */
import { asSsoError, SsoError } from '#error';
import type { ConnectionTest } from '#ports/db/connection-schema.ts';
import {
  type FoundTest,
  finishConnectionTest,
  insertConnectionTest,
  readConnectionTest,
  takeConnectionTest,
} from '#ports/db/connection-tests.ts';
import type { Origin } from '#ports/db/logins.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { BrowserMessage } from '#ports/idp/browser-message.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import { createId } from '#ports/keys/identifier.ts';
import { digest, randomToken } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { requireSuccess } from './authorization-error.ts';
import { Checks } from './checks.ts';
import { refuse } from './connection-administration.ts';
import { testCallbackUrl } from './connection-checks.ts';
import { viewConnection, withMetadata } from './connection-review.ts';
import { sessionNotAfter } from './login-draft.ts';
import { evidenceOf } from './login-evidence.ts';
import { rehearseProvisioning } from './provisioning-rehearsal.ts';
import type { SamlAnswer } from './saml-answer.ts';

/** Long enough to send the link to somebody who is waiting for it. */
const TEST_SECONDS = 20 * 60;
const TOKEN_BYTES = 32;
const SECRET_BYTES = 16;
const VERIFIER_BYTES = 32;

export interface TestWish {
  /** The newest if none is named. */
  readonly version?: number | undefined;
  /** One of the connection's, or our own test callback; the first of the connection's if none is named. */
  readonly redirectUri?: string | undefined;
}

/** @throws SsoError `not_found`, `input_invalid` (a redirect URI that is not the connection's) */
export async function createTest(
  ports: Ports,
  connectionId: string,
  { version, redirectUri }: TestWish,
): Promise<{ token: string; test: ConnectionTest }> {
  const { connection } = await viewConnection(ports, connectionId, version);
  const possible = [...connection.redirectUris, testCallbackUrl(ports.config.PUBLIC_URL)];
  const wanted = redirectUri ?? possible[0];
  if (wanted === undefined || !possible.includes(wanted))
    refuse('input_invalid', '/redirectUri', `Name one of the connection’s redirectUris, or ${possible.at(-1)}`);
  const id = createId(ports.clock.now());
  const [token, state, nonce] = [randomToken(TOKEN_BYTES), randomToken(SECRET_BYTES), randomToken(SECRET_BYTES)];
  const seal = (value: string, column: SealedColumn) => ports.keys.seal(value, context(id, column));
  const test = await insertConnectionTest(ports.db, {
    id,
    tokenDigest: await digest(token),
    stateDigest: await digest(state),
    sealedState: await seal(state, 'state'),
    sealedNonce: await seal(nonce, 'nonce'),
    sealedCodeVerifier: await seal(randomToken(VERIFIER_BYTES), 'code_verifier'),
    connectionId,
    connectionVersion: connection.version,
    redirectUri: wanted,
    lifeSeconds: TEST_SECONDS,
  });
  return { token, test };
}

/** What a client hears whose callback took the answer to a test: it has nothing to sign anybody in with. */
export function testTaken(): SsoError {
  return new SsoError('state_consumed', { repeated: true, detail: 'it was a test of the connection' });
}

/** @param secret the link's token, or the `state` @throws SsoError `not_found` */
export async function findTest(ports: Ports, secret: string): Promise<FoundTest> {
  const found = await readConnectionTest(ports.db, await digest(secret));
  if (!found) throw new SsoError('not_found');
  return found;
}

/**
 * Where the browser goes. Opened twice, it is the same request: link checkers spend nothing.
 * @returns undefined when it can't go anywhere: then the test has failed, and its outcome says why
 * @throws SsoError `not_found`, `state_expired`, `state_consumed`
 */
export async function startTest(ports: Ports, token: string, origin: Origin): Promise<BrowserMessage | undefined> {
  const { test, expired } = await findTest(ports, token);
  if (test.answeredAt) throw new SsoError('state_consumed');
  if (expired) throw new SsoError('state_expired');
  const attempt = begin(test, origin);
  try {
    return await attempt.checks.step('start.request', () => authorize(ports, test));
  } catch (error) {
    await conclude(ports, attempt, { refusal: asSsoError(error) });
    return undefined;
  }
}

async function authorize(ports: Ports, test: ConnectionTest): Promise<BrowserMessage> {
  const connection = await testedConnection(ports, test);
  const { state, nonce, codeVerifier } = await secretsOf(ports, test);
  const { redirectUri } = test;
  const url = await ports.identityProvider.authorize(connection, { state, nonce, codeVerifier, redirectUri });
  // a page that posts the request finds it by a login's state, and this is none
  const isPosted = connection.type === 'saml' && url.href.startsWith(`${ports.config.PUBLIC_URL}/saml/`);
  if (!isPosted) return { binding: 'redirect', url };
  return { binding: 'post', form: await ports.saml.postedRequest(connection, { nonce, state }) };
}

export interface TestCallback {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly iss?: string | undefined;
  readonly error?: string | true | undefined;
}

/**
 * Takes an authorization response for what it may be: that of a test.
 * @returns the test as it is then; undefined when the state is of none
 */
export async function finishTest(
  ports: Ports,
  { state = '', code, iss, error }: TestCallback,
  origin: Origin,
): Promise<ConnectionTest | undefined> {
  const taken = await takeConnectionTest(ports.db, await digest(state));
  if (!taken?.claimed) return taken?.test;
  const attempt = begin(taken.test, origin);
  await settle(ports, attempt, async (connection) => {
    const { checks } = attempt;
    requireSuccess(code, error, checks);
    checks.require('request.code', Boolean(code), 'code_missing');
    const { nonce, codeVerifier } = await secretsOf(ports, taken.test);
    const request = { nonce, codeVerifier, redirectUri: taken.test.redirectUri };
    return ports.identityProvider.verify(connection, request, { code: code ?? '', iss }, checks);
  });
  return (await findTest(ports, state)).test;
}

/**
 * Takes a SAML response for what it may be, by its RelayState.
 * @returns whether it was that of a test of this connection
 */
export async function answerTest(ports: Ports, answer: SamlAnswer): Promise<boolean> {
  const taken = await takeConnectionTest(ports.db, await digest(answer.relayState ?? ''), answer.connectionId);
  if (!taken) return false;
  if (!taken.claimed) return true;
  const attempt = begin(taken.test, answer.origin);
  await settle(ports, attempt, async (connection) => {
    const { nonce } = await secretsOf(ports, taken.test);
    const request = { nonce, createdAt: taken.test.createdAt };
    const posted = { message: answer.message ?? '', request, handedOnTo: answer.handedOn?.callbackUrl };
    return (await ports.saml.readResponse(connection, posted, attempt.checks)).claims;
  });
  return true;
}

interface Attempt {
  readonly test: ConnectionTest;
  readonly origin: Origin;
  readonly checks: Checks;
  readonly startedAt: number;
}

function begin(test: ConnectionTest, origin: Origin): Attempt {
  return { test, origin, checks: new Checks(), startedAt: performance.now() };
}

/** Verifies, and decides who would have signed in, by the functions that decide a login. */
async function settle(
  ports: Ports,
  attempt: Attempt,
  verify: (connection: Connection) => Promise<Claims>,
): Promise<void> {
  const { test, checks } = attempt;
  let claims: Claims | undefined;
  try {
    const connection = await testedConnection(ports, test);
    checks.findings.set('protocol', ports.identityProvider.protocolOf(connection));
    claims = await verify(connection);
    checks.findings.claims(claims);
    await rehearseProvisioning(ports, connection, claims, checks);
    sessionNotAfter(connection, claims, ports.clock.now(), checks);
    await conclude(ports, attempt, { claims });
  } catch (error) {
    await conclude(ports, attempt, { claims, refusal: asSsoError(error) });
  }
}

async function conclude(
  ports: Ports,
  { test, origin, checks, startedAt }: Attempt,
  { claims, refusal }: { readonly claims?: Claims | undefined; readonly refusal?: SsoError },
): Promise<void> {
  if (refusal && !checks.entries.some(({ outcome }) => outcome === 'failed')) checks.note('login', refusal);
  const now = ports.clock.now();
  const loginId = createId(now);
  await finishConnectionTest(ports.db, {
    ...origin,
    ...(await evidenceOf(ports, loginId, { checks, claims })),
    isTest: true,
    id: test.id,
    outcome: refusal ? 'failed' : 'passed',
    reason: refusal?.code ?? null,
    detail: refusal?.detail ?? null,
    checks: checks.entries,
    loginId,
    auditId: createId(now),
    durationMs: Math.round(performance.now() - startedAt),
  });
  if (refusal?.code === 'internal_error') ports.log.error({ error: refusal }, 'a test login failed');
}

/** As a draft, whatever the connection is: what a test finds out settles nothing for logins. */
async function testedConnection(
  ports: Ports,
  { connectionId, connectionVersion }: ConnectionTest,
): Promise<Connection> {
  const view = await viewConnection(ports, connectionId, connectionVersion);
  return { ...(await withMetadata(ports, view)), status: 'draft' };
}

async function secretsOf({ keys }: Ports, { id, sealedState, sealedNonce, sealedCodeVerifier }: ConnectionTest) {
  const [state, nonce, codeVerifier] = await Promise.all([
    keys.open(sealedState, context(id, 'state')),
    keys.open(sealedNonce, context(id, 'nonce')),
    keys.open(sealedCodeVerifier, context(id, 'code_verifier')),
  ]);
  return { state, nonce, codeVerifier };
}

type SealedColumn = 'state' | 'nonce' | 'code_verifier';

/** The place that a sealed value is bound to. */
function context(id: string, column: SealedColumn): string {
  return `connection_tests:${id}:${column}`;
}
