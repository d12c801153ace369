/**
 * "How to read a row": what has to hold after every refused login, whatever was sent. One function, so that no
 * negative case can forget a part of it.
 */
import { expect } from 'bun:test';
import type { SsoErrorCode } from '#error';
import { digest } from '#ports/keys/random.ts';
import { expectNoSecrets, headersOf } from '#tests/hostile/canaries.ts';
import { type Client, type Started, signIn } from '#tests/hostile/clients.ts';
import type { Stage } from '#tests/hostile/stage.ts';
import { expectWire } from '#tests/hostile/wire.ts';

export interface Refused {
  readonly reason: SsoErrorCode;
  /** Whether the started login is spent by it. */
  readonly consumed: boolean;
  /** False: it is refused before it is a login at all, and leaves neither trace nor audit event. */
  readonly traced?: boolean;
  /** Makes the honest login possible again. */
  readonly restore?: () => Promise<void> | void;
  /** The address by which acme knows the member whom it would have been; absent: nobody of theirs. */
  readonly member?: string;
  /** Email of the honest login afterwards. */
  readonly control?: string;
}

/** Tables that a refused login must leave as they were. */
const PEOPLE = ['users', 'memberships', 'identities', 'sessions', 'refresh_tokens', 'api_keys'] as const;

interface Snapshot {
  readonly people: Record<string, string>;
  /** State digest → consumed, finished, reason. */
  readonly requests: Record<string, string>;
  readonly logins: readonly string[];
  readonly audit: readonly string[];
}

/** Sends a callback that must be refused, looks everywhere, and signs in honestly afterwards. */
export async function expectRefusal(
  stage: Stage,
  client: Client,
  started: Pick<Started, 'state'> | undefined,
  send: () => Promise<Response>,
  refused: Refused,
): Promise<void> {
  const before = await snapshot(stage);
  const answer = await send();
  const body = await expectWire(answer, client.dialect, refused.reason);
  const after = await snapshot(stage);

  expect(after.people).toEqual(before.people);
  await expectConsumption(before, after, started, refused);
  await expectTrace(stage, before, after, answer, refused);
  await expectNoSecrets(stage, [body, headersOf(answer)]);

  await refused.restore?.();
  stage.honest();
  const tokens = await signIn(stage, client, refused.control);
  expect(await client.use(stage.world.fetch, stage, tokens)).toBe(200);
}

async function expectConsumption(
  before: Snapshot,
  after: Snapshot,
  started: Pick<Started, 'state'> | undefined,
  { reason, consumed }: Refused,
): Promise<void> {
  const changed = Object.keys(after.requests).filter((key) => after.requests[key] !== before.requests[key]);
  const own = started && (await digest(started.state));
  expect(changed).toEqual(consumed && own ? [own] : []);
  if (consumed && own) expect(after.requests[own]).toBe(`true true ${reason}`);
}

async function expectTrace(
  { world: { sql } }: Stage,
  before: Snapshot,
  after: Snapshot,
  answer: Response,
  { reason, member, traced = true }: Refused,
): Promise<void> {
  const newLogins = after.logins.filter((id) => !before.logins.includes(id));
  const newAudit = after.audit.filter((id) => !before.audit.includes(id));
  expect([newLogins.length, newAudit.length]).toEqual(traced ? [1, 1] : [0, 0]);
  if (!traced) return;
  const requestId = answer.headers.get('request-id');
  const [login] = await sql`select * from logins where id = ${newLogins[0] ?? ''}`;
  const [meant] = await sql`select m.user_id from memberships m join organizations o on o.id = m.organization_id
    where o.slug = 'acme' and m.email = ${member ?? ''}`;
  expect(login).toMatchObject({
    outcome: 'failed',
    reason,
    user_id: member === undefined ? null : (meant?.['user_id'] ?? 'a member'),
    session_id: null,
    request_id: requestId,
  });
  const checks = login?.['checks'] as { name: string; outcome: string }[];
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  expect({ reason, failed: failed.length, last: checks.at(-1)?.outcome }).toEqual({
    reason,
    failed: 1,
    last: 'failed',
  });
  const [event] = await sql`select * from audit_events where id = ${newAudit[0] ?? ''}`;
  expect(event).toMatchObject({
    action: 'login.failure',
    reason,
    request_id: requestId,
    details: { loginId: newLogins[0] },
  });
}

async function snapshot({ world: { sql } }: Stage): Promise<Snapshot> {
  const people: Record<string, string> = {};
  for (const table of PEOPLE) {
    const [row] = await sql<{ rows: string }[]>`
      select coalesce(json_agg(to_jsonb(t) - 'last_used_at' order by t.id), '[]')::text as rows from ${sql(table)} t`;
    people[table] = row?.rows ?? '';
  }
  const requests = await sql<{ digest: string; summary: string }[]>`
    select state_digest as digest, concat_ws(' ', (consumed_at is not null)::text, (finished_at is not null)::text, reason) as summary
    from authentication_requests`;
  const idsOf = async (table: string) => {
    const rows = await sql<{ id: string }[]>`select id from ${sql(table)} order by id`;
    return rows.map(({ id }) => id);
  };
  return {
    people,
    requests: Object.fromEntries(requests.map(({ digest: key, summary }) => [key, summary])),
    logins: await idsOf('logins'),
    audit: await idsOf('audit_events'),
  };
}
