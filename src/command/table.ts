/**
 * The command line: `vestibule [command] [options]`. Without a command it serves. A command is one entry of the table;
 * what is asked wrongly gets the usage on standard error and exit code 2.
 */
import { parseArgs } from 'node:util';
import { apiKeysCommands } from './api-keys.ts';
import { apply } from './apply.ts';
import { auditCommands } from './audit.ts';
import type { Command, Given } from './command.ts';
import { connectionsCommands } from './connections.ts';
import { exportCommands } from './export.ts';
import { keysCommands } from './keys.ts';
import { loginsCommands } from './logins.ts';
import { migrate } from './migrate.ts';
import { resourceCommands } from './resources.ts';
import { secretsCommands } from './secrets.ts';
import { commandUsage, EVERYWHERE, wholeUsage } from './usage.ts';

const COMMANDS: readonly Command[] = [
  migrate,
  apply,
  ...resourceCommands,
  ...connectionsCommands,
  ...loginsCommands,
  ...apiKeysCommands,
  ...keysCommands,
  ...secretsCommands,
  ...auditCommands,
  ...exportCommands,
];

export type Invocation =
  | { readonly kind: 'serve' }
  | { readonly kind: 'command'; readonly command: Command; readonly given: Given }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'misuse'; readonly sentence: string; readonly usage: string };

/** A lone dash is standard input. */
const isOption = (arg: string) => arg.startsWith('-') && arg !== '-';

/** @param args what stands behind the program's name */
export function parseInvocation(args: readonly string[]): Invocation {
  const words = args.filter((arg) => !isOption(arg));
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  const usage = command ? commandUsage(command) : wholeUsage(COMMANDS);
  const misuse = (sentence: string): Invocation => ({ kind: 'misuse', sentence, usage });
  const options = { ...command?.options, ...EVERYWHERE };
  const unknown = args.find((arg) => isOption(arg) && !Object.hasOwn(options, nameOf(arg, options)));
  if (unknown !== undefined) return misuse(`There is no option ${unknown} here.`);
  if (args.includes('--help')) return { kind: 'help', text: usage };
  if (command) {
    const given = readGiven(command, args);
    return typeof given === 'string' ? misuse(given) : { kind: 'command', command, given };
  }
  if (words.length === 0)
    return args.includes('--json') ? misuse('There is no option --json here.') : { kind: 'serve' };
  if (words.join(' ') === 'help') return { kind: 'help', text: usage };
  return misuse(`There is no command ${JSON.stringify(words.join(' '))}.`);
}

/** Of `--anchor=x` it is `anchor`, if that takes a value; anything that is no option's name stays what it is. */
function nameOf(arg: string, options: Command['options']): string {
  if (!arg.startsWith('--')) return arg;
  const name = arg.slice(2);
  const [beginning = ''] = name.split('=');
  return Object.hasOwn(options, beginning) && options[beginning]?.value ? beginning : name;
}

/** @returns a sentence about what is wrong */
function readGiven(command: Command, args: readonly string[]): Given | string {
  const options = Object.entries({ ...command.options, ...EVERYWHERE });
  const typed = options.map(([name, { value }]) => [
    name,
    value ? { type: 'string' as const, multiple: true } : { type: 'boolean' as const },
  ]);
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: Object.fromEntries(typed) });
  } catch {
    return `An option lacks its value, or has one that begins with a dash (then: --option=-value).`;
  }
  const read = Object.entries(parsed.values);
  const flags = Object.fromEntries(read.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
  const values = Object.fromEntries(read.filter((entry): entry is [string, string[]] => Array.isArray(entry[1])));
  const twice = options.find(([name, { repeats }]) => !repeats && (values[name]?.length ?? 0) > 1);
  if (twice) return `--${twice[0]} is given twice.`;
  const given = parsed.positionals.slice(command.name.split(' ').length);
  const wanted = command.arguments ?? [];
  if (given.length < wanted.length) return `${wanted[given.length]?.name} is missing.`;
  if (given.length > wanted.length) return `There is nothing that ${JSON.stringify(given[wanted.length])} could be.`;
  return { flags, values, arguments: given };
}
