/**
 * What has to hold after every refused response, whatever was sent: one function, so that no forgery can forget a
 * part of it. Nobody is there who was not there before, only the request that was answered has changed, one trace
 * and one audit event say why, and nothing of the input comes back or is kept.
 */
import { expect } from 'bun:test';
import type { SsoErrorCode } from '#error';
import { digest } from '#ports/keys/random.ts';
import { ADMIN, type HonestOptions } from './honest.ts';
import { encode, handOn, type Message, type Place, post, type Stage, type Started } from './stage.ts';

export interface Refused {
  readonly reasons: readonly SsoErrorCode[];
  /** Default: that of the started login. */
  readonly relayState?: string | undefined;
  /** How it is sent; default to our consumer service. */
  readonly send?: (() => Promise<Response>) | undefined;
  /** Default 400. */
  readonly status?: number | undefined;
  /** Whether the started login is spent; default true. */
  readonly consumed?: boolean | undefined;
  /** False: it is refused before it is a login at all, and leaves neither trace nor audit event. */
  readonly traced?: boolean | undefined;
  /** The honest login afterwards. */
  readonly control?: { readonly place?: Place; readonly options?: HonestOptions } | undefined;
}

/** Tables that a refused response must leave as they were; of those that grow with each login the rows are counted. */
const PEOPLE = ['users', 'memberships', 'identities'];
const GRANTED = ['sessions', 'refresh_tokens', 'saml_replays'];

interface Row {
  readonly [column: string]: unknown;
}

interface Snapshot {
  /** Digest of everything in {@link PEOPLE}. */
  readonly people: string;
  /** What became of all requests but the one that is answered, counted; and of that one. */
  readonly others: string;
  readonly own: string | null;
  readonly counts: readonly [logins: number, audit: number];
  readonly login: Row | null;
  readonly event: Row | null;
}

/** Posts a response that must be refused, looks everywhere, and signs in honestly afterwards. @returns the reason */
export async function expectRefusal(
  stage: Stage,
  started: Started,
  message: Message,
  refused: Refused,
): Promise<SsoErrorCode> {
  const { reasons, relayState = started.state, status = 400, consumed = true, traced = true, control } = refused;
  const own = await digest(started.state);
  const before = await snapshot(stage, own);
  const send = refused.send ?? (() => post(stage.world, started, message, relayState));
  const answer = await send();
  const text = await answer.text();
  expect({ status: answer.status, text }).toEqual({ status, text: expect.any(String) });
  expectNothingGiven(answer);
  const after = await snapshot(stage, own);
  expect([after.people, after.others]).toEqual([before.people, before.others]);
  const added = traced ? 1 : 0;
  expect(after.counts).toEqual([before.counts[0] + added, before.counts[1] + added]);
  const reason = traced ? traceOf(after, answer) : undefined;
  if (reason) expect(reasons).toContain(reason);
  // somebody else's request is not told of here
  if (reason && !consumed) expect(after.login).toMatchObject({ authentication_request_id: null, dialect: null });
  expect(after.own).toBe(consumed ? `true true ${reason}` : before.own);
  expectNoEcho(stage, message, after, [text, ...[...answer.headers].map(([name, value]) => `${name}: ${value}`)]);
  if (answer.headers.get('content-type')?.startsWith('application/problem+json')) {
    const body: unknown = JSON.parse(text);
    expect(body).toMatchObject(reason ? { status, code: reason } : { status });
  }
  await stage.control(control?.place ?? placeOf(started), control?.options);
  return reason ?? 'input_invalid';
}

/** As above, through the callback that a front end hands responses on to: one code for everything that is no profile. */
export async function expectCallbackRefusal(
  stage: Stage,
  started: Started,
  message: Message,
  refused: Refused,
): Promise<void> {
  const send = async () => {
    const answer = await handOn(stage.world, started, message, refused.relayState ?? started.state);
    expect(await answer.clone().json()).toEqual({
      status: false,
      error: { code: 5070, message: 'Saml get profile error' },
    });
    return answer;
  };
  await expectRefusal(stage, started, message, { ...refused, send });
}

function placeOf({ organization, slug }: Started): Place {
  return organization === 'acme' ? slug : `${organization}/${slug}`;
}

function expectNothingGiven({ headers }: Response): void {
  expect(headers.get('location')).toBeNull();
  expect(headers.get('set-cookie')).toBeNull();
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('request-id')).toMatch(/^[0-9a-f]{24}$/);
}

function traceOf({ login, event }: Snapshot, answer: Response): SsoErrorCode {
  const reason = login?.['reason'] as SsoErrorCode;
  const request_id = answer.headers.get('request-id');
  expect(login).toMatchObject({ outcome: 'failed', user_id: null, session_id: null, request_id });
  expect(event).toMatchObject({ action: 'login.failure', reason, request_id, details: { loginId: login?.['id'] } });
  const checks = login?.['checks'] as { outcome: string }[];
  expect(checks.filter(({ outcome }) => outcome === 'failed').length).toBe(1);
  expect(checks.at(-1)?.outcome).toBe('failed');
  return reason;
}

/** The forger's words are not in the answer; the document itself is neither there, nor in the trace, nor in the log. */
function expectNoEcho({ world }: Stage, message: Message, after: Snapshot, answers: readonly string[]): void {
  const base64 = encode(message);
  const kept = [JSON.stringify(after.login), JSON.stringify(after.event), ...world.logLines.slice(-20), ...answers];
  const words = [ADMIN.givenName, ADMIN.familyName, '<saml', 'Version="2.0"', ...(base64.length > 80 ? [base64] : [])];
  expect(kept.filter((text) => words.some((word) => text.includes(word)))).toEqual([]);
  expect(answers.filter((text) => text.includes('mallory') || text.includes('alice'))).toEqual([]);
}

async function snapshot({ world: { sql } }: Stage, own: string): Promise<Snapshot> {
  const [row] = await sql.unsafe<Snapshot[]>(SNAPSHOT, [own], { prepare: true });
  if (!row) throw new Error('no snapshot');
  return row;
}

const digestOf = (table: string) =>
  `(select md5(coalesce(string_agg(t::text, ' ' order by t.id), '')) from ${table} t)`;
const countOf = (table: string) => `(select count(*) from ${table})`;
const newest = (table: string) => `(select to_jsonb(t) from ${table} t order by t.created_at desc, t.id desc limit 1)`;
const SNAPSHOT = `select
  concat_ws(' ', ${[...PEOPLE.map(digestOf), ...GRANTED.map(countOf)].join(', ')}) as people,
  (select concat_ws(' ', count(*), count(answered_at), count(consumed_at), count(finished_at), count(reason))
    from authentication_requests where state_digest <> $1) as others,
  (select concat_ws(' ', (answered_at is not null)::text, (finished_at is not null)::text, reason)
    from authentication_requests where state_digest = $1) as own,
  json_build_array(${countOf('logins')}, ${countOf('audit_events')}) as counts,
  ${newest('logins')} as login, ${newest('audit_events')} as event`;
