/** The README's configuration table, made from the schema in `config.ts`: `bun run docs` writes it in place. */
import { readFile, writeFile } from 'node:fs/promises';
import { ConfigSchema } from '#config';

const BEGIN = '<!-- configuration: made by `bun run docs` -->';
const END = '<!-- end of configuration -->';

interface Described {
  readonly description?: string;
  readonly default?: unknown;
}

/** Markdown: one row a variable. */
export function configurationTable(): string {
  const rows = Object.entries(ConfigSchema.properties).map(([name, schema]) => {
    const { description = '', default: fallback } = schema as Described;
    return `| \`${name}\` | ${describeDefault(fallback)} | ${description.replaceAll('|', '\\|')} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The README with its table replaced. @throws Error when the markers are gone */
export function withConfigurationTable(readme: string): string {
  const [before, rest] = readme.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error('the README lacks the markers of the table');
  return `${before}${BEGIN}\n${configurationTable()}\n${END}${after}`;
}

function describeDefault(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${String(value)}\``;
}

if (import.meta.main) {
  const path = 'README.md';
  await writeFile(path, withConfigurationTable(await readFile(path, 'utf8')));
}
