/** How a command says that it failed: a person gets sentences, `--json` one line of JSON; both on standard error. */
import { SsoError } from '#error';
import { RefusedError } from './administration.ts';
import { MisuseError } from './command.ts';
import { type Fault, lineOf } from './fault.ts';

export interface Failure {
  /** `misuse` of what was asked wrongly, else a reason as in the admin API's problems. */
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly Fault[];
  /** What a person also reads, such as the way to the usage. */
  readonly hint?: string;
}

export const exitCodeOf = ({ code }: Failure) => (code === 'misuse' ? 2 : 1);

/** What is wrong where stands in `message` too, for whoever reads that alone. */
export function tellFailure({ code, message, errors = [], hint }: Failure, isJson: boolean): void {
  if (isJson) console.error(JSON.stringify({ code, message, ...(errors.length > 0 && { errors }) }));
  else console.error(hint ? `${message}\n${hint}` : message);
}

/** Why, and what to do; never where in the program. */
export function failureOf(error: unknown, command: string): Failure {
  if (error instanceof MisuseError) {
    const hint = `vestibule ${command} --help shows what can be given.`;
    return { code: 'misuse', message: error.message, errors: error.faults, hint };
  }
  if (error instanceof RefusedError) return withFaults(error.code, error.message, error.faults);
  if (error instanceof SsoError) {
    const faults = error.members.map(({ pointer, detail }) => ({ at: pointer, detail }));
    const detail = error.detail && faults.length === 0 ? ` (${error.detail})` : '';
    const hint = error.code === 'database_unavailable' ? '\nDoes the Postgres of DATABASE_URL answer?' : '';
    return withFaults(error.code, `${error.message}${detail}${hint}`, faults);
  }
  const name = error instanceof Error ? error.name : typeof error;
  const message = `Something went wrong on our side (${name}). With LOG_LEVEL=debug it is logged where.`;
  return { code: 'internal_error', message };
}

const withFaults = (code: string, sentence: string, errors: readonly Fault[]): Failure => ({
  code,
  message: [sentence, ...errors.map((fault) => `  ${lineOf(fault)}`)].join('\n'),
  errors,
});
