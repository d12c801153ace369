/** The declarative file by command: what would change, what changed, and nothing the second time; and the way back. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '#tests/command-line.ts';
import { createWorld, type World } from '#tests/world.ts';

const SECRET = 'client-secret-canary';
const FILE = {
  organizations: [
    {
      slug: 'acme',
      name: 'Acme Industries',
      refreshLifetime: { minSeconds: 600, maxSeconds: 86_400 },
      sessionLifetimes: { pria: { absoluteSeconds: 43_200 } },
      domains: [{ domain: 'acme.example', verified: true }, { domain: 'acme.test' }],
      connections: [
        {
          slug: 'oidc',
          type: 'oidc',
          issuer: 'https://login.acme.example',
          clientId: 'vestibule',
          clientSecret: SECRET,
          redirectUris: ['https://app.example.com/callback'],
          scopes: ['openid', 'email'],
          mapping: { groups: ['roles'] },
          groupRoles: [{ group: 'admins', role: 'admin' }],
          jit: false,
        },
        {
          type: 'saml',
          status: 'disabled',
          redirectUris: ['https://app.example.com/callback'],
          saml: {
            metadataUrl: 'https://idp.acme.example/metadata',
            entityId: 'https://idp.acme.example',
            clockSkewSeconds: 60,
          },
        },
      ],
      users: [{ email: 'ada@acme.example', firstName: 'Ada', role: 'admin' }],
    },
    { slug: 'globex', name: 'Globex' },
  ],
};

let world: World;
let environment: Record<string, string>;
let folder: string;
beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  await world.ports.keys.canSign();
  const { DATABASE_URL = '', SECRETS_KEY = '' } = world.ports.config;
  environment = { DATABASE_URL, SECRETS_KEY };
  folder = await mkdtemp(join(tmpdir(), 'vestibule-apply-'));
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runCommandLine(args, environment);
async function fileOf(value: unknown): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}
const dump = async () =>
  JSON.stringify(
    await Promise.all(
      ['organizations', 'domains', 'connections', 'connection_versions', 'users', 'memberships', 'audit_events'].map(
        (table) => world.sql.unsafe(`select * from ${table} order by id`),
      ),
    ),
  );

test('a trial shows what would change and changes nothing; applied, it holds; a second time there is nothing to do', async () => {
  const path = await fileOf(FILE);
  const before = await dump();
  const trial = await run('apply', path, '--dry-run');
  expect([trial.code, trial.error]).toEqual([3, '']);
  expect(trial.out).toContain('+ organization acme\n');
  expect(trial.out).toContain('+ connection acme/oidc\n');
  expect(trial.out).toContain('    clientSecret: (secret)\n');
  expect(trial.out).toContain('Nothing was changed. It would be: 7 created, 0 updated, 0 as they should be.');
  expect(trial.out).not.toContain(SECRET);
  expect(await dump()).toBe(before);

  const applied = await run('apply', path);
  expect([applied.code, applied.error]).toEqual([0, '']);
  expect(applied.out).toContain('7 created, 0 updated, 0 as they should be.');
  const after = await dump();
  const again = await run('apply', path, '--dry-run');
  expect([again.code, again.out]).toEqual([
    0,
    'Nothing was changed. It would be: 0 created, 0 updated, 7 as they should be.\n',
  ]);
  expect(await run('apply', path, '--json')).toMatchObject({ code: 0 });
  expect(await dump()).toBe(after);
}, 240_000);

test('a change shows what it was and what it is, and never a secret', async () => {
  const changed = structuredClone(FILE);
  const [acme] = changed.organizations;
  if (!acme?.connections?.[0]) throw new Error('no connection');
  acme.name = 'Acme';
  acme.connections[0].clientSecret = 'another-canary';
  const { code, out } = await run('apply', await fileOf(changed), '--dry-run');
  expect(code).toBe(3);
  expect(out).toContain('~ organization acme\n    name: "Acme Industries" → "Acme"\n');
  expect(out).toContain('~ connection acme/oidc\n    clientSecret: (secret) → (secret)\n');
  expect(out).toContain('0 created, 2 updated, 5 as they should be');
  expect(out).not.toContain('canary');
  const json = await run('apply', await fileOf(changed), '--dry-run', '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    dryRun: true,
    summary: { created: 0, updated: 2, unchanged: 5 },
    changes: [
      { change: 'updated', type: 'organization', name: 'acme', before: { name: 'Acme Industries' } },
      { type: 'connection' },
    ],
  });
  expect(json.out).not.toContain('canary');
});

test('what was exported changes nothing where it came from, and holds no secret', async () => {
  const exported = await run('export', 'configuration');
  expect([exported.code, exported.error]).toEqual([0, '']);
  expect(exported.out).not.toContain('canary');
  const { organizations } = JSON.parse(exported.out) as { organizations: { slug: string; connections?: object[] }[] };
  expect(organizations.map(({ slug }) => slug)).toEqual(['acme', 'globex']);
  expect(organizations[0]?.connections?.[0]).toMatchObject({
    slug: 'oidc',
    jit: false,
    mapping: { groups: ['roles'] },
  });
  const again = await run('apply', await fileOf(exported.out), '--dry-run');
  expect([again.error + again.out, again.code]).toEqual([
    'Nothing was changed. It would be: 0 created, 0 updated, 7 as they should be.\n',
    0,
  ]);
  const one = await run('export', 'configuration', '--organization', 'globex');
  expect(JSON.parse(one.out).organizations).toHaveLength(1);
});

test('elsewhere what was exported says which secret it wants', async () => {
  const exported = JSON.parse((await run('export', 'configuration')).out) as typeof FILE;
  for (const organization of exported.organizations) organization.slug = `${organization.slug}-2`;
  const { code, error } = await run('apply', await fileOf(exported));
  expect([code, error]).toEqual([
    1,
    expect.stringContaining(
      '\n  /organizations/0/connections/0/clientSecret: is needed for this client authentication\n',
    ),
  ]);
});

test('standard input is a file too, and a file that is not usable says where and changes nothing', async () => {
  const child = Bun.spawn([process.execPath, 'src/main.ts', 'apply', '-'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdin: new Blob([JSON.stringify({ organizations: [{ slug: 'initech', name: 'Initech' }] })]),
    stdout: 'pipe',
  });
  expect(await new Response(child.stdout).text()).toContain('+ organization initech');
  expect(await child.exited).toBe(0);
  const before = await dump();
  for (const [value, said] of [
    ['{', 'not JSON'],
    [{ organizations: [{ slug: 'x', name: 'X', nmae: 1 }] }, '/organizations/0/nmae'],
    [
      {
        organizations: [
          { slug: 'new', name: 'New' },
          { slug: 'new', name: 'New' },
        ],
      },
      '/organizations/1/slug',
    ],
  ] as const) {
    const refused = await run('apply', await fileOf(value));
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.error).toContain(said);
    expect(refused.error).not.toContain(' at ');
  }
  expect(await run('apply', join(folder, 'none.json'))).toMatchObject({
    code: 2,
    error: expect.stringContaining('ENOENT'),
  });
  expect(await run('apply')).toMatchObject({ code: 2, error: expect.stringContaining('FILE is missing.') });
  expect(await dump()).toBe(before);
}, 240_000);
