/** Refusals of the OAuth endpoints: JSON as of RFC 6749 §5.2. */
import { type Static, t } from 'elysia';
import { SSO_ERRORS, type SsoError, type SsoErrorCode } from '#error';
import { hasBasicCredential } from '#routes/http/api-key.ts';
import { refusalsOf } from '#routes/http/openapi-refusals.ts';
import { PROBLEM_STATUS, type Refusal, refusalHeaders } from '#routes/http/problem.ts';

const OAuthError = t.Object(
  {
    error: t.Union(
      (
        ['invalid_request', 'invalid_client', 'unauthorized_client', 'temporarily_unavailable', 'server_error'] as const
      ).map((name) => t.Literal(name)),
      { description: 'RFC 6749 §5.2 and §4.1.2.1.' },
    ),
    error_description: t.String({ description: 'What went wrong, in a sentence of ASCII.' }),
  },
  { description: 'Why the request was refused.', additionalProperties: false, noValidate: true },
);

export const oauthErrorModels = { 'OAuth2.Error': OAuthError };

type Name = Static<typeof OAuthError>['error'];

/** RFC 6749 §5.2 answers a request that is malformed with 400, and has no 422. */
type Status = Exclude<(typeof PROBLEM_STATUS)[SsoErrorCode], 422>;

function statusOf(code: SsoErrorCode): Status {
  const status = PROBLEM_STATUS[code];
  return status === 422 ? 400 : status;
}

type Statuses = {
  readonly [Code in SsoErrorCode]: (typeof PROBLEM_STATUS)[Code] extends 422 ? 400 : (typeof PROBLEM_STATUS)[Code];
};
const STATUSES = Object.fromEntries(
  Object.keys(SSO_ERRORS).map((code) => [code, statusOf(code as SsoErrorCode)]),
) as Statuses;

const NAMES: Readonly<Partial<Record<SsoErrorCode, Name>>> = {
  api_key_missing: 'invalid_client',
  api_key_invalid: 'invalid_client',
  organization_disabled: 'unauthorized_client',
  api_key_forbidden: 'unauthorized_client',
  token_foreign: 'unauthorized_client',
  rate_limited: 'temporarily_unavailable',
};

function nameOf(code: SsoErrorCode): Name {
  const status = statusOf(code);
  if (status === 503) return 'temporarily_unavailable';
  return NAMES[code] ?? (status >= 500 ? 'server_error' : 'invalid_request');
}

/** A client that tried HTTP Basic is challenged in that scheme (RFC 6749 §5.2, RFC 7617 §2). */
const BASIC_CHALLENGE = { 'www-authenticate': 'Basic realm="API key", charset="UTF-8"' };

export function presentOAuthError(error: SsoError, request?: Request): Refusal<Static<typeof OAuthError>> {
  const status = statusOf(error.code);
  const body = { error: nameOf(error.code), error_description: SSO_ERRORS[error.code].replaceAll('’', "'") };
  const isBasic = status === 401 && request !== undefined && hasBasicCredential(request);
  return { status, body, headers: isBasic ? BASIC_CHALLENGE : refusalHeaders(error, status) };
}

/** For `describe`: the answers that the named reasons lead to. */
export const oauthRefusals = refusalsOf('OAuth2.Error', STATUSES, (error) => presentOAuthError(error));
