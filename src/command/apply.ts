/** `vestibule apply FILE`: makes the database hold what a declarative file says. */
import { type DeclarationChange, type Declared, declare } from '#core/declaration.ts';
import { ContradictionError } from '#core/declaration-place.ts';
import { DeclarationError, parseDeclaration } from '#routes/admin/declaration.ts';
import { RefusedError } from './administration.ts';
import type { Command } from './command.ts';
import type { Fault } from './fault.ts';
import { readInput } from './input.ts';

/** Of a trial: 1 is a failure and 2 a wrong command. */
const WOULD_CHANGE = 3;

export const apply: Command = {
  name: 'apply',
  summary: 'Make organizations, domains, connections, API keys and users what a declarative file says, all or nothing.',
  arguments: [{ name: 'FILE', description: 'the file; - is standard input' }],
  seals: true,
  options: { 'dry-run': { description: 'change nothing, and show what would change' } },
  examples: ['apply vestibule.json', 'apply vestibule.json --dry-run', 'apply - < vestibule.json'],
  exitCodes: {
    1: 'the file is not usable, or it failed: nothing was changed',
    [WOULD_CHANGE]: 'with --dry-run: something would change',
  },
  async run(ports, given, { environment }) {
    const [path = ''] = given.arguments;
    const isTrial = given.flags['dry-run'] === true;
    const text = await readInput(path);
    const declared = await tried(() => declare(ports, parseDeclaration(text, environment), isTrial), path);
    return {
      value: { dryRun: isTrial, ...declared },
      lines: [...declared.changes.flatMap(linesOf), sentenceOf(declared, isTrial)],
      exitCode: isTrial && declared.changes.length > 0 ? WOULD_CHANGE : 0,
    };
  },
};

/** What is wrong with a file, each with its place in it. */
async function tried<T>(work: () => Promise<T>, path: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const faults = faultsOf(error);
    if (faults.length === 0) throw error;
    const file = path === '-' ? 'The file on standard input' : path;
    throw new RefusedError('declaration_invalid', `${file} is not usable; nothing was changed.`, [], faults);
  }
}

function faultsOf(error: unknown): Fault[] {
  if (error instanceof ContradictionError) return [{ at: error.pointer, detail: error.sentence }];
  if (!(error instanceof DeclarationError)) return [];
  return error.problems.map((problem) => {
    const [, at = '', detail = problem] = /^(\/\S*): (.*)$/s.exec(problem) ?? [];
    return { at, detail };
  });
}

function sentenceOf({ summary: { created, updated, unchanged } }: Declared, isTrial: boolean): string {
  const what = `${created} created, ${updated} updated, ${unchanged} as they should be`;
  return isTrial ? `Nothing was changed. It would be: ${what}.` : `${what}.`;
}

/** One line, and one for each column that differs. */
function linesOf({ change, type, organization, name, before, after }: DeclarationChange): string[] {
  const place = type === 'organization' ? name : `${organization}/${name}`;
  const shown = (value: unknown) => (value === 'changed' ? '(secret)' : JSON.stringify(value ?? null));
  const members = Object.entries(after).map(([column, value]) => {
    const was = change === 'updated' ? `${shown(before[column])} → ` : '';
    return `    ${memberOf(column)}: ${was}${shown(value)}`;
  });
  return [`${change === 'created' ? '+' : '~'} ${type} ${place}`, ...members];
}

/** A secret is called what the file calls it. */
const memberOf = (column: string) =>
  column.replace(/^sealed(\w)/, (_all, first: string) => first.toLowerCase()).replace(/Digest$/, '');
