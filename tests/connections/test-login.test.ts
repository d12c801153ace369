/** Test logins: over any version and protocol, wherever the answer comes back, leaving nothing but their trace. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { answerFor, formOf } from '#dev/saml/sign-in.ts';
import { ADMIN_API_KEY, callersOf, patch } from '#tests/admin/callers.ts';
import { CLIENTS, startedAt, visitProvider } from '#tests/hostile/clients.ts';
import { CLIENT_SECRET } from '#tests/hostile/stage.ts';
import { expectWire } from '#tests/hostile/wire.ts';
import { json, read } from '#tests/journey.ts';
import { createSamlWorld, type SamlWorld } from '#tests/saml/saml-world.ts';
import { PUBLIC_URL, REDIRECT_URI, type World } from '#tests/world.ts';
import { type Desk, openDesk } from './desk.ts';

const CALLBACK = `${PUBLIC_URL}/connections/test/callback`;
const html = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;

/** What no test may leave. */
async function left({ sql }: Pick<World, 'sql'>) {
  const tables = ['users', 'memberships', 'identities', 'sessions', 'refresh_tokens', 'authentication_requests'];
  const counts = await Promise.all(
    tables.map(async (table) => (await sql`select count(*)::int as n from ${sql(table)}`)[0]?.['n']),
  );
  return Object.fromEntries(tables.map((table, index) => [table, counts[index]]));
}

async function lastLogin({ sql }: Pick<World, 'sql'>) {
  const [row] = await sql`select * from logins order by created_at desc, id desc limit 1`;
  return row;
}

describe('OpenID Connect', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  beforeEach(() => desk.stage.honest());
  afterAll(() => desk?.stage.close());

  const fetchPage = async (url: string, init: RequestInit = html) => {
    const { pathname, search } = new URL(url, PUBLIC_URL);
    return desk.stage.world.fetch(pathname + search, init);
  };
  const link = async (id: string, body: object = {}) =>
    read(await desk.operator(`/connections/${id}/test`, json(body)), 201);
  /** The browser's way from the link to what the provider sends back. */
  const visit = async (url: string) => {
    const started = await fetchPage(`${url}?start`);
    expect(started.status).toBe(303);
    return visitProvider(desk.stage, startedAt(desk.stage, started.headers.get('location') ?? '', ''));
  };
  const stateOf = async (id: string) => read(await desk.operator(`/connections/${id}`));

  test('of a draft, back at our own callback: passed, marked, and activated without force', async () => {
    const made = await desk.make();
    const before = await left(desk.stage.world);
    const { id, url, version } = await link(made.id, { redirectUri: CALLBACK });
    expect(version).toBe(1);
    expect(await (await fetchPage(url)).text()).toContain('Sign in at the identity provider');
    const page = await fetchPage(`${CALLBACK}?${new URLSearchParams((await visit(url)) as Record<string, string>)}`);
    expect(await page.text()).toContain('The test passed');
    expect(await (await fetchPage(url)).text()).toContain('The test passed');
    expect(await left(desk.stage.world)).toEqual(before);
    expect(await lastLogin(desk.stage.world)).toMatchObject({
      outcome: 'succeeded',
      is_test: true,
      connection_version: 1,
      user_id: null,
      session_id: null,
    });
    expect(await stateOf(made.id)).toMatchObject({ status: 'draft', versionState: 'tested' });
    const outcome = await read(await desk.operator(`/connections/${made.id}/tests/${id}`));
    expect(outcome).toMatchObject({ id, outcome: 'passed', version: 1 });
    expect(outcome.url).toBeUndefined();
    expect(await read(await desk.activate(made.id, {}))).toMatchObject({ status: 'active', activeVersion: 1 });
    const tested = (await desk.actions(made.id)).find(({ action }) => action === 'connection.tested');
    expect(tested?.details).toMatchObject({ version: 1, outcome: 'passed' });
    const activated = (await desk.actions(made.id)).find(({ action }) => action === 'connection.activated');
    expect(activated?.details).toMatchObject({ tested: true, forced: false });
  });

  test('a change after the test wants another', async () => {
    const made = await desk.make();
    const { url } = await link(made.id, { redirectUri: CALLBACK });
    await fetchPage(`${CALLBACK}?${new URLSearchParams((await visit(url)) as Record<string, string>)}`);
    await read(await desk.operator(`/connections/${made.id}`, patch({ defaultRole: 'other' })));
    expect((await read(await desk.activate(made.id, {}), 409)).code).toBe('version_not_tested');
  });

  test.each([...CLIENTS])(
    'back at a client that only knows $dialect: the client hears that it is over, the page that it passed',
    async (client) => {
      const made = await desk.make();
      const before = await left(desk.stage.world);
      const { url, redirectUri } = await link(made.id);
      expect(redirectUri).toBe(REDIRECT_URI);
      const returned = await visit(url);
      const started = {
        url: new URL(url),
        state: returned['state'] ?? '',
        nonce: 'kept-by-the-client',
        email: 'ada@acme.test',
      };
      const [path, init] = client.callback(desk.stage, started, returned);
      const answer = await desk.stage.world.fetch(path, init);
      await expectWire(answer, client.dialect, 'state_consumed');
      expect(await (await fetchPage(url)).text()).toContain('The test passed');
      expect(await left(desk.stage.world)).toEqual(before);
    },
  );

  test('back at a page that can’t go on: its address is pasted', async () => {
    const made = await desk.make();
    const { url } = await link(made.id);
    const landed = `${REDIRECT_URI}?${new URLSearchParams((await visit(url)) as Record<string, string>)}`;
    const paste = (address: string) =>
      fetchPage(url, { ...html, method: 'POST', body: new URLSearchParams({ address }) });
    expect((await paste('https://app.example.com/?state=wrong&code=x')).status).toBe(400);
    expect((await paste(landed)).status).toBe(303);
    expect(await (await fetchPage(url)).text()).toContain('The test passed');
    expect((await paste(landed)).status).toBe(303);
  });

  test('of the version that waits, while logins go on over the one in use', async () => {
    const made = await desk.make(desk.oidc({ slug: 'waits' }));
    await read(await desk.activate(made.id));
    await read(
      await desk.operator(
        `/connections/${made.id}`,
        patch({ issuer: desk.stage.issuer('rival'), clientSecret: CLIENT_SECRET }),
      ),
    );
    const { url, version } = await link(made.id, { redirectUri: CALLBACK });
    expect(version).toBe(2);
    const returned = await visit(url);
    await read(await desk.loginOver('waits'));
    await fetchPage(`${CALLBACK}?${new URLSearchParams(returned as Record<string, string>)}`);
    expect(await stateOf(made.id)).toMatchObject({ version: 2, versionState: 'tested', activeVersion: 1 });
    expect(await read(await desk.activate(made.id, {}))).toMatchObject({ activeVersion: 2 });
  });

  test('that fails says why, on the page and in the trace, and marks nothing', async () => {
    const made = await desk.make();
    const { url } = await link(made.id, { redirectUri: CALLBACK });
    desk.stage.provider.script.idToken.claims = { aud: 'somebody-else' };
    const page = await fetchPage(`${CALLBACK}?${new URLSearchParams((await visit(url)) as Record<string, string>)}`);
    const text = await page.text();
    expect(text).toContain('The test failed');
    expect(text).toContain('id_token_aud');
    expect(await lastLogin(desk.stage.world)).toMatchObject({
      outcome: 'failed',
      reason: 'id_token_aud',
      is_test: true,
    });
    expect(await stateOf(made.id)).toMatchObject({ versionState: 'draft' });
  });

  test('that can’t begin has failed', async () => {
    const made = await desk.make(desk.oidc({ issuer: `${desk.stage.issuer('acme')}/` }));
    const { url } = await link(made.id);
    expect(await (await fetchPage(`${url}?start`)).text()).toContain('issuer_mismatch');
    expect(await lastLogin(desk.stage.world)).toMatchObject({
      outcome: 'failed',
      reason: 'issuer_mismatch',
      is_test: true,
    });
  });

  test('over a draft whose provider fails refuses nobody’s login over the version in use', async () => {
    const made = await desk.make(desk.oidc({ slug: 'beside' }));
    await read(await desk.activate(made.id));
    await read(await desk.loginOver('beside'));
    const moved = { issuer: desk.stage.issuer('rival'), clientSecret: CLIENT_SECRET };
    await read(await desk.operator(`/connections/${made.id}`, patch(moved)));
    desk.stage.provider.script.answers.discovery = { status: 500 };
    const tested = async () => {
      const { url } = await link(made.id);
      // the failure before is remembered for three seconds
      desk.stage.world.clock.moveBy(4);
      return (await fetchPage(`${url}?start`)).text();
    };
    for (let failure = 0; failure < 5; failure++) expect(await tested()).toContain('idp_unavailable');
    // of the draft itself the circuit is open by now
    expect(await tested()).toContain('idp_unreachable');
    desk.stage.honest();
    await read(await desk.loginOver('beside'));
  });

  test('of somebody who may not sign in fails as the login would', async () => {
    const made = await desk.make(desk.oidc({ allowedDomains: ['other.test'] }));
    const { url } = await link(made.id, { redirectUri: CALLBACK });
    const page = await fetchPage(`${CALLBACK}?${new URLSearchParams((await visit(url)) as Record<string, string>)}`);
    expect(await page.text()).toContain('domain_not_allowed');
  });

  test('works once, for twenty minutes', async () => {
    const made = await desk.make();
    const { url } = await link(made.id, { redirectUri: CALLBACK });
    const first = await visit(url);
    const second = await visit(url);
    expect(first['state']).toBe(second['state']);
    const answer = (returned: object) =>
      fetchPage(`${CALLBACK}?${new URLSearchParams(returned as Record<string, string>)}`);
    expect(await (await answer(first)).text()).toContain('The test passed');
    const traces = async () =>
      (
        await desk.stage.world.sql`select count(*)::int as n from logins where is_test and connection_id = ${made.id}`
      )[0]?.['n'];
    expect(await traces()).toBe(1);
    expect(await (await answer(second)).text()).toContain('The test passed');
    expect(await traces()).toBe(1);
    // the checks of the draft asked once, with a code of their own
    const exchanges = desk.stage.provider.requests.filter(
      ({ endpoint, body }) => endpoint === 'token' && !body.includes('code=vestibule-connection-check-'),
    );
    expect(exchanges).toHaveLength(1);

    const late = await link(made.id, { redirectUri: CALLBACK });
    desk.stage.world.clock.moveBy(20 * 60 + 1);
    expect((await fetchPage(`${late.url}?start`)).status).toBe(400);
    expect((await fetchPage(late.url)).status).toBe(400);
  });

  test('goes back to no address that is not the connection’s, and a link that nobody made is not there', async () => {
    const made = await desk.make();
    const refused = await read(
      await desk.operator(`/connections/${made.id}/test`, json({ redirectUri: 'https://evil.example' })),
      422,
    );
    expect(refused.errors[0].pointer).toBe('/redirectUri');
    expect((await fetchPage(`/connections/test/${'a'.repeat(43)}`)).status).toBe(404);
    expect((await fetchPage(`${CALLBACK}?state=unknown&code=x`)).status).toBe(400);
    const theirs = await desk.callers.with({ organizations: [desk.globex] });
    expect((await theirs(`/connections/${made.id}/test`, json({}))).status).toBe(404);
    const reader = await desk.callers.with({ access: 'read' });
    expect((await reader(`/connections/${made.id}/test`, json({}))).status).toBe(403);
  });
});

describe('SAML', () => {
  let world: SamlWorld;
  beforeAll(async () => {
    world = await createSamlWorld({ environment: { ADMIN_API_KEY } });
  });
  beforeEach(() => world.provider.reset());
  afterAll(() => world?.close());

  const operator = (path: string, init?: RequestInit) => callersOf(world).operator(path, init);
  const page = async (url: string) =>
    (await world.fetch(new URL(url, PUBLIC_URL).pathname + new URL(url, PUBLIC_URL).search, html)).text();
  const change = async (body: object) => read(await operator(`/connections/${world.connectionId}`, patch(body)));
  const link = async () => read(await operator(`/connections/${world.connectionId}/test`, json({})), 201);
  /** The browser's way from the link to where the consumer service sends it. */
  const visit = async (url: string) => {
    const get = (address: string) => world.fetch(new URL(address).pathname + new URL(address).search, html);
    const answer = await answerFor(`${url}?start`, 'ada@acme.test', { get });
    const posted = await world.fetch(answer.action, { method: 'POST', body: formOf(answer), redirect: 'manual' });
    expect(posted.status).toBe(303);
    return new URL(posted.headers.get('location') ?? '', PUBLIC_URL).href;
  };

  test('of the version that waits: the response shows the page, and nothing else is left', async () => {
    const before = await left(world);
    const changed = await change({
      saml: { wantAssertionsSigned: true, metadataUrl: `${world.provider.metadataUrl}?another` },
    });
    expect(changed).toMatchObject({ version: 2, versionState: 'draft', activeVersion: 1, problems: [] });
    const { url } = await link();
    const location = await visit(url);
    expect(location).toStartWith(CALLBACK);
    expect(await page(location)).toContain('The test passed');
    expect(await page(url)).toContain('The test passed');
    expect(await left(world)).toEqual(before);
    expect(await lastLogin(world)).toMatchObject({ outcome: 'succeeded', is_test: true, connection_version: 2 });
    const activated = await read(await operator(`/connections/${world.connectionId}/activate`, json({})));
    expect(activated).toMatchObject({ activeVersion: 2, saml: { wantAssertionsSigned: true } });
    const { data } = await read(await world.fetch('/v1/auth/sso/acme/saml'));
    const { code, state } = await world.signIn(data.redirectUrl);
    await read(await world.fetch('/v1/auth/sso/acme/saml/callback', json({ code, state })));
  });

  test('that fails says why', async () => {
    world.provider.faults.wrongAudience = true;
    const { url } = await link();
    const location = await visit(url);
    expect(await page(location)).toContain('saml_audience');
    expect(await lastLogin(world)).toMatchObject({ outcome: 'failed', reason: 'saml_audience', is_test: true });
  });

  test('by a request that is posted', async () => {
    await change({ saml: { requestBinding: 'post' } });
    const { url } = await link();
    expect(await page(await visit(url))).toContain('The test passed');
  });
});
