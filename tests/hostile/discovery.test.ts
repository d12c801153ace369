/** A provider whose metadata fail or lie stops a login before it starts, and after its start (JK-01, JK-13, JK-14, FI-01). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Script } from '#dev/scripted-script.ts';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { applivery, bearer, CLIENTS, type Client, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
let version = 0;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  stage.honest();
  // a connection that was changed has nothing cached and nothing pinned
  await stage.reconnect({ defaultRole: `role-${++version}` });
});
afterAll(() => stage?.close());

function start(client: Client): Promise<Response> {
  if (client.dialect === 'indee') {
    const init = json({ username: 'ada@acme.test' }, bearer(stage.world.apiKey));
    return stage.world.fetch('/v1/admin/auth/sso/initiate', init);
  }
  const path = client.dialect === 'pria' ? '/sso/acme' : '/v1/auth/sso/acme/oidc';
  return stage.world.fetch(path, { headers: { accept: 'application/json' } });
}

async function countRequests(): Promise<number> {
  const [row] = await stage.world.sql`select count(*)::int as count from authentication_requests`;
  return row?.['count'];
}

const LIES: readonly { name: string; tell: (script: Script) => void }[] = [
  { name: 'FI-01 500', tell: (script) => void (script.answers.discovery = { status: 500 }) },
  { name: 'no JSON', tell: (script) => void (script.answers.discovery = { body: '<html>' }) },
  {
    name: 'a redirect',
    tell: (script) => void (script.answers.discovery = { status: 302, headers: { location: '/x' } }),
  },
  { name: 'JK-01 another issuer', tell: (script) => void (script.discovery = { issuer: 'https://evil.example' }) },
  { name: 'no token endpoint', tell: (script) => void (script.discovery = { token_endpoint: undefined }) },
  {
    name: 'JK-13 a token endpoint elsewhere',
    tell: (script) => void (script.discovery = { token_endpoint: 'https://evil.example/token' }),
  },
  {
    name: 'JK-13 keys elsewhere',
    tell: (script) => void (script.discovery = { jwks_uri: 'https://evil.example/jwks' }),
  },
  {
    name: 'JK-13 an authorization endpoint elsewhere',
    tell: (script) => void (script.discovery = { authorization_endpoint: 'https://evil.example/authorize' }),
  },
  {
    name: 'an authorization endpoint of script',
    tell: (script) => void (script.discovery = { authorization_endpoint: 'javascript:alert(1)' }),
  },
];

describe.each([...CLIENTS])('$dialect starts no login at metadata with', (client) => {
  test.each([...LIES])('$name', async ({ tell }) => {
    tell(stage.provider.script);
    const before = await countRequests();
    const answer = await start(client);
    expect(answer.status).toBe(502);
    const body = await answer.text();
    expect(body).not.toContain('evil');
    expect(await countRequests()).toBe(before);
    await expectNoSecrets(stage, [body]);
    stage.honest();
    await stage.reconnect({ defaultRole: `role-${++version}` });
    expect(await client.use(stage.world.fetch, stage, await signIn(stage, client))).toBe(200);
  });
});

test('JK-14 what metadata say later does not move a code or a key: the first answer is pinned', async () => {
  await signIn(stage, applivery);
  const elsewhere = stage.issuer('elsewhere');
  stage.provider.script.discovery = { token_endpoint: `${elsewhere}/token`, jwks_uri: `${elsewhere}/jwks` };
  stage.world.clock.moveBy(86_400);
  const started = await applivery.start(stage);
  const returned = await visitProvider(stage, started);
  await read(await stage.world.fetch(...applivery.callback(stage, started, returned)));
  expect(stage.provider.requests.filter(({ path }) => path.startsWith('/elsewhere'))).toEqual([]);
  const changed = async () =>
    stage.world.sql`select action from audit_events where action = 'connection.metadata_changed'`;
  while ((await changed()).length === 0) await Bun.sleep(5);
  expect((await changed()).length).toBe(1);
});
