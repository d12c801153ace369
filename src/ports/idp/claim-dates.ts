/** Claims that were written as JSON and are read again. */

const DATES = new Set(['authenticatedAt', 'sessionNotAfter']);

/** For `JSON.parse`: what is a date among claims becomes one again. */
export function reviveDates(name: string, value: unknown): unknown {
  return DATES.has(name) && typeof value === 'string' ? new Date(value) : value;
}
