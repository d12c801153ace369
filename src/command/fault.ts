/** What is wrong, and where: an option, an argument, or a place in a file. Never the value. */
export interface Fault {
  readonly at: string;
  readonly detail: string;
}

export const lineOf = ({ at, detail }: Fault) => (at ? `${at}: ${detail}` : detail);
