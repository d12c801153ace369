/** Times as SAML writes them: xs:dateTime in UTC with `Z` (SAML core §1.3.3). */

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

/** The time in milliseconds (finer digits are cut off), or undefined where the text is no such time. */
export function parseInstant(text: string): Date | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // a 13th month, a 30th of February, 24:00 or a leap second rolls over to another text
  return date.toISOString().startsWith(text.slice(0, 19)) ? date : undefined;
}

/** To the second: fractions trouble some receivers. */
export function formatInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
