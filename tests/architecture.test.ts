/** The rules of `architecture.ts`, on every source file; and on files that break them, or the rules would prove nothing. */
import { describe, expect, test } from 'bun:test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { violations, xmlLibraries } from './architecture.ts';
import { readSource, type SourceFile } from './source-file.ts';

const ROOT = join(import.meta.dirname, '..');
/** Made of the OpenAPI document, as long as that is. */
const GENERATED = 'client/openapi.d.ts';

async function sources(folder: string): Promise<SourceFile[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  const paths = names
    .filter((name) => name.endsWith('.ts') && name !== GENERATED)
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
  return Promise.all(paths.sort().map(async (path) => readSource(path, await readFile(join(ROOT, path), 'utf8'))));
}

const tree = [...(await sources('src')), ...(await sources('tests'))];

describe('the tree', () => {
  test('keeps the rules', () => {
    expect(tree.length).toBeGreaterThan(100);
    expect(tree.flatMap(violations)).toEqual([]);
  });

  test('has one XML library at most', () => {
    expect(xmlLibraries(tree).length).toBeLessThanOrEqual(1);
  });

  test.each(['routes', 'core', 'ports'])('%s opens with a README of at most 20 lines', async (ring) => {
    const text = await readFile(join(ROOT, 'src', ring, 'README.md'), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });
});

/** Where, what stands there, and what a rule must say of it; `undefined` for what must pass. */
type Row = readonly [path: string, text: string, fault: RegExp | undefined];

const ROWS: readonly Row[] = [
  // rings
  ['src/core/x.ts', `import { a } from '#routes/http/bearer.ts';`, /core imports routes/],
  ['src/core/x.ts', `import type { A } from '#routes/http/bearer.ts';`, undefined],
  ['src/core/x.ts', `import { type A } from '#routes/http/bearer.ts';`, undefined],
  ['src/core/x.ts', `import { type A, b } from '#routes/http/bearer.ts';`, /core imports routes/],
  ['src/core/x.ts', `import '#routes/http/bearer.ts';`, /core imports routes/],
  ['src/core/x.ts', `export { a } from '#routes/http/bearer.ts';`, /core imports routes/],
  ['src/core/x.ts', `const a = await import('#routes/http/bearer.ts');`, /core imports routes/],
  ['src/core/x.ts', `import { a } from '#config';`, /core imports config/],
  ['src/core/x.ts', `import { a } from '#ports/clock.ts';`, undefined],
  ['src/core/x.ts', `import { a } from 'jose';`, /core imports the package jose/],
  ['src/core/x.ts', `import { a } from 'node:fs';`, /core imports the package node:fs/],
  ['src/ports/x.ts', `import { a } from '#core/session.ts';`, /ports imports core/],
  ['src/ports/x.ts', `import type { A } from '#core/session.ts';`, undefined],
  ['src/routes/x.ts', `import { a } from '#core/session.ts';`, undefined],
  ['src/routes/x.ts', `import { a } from '#dev/sign-in.ts';`, /routes imports dev/],
  ['src/routes/x.ts', `import { a } from '#app';`, /routes imports app/],
  ['src/app.ts', `import { a } from '#dev/sign-in.ts';`, /app imports dev/],
  ['src/main.ts', `import { a } from '#dev/settle.ts';`, /main imports dev/],
  ['src/main.ts', `import { a } from './dev/settle.ts';`, /main imports dev/],
  ['src/main.ts', `const { a } = await import('#dev/settle.ts');`, undefined],
  ['src/serve.ts', `const { a } = await import('#dev/settle.ts');`, /serve imports dev/],
  ['src/dev/x.ts', `import { a } from '#tests/world.ts';`, /dev imports tests/],
  ['src/dev/x.ts', `import { a } from '#routes/http/bearer.ts';`, undefined],
  // dialects
  [
    'src/routes/dialects/indee/x.ts',
    `import { a } from '#routes/dialects/pria/payload.ts';`,
    /indee imports dialect pria/,
  ],
  ['src/routes/dialects/indee/x.ts', `import { a } from '#routes/dialects/known.ts';`, undefined],
  // packages
  ['src/ports/x.ts', `import { Elysia } from 'elysia';`, /elysia is for/],
  ['src/ports/x.ts', `import { jwt } from '@elysiajs/jwt';`, /jwt is for/],
  ['src/ports/keys/token.ts', `import { jwt } from '@elysiajs/jwt';`, undefined],
  ['src/routes/x.ts', `import { jwt } from '@elysiajs/jwt';`, /jwt is for/],
  ['src/routes/x.ts', `import { Elysia, t } from 'elysia';`, undefined],
  ['src/routes/x.ts', `import { sql } from 'drizzle-orm';`, /drizzle-orm is for/],
  ['src/ports/x.ts', `import { drizzle } from 'drizzle-orm/postgres-js';`, /drizzle-orm\/postgres-js is for/],
  ['src/ports/db/x.ts', `import postgres from 'postgres';`, undefined],
  ['src/ports/http/x.ts', `import { Google } from 'arctic';`, /arctic is for/],
  ['src/ports/idp/x.ts', `import { Google } from 'arctic';`, undefined],
  ['src/ports/idp/x.ts', `import { request } from 'node:https';`, /node:https is for/],
  // the world
  ['src/core/x.ts', `await fetch('https://x.test');`, /line 1: fetch is for/],
  ['src/core/x.ts', `\nawait globalThis.fetch('https://x.test');`, /line 2: fetch is for/],
  ['src/core/x.ts', 'const call = fetch;', /fetch is for/],
  ['src/core/x.ts', 'call({ fetch });', /fetch is for/],
  ['src/core/x.ts', `/* fetch() */ const a = 'fetch(x)'; app.fetch(request);`, undefined],
  ['src/ports/idp/x.ts', `await fetch('https://x.test');`, undefined],
  ['src/core/x.ts', 'const now = new Date();', /wall clock is for/],
  ['src/core/x.ts', 'const now = Date.now();', /wall clock is for/],
  ['src/core/x.ts', 'const then = new Date(value);', undefined],
  ['src/ports/clock.ts', 'const now = new Date();', undefined],
  ['src/core/x.ts', 'const a = process.env.A;', /environment is for/],
  ['src/core/x.ts', `const a = process['env'];`, /environment is for/],
  ['src/core/x.ts', 'const { env } = process;', /environment is for/],
  ['src/core/x.ts', 'const a = import.meta.env;', /environment is for/],
  ['src/ports/x.ts', `import { env } from 'node:process';`, /environment is for/],
  ['src/core/x.ts', 'const a = config.env;', undefined],
  ['src/main.ts', 'readConfig(process.env);', undefined],
  // size, names, specifiers
  ['src/core/x.ts', '//\n'.repeat(301), /301 lines/],
  ['tests/x.ts', '//\n'.repeat(301), /301 lines/],
  ['src/core/x.ts', '//\n'.repeat(300), undefined],
  ['src/core/utils/x.ts', '', /says nothing/],
  ['src/core/helpers.ts', '', /says nothing/],
  ['src/core/services/x.ts', '', /says nothing/],
  ['src/core/library/x.ts', '', undefined],
  ['src/core/x.ts', `import type { A } from '../error.ts';`, /leaves its folder/],
  ['tests/dev/x.ts', `import { a } from '../database.ts';`, /leaves its folder/],
  ['src/main.ts', `import a from '../package.json' with { type: 'json' };`, undefined],
  ['src/core/x.ts', `import { a } from './session';`, /lacks its extension/],
  ['src/core/x.ts', `import { a } from '#ports/clock';`, /lacks its extension/],
];

describe('the rules', () => {
  test.each(ROWS.map((row) => [`${row[0]} · ${row[1].trim().split('\n')[0]}`, row] as const))(
    '%s',
    (_name, [path, text, fault]) => {
      const found = violations(readSource(path, text));
      if (fault) expect(found.join('\n')).toMatch(fault);
      else expect(found).toEqual([]);
    },
  );

  test('count XML libraries of the product alone', () => {
    const files = [
      readSource('src/ports/idp/saml/a.ts', `import { XmlDocument } from 'libxml2-wasm';`),
      readSource('src/ports/idp/saml/b.ts', `import { DOMParser } from '@xmldom/xmldom/lib/dom.js';`),
      readSource('src/dev/c.ts', `import { SAML } from 'samlify';`),
    ];
    expect(xmlLibraries(files)).toEqual(['@xmldom/xmldom', 'libxml2-wasm']);
  });
});
