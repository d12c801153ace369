/** Creations that may be repeated: one row for each `Idempotency-Key` of a caller. */
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { now, nowPlus, parameter, statement } from './statement.ts';

export interface IdempotencyClaim extends Record<string, unknown> {
  readonly id: string;
  readonly requestDigest: string;
  /** How long an answer is kept. */
  readonly keptSeconds: number;
  /** A request that has not ended after this never will: its process is gone. */
  readonly leaseSeconds: number;
}

export interface ClaimedEarlier {
  readonly requestDigest: string;
  /** Null while that request is under way. */
  readonly sealedAnswer: string | null;
}

type Outcome = ClaimedEarlier | 'claimed';

const CLAIM = statement<IdempotencyClaim, Outcome>(
  sql`with claimed as (
    insert into idempotency_keys as k (id, request_digest, created_at, expires_at)
    values (${parameter('id')}, ${parameter('requestDigest')}, ${now}, ${nowPlus('keptSeconds')})
    on conflict (id) do update set request_digest = excluded.request_digest, sealed_answer = null,
      created_at = excluded.created_at, expires_at = excluded.expires_at
    where k.expires_at <= ${now}
      or (k.sealed_answer is null and k.created_at <= ${now} - ${parameter('leaseSeconds', 'float8')} * interval '1 second')
    returning id
  )
  select true as claimed, null as request_digest, null as sealed_answer from claimed
  union all select false, request_digest, sealed_answer from idempotency_keys
    where id = ${parameter('id')} and not exists (select from claimed)`,
  (row) =>
    row['claimed'] === true
      ? 'claimed'
      : { requestDigest: String(row['request_digest']), sealedAnswer: row['sealed_answer'] as string | null },
);

/** Undefined when another request claims it at this moment. */
export async function claimIdempotencyKey(db: Database, claim: IdempotencyClaim): Promise<Outcome | undefined> {
  const [outcome] = await db.run(CLAIM, claim);
  return outcome;
}

const SETTLE = statement<{ id: string; sealedAnswer: string }, unknown>(
  sql`update idempotency_keys set sealed_answer = ${parameter('sealedAnswer')}
    where id = ${parameter('id')} and sealed_answer is null`,
  (row) => row,
);

export async function settleIdempotencyKey(db: Database, id: string, sealedAnswer: string): Promise<void> {
  await db.run(SETTLE, { id, sealedAnswer });
}

const RELEASE = statement<{ id: string }, unknown>(
  sql`delete from idempotency_keys where id = ${parameter('id')} and sealed_answer is null`,
  (row) => row,
);

/** After a refusal nothing was made: the same key may come again. */
export async function releaseIdempotencyKey(db: Database, id: string): Promise<void> {
  await db.run(RELEASE, { id });
}
