/** The pages of a test login in a browser: a second tab signs in, the first one shows by itself what came of it. */
import { afterAll, beforeAll } from 'bun:test';
import type { Browser } from 'playwright-core';
import { ADMIN_API_KEY, callersOf } from '#tests/admin/callers.ts';
import { findBrowser } from '#tests/browser.ts';
import { CLIENT_SECRET, openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';

const { inBrowser, launch } = findBrowser('the pages of a test login');

let stage: Stage;
let browser: Browser | undefined;
let server: ReturnType<typeof Bun.serve>;
let connection: string;
let origin: string;
beforeAll(async () => {
  // the address has to be known before the server that is to name it
  server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => stage.world.app.fetch(request) });
  origin = `http://127.0.0.1:${server.port}`;
  stage = await openStage({ environment: { ADMIN_API_KEY, PUBLIC_URL: origin } });
  const [row] = await stage.world.sql`select id from organizations where slug = 'acme'`;
  const wanted = {
    slug: 'in-a-browser',
    type: 'oidc',
    issuer: stage.issuer('acme'),
    clientId: 'vestibule',
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
  };
  const { operator } = callersOf(stage.world);
  connection = (await read(await operator(`/organizations/${row?.['id']}/connections`, json(wanted)), 201)).id;
  const args = ['--no-sandbox', '--disable-dev-shm-usage'];
  browser = await launch(args);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  await server?.stop(true);
});

const link = async (body: object) =>
  (await read(await callersOf(stage.world).operator(`/connections/${connection}/test`, json(body)), 201)).url;

inBrowser('the second tab shows it at our callback, and the first one follows', async () => {
  const context = await browser?.newContext();
  if (!context) throw new Error('no browser');
  const page = await context.newPage();
  await page.goto(await link({ redirectUri: `${origin}/connections/test/callback` }));
  const [popup] = await Promise.all([context.waitForEvent('page'), page.getByRole('link').click()]);
  await popup.getByRole('heading', { name: 'The test passed' }).waitFor();
  await page.getByRole('heading', { name: 'The test passed' }).waitFor();
  await context.close();
});

inBrowser('the address of a page that could not go on is pasted', async () => {
  const context = await browser?.newContext();
  if (!context) throw new Error('no browser');
  // the client's page, which knows nothing of this login
  await context.route(`${REDIRECT_URI}**`, (route) => route.fulfill({ body: 'This login is not mine.' }));
  const page = await context.newPage();
  await page.goto(await link({}));
  const [popup] = await Promise.all([context.waitForEvent('page'), page.getByRole('link').click()]);
  await popup.getByText('This login is not mine.').waitFor();
  await page.getByLabel('Address').fill(popup.url());
  await page.getByRole('button').click();
  await page.getByRole('heading', { name: 'The test passed' }).waitFor();
  await context.close();
});
