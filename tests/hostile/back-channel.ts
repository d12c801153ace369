/** Logout tokens of the stage's provider, posted as a provider posts them, and what is left of each. */
import { expect } from 'bun:test';
import type { IdTokenScript } from '#dev/scripted-script.ts';
import { createLogoutToken, type LogoutSubject } from '#dev/scripted-token.ts';
import { applivery, signIn, type Tokens } from '#tests/hostile/clients.ts';
import type { Stage } from '#tests/hostile/stage.ts';
import type { Fetch } from '#tests/journey.ts';

export const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

export type Slug = 'acme' | 'globex';

export async function connectionId({ world }: Stage, organization: Slug = 'acme', slug = 'oidc'): Promise<string> {
  const [row] = await world.sql<{ id: string }[]>`select c.id from connections c
    join organizations o on o.id = c.organization_id where o.slug = ${organization} and c.slug = ${slug}`;
  if (!row) throw new Error(`there is no connection ${organization} ${slug}`);
  return row.id;
}

/** A token of acme's provider about ada; `script` bends it. */
export function logoutToken(
  stage: Stage,
  subject: Partial<LogoutSubject> = { sub: 'ada-1815' },
  script: Partial<IdTokenScript> = {},
): string {
  const honest = { claims: {}, header: {}, alg: 'RS256' };
  const now = stage.world.clock.now();
  const whole = { issuer: stage.issuer('acme'), clientId: 'vestibule', now, ...subject };
  const token = createLogoutToken({ ...honest, ...script }, stage.provider.keys, whole);
  stage.secrets.add(token);
  return token;
}

export function post(
  fetch: Fetch,
  connection: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams({ logout_token: token });
  return fetch(`/oidc/${connection}/backchannel-logout`, { method: 'POST', body, headers });
}

/** Signs ada in within the provider's session `sid`; null: the provider names none. */
export async function signInWithin(stage: Stage, sid: string | null, sub = 'ada-1815'): Promise<Tokens> {
  const { script } = stage.provider;
  const before = script.user;
  script.user = { ...before, sub, ...(sid === null ? {} : { sid }) };
  const tokens = await signIn(stage, applivery);
  script.user = before;
  return tokens;
}

export async function isAlive(stage: Stage, tokens: Tokens): Promise<boolean> {
  const statuses = [
    await applivery.use(stage.world.fetch, stage, tokens),
    await applivery.use(stage.replica.fetch, stage, tokens),
  ];
  expect(statuses[0]).toBe(statuses[1] ?? 0);
  return statuses[0] === 200;
}

export interface LogoutEvent {
  readonly action: string;
  readonly reason: string | null;
  readonly target_id: string;
  readonly details: { readonly check?: { readonly name: string }; readonly sessions?: number };
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly request_id: string;
}

/** Audit events of one request. */
export async function eventsOf({ world }: Stage, answer: Response): Promise<LogoutEvent[]> {
  const rows = await world.sql<LogoutEvent[]>`select action, reason, target_id, details, address, user_agent, request_id
    from audit_events where request_id = ${answer.headers.get('request-id')} order by action`;
  return rows.map((row) => ({ ...row }));
}

export async function countMessages({ world }: Stage): Promise<number> {
  const [row] = await world.sql`select count(*)::int as count from provider_logouts`;
  return row?.['count'];
}

/** A token that must be refused by this check: nothing ends, nothing is remembered, the audit says why. */
export async function expectRefused(
  stage: Stage,
  connection: string,
  token: string,
  expected: { readonly check: string; readonly reason?: string; readonly status?: number },
): Promise<void> {
  const { check, reason = 'logout_token', status = 400 } = expected;
  const remembered = await countMessages(stage);
  const answer = await post(stage.world.fetch, connection, token);
  const body = (await answer.json()) as Record<string, string>;
  const [event, ...others] = await eventsOf(stage, answer);
  expect({ status: answer.status, check: event?.details.check?.name }).toEqual({ status, check });
  expect(Object.keys(body).sort()).toEqual(['error', 'error_description']);
  expect(body['error']).toBe(status === 400 ? 'invalid_request' : 'temporarily_unavailable');
  expect(body['error_description']).toMatch(/^[ -~]+$/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.has('retry-after')).toBe(status === 503);
  expect({ ...event, others }).toMatchObject({ action: 'logout.refused', reason, target_id: connection, others: [] });
  expect(await countMessages(stage)).toBe(remembered);
}
