/**
 * The command line: `vestibule [command] [options]`. Without a command it serves. A command is one entry of the table;
 * what is asked wrongly gets the usage on standard error and exit code 2.
 */
import { parseArgs } from 'node:util';
import type { Command, Given, Option } from './command.ts';
import { keysCommands } from './keys.ts';
import { secretsCommands } from './secrets.ts';

const COMMANDS: readonly Command[] = [...keysCommands, ...secretsCommands];

const EVERYWHERE: Readonly<Record<string, Option>> = {
  json: { description: 'print one line of JSON' },
  help: { description: 'print this' },
};

export type Invocation =
  | { readonly kind: 'serve' | 'migrate' }
  | { readonly kind: 'command'; readonly command: Command; readonly given: Given }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'misuse'; readonly text: string };

/** @param args what stands behind the program's name */
export function parseInvocation(args: readonly string[]): Invocation {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const name = words.join(' ');
  const command = COMMANDS.find((candidate) => candidate.name === name);
  const options = { ...command?.options, ...EVERYWHERE };
  const unknown = args.find(
    (arg) => arg.startsWith('-') && !(arg.startsWith('--') && Object.hasOwn(options, arg.slice(2))),
  );
  if (unknown !== undefined)
    return { kind: 'misuse', text: `There is no option ${unknown} here.\n\n${usage(command)}` };
  const given = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: Object.fromEntries(Object.keys(options).map((option) => [option, { type: 'boolean' as const }])),
  }).values as Given;
  if (given['help']) return { kind: 'help', text: usage(command) };
  if (command) return { kind: 'command', command, given };
  const own = words.length === 0 ? 'serve' : name === 'migrate' ? name : undefined;
  if (own && given['json']) return { kind: 'misuse', text: `There is no option --json here.\n\n${usage()}` };
  if (own) return { kind: own };
  if (name === 'help') return { kind: 'help', text: usage() };
  return { kind: 'misuse', text: `There is no command ${JSON.stringify(name)}.\n\n${usage()}` };
}

/** Of one command, or of all of them. */
function usage(command?: Command): string {
  if (command) {
    const options = Object.entries({ ...command.options, ...EVERYWHERE });
    const rows = options.map(([option, { description }]) => [`--${option}`, description] as const);
    return [`vestibule ${command.name} [options]`, command.summary, '', ...aligned(rows)].join('\n');
  }
  const rows = [
    ['', 'Serve.'],
    ['migrate', 'Bring the database to the newest schema.'],
    ...COMMANDS.map(({ name, summary }) => [name, summary] as const),
  ] as const;
  return [
    'vestibule [command] [options]',
    '',
    ...aligned(rows.map(([name, summary]) => [`vestibule ${name}`, summary] as const)),
    '',
    'Configured by the environment, as the server is. vestibule <command> --help shows the options.',
  ].join('\n');
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
