/** What a client of Indee keeps between the start of a login and its end: the nonce and the email, by state. */

const PREFIX = 'login:';

export interface Kept extends Record<string, string> {
  nonce: string;
  email: string;
}

/** For this tab alone, as long as it is open. */
export function keep(state: string, kept: Kept): void {
  sessionStorage.setItem(PREFIX + state, JSON.stringify(kept));
}

export function keptFor(state: string): Kept | undefined {
  const text = sessionStorage.getItem(PREFIX + state);
  return text === null ? undefined : (JSON.parse(text) as Kept);
}
