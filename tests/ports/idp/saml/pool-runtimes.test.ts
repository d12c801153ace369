/** The workers start and verify wherever the product runs: Bun, Deno, and the container's executable, which has no sources. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDocuments } from '#dev/bench/saml-documents.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const ENTRY = fileURLToPath(new URL('./pool-runtime-entry.ts', import.meta.url));

let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-pool-'));
  const { honest, policy } = await createDocuments();
  environment = { VERIFY: JSON.stringify({ message: honest[0]?.bytes.toBase64(), policy }) };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(command: string[], cwd = ROOT): Promise<unknown> {
  const child = Bun.spawn(command, { cwd, env: { ...environment, PATH: process.env['PATH'] }, stderr: 'pipe' });
  const [output, problems, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${problems}`);
  return JSON.parse(output);
}

const VERIFIED = {
  email: 'someone@bench.example',
  outcomes: [
    'saml.encoding passed',
    'saml.status passed',
    'saml.structure passed',
    'saml.signature passed',
    'saml.encryption skipped',
  ],
  refusal: 'saml_signature',
};

describe('the pooled verifier', () => {
  test('works under Bun, and an idle pool lets the process end', async () => {
    expect(await run([process.execPath, ENTRY])).toEqual(VERIFIED);
  });

  test('works under Deno', async () => {
    const deno = join(ROOT, 'node_modules', 'deno', 'bin.cjs');
    expect(await run([process.execPath, deno, 'run', '-A', '--quiet', ENTRY, 'close'])).toEqual(VERIFIED);
  });

  test('works in an executable that is built as the container’s', async () => {
    const dockerfile = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
    const [, line] = /^RUN bun (build (?:\\\n|[^\n\\])+)/m.exec(dockerfile) ?? [];
    const words = (line ?? '').replaceAll('\\\n', ' ').split(/\s+/).filter(Boolean);
    const program = join(folder, 'program');
    const args = words
      .map((word) => word.replaceAll("'", ''))
      .map((word) => {
        if (word === 'src/main.ts') return ENTRY;
        return word === 'vestibule' ? program : word;
      });
    expect(args).toContain(ENTRY);
    expect(args).toContain(program);
    const build = Bun.spawn([process.execPath, ...args], { cwd: ROOT, stderr: 'pipe', stdout: 'ignore' });
    const problems = await new Response(build.stderr).text();
    if ((await build.exited) !== 0) throw new Error(problems);
    expect(await run([program], folder)).toEqual(VERIFIED);
  });
});

test('the main thread loads no XML library', async () => {
  const entry = join(ROOT, 'src/ports/idp/saml/pooled-verifier.ts');
  const packagesOf = async (file: string) => {
    const { outputs } = await Bun.build({ entrypoints: [file], target: 'bun', packages: 'external' });
    return (await outputs[0]?.text())?.includes('libxml2-wasm');
  };
  expect(await packagesOf(entry)).toBe(false);
  expect(await packagesOf(join(ROOT, 'src/ports/idp/saml/worker.ts'))).toBe(true);
});
