/** Starting a login, and the trace of a start that failed: a wrong issuer or secret shows before anybody signs in. */
import { asSsoError, type SsoError, type SsoErrorCode } from '#error';
import { type Origin, writeRefusedLogin } from '#ports/db/logins.ts';
import type { Dialect, Organization } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import { authenticateApiKey } from './api-key.ts';
import { createAuthenticationRequest, type StartedLogin, type StartRequest } from './authentication-request.ts';
import { Checks } from './checks.ts';
import type { ChosenConnection, Seen, Sight } from './connection.ts';
import { evidenceOf } from './login-evidence.ts';

interface StartOf extends Omit<StartRequest, keyof ChosenConnection | 'apiKeyId'> {
  readonly origin: Origin;
}

/** Finds the connection as the dialect names it; tells what it saw, should it refuse. */
interface OpenStart extends StartOf {
  readonly apiKey?: undefined;
  readonly choose: (seen: Seen) => Promise<ChosenConnection>;
}

/** With the API key as received, of a dialect that wants one; it says which organization is meant. */
interface KeyedStart extends StartOf {
  readonly apiKey: { readonly value: string | undefined };
  readonly choose: (seen: Seen, organization: Organization) => Promise<ChosenConnection>;
}

export type LoginStart = OpenStart | KeyedStart;

/**
 * Chooses the connection and creates the authentication request. A refusal leaves a trace that names what was found, and
 * what was asked for; one by the form of the request is no login.
 * @throws SsoError as `authenticateApiKey`, `choose` and `createAuthenticationRequest`
 */
export async function startLogin(ports: Ports, start: LoginStart): Promise<StartedLogin> {
  const checks = new Checks();
  const startedAt = performance.now();
  const sights: Sight[] = [];
  const seen = (sight: Sight) => void sights.unshift(sight);
  try {
    const { connection, organization, apiKeyId } = await chooseFor(ports, start, seen, checks);
    const { dialect, redirectUri, loginHint, browser } = start;
    const request = { dialect, redirectUri, loginHint, browser, apiKeyId, connection, organization };
    return await checks.step('start.request', () => createAuthenticationRequest(ports, request));
  } catch (error) {
    const refusal = asSsoError(error);
    if (refusal.code === 'input_invalid') throw refusal;
    ports.metrics.login(start.dialect, refusal.code);
    const durationMs = Math.round(performance.now() - startedAt);
    if (isWorthATrace(ports, refusal, start, checks)) {
      await leaveTrace(ports, {
        dialect: start.dialect,
        origin: start.origin,
        loginHint: start.loginHint,
        chosen: sights[0],
        refusal,
        checks,
        durationMs,
      });
    }
    throw refusal;
  }
}

async function chooseFor(
  ports: Ports,
  start: LoginStart,
  seen: Seen,
  checks: Checks,
): Promise<ChosenConnection & { readonly apiKeyId?: string }> {
  const { apiKey, choose, dialect, origin } = start;
  const settled = (found: ChosenConnection) => {
    seen(found);
    return found;
  };
  if (!apiKey) return checks.step('start.connection', async () => settled(await choose(seen)));
  const caller = await checks.step(KEY_CHECK, () => authenticateApiKey(ports, apiKey.value, origin, dialect, seen));
  const found = await checks.step('start.connection', async () => settled(await choose(seen, caller.organization)));
  return { ...found, apiKeyId: caller.apiKey.id };
}

const KEY_CHECK = 'start.apiKey';
const UNKNOWN_NAMES: ReadonlySet<SsoErrorCode> = new Set(['organization_not_found', 'connection_not_found']);
const UNKNOWN_KEYS: ReadonlySet<SsoErrorCode> = new Set(['api_key_missing', 'api_key_invalid']);

/**
 * Anybody may name organizations that there are not, and try keys: some of them leave a trace, so that a client with a wrong
 * slug or key is seen, and never so many that a stranger fills the table. Who brings a good API key is known. Whoever is
 * refused for the many was seen before, and a database that is away keeps none.
 */
function isWorthATrace(
  { keyGuesses, nameGuesses }: Ports,
  { code }: SsoError,
  { origin }: LoginStart,
  checks: Checks,
): boolean {
  if (code === 'database_unavailable' || code === 'rate_limited') return false;
  if (UNKNOWN_KEYS.has(code)) return keyGuesses.mayTrace(origin.address);
  const isKnown = checks.entries.some(({ name, outcome }) => name === KEY_CHECK && outcome === 'passed');
  return !UNKNOWN_NAMES.has(code) || isKnown || nameGuesses.mayTrace(origin.address);
}

interface RefusedStart {
  readonly dialect: Dialect;
  readonly origin: Origin;
  readonly loginHint: string | undefined;
  readonly chosen: Sight | undefined;
  readonly refusal: SsoError;
  readonly checks: Checks;
  readonly durationMs: number;
}

async function leaveTrace(ports: Ports, start: RefusedStart): Promise<void> {
  const { dialect, origin, loginHint, chosen, refusal, checks, durationMs } = start;
  if (chosen?.connection) checks.findings.set('protocol', ports.identityProvider.protocolOf(chosen.connection));
  const now = ports.clock.now();
  const loginId = createId(now);
  const write = writeRefusedLogin(ports.db, {
    ...origin,
    ...(await evidenceOf(ports, loginId, { checks, loginHint })),
    loginId,
    auditId: createId(now),
    consumedRequestId: null,
    authenticationRequestId: null,
    organizationId: chosen?.organization.id ?? null,
    connectionId: chosen?.connection?.id ?? null,
    connectionVersion: chosen?.connection?.version ?? null,
    dialect,
    userId: null,
    reason: refusal.code,
    detail: refusal.detail ?? null,
    checks: checks.entries,
    durationMs,
  });
  await write.catch((error: unknown) => {
    ports.log.error({ error, reason: refusal.code, requestId: origin.requestId }, 'a refused start left no trace');
  });
}
