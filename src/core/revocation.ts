/** The end of sessions: of one, and of all that somebody has. Each use of them fails from then on, on every replica. */
import { SsoError } from '#error';
import type { AdminOrigin, Origin } from '#ports/db/logins.ts';
import { type EndedAll, endAllSessions, type OwnerKind, type SessionScope } from '#ports/db/session-ends.ts';
import { endSessionRow, type SessionEnd } from '#ports/db/sessions.ts';
import { readUserOrganizations } from '#ports/db/users.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Ports } from '#ports/ports.ts';
import { type AdminCaller, reachConnection, reaches, requireReach } from './admin-caller.ts';

export interface SessionEnder {
  readonly type: 'user' | 'api_key' | 'operator';
  readonly id: string | null;
}

/**
 * Ends a session on its owner's, an API client's or the operator's word. Ending it twice is no error; the audit has one event.
 * @param reason as the audit and the session keep it
 */
export async function endSession(
  ports: Ports,
  sessionId: string,
  actor: SessionEnder,
  origin: Origin,
  reason: 'logout' | 'revoked' | 'ended_by_operator' = 'logout',
): Promise<void> {
  const by = { actorType: actor.type, actorId: actor.id } as const;
  await end(ports, { ...origin, ...by, sessionId, reason, action: 'session.ended' });
}

/** Ends the session of a refresh token that somebody used twice (RFC 9700 §4.14.2). */
export async function endStolenSession(ports: Ports, sessionId: string, origin: Origin): Promise<void> {
  const by = { actorType: 'system', actorId: null } as const;
  await end(ports, { ...origin, ...by, sessionId, reason: 'refresh_token_reused', action: 'refresh.reuse_detected' });
}

async function end({ db, clock }: Ports, ending: Omit<SessionEnd, 'auditId'>): Promise<void> {
  await endSessionRow(db, { ...ending, auditId: createId(clock.now()) });
}

/**
 * Ends every session of a user (in one organization, or everywhere), of an organization, or over a connection, on the
 * operator's word. Everywhere is as far as the caller reaches.
 * @throws SsoError `not_found` when there is no such user, member, organization or connection within reach
 */
export async function endSessions(
  ports: Ports,
  caller: AdminCaller,
  scope: SessionScope,
  origin: AdminOrigin,
): Promise<EndedAll> {
  const scopes = await scopesWithin(ports, caller, scope);
  const ended: EndedAll[] = [];
  for (const one of scopes) {
    const { owner, id } = ownerOf(one);
    const outcome = await endAllSessions(ports.db, owner, {
      ...origin,
      id,
      organizationId: 'organizationId' in one ? (one.organizationId ?? null) : null,
      actorType: 'operator',
      auditId: createId(ports.clock.now()),
    });
    if (outcome) ended.push(outcome);
  }
  const last = ended.at(-1);
  if (!last) throw new SsoError('not_found');
  return { endedAt: last.endedAt, sessions: ended.reduce((sum, { sessions }) => sum + sessions, 0) };
}

async function scopesWithin(ports: Ports, caller: AdminCaller, scope: SessionScope): Promise<SessionScope[]> {
  if ('connectionId' in scope) await reachConnection(ports, caller, scope.connectionId);
  else if (scope.organizationId !== undefined) requireReach(caller, scope.organizationId);
  else if (caller.organizations !== 'all') {
    const { userId } = scope as { userId: string };
    const organizations = await readUserOrganizations(ports.db, userId);
    return organizations.filter((id) => reaches(caller, id)).map((organizationId) => ({ userId, organizationId }));
  }
  return [scope];
}

function ownerOf(scope: SessionScope): { owner: OwnerKind; id: string } {
  if ('userId' in scope) return { owner: scope.organizationId ? 'member' : 'user', id: scope.userId };
  if ('connectionId' in scope) return { owner: 'connection', id: scope.connectionId };
  return { owner: 'organization', id: scope.organizationId };
}
