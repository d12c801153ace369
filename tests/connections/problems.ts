/** What the checks of a connection answer, as tests compare it. */
export interface Problem {
  readonly code: string;
  readonly severity: string;
  readonly pointer: string;
  readonly found: string;
  readonly fix: string;
}

/** `code pointer` of each. */
export const told = (problems: readonly Problem[]) => problems.map(({ code, pointer }) => `${code} ${pointer}`);

/** Whether each says what was found and what to do. */
export const isComplete = (problems: readonly Problem[]) =>
  problems.every(({ found, fix, severity }) => found && fix && ['error', 'warning'].includes(severity));
