/** SAML in a real browser, through the demo's page: what a cookie, a policy or a page without script makes of a login. */
import { afterAll, beforeAll, describe, expect } from 'bun:test';
import type { Page, Request } from 'playwright-core';
import { readConnections } from '#dev/demo/connections.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
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
  type Visit,
} from './demo-stage.ts';

let stage: DemoStage;
beforeAll(async () => {
  stage = await openDemoStage();
}, PATIENCE_MS);
afterAll(() => stage?.close(), PATIENCE_MS);

const HEDY = /Hedy Lamarr/;
const ADA = /Ada Lovelace/;

/** The POST to the consumer service, once the provider's page has made it. */
function awaitResponse(page: Page): Promise<Request> {
  return page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/acs'));
}

/** Whether the browser showed who it is. */
async function showsItself(posted: Promise<Request>): Promise<boolean> {
  const { cookie = '' } = await (await posted).allHeaders();
  return cookie.includes('vestibule-login=');
}

describe('a login by SAML', () => {
  for (const [dialect, person, operations] of [
    ['Applivery', ADA, ['Current user', 'Renew', 'Log out']],
    ['Indee', HEDY, ['Renew', 'Log out']],
    ['Pria', HEDY, ['Renew, with the current user', 'Log out']],
  ] as const) {
    inBrowser(
      `leads through ${dialect}, and out of the provider’s session too`,
      () =>
        stage.visit(async (visit) => {
          const { page, demo, problems } = visit;
          await start(visit, dialect, 'SAML', person);
          expect(await page.locator('.steps').first().textContent()).toMatch(/POST \/saml\/[0-9a-f]{24}\/acs/);
          expect(await finish(visit)).toMatch(/\d\d checks passed/);
          const topics = await page.locator('#trace h3').allTextContents();
          for (const topic of ['SAML consumer service', 'SAML response', 'SAML assertion', 'Person'])
            expect(topics.join('\n')).toContain(topic);
          expect(topics).not.toContain('Other');
          expect(await status(page, 'callback')).toBe('200');
          for (const operation of operations) expect(await operate(visit, operation)).toBe('200');
          expect(await operate(visit, operations[0])).toBe('401');
          expect(await fits(page)).toBe(true);

          const index = demo.saml.sessions.at(-1)?.index;
          const isOpen = () => demo.saml.sessions.some((session) => session.index === index);
          expect(isOpen()).toBe(true);
          await page.getByRole('link', { name: 'Sign out at the provider, too' }).click();
          await page.waitForURL(`${demo.url}/demo/signed-out`);
          expect(isOpen()).toBe(false);
          expect(demo.saml.logouts.at(-1)).toMatchObject({ kind: 'LogoutRequest', signature: 'good' });
          expect(problems).toEqual([]);
        }),
      PATIENCE_MS,
    );
  }

  inBrowser(
    'that was cancelled ends on a page that says so, and in the list of logins',
    () =>
      stage.visit(async ({ page, demo }) => {
        await page.getByRole('link', { name: 'Sign in with Pria over SAML' }).click();
        await click(page, 'Cancel');
        await page.getByText('saml_status').waitFor();
        expect(page.url()).toMatch(/\/acs$/);
        await page.goto(demo.url);
        const latest = page.locator('details.login').first();
        expect(await latest.locator('> summary').textContent()).toMatch(/Pria.*Globex · SAML.*saml_status/);
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'of somebody from the other organization is refused, and says why',
    () =>
      stage.visit(async (visit) => {
        await start(visit, 'Applivery', 'SAML', HEDY);
        expect(await finish(visit)).toContain('domain_not_allowed');
        expect(await status(visit.page, 'callback')).toBe('400');
      }),
    PATIENCE_MS,
  );
});

describe('the page that posts a request', () => {
  inBrowser(
    'goes on by itself, with the one script that its policy allows',
    () =>
      stage.visit(async (visit) => {
        const { page, demo, problems } = visit;
        const hosted = page.waitForResponse((response) => /\/saml\/[0-9a-f]{24}\/request\?/.test(response.url()));
        await start(visit, 'Pria', 'SAML', HEDY);
        const { 'content-security-policy': policy = '' } = await (await hosted).allHeaders();
        expect(policy).toContain("default-src 'none'");
        expect(policy).toMatch(/script-src 'sha256-[A-Za-z0-9+/]{43}='(?:;|$)/);
        expect(policy).not.toContain('unsafe');
        expect(demo.saml.requests.at(-1)).toMatchObject({ binding: 'post', signature: 'good' });
        expect(problems).toEqual([]);
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'takes a click where scripts are off',
    () =>
      stage.visit(
        async ({ page, demo }) => {
          await page.getByRole('link', { name: 'Sign in with Pria over SAML' }).click();
          await page.waitForURL(/\/saml\/[0-9a-f]{24}\/request\?/);
          const before = demo.saml.requests.length;
          // nothing happens by itself: the same page is there, and the provider has not been asked
          await page.waitForLoadState('networkidle');
          expect(page.url()).toMatch(/\/request\?/);
          expect(demo.saml.requests.length).toBe(before);
          await click(page, 'Continue');
          await click(page, HEDY);
          // the provider's own page, which posts the response
          await click(page, 'Continue');
          await page.waitForURL(`${demo.url}/demo/callback?**`);
          const { searchParams } = new URL(page.url());
          expect([...searchParams.keys()]).toEqual(['code', 'state']);
        },
        { javaScriptEnabled: false },
      ),
    PATIENCE_MS,
  );
});

/** A cookie that is `SameSite=Lax` goes along from another port of the same host, and stays behind from another site. */
describe('the browser that began', () => {
  async function login(visit: Visit, dialect: 'Applivery' | 'Pria', person: RegExp) {
    const posted = awaitResponse(visit.page);
    await start(visit, dialect, 'SAML', person);
    const shown = await showsItself(posted);
    return { shown, verdict: await finish(visit), checks: await visit.page.locator('#trace').textContent() };
  }

  for (const [dialect, person] of [
    ['Applivery', ADA],
    ['Pria', HEDY],
  ] as const) {
    inBrowser(
      `finishes a login of ${dialect} whose response it posts from the same site, with its cookie`,
      () =>
        stage.visit(async (visit) => {
          const { shown, verdict, checks } = await login(visit, dialect, person);
          expect([shown, verdict]).toEqual([true, expect.stringContaining('checks passed')]);
          expect(checks).not.toContain('no cookie here');
        }),
      PATIENCE_MS,
    );

    inBrowser(
      `finishes a login of ${dialect} whose response it posts from another site, without it`,
      async () => {
        const demo = await stage.crossSite();
        expect([new URL(demo.url).hostname, new URL(demo.saml.origin).hostname]).toEqual(['localhost', '127.0.0.1']);
        await stage.visit(
          async (visit) => {
            const { shown, verdict, checks } = await login(visit, dialect, person);
            expect([shown, verdict]).toEqual([false, expect.stringContaining('checks passed')]);
            expect(checks).toContain('no cookie here; the callback asks for it');
            expect(visit.problems).toEqual([]);
          },
          { demo },
        );
      },
      PATIENCE_MS,
    );
  }

  inBrowser(
    'is the only one that finishes, although its cookie stayed behind',
    async () => {
      const demo = await stage.crossSite();
      await stage.visit(
        async (visit) => {
          await start(visit, 'Pria', 'SAML', HEDY);
          const address = visit.page.url();
          await stage.visit(
            async (other) => {
              await other.page.goto(address);
              expect(await finish(other)).toContain('browser_mismatch');
              expect(await status(other.page, 'callback')).toBe('400');
            },
            { demo },
          );
        },
        { demo },
      );
    },
    PATIENCE_MS,
  );
});

describe('a login that the provider initiates', () => {
  for (const [dialect, operations] of [
    ['Applivery', ['Current user', 'Renew']],
    ['Pria', ['Renew, with the current user']],
  ] as const) {
    inBrowser(
      `comes with a code alone, which ${dialect} takes`,
      () =>
        stage.visit(async (visit) => {
          const { page, demo, problems } = visit;
          await page.getByRole('link', { name: 'Start at Globex’s provider' }).click();
          await click(page, /Alan Turing/);
          await page.waitForURL(`${demo.url}/demo/callback?**`);
          expect([...new URL(page.url()).searchParams.keys()]).toEqual(['code']);
          expect(await page.getByRole('button', { name: /Indee/ }).count()).toBe(0);
          await click(page, `Finish with ${dialect}`);
          expect(await finish(visit)).toMatch(/\d\d checks passed/);
          expect(await status(page, 'callback')).toBe('200');
          for (const operation of operations) expect(await operate(visit, operation)).toBe('200');
          expect(await fits(page)).toBe(true);
          expect(problems).toEqual([]);
        }),
      PATIENCE_MS,
    );
  }

  inBrowser(
    'is refused where the connection does not allow it',
    () =>
      stage.visit(async ({ page, demo }) => {
        const connections = await readConnections(demo.ports.db);
        const acme = connections.find((each) => each.organization === 'acme' && each.protocol === 'saml');
        await page.goto(demo.saml.initiateUrl(serviceProvider(demo.url, acme?.id ?? '').entityId).href);
        await click(page, ADA);
        await page.getByText('saml_unsolicited').waitFor();
      }),
    PATIENCE_MS,
  );
});
