/** How long metadata hold: xs:dateTime and xs:duration (SAML metadata §2.3.2, XML Schema part 2 §3.2.6 and §3.2.7). */
import { SsoError } from '#error';

const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/;
const DURATION =
  /^P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?$/;
/** Of a year, a month, a day, an hour, a minute, a second. The first two as short as they can be. */
const SECONDS = [365 * 86_400, 28 * 86_400, 86_400, 3_600, 60, 1];

/**
 * @returns ISO 8601 UTC. SAML wants UTC; offsets are in use nevertheless, and a text without one means UTC
 * @throws SsoError `saml_metadata`: an end that can't be read may have been reached
 */
export function readValidUntil(text: string | null): string | null {
  if (text === null) return null;
  const [, dateTime = '', zone = 'Z'] = DATE_TIME.exec(text.trim()) ?? [];
  const date = new Date(dateTime + zone);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new SsoError('saml_metadata', { detail: 'EntityDescriptor/@validUntil: is no date and time' });
}

/** @returns seconds; null where the text is no duration, or a negative or empty one: it is only advice */
export function readDuration(text: string | null): number | null {
  const parts = DURATION.exec(text?.trim() ?? '')?.slice(1) ?? [];
  const seconds = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (SECONDS[index] ?? 0), 0);
  return seconds > 0 ? seconds : null;
}
