/**
 * An end of sessions that is slow, and is overtaken by a later one: Postgres counts its time from when it came in, and what
 * the later one ended must not come back to life (RT-08).
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { openPostgresProxy, type PostgresProxy } from '#tests/faults/postgres-proxy.ts';
import { applivery, bearer, signIn, type Tokens } from '#tests/hostile/clients.ts';
import { sessionOf } from '#tests/hostile/pairs.ts';
import { openReplica } from '#tests/hostile/replica.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json } from '#tests/journey.ts';

const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';

let stage: Stage;
let proxy: PostgresProxy;
beforeAll(async () => {
  stage = await openStage({ environment: { ADMIN_API_KEY } });
  proxy = await openPostgresProxy(stage.world.ports.config.DATABASE_URL ?? '');
});
beforeEach(() => stage.honest());
afterAll(async () => {
  await proxy?.close();
  await stage?.close();
});

const endAll = (scope: object) => ['/admin/v1/sessions/end', json(scope, bearer(ADMIN_API_KEY))] as const;
const patch = (path: string, status: string) =>
  [`/admin/v1/${path}`, { ...json({ status }, bearer(ADMIN_API_KEY)), method: 'PATCH' }] as const;

interface Owners {
  readonly userId: string;
  readonly organizationId: string;
  readonly connectionId: string;
}
async function ownersOf(pair: Tokens): Promise<Owners> {
  const [owners] = await stage.world.sql<Owners[]>`select user_id as "userId", organization_id as "organizationId",
    connection_id as "connectionId" from sessions where id = ${sessionOf(pair)}`;
  if (!owners) throw new Error('no session');
  return owners;
}

type Call = readonly [string, RequestInit];

/** Sends a call whose transaction has begun when its statement is held up, which is executed only when `meanwhile` is over. */
async function heldUp(
  [path, init]: Call,
  meanwhile: () => Promise<unknown>,
  statement = /set .*sessions_ended_at/,
): Promise<Response> {
  const slow = await openReplica(stage, { databaseUrl: proxy.url });
  const [reached, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const act = () => {
    reached.resolve();
    return over.promise;
  };
  void proxy.at({ statement, moment: 'unsent', act });
  try {
    const answer = slow.fetch(path, init);
    await reached.promise;
    await meanwhile();
    over.resolve();
    return await answer;
  } finally {
    over.resolve();
    await slow.close();
  }
}

const call = async ([path, init]: Call) => expect((await stage.world.fetch(path, init)).status).toBe(200);
const use = (pair: Tokens) => applivery.use(stage.replica.fetch, stage, pair);

const SCOPES: readonly { readonly name: string; readonly scopeOf: (owners: Owners) => object }[] = [
  { name: 'a user', scopeOf: ({ userId }) => ({ userId }) },
  { name: 'a member', scopeOf: ({ userId, organizationId }) => ({ userId, organizationId }) },
  { name: 'an organization', scopeOf: ({ organizationId }) => ({ organizationId }) },
  { name: 'a connection', scopeOf: ({ connectionId }) => ({ connectionId }) },
];

test.each([...SCOPES])('all sessions of $name stay ended when an earlier end of them is late', async ({ scopeOf }) => {
  const first = await signIn(stage, applivery);
  const end = endAll(scopeOf(await ownersOf(first)));
  let second = first;
  const late = await heldUp(end, async () => {
    second = await signIn(stage, applivery);
    expect(await use(second)).toBe(200);
    await call(end);
    expect(await use(second)).toBe(401);
  });
  expect(late.status).toBe(200);
  for (const tokens of [first, second]) expect(await use(tokens)).toBe(401);
  expect(await use(await signIn(stage, applivery))).toBe(200);
});

const SWITCHES: readonly {
  readonly name: string;
  readonly pathOf: (owners: Owners) => string;
  readonly off: string;
  /** Where its transaction locks the row first. */
  readonly lock: RegExp;
}[] = [
  {
    name: 'a user',
    pathOf: ({ userId }) => `users/${userId}`,
    off: 'deactivated',
    lock: /from "users" .* for update$/,
  },
  {
    name: 'an organization',
    pathOf: ({ organizationId }) => `organizations/${organizationId}`,
    off: 'disabled',
    lock: /from "organizations" .* for update$/,
  },
  {
    name: 'a connection',
    pathOf: ({ connectionId }) => `connections/${connectionId}`,
    off: 'disabled',
    lock: /from "connections" .* for update$/,
  },
];

test.each([...SWITCHES])('switching $name on late gives back no session', async ({ pathOf, off, lock }) => {
  const first = await signIn(stage, applivery);
  const path = pathOf(await ownersOf(first));
  let second = first;
  const turnOff = async () => {
    second = await signIn(stage, applivery);
    await call(patch(path, off));
  };
  const late = await heldUp(patch(path, 'active'), turnOff, lock);
  expect(late.status).toBe(200);
  for (const tokens of [first, second]) expect(await use(tokens)).toBe(401);
  expect(await use(await signIn(stage, applivery))).toBe(200);
});
