/** Starting a login, and the trace of a start that failed: a wrong issuer or secret shows before anybody signs in. */
import { asSsoError, type SsoError } from '#error';
import { type Origin, writeRefusedLogin } from '#ports/db/logins.ts';
import type { Dialect } from '#ports/db/schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import { createAuthenticationRequest, type StartedLogin, type StartRequest } from './authentication-request.ts';
import { Checks } from './checks.ts';
import type { ChosenConnection } from './connection.ts';

export interface LoginStart extends Omit<StartRequest, keyof ChosenConnection> {
  readonly origin: Origin;
  /** Finds the connection as the dialect names it. */
  readonly choose: () => Promise<ChosenConnection>;
}

/**
 * Chooses the connection and creates the authentication request. A refusal leaves a trace, unless not even the
 * organization is known: whoever guesses names shall not fill the table.
 * @throws SsoError as `choose` and `createAuthenticationRequest`
 */
export async function startLogin(ports: Ports, start: LoginStart): Promise<StartedLogin> {
  const { choose, origin, ...request } = start;
  const checks = new Checks();
  const startedAt = performance.now();
  let chosen: ChosenConnection | undefined;
  try {
    chosen = await checks.step('start.connection', choose);
    const found = chosen;
    return await checks.step('start.request', () => createAuthenticationRequest(ports, { ...request, ...found }));
  } catch (error) {
    const refusal = asSsoError(error);
    ports.metrics.login(start.dialect, refusal.code);
    const durationMs = Math.round(performance.now() - startedAt);
    if (refusal.code !== 'organization_not_found') {
      await leaveTrace(ports, { dialect: start.dialect, origin, chosen, refusal, checks, durationMs });
    }
    throw refusal;
  }
}

interface RefusedStart {
  readonly dialect: Dialect;
  readonly origin: Origin;
  readonly chosen: ChosenConnection | undefined;
  readonly refusal: SsoError;
  readonly checks: Checks;
  readonly durationMs: number;
}

async function leaveTrace(ports: Ports, start: RefusedStart): Promise<void> {
  const { dialect, origin, chosen, refusal, checks, durationMs } = start;
  const now = ports.clock.now();
  const write = writeRefusedLogin(ports.db, {
    ...origin,
    loginId: createId(now),
    auditId: createId(now),
    consumedRequestId: null,
    authenticationRequestId: null,
    organizationId: chosen?.organization.id ?? null,
    connectionId: chosen?.connection.id ?? null,
    connectionVersion: chosen?.connection.version ?? null,
    dialect,
    reason: refusal.code,
    detail: refusal.detail ?? null,
    checks: checks.entries,
    durationMs,
  });
  await write.catch((error: unknown) => {
    ports.log.error({ error, reason: refusal.code, requestId: origin.requestId }, 'a refused start left no trace');
  });
}
