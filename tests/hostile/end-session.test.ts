/**
 * Our logout where the provider's own is of no use, out of reach or hostile: the session here ends all the same, first
 * (SL-09, SF-07), and the ID token that is kept for the provider is found in clear nowhere (PR-01, PR-04).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { logoutToken, post } from '#tests/hostile/back-channel.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, bearer, signIn, type Tokens } from '#tests/hostile/clients.ts';
import { sessionOf } from '#tests/hostile/pairs.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

const AFTERWARDS = 'https://www.acme.test/goodbye';

let stage: Stage;
let version = 0;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

/** A connection that was changed has no discovery cached. */
async function announce(endpoint: string | undefined): Promise<void> {
  stage.provider.script.discovery = { end_session_endpoint: endpoint };
  await stage.reconnect({ defaultRole: `role-${++version}`, logoutRedirectUri: AFTERWARDS });
}

async function logOut({ access }: Tokens): Promise<string | undefined> {
  const answer = await stage.world.fetch('/v1/auth/logout', { method: 'POST', headers: bearer(access) });
  return (await read(answer)).data.logoutUrl;
}

async function keptToken(tokens: Tokens): Promise<string | null> {
  const [row] = await stage.world.sql`select sealed_id_token from sessions where id = ${sessionOf(tokens)}`;
  return row?.['sealed_id_token'];
}

async function expectEnded(tokens: Tokens): Promise<void> {
  for (const { fetch } of [stage.world, stage.replica]) expect(await applivery.use(fetch, stage, tokens)).toBe(401);
}

test('an honest endpoint gets the ID token by a page, and it is sealed until then', async () => {
  await announce(`${stage.issuer('acme')}/logout`);
  const tokens = await signIn(stage, applivery);
  expect(await keptToken(tokens)).toMatch(/^v1\./);
  const address = (await logOut(tokens)) ?? '';
  await expectEnded(tokens);
  await expectNoSecrets(stage, [address]);
  const page = await (await stage.world.fetch(address)).text();
  const [, hint = ''] = /name="id_token_hint" value="([^"]+)"/.exec(page) ?? [];
  expect(stage.secrets.has(hint)).toBe(true);
  expect(page).toContain(`action="${stage.issuer('acme')}/logout"`);
  await expectNoSecrets(stage);
});

describe('a provider', () => {
  test('that took the place of another one is told nothing of the sessions that began there', async () => {
    await announce(`${stage.issuer('acme')}/logout`);
    const before = await signIn(stage, applivery);
    const opened = await signIn(stage, applivery);
    const page = (await logOut(opened)) ?? '';
    stage.provider.script.discovery = { end_session_endpoint: `${stage.issuer('rival')}/logout` };
    await stage.reconnect({ issuer: stage.issuer('rival'), logoutRedirectUri: AFTERWARDS });
    expect(await logOut(before)).toBeUndefined();
    await expectEnded(before);
    expect((await stage.world.fetch(page)).status).toBe(404);
    expect(await logOut(await signIn(stage, applivery))).toContain('/logout?session=');
  });

  test.each([
    ['that has no such endpoint', undefined],
    ['whose endpoint is on another site', 'https://elsewhere.example/logout'],
    ['whose endpoint is private', 'http://10.0.0.1/logout'],
    ['whose endpoint is a script', 'javascript:alert(1)'],
  ])('%s is not offered, and keeps nothing', async (_, endpoint) => {
    await announce(endpoint);
    const tokens = await signIn(stage, applivery);
    expect(await keptToken(tokens)).toBeNull();
    const before = stage.world.logLines.length;
    expect(await logOut(tokens)).toBeUndefined();
    await expectEnded(tokens);
    const warned = stage.world.logLines.slice(before).some((line) => line.includes('a logout leaves the session'));
    expect(warned).toBe(endpoint !== undefined);
  });

  test('that is away does not keep the session here alive', async () => {
    await announce(`${stage.issuer('acme')}/logout`);
    const tokens = await signIn(stage, applivery);
    await stage.reconnect({ defaultRole: `role-${++version}` });
    stage.provider.script.answers.discovery = { status: 500 };
    expect(await logOut(tokens)).toBeUndefined();
    await expectEnded(tokens);
  });

  test('that moved its endpoint elsewhere since gets no ID token', async () => {
    await announce(`${stage.issuer('acme')}/logout`);
    const tokens = await signIn(stage, applivery);
    const address = (await logOut(tokens)) ?? '';
    await announce('https://elsewhere.example/logout');
    const answer = await stage.world.fetch(address);
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain('elsewhere');
  });
});

test('a logout by the provider takes the kept ID token along', async () => {
  await announce(`${stage.issuer('acme')}/logout`);
  const tokens = await signIn(stage, applivery);
  const address = (await logOut(await signIn(stage, applivery))) ?? '';
  const [row] = await stage.world.sql<
    { id: string }[]
  >`select connection_id as id from sessions where id = ${sessionOf(tokens)}`;
  expect((await post(stage.world.fetch, row?.id ?? '', logoutToken(stage))).status).toBe(200);
  expect(await keptToken(tokens)).toBeNull();
  await expectEnded(tokens);
  // of the session that had ended before, it is still there for the page
  expect((await stage.world.fetch(address)).status).toBe(200);
});

test('what is no ticket of ours opens nothing', async () => {
  await announce(`${stage.issuer('acme')}/logout`);
  const address = new URL((await logOut(await signIn(stage, applivery))) ?? '');
  const [row] = await stage.world
    .sql`select sealed_id_token as sealed from sessions where sealed_id_token is not null limit 1`;
  for (const session of ['', 'x', 'v1.a.b.c', '{"sessionId":"x"}', row?.['sealed']]) {
    address.searchParams.set('session', session);
    const answer = await stage.world.fetch(address.href);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not_found']);
  }
  const posted = await stage.world.fetch(address.href, json({}));
  expect(posted.status).toBeOneOf([404, 405]);
});
