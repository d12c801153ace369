/** The package as it is packed: what is in it, that it runs, and that its types tell a wrong name from a right one. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  // as an installation would lie beside its dependencies
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir(join(ROOT, 'node_modules')))
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  await cp(join(folder, 'package'), join(folder, 'node_modules/vestibule'), { recursive: true });
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

const WRONG = `import type { paths } from 'vestibule/openapi';
import createClient from 'openapi-fetch';
import { createClient as createEden } from 'vestibule/client';
const eden = createEden('http://127.0.0.1');
export const a = await eden.admin.v1.organizations.post({ slugg: 'acme', name: 'Acme' });
export const b = await eden.admin.v1.organisations.get();
export const c = (await eden.admin.v1.logins.get({ query: {} })).data?.items[0]?.reasn;
const fetching = createClient<paths>({ baseUrl: '' });
export const d = await fetching.POST('/admin/v1/organizations', { body: { slugg: 'acme', name: 'Acme' } });
export const e = await fetching.GET('/admin/v1/organisations');
export const f = (await fetching.GET('/admin/v1/logins')).data?.items[0]?.reasn;
`;

test(
  'its types compile elsewhere, and a name that is wrong does not',
  async () => {
    for (const name of ['eden.ts', 'openapi.ts']) await cp(join(ROOT, 'docs/examples', name), join(folder, name));
    await writeFile(join(folder, 'wrong.ts'), WRONG);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    const compilerOptions = {
      target: 'ESNext',
      module: 'ESNext',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      types: [],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const { out } = await run(folder, [process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.']);
    const lines = [...out.matchAll(/^(\S+)\((\d+),\d+\): error/gm)].map(([, file, line]) => `${file}:${line}`);
    expect([...new Set(lines)].sort()).toEqual([
      'wrong.ts:10',
      'wrong.ts:11',
      'wrong.ts:5',
      'wrong.ts:6',
      'wrong.ts:7',
      'wrong.ts:9',
    ]);
  },
  SLOW_MS,
);
