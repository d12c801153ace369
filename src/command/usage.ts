/** What a command, or all of them, is asked for and answers with. */
import type { Command, Option } from './command.ts';

export const EVERYWHERE: Readonly<Record<string, Option>> = {
  json: { description: 'print one line of JSON' },
  help: { description: 'print this' },
};

const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'refused, or it failed; standard error says why',
  2: 'asked wrongly, or a confirmation is needed; nothing was done',
};

export function commandUsage(command: Command): string {
  const options = Object.entries({ ...command.options, ...EVERYWHERE });
  const named = (command.arguments ?? []).map(({ name }) => ` ${name}`).join('');
  const codes = Object.entries({ ...EXIT_CODES, ...command.exitCodes });
  return [
    `vestibule ${command.name}${named} [options]`,
    command.summary,
    '',
    ...aligned([
      ...(command.arguments ?? []).map(({ name, description }) => [name, description] as const),
      ...options.map(([name, option]) => [written(name, option), describe(option)] as const),
    ]),
    '',
    'Examples',
    ...command.examples.map((example) => `  vestibule ${example}`),
    '',
    'Exit codes',
    ...aligned(codes.map(([code, meaning]) => [code, meaning] as const)),
  ].join('\n');
}

export function wholeUsage(commands: readonly Command[]): string {
  const rows = [['', 'Serve.'], ...commands.map(({ name, summary }) => [name, summary] as const)] as const;
  return [
    'vestibule [command] [options]',
    '',
    ...aligned(rows.map(([name, summary]) => [`vestibule ${name}`, summary] as const)),
    '',
    'Configured by the environment, as the server is. vestibule <command> --help shows the options, with examples and exit codes.',
  ].join('\n');
}

const written = (name: string, { value }: Option) => (value ? `--${name} ${value}` : `--${name}`);
const describe = ({ description, repeats }: Option) =>
  repeats ? `${description}; may be given several times` : description;

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
