/**
 * What is left of refused logouts. Anybody may send us messages: of a flood the audit takes the first of each minute, and the
 * access log has every one.
 */
import { sql } from 'drizzle-orm';
import type { Clock } from '#ports/clock.ts';
import type { Database } from './client.ts';
import type { Origin } from './logins.ts';
import { EVENT, ORIGIN } from './provider-logouts.ts';
import { now, parameter, statement } from './statement.ts';

interface RefusedLogout extends Origin {
  readonly auditId: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly reason: string;
  readonly details: Record<string, unknown>;
}

export interface RefusedLogouts {
  /** @throws SsoError `database_unavailable` */
  write(refused: RefusedLogout): Promise<void>;
}

/** Refused messages of one connection that the audit takes in a minute, about. */
const REFUSALS_PER_MINUTE = 20;
/** How long the audit is not asked again whether it takes one more. */
const FULL_MS = 10_000;
/** Connections that are remembered; beyond it all are asked for again. */
const MOST = 10_000;

const REFUSE = statement<RefusedLogout & Record<string, unknown>, unknown>(
  sql`insert into audit_events (${EVENT})
    select ${parameter('auditId')}, ${parameter('organizationId')}, 'logout.refused', 'anonymous', 'connection', ${parameter('connectionId')},
      ${parameter('reason')}, ${parameter('details', 'jsonb')}, ${ORIGIN}
    where (select count(*) from audit_events e where e.organization_id = ${parameter('organizationId')}
      and e.created_at > ${now} - interval '1 minute' and e.action = 'logout.refused'
      and e.target_id = ${parameter('connectionId')}) < ${sql.raw(String(REFUSALS_PER_MINUTE))} returning id`,
  (row) => row,
);

/** Counting reads all that the organization did in the minute, so a flood must not have it done for each of its messages. */
export function createRefusedLogouts(db: Database, clock: Clock): RefusedLogouts {
  const fullUntil = new Map<string, number>();
  return {
    async write(refused) {
      const { connectionId } = refused;
      const until = fullUntil.get(connectionId) ?? 0;
      const time = clock.now().getTime();
      if (time < until && time >= until - FULL_MS) return;
      if ((await db.run(REFUSE, { ...refused })).length > 0) return;
      if (fullUntil.size >= MOST) fullUntil.clear();
      fullUntil.set(connectionId, clock.now().getTime() + FULL_MS);
    },
  };
}
