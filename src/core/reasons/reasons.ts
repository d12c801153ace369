/** Every reason in words: why it happens, and what each of the three who meet it can do. The compiler names a missing one. */
import type { SsoErrorCode } from '#error';
import { ACCOUNT_REASONS } from './account-reasons.ts';
import { ADMIN_REASONS } from './admin-reasons.ts';
import { CLIENT_REASONS } from './client-reasons.ts';
import { PROVIDER_REASONS } from './provider-reasons.ts';
import { RESPONSE_REASONS } from './response-reasons.ts';
import { SAML_REASONS } from './saml-reasons.ts';
import type { ReasonTexts } from './texts.ts';
import { TOKEN_REASONS } from './token-reasons.ts';

export const REASONS: Readonly<Record<SsoErrorCode, ReasonTexts>> = {
  ...CLIENT_REASONS,
  ...RESPONSE_REASONS,
  ...PROVIDER_REASONS,
  ...TOKEN_REASONS,
  ...SAML_REASONS,
  ...ACCOUNT_REASONS,
  ...ADMIN_REASONS,
};

/** The same in the order of a login, under headings. */
export const REASON_CHAPTERS: Readonly<Record<string, readonly SsoErrorCode[]>> = {
  'The request of the API client': codesOf(CLIENT_REASONS),
  'The connection, and the response': codesOf(RESPONSE_REASONS),
  'Talking to the provider': codesOf(PROVIDER_REASONS),
  'ID token, userinfo and logout token': codesOf(TOKEN_REASONS),
  SAML: codesOf(SAML_REASONS),
  'The account, and this server': codesOf(ACCOUNT_REASONS),
  'The admin API alone': codesOf(ADMIN_REASONS),
};

/** The texts of a stored reason; undefined for one that an earlier version knew. */
export function textsOf(reason: string | null): ReasonTexts | undefined {
  return reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason as SsoErrorCode] : undefined;
}

function codesOf(reasons: Partial<Record<SsoErrorCode, ReasonTexts>>): readonly SsoErrorCode[] {
  return Object.keys(reasons) as SsoErrorCode[];
}
