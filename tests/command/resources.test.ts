/** Resources of the admin API by command: the same rows and audit, and refusals in the words of the command line. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScriptedProvider, startScriptedProvider } from '#dev/scripted-provider.ts';
import { runCommandLine, runWithin } from '#tests/command-line.ts';
import { createWorld, type World } from '#tests/world.ts';

const CALLBACK = ['--redirect-uri', 'https://app.example.com/callback'];
const NOBODY = 'f'.repeat(24);

let world: World;
let provider: ScriptedProvider;
let folder: string;
beforeAll(async () => {
  const clients = ['x', 'y'].map((clientId) => ({ clientId, clientSecret: 'canary' }));
  provider = await startScriptedProvider({ clients });
  world = await createWorld({
    outboundAllow: [new URL(provider.origin).host],
    declaration: () => ({ organizations: [] }),
  });
  await world.ports.keys.canSign();
  folder = await mkdtemp(join(tmpdir(), 'vestibule-command-'));
  const made = await run('organizations create --slug acme --name Acme');
  expect([made.code, made.error, made.out]).toEqual([0, '', expect.stringMatching(/^acme is made: [0-9a-f]{24}$/)]);
});
afterAll(async () => {
  await world?.close();
  await provider?.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (line: string, ...more: string[]) => runWithin(world.ports, [...line.split(' '), ...more]);
async function json<T = Record<string, unknown>>(line: string, ...more: string[]): Promise<T> {
  const { code, out, error } = await run(line, '--json', ...more);
  expect([code, error]).toEqual([0, '']);
  return JSON.parse(out) as T;
}

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('an organization: made, found by slug and id, changed, refused twice, and removed once it is disabled', async () => {
  const { id } = await json('organizations show acme');
  expect(await json(`organizations show ${id}`)).toMatchObject({ slug: 'acme', name: 'Acme' });
  expect((await run('organizations list')).out).toMatch(new RegExp(`${id} +acme +Acme +active`));
  const twice = await run('organizations create --slug acme --name Acme');
  expect([twice.code, twice.out]).toEqual([1, '']);
  expect(twice.error).toContain('--slug: Another organization has this slug');
  await run('organizations create --slug globex --name Globex');
  const early = await run('organizations delete globex --yes');
  expect([early.code, early.error]).toEqual([1, expect.stringContaining('vestibule organizations update')]);
  expect(await json('organizations update globex --status disabled --name Other')).toMatchObject({ name: 'Other' });
  expect((await run('organizations delete globex --yes')).code).toBe(0);
  expect(await run('organizations show globex')).toMatchObject({
    code: 1,
    error: expect.stringContaining('organizations list'),
  });
  const events =
    await world.sql`select action, actor_type, user_agent from audit_events where target_type = 'organization'`;
  for (const event of events)
    expect(event).toMatchObject({ actor_type: 'operator', user_agent: 'vestibule command line' });
  expect(events.map(({ action }) => action)).toContain('organization.deleted');
});

test.each([
  ['admin-keys create --name x --access rad', ['--access: Expected one of read, write']],
  ['organizations create --slug Acme!', ['--slug: ', '--name: Missing: what people call it']],
  ['connections add --organization acme --type odic', ['--type: Expected one of oidc, saml']],
  [
    'connections add --organization acme --type oidc --issuer ftp://x --redirect-uri x',
    ['--issuer: ', '--redirect-uri: '],
  ],
  ['connections add --type oidc', ['--organization: Missing']],
  ['api-keys create --organization acme --name x --dialect soap', ['--dialect: Expected one of applivery']],
  [
    'api-keys create --organization acme --name x --dialect pria --expires tomorrow',
    ['--expires: Expected a time such as'],
  ],
  [
    'api-keys create --organization acme --name x --dialect pria --expires 2027-02-30',
    ['--expires: Expected a time such as'],
  ],
  [
    'api-keys create --organization acme --name x --dialect pria --expires 2020-01-01',
    ['--expires: Give a time to come'],
  ],
  ['api-keys revoke 000', ['ID: Expected an id (24 hex digits)']],
  ['connections show oidc', ['CONNECTION: Expected an id (24 hex digits), or organization and slug as in acme/oidc']],
  ['connections doctor acme/oidc --version x', ['--version: Expected a whole number']],
  ['sessions list', ['--user, --organization and --connection']],
  ['sessions list --organization acme --state gone', ['--state: Expected one of live, expired, ended']],
  ['sessions end-all --yes', ['Give --user']],
  ['logins list --limit 0', ['--limit: Expected a whole number']],
  ['logins list --outcome lost', ['--outcome: Expected one of succeeded, failed']],
  ['logins list --email nobody', ['--email: ']],
])('%s is asked wrongly: 2, and which option wants what', async (line, said) => {
  const { code, out, error } = await run(line);
  expect([code, out]).toEqual([2, '']);
  for (const part of said) expect(error).toContain(part);
  // members and addresses of the admin API mean nothing here
  expect(error).not.toMatch(/(^|\s)\/\w|UnionEnum|\^\[/);
  expect(JSON.parse((await run(line, '--json')).error)).toMatchObject({ code: 'misuse', message: error });
});

test.each([
  [`api-keys revoke ${NOBODY}`, 'api-keys list'],
  ['api-keys revoke acme/none', 'api-keys list'],
  [`admin-keys revoke ${NOBODY}`, 'admin-keys list'],
  ['connections show acme/none', 'connections list'],
  [`connections doctor ${NOBODY}`, 'connections list'],
  ['connections list --organization none', 'organizations list'],
  ['users show acme/nobody@acme.example', 'users list'],
  ['domains verify acme/none.example', 'domains list'],
  [`sessions end ${NOBODY}`, 'sessions list'],
  [`logins show ${NOBODY}`, 'logins list'],
])('%s: there is none: 1, and which command shows what there is', async (line, command) => {
  const { code, error } = await run(line);
  expect([code, error]).toEqual([1, expect.stringContaining(`: vestibule ${command} shows them.`)]);
  expect(JSON.parse((await run(line, '--json')).error)).toMatchObject({ code: 'not_found' });
});

test('a connection: its secret from a file, made as a draft or in use, changed, activated, rolled back, removed', async () => {
  const secret = await fileOf('secret', 'canary-secret\n');
  const made = await run(
    'connections add --organization acme --type oidc --issuer https://login.acme.example --client-id vestibule',
    ...['--client-secret-file', secret, ...CALLBACK],
  );
  expect([made.code, made.error]).toEqual([0, '']);
  expect(made.out).toContain('oidc is made (draft)');
  expect(made.out).toContain('/backchannel-logout');
  expect(made.out).not.toContain('canary');
  const [row] = await world.sql`select id, sealed_client_secret, status from connections`;
  expect(await world.ports.keys.open(row?.['sealed_client_secret'], `connections:${row?.['id']}:client_secret`)).toBe(
    'canary-secret',
  );

  const from = await fileOf(
    'github.json',
    JSON.stringify({
      type: 'github',
      issuer: `${provider.origin}/hub`,
      clientId: 'x',
      clientSecret: 'canary',
      redirectUris: [CALLBACK[1]],
    }),
  );
  const active = await json('connections add --organization acme --slug hub --activate', '--from', from);
  expect(active).toMatchObject({ slug: 'hub', type: 'github', status: 'active', version: 1 });
  expect(JSON.stringify(active)).not.toContain('canary');
  expect((await run('connections show acme/hub')).out).toMatch(/clientId +x\n/);

  expect(await json('connections update acme/hub --client-id y')).toMatchObject({ clientId: 'y', version: 2 });
  const untested = await run('connections activate acme/hub');
  expect([untested.code, untested.error]).toEqual([
    1,
    expect.stringContaining('vestibule connections test, or give --force'),
  ]);
  expect((await run('connections activate acme/hub --force')).out).toBe(
    'hub: version 2 is active, the connection active.',
  );
  expect(await json('connections rollback acme/hub')).toMatchObject({ clientId: 'x', version: 1 });
  expect((await run('connections versions acme/hub')).out).toMatch(/\n1 +active/);

  const wrong = await fileOf('wrong.json', JSON.stringify({ type: 'github', redirectUris: [3] }));
  const refused = await run('connections add --organization acme', '--from', wrong);
  expect([refused.code, refused.error]).toEqual([2, expect.stringContaining('--from at /redirectUris/0: ')]);
  expect((await run('connections list --organization acme')).out).toMatch(/hub +github +active/);
  const early = await run('connections delete acme/hub --yes');
  expect([early.code, early.error]).toEqual([1, expect.stringContaining('connections update … --status disabled')]);
  expect((await run('connections update acme/hub --status disabled')).code).toBe(0);
  expect((await run('connections delete acme/hub --yes')).code).toBe(0);
});

test('a connection before it is in use: what is wrong with it keeps it a draft unless forced, and a link for a test login', async () => {
  const broken = `connections add --organization acme --type oidc --activate ${CALLBACK.join(' ')}`;
  const kept = await run(`${broken} --slug broken`);
  expect([kept.code, kept.out]).toEqual([1, expect.stringContaining('broken is made (draft)')]);
  expect(kept.out).toContain('error issuer_missing at /issuer');
  const forced = await run(`${broken} --slug forced --force`);
  expect([forced.code, forced.out]).toEqual([0, expect.stringContaining('forced is made (active)')]);
  const doctor = await run('connections doctor acme/forced');
  expect([doctor.code, doctor.out]).toEqual([1, expect.stringContaining('Version 1: Logins would fail.')]);
  expect(await run('connections doctor acme/forced --version 9')).toMatchObject({ code: 1 });
  const from = await fileOf(
    'good.json',
    JSON.stringify({
      type: 'github',
      issuer: `${provider.origin}/hub`,
      clientId: 'x',
      clientSecret: 'canary',
      redirectUris: [CALLBACK[1]],
    }),
  );
  await run('connections add --organization acme --slug good', '--from', from);
  const good = await run('connections doctor acme/good');
  expect([good.code, good.out]).toEqual([0, expect.stringContaining('client id and secret: accepted')]);
  const { url } = await json<{ url: string }>('connections test acme/good');
  expect([200, 302, 303]).toContain((await world.fetch(new URL(url).pathname, { redirect: 'manual' })).status);
});

test('an API key: shown once, good at once, listed without it, revoked by its name', async () => {
  const made = await run(
    'api-keys create --organization acme --dialect indee --dialect pria --expires 2099-12-31 --name',
    'front end',
  );
  const [key = ''] = made.out.split('\n');
  const introspect = () =>
    world.fetch('/oauth2/introspect', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'token=x',
    });
  expect((await introspect()).status).toBe(200);
  const { items } = await json<{ items: object[] }>('api-keys list --organization acme');
  expect(items).toMatchObject([{ dialects: ['indee', 'pria'], expiresAt: '2099-12-31T00:00:00.000Z' }]);
  expect(JSON.stringify(items)).not.toContain(key);
  expect((await run('api-keys revoke', 'acme/front end')).code).toBe(0);
  expect((await introspect()).status).toBe(401);
});

test('an admin key: limited to what it is given, listed, revoked', async () => {
  const { key, id, access, organizations } = await json<{
    key: string;
    id: string;
    access: string;
    organizations: string[];
  }>('admin-keys create --name auditor --access read --organization acme');
  expect([access, organizations.length]).toEqual(['read', 1]);
  const call = (method: string) =>
    world.fetch('/admin/v1/organizations', { method, headers: { authorization: `Bearer ${key}` } });
  expect([(await call('GET')).status, (await call('POST')).status]).toEqual([200, 403]);
  expect((await run('admin-keys list')).out).toMatch(/auditor +vsa_[\w-]+ +read/);
  expect((await run(`admin-keys revoke ${id}`)).code).toBe(0);
  expect((await call('GET')).status).toBe(401);
  expect(await json('admin-keys create --name all --access write')).toMatchObject({ organizations: null });
});

test('domains and users: made, found by name, changed', async () => {
  expect((await run('domains add --organization acme --domain acme.example')).out).toContain(
    '_vestibule-challenge.acme.example',
  );
  await run('domains add --organization acme --domain acme.test --verified');
  expect((await run('domains list --organization acme')).out).toMatch(/acme\.test +\S+Z +operator/);
  expect(await json('domains show acme/acme.test')).toMatchObject({ verified: true });
  expect((await run('domains remove acme/acme.test --yes')).code).toBe(0);

  await run('users create --organization acme --email ada@acme.example --role admin');
  expect(await json('users show acme/ada@acme.example')).toMatchObject({ memberships: [{ role: 'admin' }] });
  expect((await run('users deactivate acme/ada@acme.example')).code).toBe(0);
  expect((await run('users list --organization acme --status deactivated')).out).toContain('ada@acme.example');
  expect(await json('users activate acme/ada@acme.example')).toMatchObject({ status: 'active' });
});

test('a list goes on where its limit ended', async () => {
  for (const slug of ['one', 'two', 'three']) await run(`organizations create --slug ${slug} --name ${slug}`);
  const whole = await json<{ items: { id: string }[] }>('organizations list');
  const first = await json<{ items: { id: string }[]; nextCursor: string }>('organizations list --limit 2');
  const rest = await json<{ items: { id: string }[] }>(`organizations list --cursor ${first.nextCursor}`);
  expect([...first.items, ...rest.items]).toEqual(whole.items);
  expect((await run('organizations list --limit 1')).out).toContain('There are more: --cursor ');
});

test('nothing is sealed under another SECRETS_KEY than the database’s', async () => {
  const SECRETS_KEY = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const { DATABASE_URL = '' } = world.ports.config;
  const file = await fileOf('file.json', JSON.stringify({ organizations: [{ slug: 'new', name: 'New' }] }));
  const refused = await runCommandLine(['apply', file], { DATABASE_URL, SECRETS_KEY });
  expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('SECRETS_KEY does not open')]);
  expect(await world.sql`select id from organizations where slug = 'new'`).toHaveLength(0);
}, 120_000);
