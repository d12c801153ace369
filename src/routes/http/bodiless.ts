/** Answers without a body: a redirect, a copy that is still good, something that is done. */

interface Outgoing {
  status?: number | string;
  headers: Record<string, string | number>;
}

/**
 * Sets status and headers; return its outcome from the handler. Elysia takes the type of an answer from the
 * models by status and knows none for a status without a body, so the type says what fits all of them.
 */
export function answerBodiless(
  set: Outgoing,
  status: 200 | 204 | 302 | 303 | 304,
  headers: Record<string, string> = {},
): never {
  set.status = status;
  Object.assign(set.headers, headers);
  return undefined as never;
}
