/** The demo's page in a real browser: a person clicks through each dialect. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { html } from '#routes/http/html.ts';
import { demoPage } from '#dev/demo/page.ts';
import { type RunningDemo, startDemo } from '#dev/demo/services.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!executablePath) {
  console.warn(
    'SKIPPED: the demo page was not tested, because no Chromium is installed (Debian: apt-get install chromium).',
  );
}
/** A browser is no part of the project; where there is none, the warning above says that nothing was tested. */
const inBrowser = test.skipIf(!executablePath);

const PATIENCE_MS = 60_000;
const PHONE = { width: 390, height: 844 };

const directory = await mkdtemp(join(tmpdir(), 'vestibule-demo-'));
// the server may run as another user, who has to get through
await chmod(directory, 0o755);

let demo: RunningDemo;
let browser: Browser | undefined;

beforeAll(async () => {
  demo = await startDemo({ directory, port: 0, logLevel: 'silent', mount: demoPage });
  if (!executablePath) return;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  browser = await chromium.launch({ executablePath, args });
}, PATIENCE_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  await rm(directory, { recursive: true, force: true });
}, PATIENCE_MS);

interface Visit {
  readonly page: Page;
  /** Whatever the page was kept from doing, threw, or asked of somebody else. */
  readonly problems: readonly string[];
}

async function visit(act: (visit: Visit, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser?.newContext({ viewport: PHONE });
  if (!context) throw new Error('no browser');
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => /Content Security Policy/i.test(message.text()) && problems.push(message.text()));
  page.on('request', (request) => {
    if (![demo.url, demo.issuer].includes(new URL(request.url()).origin)) problems.push(request.url());
  });
  try {
    await page.goto(demo.url);
    await act({ page, problems }, context);
  } finally {
    await context.close();
  }
}

const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const status = (page: Page, step: 'callback' | 'session') => page.locator(`#${step} .exchange summary b`).first();
const trace = (page: Page) => page.locator('#trace .verdict');

async function start(page: Page, dialect: string): Promise<void> {
  const role = dialect === 'Indee' ? 'button' : 'link';
  await page.getByRole(role, { name: `Sign in with ${dialect}` }).click();
  await click(page, /Ada Lovelace/);
  await page.waitForURL(`${demo.url}/demo/callback?**`);
}

async function operate(page: Page, operation: string, expected: string): Promise<void> {
  const before = await page.locator('#session .exchange').count();
  await click(page, operation);
  await page.locator('#session .exchange').nth(before).waitFor();
  expect(await status(page, 'session').textContent()).toBe(expected);
}

describe('the demo page', () => {
  for (const [dialect, operations] of [
    ['Applivery', ['Current user', 'Renew', 'Log out']],
    ['Indee', ['Renew', 'Log out']],
    ['Pria', ['Renew, with the current user', 'Log out']],
  ] as const) {
    inBrowser(
      `leads through ${dialect}`,
      () =>
        visit(async ({ page, problems }) => {
          await start(page, dialect);
          const { searchParams } = new URL(page.url());
          const shown = await page.locator('.parameters').textContent();
          for (const name of ['code', 'state']) expect(shown).toContain(searchParams.get(name) ?? 'none');

          await click(page, 'Send the callback');
          await trace(page).waitFor();
          expect(await status(page, 'callback').textContent()).toBe('200');
          expect(await trace(page).textContent()).toMatch(/\d\d checks passed/);
          for (const operation of operations) await operate(page, operation, '200');
          await operate(page, operations[0], '401');
          expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
          expect(problems).toEqual([]);
        }),
      PATIENCE_MS,
    );
  }

  inBrowser(
    'shows that a login is finished once, and that a repeat gets the same answer',
    () =>
      visit(async ({ page }) => {
        await start(page, 'Applivery');
        await click(page, 'Send the callback');
        await page.getByText('checks passed').waitFor();
        await click(page, 'Send it again');
        await page.getByText('the same answer').waitFor();
        expect(await status(page, 'callback').textContent()).toBe('200');
        await click(page, 'Send the state with another code');
        await page.getByText('state_consumed').waitFor();
        expect(await status(page, 'callback').textContent()).toBe('400');
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'shows that another browser can’t finish a login',
    () =>
      visit(async ({ page }) => {
        await start(page, 'Pria');
        const address = page.url();
        await visit(async (other) => {
          await other.page.goto(address);
          await click(other.page, 'Send the callback');
          await trace(other.page).waitFor();
          expect(await trace(other.page).textContent()).toContain('browser_mismatch');
          expect(await status(other.page, 'callback').textContent()).toBe('400');
        });
      }),
    PATIENCE_MS,
  );

  inBrowser(
    'shows a login that was cancelled, and the logins that there were',
    () =>
      visit(async ({ page }) => {
        await page.getByRole('link', { name: 'Sign in with Pria' }).click();
        await click(page, 'Cancel');
        await page.getByText('access_denied').first().waitFor();
        await click(page, 'Send the callback');
        await page.getByText('idp_error').waitFor();
        await page.goto(demo.url);
        await page.locator('details.login').first().click();
        expect(await page.locator('details.login').first().textContent()).toContain('response.success');
      }),
    PATIENCE_MS,
  );
});

describe('its server part', () => {
  test('keeps the API key from pages of other origins, and out of its own', async () => {
    const initiate = (site: string) =>
      fetch(`${demo.url}/demo/indee/initiate`, {
        method: 'POST',
        headers: { 'sec-fetch-site': site },
        body: JSON.stringify({ username: 'ada@acme.test' }),
      });
    expect((await initiate('same-origin')).status).toBe(200);
    expect((await initiate('cross-site')).status).toBe(403);
    for (const path of ['/', '/demo/callback', '/demo/page.js']) {
      expect(await (await fetch(demo.url + path)).text()).not.toContain(demo.apiKey);
    }
  });

  test('escapes what it shows', () => {
    const name = '<img src=x onerror="alert(1)">';
    expect(html`<b>${name}</b>${[html`<i>${name}</i>`]}`.text).not.toContain('<img');
    expect(html`<b>${'Ada'}</b>${undefined}${[html`<i>${1}</i>`]}`.text).toBe('<b>Ada</b><i>1</i>');
  });
});
