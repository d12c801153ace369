/** How values that a provider chose are shown in a login's trace. */

/**
 * Text that any store and any terminal takes: strings as they are, other values as JSON, with control
 * characters and broken surrogates made visible. `undefined` stays, and reads as “absent”.
 */
export function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, '\u{FFFD}');
}

/** The kind of a value that is not to be shown: `string of 12 characters`, `number`, … */
export function kindOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return `string of ${value.length} characters`;
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
