/** The README and the pages beside it: their links lead somewhere, and the commands in them exist. */
import { describe, expect, test } from 'bun:test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseInvocation } from '#command/table.ts';
import metadata from '../package.json' with { type: 'json' };

const ROOT = new URL('..', import.meta.url).pathname;
const DOCUMENTS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const PAGES = ['README.md', ...DOCUMENTS.map((name) => `docs/${name}`)];

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');

  test('links to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
  });

  test('names scripts and commands that there are', () => {
    const scripts = [...text.matchAll(/bun(?:@1\.4)? run ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    expect(scripts.filter((name) => !Object.hasOwn(metadata.scripts, name))).toEqual([]);
    const commands = [...text.matchAll(/vestibule ((?:keys|secrets|migrate)[^`.;,)|\n]*)/g)].map(
      ([, line = '']) => line,
    );
    const unknown = commands.filter((line) => parseInvocation(line.trim().split(' ')).kind === 'misuse');
    expect(unknown).toEqual([]);
  });
});

test('every page is linked from the README', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  for (const page of PAGES.slice(1)) expect(readme).toContain(`](${page})`);
});
