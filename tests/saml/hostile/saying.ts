/** Responses that the right provider signs well, whatever they say. */
import type { AssertionParts, ResponseParts } from '#dev/saml/document.ts';
import { NAME_ID_FORMATS } from '#dev/saml/names.ts';
import type { Forgery } from './forgery.ts';
import { type HonestOptions, honest, type Target } from './honest.ts';

export const elsewhere = 'https://elsewhere.example';

/** A method of sign-in that `context` asks for. */
export const MFA = 'https://refeds.org/profile/mfa';

export interface Said {
  readonly response?: ResponseParts;
  readonly assertion?: AssertionParts;
  readonly sign?: HonestOptions['sign'];
  readonly draft?: (xml: string) => string;
}

export function says(
  words: string,
  reason: Forgery['reasons'][number],
  said: Said | ((target: Target) => Said),
  place?: string,
): Forgery {
  const of = (target: Target) => (typeof said === 'function' ? said(target) : said);
  const forge = (target: Target) => honest(target, { sign: 'both', ...of(target) });
  return {
    words,
    reasons: [reason],
    forge,
    ...(place && { place }),
    control: { sign: 'both', ...CONTROLS[place ?? ''] },
  };
}

/** What makes an honest response honest where the connection asks for more. */
const CONTROLS: Readonly<Record<string, HonestOptions>> = {
  context: { assertion: { authnStatements: [{ authnContextClassRef: MFA }] } },
  persistent: { assertion: { nameId: { value: 'alice-7', format: NAME_ID_FORMATS.persistent } } },
};

const MINUTE = 60_000;
export const at = ({ now }: Target, minutes: number) => new Date(now.getTime() + minutes * MINUTE);
