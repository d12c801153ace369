/** Starts that fail by a setting: the trace shows what was wanted and what was found, so that whoever mends it need not guess. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Clinic, type DeclaredConnection, openClinic, type Wire } from '#tests/doctor/clinic.ts';
import { REDIRECT_URI } from '#tests/world.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
}, 60_000);
afterAll(() => clinic?.close());

/** Starts over a connection with these members, and leaves it honest again. */
async function failedCheck(changed: Partial<DeclaredConnection>, startQuery = ''): Promise<Wire> {
  await clinic.connect('oidc', changed);
  const { checks } = await clinic.login('oidc', { startQuery });
  await clinic.connect('oidc', { status: 'active' });
  expect(await clinic.login('oidc')).toMatchObject({ outcome: 'succeeded' });
  return checks.at(-1);
}
const asking = (uri: string) => `?redirect_uri=${encodeURIComponent(uri)}`;

test('another issuer: the one of the connection, and the one of the document', async () => {
  const issuer = `${clinic.issuer}/`;
  expect(await failedCheck({ issuer })).toEqual({
    name: 'start.request',
    outcome: 'failed',
    expected: issuer,
    actual: clinic.issuer,
  });
});

test.each([
  ['http://localhost:8080/another', 'http://localhost:8080/another'],
  // compared as text, so shown as text
  ['HTTP://LOCALHOST:8080/callback', 'HTTP://LOCALHOST:8080/callback'],
  ['http://localhost:8080/callback?token=hunter2#hunter3', 'http://localhost:8080/callback?…#…'],
  ['com.acme.app:/callback', 'com.acme.app:/callback'],
  ['https://ada:hunter2@app.acme.test/', 'string of 34 characters'],
  [`https://app.acme.test/${'a'.repeat(400)}`, `https://app.acme.test/${'a'.repeat(178)}…`],
])('a redirect URI that is not registered: %s', async (uri, actual) => {
  const check = await failedCheck({}, asking(uri));
  expect(check).toEqual({ name: 'start.request', outcome: 'failed', expected: `one of: ${REDIRECT_URI}`, actual });
  expect(JSON.stringify(check)).not.toContain('hunter');
});

test.each(['draft', 'disabled'] as const)('a connection that is %s', async (status) => {
  expect(await failedCheck({ status })).toEqual({
    name: 'start.connection',
    outcome: 'failed',
    expected: 'active',
    actual: status,
  });
});
