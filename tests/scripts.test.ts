/** The scripts of package.json find the Bun that runs them, on a machine whose PATH has none. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import metadata from '../package.json' with { type: 'json' };

const ROOT = new URL('..', import.meta.url).pathname;

/** With a `node` and nothing else: only where there is none does Bun stand in for it by itself, and for `bun` as well. */
let path: string;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'vestibule-path-'));
  await writeFile(join(path, 'node'), '#!/bin/sh\nexit 1\n');
  await chmod(join(path, 'node'), 0o755);
});
afterAll(() => rm(path, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const child = Bun.spawn([process.execPath, 'run', ...args], {
    cwd: ROOT,
    env: { PATH: path, HOME: path },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return { code: await child.exited, out, error };
}

test.each([
  ['vestibule', ['keys', 'list', '--help'], 'vestibule keys list [options]'],
  ['api-key', [], 'vst_'],
])('%s', async (script, args, beginning) => {
  const { code, out, error } = await run(script, ...args);
  expect({ code, out, error }).toMatchObject({ code: 0, out: expect.stringContaining(beginning) });
});

test('what a command ends with is what its script ends with', async () => {
  expect(await run('vestibule', 'nonsense')).toMatchObject({ code: 2 });
});

test('every script is one of Bun’s own, or a tool of node_modules', () => {
  const tools = ['bun', 'tsc', 'biome', 'knip', 'drizzle-kit', 'REDOCLY_SUPPRESS_UPDATE_NOTICE=true'];
  for (const script of Object.values(metadata.scripts))
    for (const command of script.split(' && ')) expect(tools).toContain(command.split(' ')[0] ?? '');
});
