/** What one installation exports makes another one equal, and then there is nothing left to do. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey } from '#ports/keys/api-key.ts';
import { runWithin } from '#tests/command-line.ts';
import { createWorld, type World } from '#tests/world.ts';

const KEY = createApiKey();
const CALLBACK = 'https://app.example.com/callback';
const ENVIRONMENT = {
  VESTIBULE_ACME__OIDC__CLIENT_SECRET: 'canary-secret',
  VESTIBULE_ACME__FRONT_END__API_KEY: KEY,
};
const UNCHANGED = /^Nothing was changed\. It would be: 0 created, 0 updated, \d+ as they should be\.$/;

let here: World;
let there: World;
let folder: string;
beforeAll(async () => {
  const empty = { outboundAllow: [], declaration: () => ({ organizations: [] }) };
  here = await createWorld({
    ...empty,
    declaration: () => ({
      organizations: [
        {
          slug: 'acme',
          name: 'Acme',
          domains: [{ domain: 'zeta.example', verified: true }, { domain: 'acme.example' }],
          connections: [
            { type: 'saml', status: 'draft', redirectUris: [CALLBACK] },
            {
              type: 'oidc',
              issuer: 'https://login.acme.example',
              clientId: 'x',
              clientSecret: 'canary-secret',
              redirectUris: [CALLBACK],
            },
            { type: 'okta', status: 'draft', redirectUris: [CALLBACK] },
          ],
          apiKeys: [{ name: 'front end', key: KEY, dialects: ['pria'] }],
          users: [
            { email: 'bob@acme.example', role: 'user', status: 'deactivated' },
            { email: 'ada@acme.example', firstName: 'Ada', role: 'admin', attributes: { pria: { credits: 3 } } },
          ],
        },
        { slug: 'globex', name: 'Globex' },
      ],
    }),
  });
  there = await createWorld(empty);
  folder = await mkdtemp(join(tmpdir(), 'vestibule-round-trip-'));
});
afterAll(async () => {
  await Promise.all([here?.close(), there.close()]);
  await rm(folder, { recursive: true, force: true });
});

function run(world: World, args: string[], environment = {}) {
  return runWithin(world.ports, args, environment);
}
async function exported(world: World, ...options: string[]): Promise<string> {
  const { code, out } = await run(world, ['export', 'configuration', ...options]);
  expect(code).toBe(0);
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, out);
  return path;
}
const textOf = (path: string) => Bun.file(path).text();

test('where it came from it changes nothing: without secrets, and with them in the environment', async () => {
  const plain = await exported(here);
  expect(await textOf(plain)).not.toMatch(/canary|vst_|"env"/);
  expect(await run(here, ['apply', plain, '--dry-run'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(UNCHANGED),
  });
  const withSecrets = await exported(here, '--secrets-from-env');
  expect(await run(here, ['apply', withSecrets, '--dry-run'], ENVIRONMENT)).toMatchObject({
    code: 0,
    out: expect.stringMatching(UNCHANGED),
  });
});

test('an empty installation becomes equal, and stays so', async () => {
  const file = await exported(here, '--secrets-from-env');
  expect(await textOf(file)).not.toMatch(/canary|vst_/);
  const bare = await run(there, ['apply', file]);
  expect([bare.code, bare.error]).toEqual([
    1,
    expect.stringContaining(
      '  /organizations/0/connections/1/clientSecret: VESTIBULE_ACME__OIDC__CLIENT_SECRET is not set in the environment',
    ),
  ]);
  expect(bare.error).toContain('/organizations/0/apiKeys/0/key: VESTIBULE_ACME__FRONT_END__API_KEY');
  const plain = await run(there, ['apply', await exported(here), '--json']);
  expect([plain.code, JSON.parse(plain.error)]).toMatchObject([
    1,
    { code: 'declaration_invalid', errors: [{ at: '/organizations/0/connections/1/clientSecret' }] },
  ]);
  expect(await there.sql`select id from organizations`).toHaveLength(0);

  expect(await run(there, ['apply', file], ENVIRONMENT)).toMatchObject({ code: 0, error: '' });
  expect(await run(there, ['apply', file, '--dry-run'], ENVIRONMENT)).toMatchObject({
    code: 0,
    out: expect.stringMatching(UNCHANGED),
  });
  for (const options of [[], ['--secrets-from-env']])
    expect(await textOf(await exported(there, ...options))).toBe(await textOf(await exported(here, ...options)));
  const [row] = await there.sql`select id, sealed_client_secret from connections where slug = 'oidc'`;
  expect(await there.ports.keys.open(row?.['sealed_client_secret'], `connections:${row?.['id']}:client_secret`)).toBe(
    'canary-secret',
  );
});

test('two applies at once are one after the other', async () => {
  const file = await exported(here, '--secrets-from-env');
  await there.sql`delete from organizations`;
  const both = await Promise.all([1, 2].map(() => run(there, ['apply', file], ENVIRONMENT)));
  expect(both.map(({ code, error }) => [code, error])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(both.map(({ out }) => /\d+ created/.exec(out)?.[0]).sort()).toEqual([
    '0 created',
    expect.not.stringMatching(/^0 /),
  ]);
  expect(await textOf(await exported(there))).toBe(await textOf(await exported(here)));
});

test('who came by a login alone, who is deactivated everywhere, and revoked keys are not in it', async () => {
  expect((await run(here, ['users', 'deactivate', 'acme/ada@acme.example'])).code).toBe(0);
  expect((await run(here, ['api-keys', 'revoke', 'acme/front end'])).code).toBe(0);
  await here.sql`update memberships set declared_email = null where email = 'bob@acme.example'`;
  const text = await textOf(await exported(here));
  expect(text).not.toMatch(/ada@|bob@|front end/);
  expect(text).toContain('acme.example');
});
