/** The package as it is packed: what is in it, that it runs, and that its types tell a wrong name from a right one. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listener, listen } from '#ports/http/listener.ts';
import { createWorld, type World } from '#tests/world.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const SLOW_MS = 240_000;

let folder: string;
let packed: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-package-'));
  expect(await run(ROOT, [process.execPath, 'pm', 'pack', '--destination', folder, '--quiet'])).toMatchObject({
    code: 0,
  });
  const [archive = ''] = await readdir(folder);
  expect(await run(folder, ['tar', 'xzf', archive])).toMatchObject({ code: 0 });
  packed = (await readdir(join(folder, 'package'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, 'package/').length));
  // as an installation would lie beside its dependencies, and nothing of development besides
  for (const name of ['package.json', 'bun.lock']) await cp(join(ROOT, name), join(folder, name));
  expect(
    await run(folder, [process.execPath, 'install', '--frozen-lockfile', '--production', '--ignore-scripts']),
  ).toMatchObject({ code: 0 });
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
    await cp(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  await cp(join(folder, 'package'), join(folder, 'node_modules/vestibule'), { recursive: true });
  for (const name of ['eden.ts', 'openapi.ts']) await cp(join(ROOT, 'docs/examples', name), join(folder, name));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
}, SLOW_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(cwd: string, command: string[]): Promise<{ code: number; out: string }> {
  const child = Bun.spawn(command, { cwd, stdout: 'pipe', stderr: 'pipe' });
  const [out, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return { code: await child.exited, out: out + error };
}

test('holds the sources, the migrations and the clients, and nothing of development', () => {
  const places = new Set(
    packed.map((path) => (path.startsWith('src/') ? path.split('/', 2).join('/') : path.split('/', 1)[0])),
  );
  expect([...places].sort()).toEqual([
    'LICENSE',
    'README.md',
    'drizzle',
    'package.json',
    'src/app.ts',
    'src/client',
    'src/command',
    'src/config.ts',
    'src/core',
    'src/error.ts',
    'src/main.ts',
    'src/ports',
    'src/routes',
    'src/serve.ts',
  ]);
  expect(packed.filter((path) => path.startsWith('src/client/')).sort()).toEqual([
    'src/client/eden.d.ts',
    'src/client/eden.js',
    'src/client/openapi.d.ts',
  ]);
  expect(packed).toContain('drizzle/meta/_journal.json');
  expect(packed.filter((path) => path.endsWith('_snapshot.json'))).toEqual([]);
});

test('its command runs', async () => {
  const { code, out } = await run(folder, [process.execPath, 'node_modules/vestibule/src/main.ts', '--help']);
  expect([code, out]).toEqual([0, expect.stringContaining('vestibule apply')]);
});

test('its executable is one that a shell can start', async () => {
  const main = join(folder, 'package/src/main.ts');
  expect((await readFile(main, 'utf8')).split('\n', 1)).toEqual(['#!/usr/bin/env bun']);
  expect((await stat(main)).mode & 0o111).toBe(0o111);
});

/** The line says what has to be wrong. */
const WRONG = `import type { paths } from 'vestibule/openapi';
import createClient from 'openapi-fetch';
import { createClient as createEden } from 'vestibule/client';
const eden = createEden('http://127.0.0.1');
const fetching = createClient<paths>({ baseUrl: '' });
await eden.admin.v1.organizations.post({ slugg: 'acme', name: 'Acme' }); // wrong: body
await eden.admin.v1.organizations.post(); // wrong: no body
await eden.admin.v1.organizations({ id: '1' }).patch({ name: 1 }); // wrong: kind
await eden.admin.v1.organisations.get(); // wrong: path
await eden.admin.v1.sessions.get({ query: { userid: '1' } }); // wrong: query
(await eden.admin.v1.logins.get({ query: {} })).data?.items[0]?.reasn; // wrong: answer
await fetching.POST('/admin/v1/organizations', { body: { slugg: 'acme', name: 'Acme' } }); // wrong: body
await fetching.GET('/admin/v1/organisations'); // wrong: path
(await fetching.GET('/admin/v1/logins')).data?.items[0]?.reasn; // wrong: answer
await eden.admin.v1.organizations({ id: '1' }).delete();
await eden.admin.v1.organizations({ id: '1' }).patch({ name: 'Acme' }, { headers: { 'if-match': 'W/"1"' } });
await eden.admin.v1.connections({ id: '1' }).activate.post();
await eden.v1.auth.sso({ organizationSlug: 'acme' })({ type: 'oidc' }).callback.post({ code: '1', state: '2' });
await eden['.well-known']['jwks.json'].get();
`;

/** What the page of the clients asks for, and nothing more. */
const OPTIONS = {
  target: 'ESNext',
  module: 'ESNext',
  moduleResolution: 'bundler',
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

test.each([
  ['typescript', { exactOptionalPropertyTypes: true }],
  ['typescript-5', {}],
  ['typescript-5', { module: 'NodeNext', moduleResolution: 'NodeNext' }],
])(
  'its types compile elsewhere with %s %j, and a name that is wrong does not',
  async (compiler, more) => {
    await writeFile(join(folder, 'wrong.ts'), WRONG);
    const compilerOptions = { ...OPTIONS, ...more };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const { out } = await run(folder, [process.execPath, join(ROOT, 'node_modules', compiler, 'bin/tsc'), '-p', '.']);
    const found = [...out.matchAll(/^(\S+)\((\d+),\d+\): error/gm)].map(([, file, line]) => `${file}:${line}`);
    const wrong = WRONG.split('\n').flatMap((line, index) =>
      line.includes('// wrong') ? [`wrong.ts:${index + 1}`] : [],
    );
    expect([...new Set(found)].sort()).toEqual(wrong.sort());
  },
  SLOW_MS,
);

describe('its examples', () => {
  const key = 'operator-key-of-these-tests-0123456789';
  let world: World;
  let listener: Listener;
  beforeAll(async () => {
    const declaration = () => ({ organizations: [] });
    world = await createWorld({ outboundAllow: [], declaration, environment: { ADMIN_API_KEY: key } });
    listener = listen((request) => world.app.fetch(request), { host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await listener?.close();
    await world?.close();
  });

  test.each(['eden', 'openapi'])(
    '%s runs out of what was packed',
    async (name) => {
      const call = `import { renameOrganization } from './${name}.ts';
        console.log(await renameOrganization('http://127.0.0.1:${listener.port}', '${key}'));`;
      const { out } = await run(folder, [process.execPath, '-e', call]);
      expect(out.trim()).toBe('[ "Acme Industries" ]');
    },
    SLOW_MS,
  );
});
