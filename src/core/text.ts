/** Text from outside, made fit to be kept and shown. */

/** C0, C1, and the invisible marks that change the direction of text: nothing that a name or a log line needs. */
const CONTROLS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Postgres keeps neither U+0000 nor half a surrogate pair; both may stand in a JSON string that a provider sends. */
export function storable(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '');
}
