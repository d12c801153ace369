/** How a back-channel logout is refused: JSON as of OAuth 2.0 (OpenID Connect Back-Channel Logout 1.0 §2.8, RFC 6749 §5.2). */
import { type Static, t } from 'elysia';
import { SSO_ERRORS, type SsoError, type SsoErrorCode } from '#error';
import { refusalsOf } from '#routes/http/openapi-refusals.ts';
import { PROBLEM_STATUS, type Refusal, refusalHeaders } from '#routes/http/problem.ts';

const LogoutError = t.Object(
  {
    error: t.Union([t.Literal('invalid_request'), t.Literal('temporarily_unavailable'), t.Literal('server_error')], {
      description: '`invalid_request`: sending it again does not help.',
    }),
    error_description: t.String({ description: 'What went wrong, in a sentence of ASCII.' }),
  },
  { description: 'Why the logout was not carried out.', additionalProperties: false, noValidate: true },
);

export const logoutErrorModels = { 'OIDC.LogoutError': LogoutError };

/** Statuses that say the same to any client of HTTP. */
const PLAIN = [404, 405, 413, 415, 429, 500] as const;
/** What the sender can do something about. */
const FAULTY: ReadonlySet<SsoErrorCode> = new Set(['input_invalid', 'logout_token', 'logout_token_replay']);

type Status = 400 | 404 | 405 | 413 | 415 | 429 | 500 | 503;

/** Whatever kept us from judging a token is no verdict on it: the provider may send it again. */
function statusOf(code: SsoErrorCode): Status {
  if (FAULTY.has(code)) return 400;
  const status = PROBLEM_STATUS[code];
  return PLAIN.find((plain) => plain === status) ?? 503;
}

const STATUSES = Object.fromEntries(
  Object.keys(SSO_ERRORS).map((code) => [code, statusOf(code as SsoErrorCode)]),
) as Record<SsoErrorCode, Status>;

const ERRORS: Readonly<Partial<Record<Status, Static<typeof LogoutError>['error']>>> = {
  500: 'server_error',
  503: 'temporarily_unavailable',
};

export function presentLogoutError(error: SsoError): Refusal<Static<typeof LogoutError>> {
  const status = STATUSES[error.code];
  const body: Static<typeof LogoutError> = {
    error: ERRORS[status] ?? 'invalid_request',
    error_description: SSO_ERRORS[error.code].replaceAll('’', "'"),
  };
  return { status, body, headers: refusalHeaders(error, status) };
}

/** For `describe`: the answers that the named reasons lead to. */
export const logoutRefusals = refusalsOf('OIDC.LogoutError', STATUSES, presentLogoutError);
