/** The demo with a real browser in front of it, for the tests of its page. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { demoPage } from '#dev/demo/page.ts';
import { type DemoOptions, type RunningDemo, startDemo } from '#dev/demo/services.ts';
import { findBrowser } from '#tests/browser.ts';

const found = findBrowser('the pages of the demo');
export const inBrowser = found.inBrowser;

/** Making the Postgres cluster takes seconds on a slow machine. */
export const PATIENCE_MS = 60_000;
const PHONE = { width: 390, height: 844 };

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly demo: RunningDemo;
  /** Whatever the page was kept from doing, threw, or asked of somebody else. */
  readonly problems: readonly string[];
}

export interface DemoStage {
  readonly demo: RunningDemo;
  /** The same with its server at `localhost`, which is another site than the providers’ 127.0.0.1. Started when asked for. */
  crossSite(): Promise<RunningDemo>;
  /** A browser of its own, at the first page. */
  visit(act: (visit: Visit) => Promise<void>, options?: VisitOptions): Promise<void>;
  close(): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  /** Default: the one at 127.0.0.1. */
  readonly demo?: RunningDemo;
}

export async function openDemoStage(): Promise<DemoStage> {
  const directory = await mkdtemp(join(tmpdir(), 'vestibule-demo-'));
  // the server may run as another user, who has to get through
  await chmod(directory, 0o755);
  const start = (host?: DemoOptions['host']) =>
    startDemo({ directory, port: 0, logLevel: 'silent', mount: demoPage, host });
  const demo = await start();
  let other: Promise<RunningDemo> | undefined;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await found.launch(args);
  return {
    demo,
    crossSite() {
      other ??= start('localhost');
      return other;
    },
    visit: (act, options = {}) => visit(browser, act, options.demo ?? demo, options),
    async close() {
      await browser?.close();
      await (await other)?.stop();
      await demo.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function visit(
  browser: Browser | undefined,
  act: (visit: Visit) => Promise<void>,
  demo: RunningDemo,
  { demo: _, ...options }: VisitOptions,
): Promise<void> {
  const context = await browser?.newContext({ viewport: PHONE, ...options });
  if (!context) throw new Error('no browser');
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => /Content Security Policy/i.test(message.text()) && problems.push(message.text()));
  page.on('request', (request) => {
    const ours = [demo.url, demo.issuer, demo.saml.origin];
    if (!ours.includes(new URL(request.url()).origin)) problems.push(request.url());
  });
  try {
    await page.goto(demo.url);
    await act({ page, context, demo, problems });
  } finally {
    await context.close();
  }
}

export const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
export const status = (page: Page, step: 'callback' | 'session') =>
  page.locator(`#${step} .exchange summary b`).first().textContent();
export const trace = (page: Page) => page.locator('#trace .verdict');

/** From the first page to the callback page. @param person whose name the provider's page shows */
export async function start({ page, demo }: Visit, dialect: string, protocol: string, person: RegExp): Promise<void> {
  const role = dialect === 'Indee' ? 'button' : 'link';
  await page.getByRole(role, { name: `Sign in with ${dialect} over ${protocol}` }).click();
  await click(page, person);
  await page.waitForURL(`${demo.url}/demo/callback?**`);
}

/** Sends the callback. @returns the verdict of its trace */
export async function finish({ page }: Visit): Promise<string> {
  await click(page, 'Send the callback');
  await trace(page).waitFor();
  return (await trace(page).textContent()) ?? '';
}

/** Uses the session. @returns the status of the answer */
export async function operate({ page }: Visit, operation: string): Promise<string | null> {
  const before = await page.locator('#session .exchange').count();
  await click(page, operation);
  await page.locator('#session .exchange').nth(before).waitFor();
  return status(page, 'session');
}

/** Nothing sticks out of a phone. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
}
