/** Starting a login, and the trace of a start that failed: a wrong issuer or secret shows before anybody signs in. */
import { asSsoError, type SsoError, type SsoErrorCode } from '#error';
import { type Origin, writeRefusedLogin } from '#ports/db/logins.ts';
import type { Dialect } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import { createAuthenticationRequest, type StartedLogin, type StartRequest } from './authentication-request.ts';
import { Checks } from './checks.ts';
import type { ChosenConnection, Seen, Sight } from './connection.ts';
import { evidenceOf } from './login-evidence.ts';

export interface LoginStart extends Omit<StartRequest, keyof ChosenConnection> {
  readonly origin: Origin;
  /** Finds the connection as the dialect names it; tells what it saw, should it refuse. */
  readonly choose: (seen: Seen) => Promise<ChosenConnection>;
}

/**
 * Chooses the connection and creates the authentication request. A refusal leaves a trace that names what was found, and
 * what was asked for.
 * @throws SsoError as `choose` and `createAuthenticationRequest`
 */
export async function startLogin(ports: Ports, start: LoginStart): Promise<StartedLogin> {
  const { choose, origin, ...request } = start;
  const checks = new Checks();
  const startedAt = performance.now();
  let chosen: Sight | undefined;
  try {
    const seen = (sight: Sight) => {
      chosen = sight;
    };
    const found = await checks.step('start.connection', () => choose(seen));
    seen(found);
    return await checks.step('start.request', () => createAuthenticationRequest(ports, { ...request, ...found }));
  } catch (error) {
    const refusal = asSsoError(error);
    ports.metrics.login(start.dialect, refusal.code);
    const durationMs = Math.round(performance.now() - startedAt);
    if (isWorthATrace(ports, refusal, start)) {
      await leaveTrace(ports, {
        dialect: start.dialect,
        origin,
        loginHint: start.loginHint,
        chosen,
        refusal,
        checks,
        durationMs,
      });
    }
    throw refusal;
  }
}

const UNKNOWN_NAMES: ReadonlySet<SsoErrorCode> = new Set(['organization_not_found', 'connection_not_found']);

/**
 * Anybody may name organizations that there are not: some of them leave a trace, so that a client with a wrong slug is
 * seen, and never so many that a stranger fills the table. Who brings an API key is known. A database that is away keeps none.
 */
function isWorthATrace({ nameGuesses }: Ports, { code }: SsoError, { apiKeyId, origin }: LoginStart): boolean {
  if (code === 'database_unavailable') return false;
  return !UNKNOWN_NAMES.has(code) || apiKeyId !== undefined || nameGuesses.mayTrace(origin.address);
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
