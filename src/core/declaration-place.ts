/** Where in a declarative file something stands (RFC 6901), and what is wrong there. */
import { SsoError } from '#error';
import { UniqueViolation } from '#ports/db/client.ts';
import { type AllowList, assertUrlAllowed } from '#ports/http/url-policy.ts';

/** A declaration that contradicts itself or what is kept already; the message names where, and never a value. */
export class ContradictionError extends Error {
  override readonly name = 'ContradictionError';
  constructor(
    readonly pointer: string,
    readonly sentence: string,
    options: ErrorOptions,
  ) {
    super(`${pointer}: ${sentence}`, options);
  }
}

/** @param pointer JSON pointer into the file @throws ContradictionError */
export function contradiction(pointer: string, sentence: string, cause?: unknown): never {
  throw new ContradictionError(pointer, sentence, { cause });
}

/** What was named so far and where, so that nothing is named twice. */
export type Named = Map<string, string>;

/** @param what kind and value that only one place may name @throws ContradictionError */
export function nameOnce(named: Named, what: readonly string[], pointer: string, sentence: string): void {
  const key = JSON.stringify(what);
  const other = named.get(key);
  if (other !== undefined) contradiction(pointer, `${sentence} ${other}`);
  named.set(key, pointer);
}

/** A slug stands where an id may stand as well: it must not look like one. */
export function requireSlug(slug: string, pointer: string): void {
  if (/^[0-9a-f]{24}$/.test(slug)) contradiction(pointer, 'looks like an id (24 hex digits): choose another slug');
}

/** @throws ContradictionError at the pointer when the database refuses a second row of this kind */
export async function requireUnique<T>(pointer: string, sentence: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof UniqueViolation) contradiction(pointer, sentence, error);
    throw error;
  }
}

/** Judged when the file is applied, so that the operator learns it and not the first person who signs in. */
export function requireUrlAllowed(url: string, allow: AllowList, pointer: string): void {
  try {
    assertUrlAllowed(url, allow);
  } catch (error) {
    const sentence =
      'is not an address that may be called: use https and a public host, or add its host:port to OUTBOUND_ALLOW';
    contradiction(pointer, sentence, error);
  }
}

/** For the admin API, where a pointer is one into the request. @throws SsoError `input_invalid` in place of a contradiction */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ContradictionError)) throw error;
    const { pointer, sentence } = error;
    throw new SsoError('input_invalid', { members: [{ pointer, detail: sentence }], cause: error });
  }
}
