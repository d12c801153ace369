/** What a command of the executable is. The table of them is in `table.ts`. */
import type { Ports } from '#ports/ports.ts';

export interface Option {
  readonly description: string;
}

/** Which of its options were given. */
export type Given = Readonly<Record<string, boolean>>;

export interface Outcome {
  /** What `--json` prints, in one line. */
  readonly value: unknown;
  /** What a person reads. */
  readonly lines: readonly string[];
  /** 0 unless something is left to be done. */
  readonly exitCode?: number;
}

export interface Command {
  /** As it is typed, such as `keys rotate`. */
  readonly name: string;
  /** One sentence for the usage. */
  readonly summary: string;
  /** Flags by name, without the dashes; every command also has `json` and `help`. */
  readonly options: Readonly<Record<string, Option>>;
  /**
   * What `run` would do that can't be undone, for a person to read; empty when there is no doubt. Then it runs only with
   * the option `yes`, which such a command has, or after a yes on the terminal.
   */
  warn?(ports: Ports, given: Given): Promise<readonly string[]>;
  /** @throws SsoError what is printed and ends the process with 1 */
  run(ports: Ports, given: Given): Promise<Outcome>;
}

/** The option of every command that warns. */
export const YES: Readonly<Record<'yes', Option>> = { yes: { description: 'do it without asking' } };

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
