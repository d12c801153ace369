/** What a command of the executable is. The table of them is in `table.ts`. */
import type { Ports } from '#ports/ports.ts';
import { type Fault, lineOf } from './fault.ts';

export interface Option {
  readonly description: string;
  /** What stands for its value in the usage, such as `HASH`; without it, it is a flag. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly repeats?: boolean;
}

export interface Argument {
  /** As the usage shows it, such as `FILE`. */
  readonly name: string;
  readonly description: string;
}

/** What was given. */
export interface Given {
  readonly flags: Readonly<Record<string, boolean>>;
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** One for each argument of the command. */
  readonly arguments: readonly string[];
}

export interface Outcome {
  /** What `--json` prints, in one line. */
  readonly value: unknown;
  /** What a person reads. */
  readonly lines: readonly string[];
  /** Printed as it comes, in place of both. */
  readonly texts?: AsyncIterable<string>;
  /** 0 unless something is left to be done. */
  readonly exitCode?: number;
}

/** What the program knows beside its ports. */
export interface Means {
  readonly databaseUrl: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the migrations that the database has to have. */
  readonly migrations: string;
}

export interface Command {
  /** As it is typed, such as `keys rotate`. */
  readonly name: string;
  /** One sentence for the usage. */
  readonly summary: string;
  readonly arguments?: readonly Argument[];
  /** By name, without the dashes; every command also has `json` and `help`. */
  readonly options: Readonly<Record<string, Option>>;
  /** Whole command lines, without `vestibule`. */
  readonly examples: readonly string[];
  /** Whether it runs on a database that lacks migrations too. */
  readonly migrates?: true;
  /** Whether it seals secrets: then `SECRETS_KEY` has to be the one of the database. */
  readonly seals?: true;
  /** What its exit codes mean, beside those that all commands have. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /**
   * What `run` would do that can't be undone, for a person to read; empty when there is no doubt. Then it runs only with
   * the option `yes`, which such a command has, or after a yes on the terminal.
   */
  warn?(ports: Ports, given: Given): Promise<readonly string[]>;
  /**
   * @throws SsoError, RefusedError what is printed and ends the process with 1
   * @throws MisuseError what is printed with the way to the usage, and ends it with 2
   */
  run(ports: Ports, given: Given, means: Means): Promise<Outcome>;
}

/** What was given can't be meant. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
  readonly faults: readonly Fault[];

  /** @param found a sentence, or what is wrong where */
  constructor(found: string | readonly Fault[]) {
    super(typeof found === 'string' ? found : found.map(lineOf).join('\n'));
    this.faults = typeof found === 'string' ? [] : found;
  }
}

/** The option of every command that warns. */
export const YES: Readonly<Record<'yes', Option>> = { yes: { description: 'do it without asking' } };

/** The value of an option that was given at most once. */
export function optionOf(given: Given, option: string): string | undefined {
  return given.values[option]?.at(-1);
}

/** Rows as columns of the widest cell, with their headings. */
export function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_heading, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
