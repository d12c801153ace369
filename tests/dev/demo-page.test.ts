/** The demo's page in a real browser: a person clicks through each dialect, by OpenID Connect. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { html } from '#routes/http/html.ts';
import {
  click,
  type DemoStage,
  finish,
  fits,
  inBrowser,
  openDemoStage,
  operate,
  PATIENCE_MS,
  start,
  status,
  trace,
  type Visit,
} from './demo-stage.ts';

let stage: DemoStage;
beforeAll(async () => {
  stage = await openDemoStage();
}, PATIENCE_MS);
afterAll(() => stage?.close(), PATIENCE_MS);

const begin = (visit: Visit, dialect: string) => start(visit, dialect, 'OpenID Connect', /Ada Lovelace/);

describe('the demo page', () => {
  for (const [dialect, operations] of [
    ['Applivery', ['Current user', 'Renew', 'Log out']],
    ['Indee', ['Renew', 'Log out']],
    ['Pria', ['Renew, with the current user', 'Log out']],
  ] as const) {
    inBrowser(
      `leads through ${dialect}`,
      () =>
        stage.visit(async (visit) => {
          const { page, demo, problems } = visit;
          expect(await fits(page)).toBe(true);
          await begin(visit, dialect);
          const { searchParams } = new URL(page.url());
          const shown = await page.locator('.parameters').textContent();
          for (const name of ['code', 'state']) expect(shown).toContain(searchParams.get(name) ?? 'none');

          expect(await finish(visit)).toMatch(/\d\d checks passed/);
          expect(await status(page, 'callback')).toBe('200');
          for (const operation of operations) expect(await operate(visit, operation)).toBe('200');
          expect(await operate(visit, operations[0])).toBe('401');
          expect(await fits(page)).toBe(true);
          const hosted = page.waitForResponse((response) => /\/oidc\/[0-9a-f]{24}\/logout\?/.test(response.url()));
          await page.getByRole('link', { name: 'Sign out at the provider, too' }).click();
          const { 'content-security-policy': policy = '' } = await (await hosted).allHeaders();
          expect(policy).toMatch(/default-src 'none'.*script-src 'sha256-[A-Za-z0-9+/]{43}='(?:;|$)/);
          await click(page, 'Sign out');
          await page.waitForURL(`${demo.url}/demo/signed-out`);
          expect(problems).toEqual([]);
        }),
      PATIENCE_MS,
    );
  }

  inBrowser(
    'shows that a session ends when the person signs out at the provider',
    () =>
      stage.visit(async (visit) => {
        const { context, demo } = visit;
        await begin(visit, 'Applivery');
        await finish(visit);
        expect(await operate(visit, 'Current user')).toBe('200');
        const there = await context.newPage();
        await there.goto(`${demo.issuer}/session/end`);
        await click(there, 'Sign out');
        await there.getByText('You are signed out').waitFor();
        expect(await operate(visit, 'Current user')).toBe('401');
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'shows that a login is finished once, and that a repeat gets the same answer',
    () =>
      stage.visit(async (visit) => {
        const { page } = visit;
        await begin(visit, 'Applivery');
        await finish(visit);
        await click(page, 'Send it again');
        await page.getByText('the same answer').waitFor();
        expect(await status(page, 'callback')).toBe('200');
        await click(page, 'Send the state with another code');
        await page.getByText('state_consumed').waitFor();
        expect(await status(page, 'callback')).toBe('400');
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'shows that another browser can’t finish a login',
    () =>
      stage.visit(async (visit) => {
        await begin(visit, 'Pria');
        const address = visit.page.url();
        await stage.visit(async (other) => {
          await other.page.goto(address);
          expect(await finish(other)).toContain('browser_mismatch');
          expect(await status(other.page, 'callback')).toBe('400');
        });
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'shows a login that was cancelled, and the logins that there were',
    () =>
      stage.visit(async (visit) => {
        const { page, demo } = visit;
        await page.getByRole('link', { name: 'Sign in with Pria over OpenID Connect' }).click();
        await click(page, 'Cancel');
        await page.getByText('access_denied').first().waitFor();
        await click(page, 'Send the callback');
        await page.getByText('idp_access_denied').waitFor();
        await page.goto(demo.url);
        const latest = page.locator('details.login').first();
        await latest.click();
        expect(await latest.textContent()).toContain('Acme · OpenID Connect');
        expect(await latest.textContent()).toContain('response.success');
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'says what it can’t make sense of',
    () =>
      stage.visit(async ({ page, demo }) => {
        for (const query of ['', '?state=unknown', '?code=unknown', '?state=code:unknown&code=unknown']) {
          await page.goto(`${demo.url}/demo/callback${query}`);
          await page.getByText('No login is known by this state').waitFor();
          expect(await trace(page).count()).toBe(0);
        }
      }),
    PATIENCE_MS,
  );
});

describe('its server part', () => {
  const initiate = (path: string, site: string, username: string) =>
    fetch(`${stage.demo.url}/demo/indee/${path}`, {
      method: 'POST',
      headers: { 'sec-fetch-site': site },
      body: JSON.stringify({ username }),
    });

  test('keeps the API keys from pages of other origins, and out of its own', async () => {
    const { url, apiKeys } = stage.demo;
    expect((await initiate('acme/initiate', 'same-origin', 'ada@acme.test')).status).toBe(200);
    expect((await initiate('acme/initiate', 'cross-site', 'ada@acme.test')).status).toBe(403);
    for (const path of ['/', '/demo/callback', '/demo/page.js']) {
      const page = await (await fetch(url + path)).text();
      expect(Object.values(apiKeys).filter((key) => page.includes(key))).toEqual([]);
    }
  });

  test('takes each organization’s own, and no other name', async () => {
    const { apiKeys, saml, issuer } = stage.demo;
    expect(apiKeys.acme).not.toBe(apiKeys.globex);
    const redirectOf = async (answer: Response) => new URL(((await answer.json()) as { redirect: string }).redirect);
    const acme = await redirectOf(await initiate('acme/initiate', 'same-origin', 'ada@acme.test'));
    const globex = await redirectOf(await initiate('globex/initiate', 'same-origin', 'hedy@globex.test'));
    expect(acme.origin).toBe(issuer);
    // to the page that posts the request to the SAML provider
    expect(globex.pathname).toMatch(/^\/saml\/[0-9a-f]{24}\/request$/);
    expect(saml.origin).not.toBe(issuer);
    for (const path of ['constructor/initiate', 'acme/constructor', 'other/initiate'])
      expect((await initiate(path, 'same-origin', 'ada@acme.test')).status).toBe(404);
  });

  test('shows the SAML provider’s metadata where a browser would keep a file', async () => {
    const { url, saml } = stage.demo;
    const home = await (await fetch(url)).text();
    const path = /<a href="([^"]+)">SAML provider</.exec(home)?.[1] ?? '';
    const shown = await fetch(url + path);
    expect(shown.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await shown.text()).toContain(`entityID="${saml.entityId}"`);
  });

  test('escapes what it shows', () => {
    const name = '<img src=x onerror="alert(1)">';
    expect(html`<b>${name}</b>${[html`<i>${name}</i>`]}`.text).not.toContain('<img');
    expect(html`<b>${'Ada'}</b>${undefined}${[html`<i>${1}</i>`]}`.text).toBe('<b>Ada</b><i>1</i>');
  });
});
