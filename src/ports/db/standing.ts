/**
 * Whether users, organizations and connections may be used. A change either way ends the sessions that there are: what was
 * switched off does not come back to life when it is switched on again.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { AdminOrigin } from './logins.ts';
import { sessionsEndNow } from './session-state.ts';
import { now, parameter, statement } from './statement.ts';

export type Standing = 'active' | 'disabled';
export type StandingKind = 'connection';

export interface StandingChange extends Record<string, unknown>, AdminOrigin {
  readonly id: string;
  readonly standing: Standing;
  readonly auditId: string;
}

const wanted = parameter('standing');

function change(table: string, current: SQL, set: SQL, organization: SQL, targetType: StandingKind) {
  const name = sql.identifier(table);
  return statement<StandingChange, { changed: boolean }>(
    sql`with before as (
      select id, ${current} as standing from ${name} where id = ${parameter('id')} for no key update
    ), changed as (
      update ${name} set ${set}, sessions_ended_at = ${sessionsEndNow}, updated_at = ${now} from before
      where ${name}.id = before.id and before.standing <> ${wanted} returning ${name}.id, before.standing
    ), audited as (
      insert into audit_events (id, organization_id, action, actor_type, actor_id, target_type, target_id, details, address, user_agent, request_id, created_at)
      select ${parameter('auditId')}, ${organization}, ${sql.raw(`'${targetType}.updated'`)}, 'operator', ${parameter('actorId')}, ${sql.raw(`'${targetType}'`)}, changed.id,
        jsonb_build_object('before', jsonb_build_object('status', changed.standing), 'after', jsonb_build_object('status', ${wanted})),
        ${parameter('address')}, ${parameter('userAgent')}, ${parameter('requestId')}, ${now} from changed
    )
    select exists (select 1 from changed) as changed from before`,
    (row) => ({ changed: row['changed'] === true }),
  );
}

const id = parameter('id');
/** When the row is written, which may be later than when the statement came in: no login begins in between unseen. */
const moment = sql`(clock_timestamp() + ${sql.placeholder('offset')}::float8 * interval '1 second')`;
const CHANGE = {
  connection: change(
    'connections',
    sql`status`,
    sql`status = ${wanted}, disabled_at = case when ${wanted} = 'disabled' then greatest(disabled_at, ${moment}) else disabled_at end`,
    sql`(select organization_id from connections where id = ${id})`,
    'connection',
  ),
};

/** Undefined when there is no such row; `changed` is false when it stood so already. */
export async function changeStanding(
  db: Database,
  kind: StandingKind,
  change: StandingChange,
): Promise<{ changed: boolean } | undefined> {
  const [outcome] = await db.run(CHANGE[kind], change);
  return outcome;
}
