/** A session that was being written in the moment of its provider's logout is ended by the second pass (design, section 5). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { settle } from '#ports/db/housekeeping.ts';
import type { NamedSessions } from '#ports/db/session-schema.ts';
import type { SamlNameId } from '#ports/idp/saml/assertion.ts';
import { createId } from '#ports/keys/identifier.ts';
import { applivery, signIn, type Tokens } from '#tests/hostile/clients.ts';
import { asPair, rotate, sessionOf } from '#tests/hostile/pairs.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';

let stage: Stage;
let tokens: Tokens;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  stage.honest();
  await stage.world.sql`truncate provider_logouts`;
  tokens = await signIn(stage, applivery);
});
afterAll(() => stage?.close());

/** A logout that arrived so many seconds after the session was written, and settles. */
async function logout(key: string, secondsAfter: number, connection = 'oidc', meant?: NamedSessions): Promise<number> {
  const { sql } = stage.world;
  const id = createId(new Date());
  await sql`insert into provider_logouts (id, connection_id, message_digest, key, meant, received_at, expires_at)
    select ${id}, c.id, ${id}, ${key}, ${meant ? JSON.stringify(meant) : null}::text::jsonb, s.created_at + ${secondsAfter} * interval '1 second', now() + interval '1 day'
    from sessions s, connections c join organizations o on o.id = c.organization_id
    where s.id = ${sessionOf(tokens)} and c.slug = ${connection}
      and (o.slug = 'acme' or c.slug <> 'oidc')`;
  await settle(stage.world.ports);
  return applivery.use(stage.replica.fetch, stage, tokens);
}

async function name(columns: Record<string, unknown>): Promise<void> {
  const { sql } = stage.world;
  await sql`update sessions set ${sql(columns)} where id = ${sessionOf(tokens)}`;
}

test('by the subject', async () => {
  expect(await logout(`sub:${ADA.sub}`, 0)).toBe(401);
  const [session] = await stage.world.sql`select revoked_reason from sessions where id = ${sessionOf(tokens)}`;
  expect(session?.['revoked_reason']).toBe('idp_logout');
  const events = await stage.world
    .sql`select action, actor_type, reason, organization_id is not null as owned from audit_events where target_id = ${sessionOf(tokens)} and action = 'session.ended'`;
  expect([...events]).toEqual([{ action: 'session.ended', actor_type: 'system', reason: 'idp_logout', owned: true }]);
  await settle(stage.replica.ports);
  const [again] = await stage.world
    .sql`select count(*)::int as count from audit_events where target_id = ${sessionOf(tokens)} and action = 'session.ended'`;
  expect(again?.['count']).toBe(1);
});

test('by the provider’s session', async () => {
  await name({ provider_session_id: 'at-the-provider' });
  expect(await logout('sid:at-the-provider', 0)).toBe(401);
});

test('by the person, where it tells no session of the provider, and not where it tells one', async () => {
  await name({ provider_session_id: 'at-the-provider' });
  expect(await logout(`unnamed:${ADA.sub}`, 0)).toBe(200);
  await name({ provider_session_id: null });
  expect(await logout(`unnamed:${ADA.sub}`, 0)).toBe(401);
});

test('by the provider’s session of that person, and not of another', async () => {
  await name({ provider_session_id: 'at-the-provider' });
  expect(await logout('pair:["at-the-provider","grace"]', 0)).toBe(200);
  expect(await logout(`pair:["elsewhere","${ADA.sub}"]`, 0)).toBe(200);
  expect(await logout(`pair:["at-the-provider","${ADA.sub}"]`, 0)).toBe(401);
});

describe('by the NameID', () => {
  const named = (nameId: SamlNameId, ...sessionIndexes: string[]) =>
    logout('name:ada', 0, 'oidc', { nameId, sessionIndexes });
  beforeEach(() =>
    name({ name_id: stage.world.sql.json({ value: 'ada', format: 'urn:f' }), provider_session_id: '_1' }),
  );

  test('all of the person’s', async () => {
    expect(await named({ value: 'grace' })).toBe(200);
    expect(await named({ value: 'ada', format: 'urn:g' })).toBe(200);
    expect(await named({ value: 'ada', format: 'urn:f' })).toBe(401);
  });

  test('the one of an index', async () => {
    expect(await named({ value: 'grace' }, '_1')).toBe(200);
    expect(await named({ value: 'ada' }, '_2')).toBe(200);
    expect(await named({ value: 'ada' }, '_2', '_1')).toBe(401);
  });
});

test('and its sealed successor goes with it', async () => {
  await rotate(stage, asPair(tokens));
  await logout(`sub:${ADA.sub}`, 0);
  const [row] = await stage.world
    .sql`select count(sealed_successor)::int as count from refresh_tokens where session_id = ${sessionOf(tokens)}`;
  expect(row?.['count']).toBe(0);
});

test.each([
  ['somebody else’s', 'sub:grace', 0, 'oidc'],
  ['of another key', `sid:${ADA.sub}`, 0, 'oidc'],
  ['of another connection', `sub:${ADA.sub}`, 0, 'rival'],
  ['from before the login was redeemed', `sub:${ADA.sub}`, -60, 'oidc'],
  // the first pass has seen that session
  ['from long after it was written', `sub:${ADA.sub}`, 11, 'oidc'],
] as const)('a logout %s ends nothing', async (_name, key, secondsAfter, connection) => {
  expect(await logout(key, secondsAfter, connection)).toBe(200);
});
