/** Organizations, connections and keys by command: the same rows and audit as over the admin API. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '#tests/command-line.ts';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
let environment: Record<string, string>;
let folder: string;
beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  await world.ports.keys.canSign();
  const { DATABASE_URL = '', SECRETS_KEY = '' } = world.ports.config;
  environment = { DATABASE_URL, SECRETS_KEY };
  folder = await mkdtemp(join(tmpdir(), 'vestibule-command-'));
  const made = await run('organizations', 'create', '--slug', 'acme', '--name', 'Acme Industries');
  expect([made.code, made.error, made.out]).toEqual([0, '', expect.stringMatching(/^acme is made: [0-9a-f]{24}\n$/)]);
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runCommandLine(args, environment);
const actions = async () =>
  (await world.sql`select action, actor_type, user_agent from audit_events order by created_at, id`).map((row) => ({
    ...row,
  }));

test('an organization: made, listed, refused twice', async () => {
  const [row] = await world.sql`select id, slug, name from organizations`;
  const listed = await run('organizations', 'list', '--json');
  expect(JSON.parse(listed.out)).toMatchObject({ items: [{ id: row?.['id'], slug: 'acme', name: 'Acme Industries' }] });
  expect((await run('organizations', 'list')).out).toContain('Acme Industries');
  const twice = await run('organizations', 'create', '--slug', 'acme', '--name', 'Acme');
  expect([twice.code, twice.out]).toEqual([1, '']);
  expect(twice.error).toContain('/slug: Another organization has this slug: choose another');
  const wrong = await run('organizations', 'create', '--slug', 'A B', '--json');
  expect([wrong.code, JSON.parse(wrong.error)]).toMatchObject([
    2,
    { code: 'misuse', message: expect.stringContaining('--name: is needed') },
  ]);
  expect(await actions()).toEqual([
    { action: 'organization.created', actor_type: 'operator', user_agent: 'vestibule command line' },
  ]);
});

test('a connection: made as a draft or in use, with its secret from a file and what its provider wants to know', async () => {
  const secret = join(folder, 'secret');
  await writeFile(secret, 'canary-secret\n');
  const made = await run(
    ...['connections', 'add', '--organization', 'acme', '--type', 'oidc', '--issuer', 'https://login.acme.example'],
    ...[
      '--client-id',
      'vestibule',
      '--client-secret-file',
      secret,
      '--redirect-uri',
      'https://app.example.com/callback',
    ],
  );
  expect([made.code, made.error]).toEqual([0, '']);
  expect(made.out).toContain('oidc is made (draft)');
  expect(made.out).toContain('/backchannel-logout');
  expect(made.out).not.toContain('canary');
  const [row] = await world.sql`select id, sealed_client_secret, status from connections`;
  expect(await world.ports.keys.open(row?.['sealed_client_secret'], `connections:${row?.['id']}:client_secret`)).toBe(
    'canary-secret',
  );

  const from = join(folder, 'github.json');
  await writeFile(
    from,
    JSON.stringify({
      type: 'github',
      clientId: 'x',
      clientSecret: 'canary-2',
      redirectUris: ['https://app.example.com/callback'],
    }),
  );
  const active = await run(
    'connections',
    'add',
    '--organization',
    'acme',
    '--from',
    from,
    '--slug',
    'hub',
    '--activate',
    '--json',
  );
  expect([active.code, JSON.parse(active.out)]).toMatchObject([0, { slug: 'hub', type: 'github', status: 'active' }]);
  expect(active.out).not.toContain('canary');

  const broken = ['connections', 'add', '--organization', 'acme', '--type', 'oidc', '--slug', 'broken', '--activate'];
  broken.push('--redirect-uri', 'https://app.example.com/callback');
  const kept = await run(...broken, '--json');
  expect([kept.code, JSON.parse(kept.out)]).toMatchObject([1, { status: 'draft', problems: expect.any(Array) }]);
  expect(JSON.parse(kept.out).problems.map(({ code }: { code: string }) => code)).toContain('issuer_missing');
  broken[broken.indexOf('broken')] = 'forced';
  const forced = await run(...broken, '--force');
  expect([forced.code, forced.out]).toEqual([0, expect.stringContaining('forced is made (active)')]);
  expect(forced.out).toContain('error issuer_missing at /issuer');

  const listed = await run('connections', 'list', '--organization', 'acme');
  expect(listed.out).toMatch(/hub +github +active/);
  expect(listed.out).toMatch(/oidc +oidc +draft/);
  const wrong = await run(
    'connections',
    'add',
    '--organization',
    'acme',
    '--type',
    'odic',
    '--redirect-uri',
    'https://app.example.com/callback',
  );
  expect([wrong.code, wrong.error]).toEqual([2, expect.stringContaining('--type: ')]);
  const nowhere = await run('connections', 'list', '--organization', 'none');
  expect([nowhere.code, nowhere.error]).toEqual([2, expect.stringContaining('vestibule organizations list')]);
}, 60_000);

test('a connection before it is in use: what is wrong with it, and a link for a test login', async () => {
  const doctor = await run('connections', 'doctor', 'acme/oidc');
  expect([doctor.code, doctor.error]).toEqual([1, '']);
  // nothing answers at its issuer
  expect(doctor.out).toMatch(/^error \w+ at \/issuer\n/);
  expect(doctor.out).toContain('Version 1: Logins would fail.');
  const good = await run('connections', 'doctor', 'acme/hub', '--json');
  expect([good.code, JSON.parse(good.out)]).toMatchObject([0, { usable: true }]);
  const link = await run('connections', 'test', 'acme/hub', '--json');
  expect(link.code).toBe(0);
  const { url, version } = JSON.parse(link.out) as { url: string; version: number };
  expect([version, url]).toEqual([expect.any(Number), expect.stringMatching(/\/connections\/test\/[\w-]{43}$/)]);
  const opened = await world.fetch(new URL(url).pathname, { redirect: 'manual' });
  expect([200, 302, 303]).toContain(opened.status);
  for (const [args, code] of [
    [['acme/none'], 2],
    [['f'.repeat(24)], 1],
    [['acme/hub', '--version', 'x'], 2],
    [['acme/hub', '--version', '9'], 1],
  ] as const)
    expect(await run('connections', 'doctor', ...args)).toMatchObject({ code, out: '' });
}, 60_000);

test('an API key: shown once, good at once, listed without it, revoked', async () => {
  const made = await run(
    'api-keys',
    'create',
    '--organization',
    'acme',
    '--name',
    'front end',
    '--dialect',
    'indee',
    '--dialect',
    'pria',
  );
  expect(made.code).toBe(0);
  const [key = ''] = made.out.split('\n');
  const introspect = () =>
    world.fetch('/oauth2/introspect', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'token=x',
    });
  expect((await introspect()).status).toBe(200);
  const listed = await run('api-keys', 'list', '--organization', 'acme', '--json');
  expect(listed.out).not.toContain(key);
  const { items } = JSON.parse(listed.out) as { items: { id: string; dialects: string[] }[] };
  expect(items[0]?.dialects).toEqual(['indee', 'pria']);
  expect((await run('api-keys', 'revoke', items[0]?.id ?? '')).code).toBe(0);
  expect((await introspect()).status).toBe(401);
  expect(await run('api-keys', 'revoke', 'f'.repeat(24))).toMatchObject({
    code: 1,
    error: expect.stringContaining('nothing'),
  });
}, 60_000);

test('an admin key: limited to what it is given', async () => {
  const made = await run(
    'admin-keys',
    'create',
    '--name',
    'auditor',
    '--access',
    'read',
    '--organization',
    'acme',
    '--json',
  );
  const { key, access, organizations } = JSON.parse(made.out) as {
    key: string;
    access: string;
    organizations: string[];
  };
  expect([made.code, access, organizations.length]).toEqual([0, 'read', 1]);
  const call = (method: string) =>
    world.fetch('/admin/v1/organizations', { method, headers: { authorization: `Bearer ${key}` } });
  expect((await call('GET')).status).toBe(200);
  expect((await call('POST')).status).toBe(403);
  expect(await run('admin-keys', 'create', '--name', 'x', '--access', 'all')).toMatchObject({
    code: 2,
    error: expect.stringContaining('--access'),
  });
});
