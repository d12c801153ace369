/** The operator's word on what can't be undone: a question on a terminal; anywhere else the option `yes`. */
import { createInterface } from 'node:readline/promises';

/** `unasked`: there is nobody to ask. */
export type Confirmation = 'given' | 'refused' | 'unasked';

/** Asks on standard error, so that standard output has the command's own words alone. Anything but a yes is a no. */
export async function askForConfirmation(warning: readonly string[]): Promise<Confirmation> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return 'unasked';
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // the end of the input, or an interrupt, answers nothing
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question(`${warning.join('\n')}\nGo on? [y/N] `), ended]);
    return /^\s*y(es)?\s*$/i.test(answer) ? 'given' : 'refused';
  } finally {
    terminal.close();
  }
}
