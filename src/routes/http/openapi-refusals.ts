/**
 * Refusals in the OpenAPI document come from the error tables: a route names the reasons it may give, and
 * the statuses, codes and examples follow. Reasons that look alike on the wire share one example.
 */
import { SSO_ERRORS, SsoError, type SsoErrorCode } from '#error';
import type { Answer } from './openapi-route.ts';
import { PROBLEM_STATUS, presentProblem, type Refusal, STATUS_PHRASES } from './problem.ts';

/** Any route may give these. */
export const ANY_REFUSALS = ['rate_limited', 'database_unavailable', 'internal_error'] as const;

/** Any route that reads parameters or a body. */
export const INPUT_REFUSALS = ['input_invalid', 'body_too_large', 'content_type_unsupported'] as const;

/** Any route behind an API key. */
export const API_KEY_REFUSALS = ['api_key_missing', 'api_key_invalid', 'api_key_forbidden'] as const;

/** Any route behind an access token. */
export const TOKEN_REFUSALS = [
  'token_missing',
  'token_invalid',
  'token_expired',
  'session_ended',
  'session_expired',
] as const;

/** Starting a login. */
export const START_REFUSALS = [
  'organization_not_found',
  'organization_disabled',
  'connection_not_found',
  'connection_disabled',
  'connection_misconfigured',
  'redirect_not_allowed',
  'url_not_allowed',
  'idp_unreachable',
  'idp_timeout',
  'idp_busy',
  'idp_redirect',
  'idp_bad_response',
  'issuer_mismatch',
  'metadata_changed',
  'signing_unavailable',
] as const;

/** Finishing a login: every reason a trace can end with. */
export const LOGIN_REFUSALS = [
  'organization_not_found',
  'organization_disabled',
  'connection_not_found',
  'connection_disabled',
  'connection_mismatch',
  'connection_misconfigured',
  'dialect_mismatch',
  'state_missing',
  'state_invalid',
  'state_expired',
  'state_consumed',
  'code_missing',
  'response_ambiguous',
  'idp_error',
  'iss_missing',
  'iss_mismatch',
  'api_key_mismatch',
  'browser_mismatch',
  'nonce_mismatch',
  'email_mismatch',
  'url_not_allowed',
  'idp_unreachable',
  'idp_timeout',
  'idp_busy',
  'idp_redirect',
  'idp_bad_response',
  'idp_client_auth_failed',
  'code_exchange_failed',
  'issuer_mismatch',
  'metadata_changed',
  'jwks_unavailable',
  'jwks_timeout',
  'id_token_missing',
  'id_token_malformed',
  'id_token_size',
  'id_token_alg',
  'id_token_typ',
  'id_token_kid',
  'id_token_signature',
  'id_token_iss',
  'id_token_aud',
  'id_token_azp',
  'id_token_exp',
  'id_token_iat',
  'id_token_nonce',
  'id_token_sub',
  'id_token_at_hash',
  'id_token_tenant',
  'reauth_required',
  'userinfo_sub',
  'subject_missing',
  'saml_profile',
  'email_missing',
  'email_invalid',
  'email_unverified',
  'domain_not_allowed',
  'account_exists_link_required',
  'provisioning_disabled',
  'user_disabled',
  'membership_disabled',
  'signing_unavailable',
] as const;

type Statuses = Readonly<Record<SsoErrorCode, number>>;
type StatusOf<Table, Code extends keyof Table> = Table[Code] extends { readonly status: infer S extends number }
  ? S
  : Table[Code] extends number
    ? Table[Code]
    : never;

/** Answers by status, for the reasons that a route names. */
export type Refusals<Model extends string, Table> = <Code extends SsoErrorCode & keyof Table>(
  ...codes: readonly Code[]
) => { [Status in StatusOf<Table, Code>]: Answer<Model> };

/**
 * Makes a dialect's `refusals(...codes)`.
 * @param _table only its type is used: it tells which statuses the codes have
 */
export function refusalsOf<
  const Model extends string,
  Table extends Statuses | Record<SsoErrorCode, { status: number }>,
>(
  model: Model,
  _table: Table,
  present: (error: SsoError) => Refusal<unknown>,
  contentType?: string,
): Refusals<Model, Table> {
  return (...codes) => {
    const byStatus = new Map<number, Map<string, { codes: SsoErrorCode[]; value: unknown }>>();
    for (const code of new Set<SsoErrorCode>(codes)) {
      const { status, body } = present(new SsoError(code));
      const bodies = byStatus.get(status) ?? new Map();
      const look = JSON.stringify(body);
      bodies.set(look, { value: body, codes: [...(bodies.get(look)?.codes ?? []), code] });
      byStatus.set(status, bodies);
    }
    const answers = [...byStatus].map(([status, bodies]) => [
      status,
      refusal(model, status, [...bodies.values()], contentType),
    ]);
    return Object.fromEntries(answers);
  };
}

function refusal(
  model: string,
  status: number,
  bodies: readonly { codes: readonly SsoErrorCode[]; value: unknown }[],
  contentType: string | undefined,
): Answer<string> {
  const examples = bodies.map(({ codes, value }) => [
    codes[0],
    {
      summary: codes.length === 1 && codes[0] ? SSO_ERRORS[codes[0]] : `One of ${codes.length} reasons`,
      description: `Reason in the trace: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
      value,
    },
  ]);
  return {
    model,
    description: `${STATUS_PHRASES[status] ?? 'Refused'}.`,
    contentType,
    examples: Object.fromEntries(examples),
  };
}

const EXAMPLE_REQUEST_ID = '6735a1c09f3b2e4d8c7a6b50';

/** For routes that speak no dialect. */
export const problems: Refusals<'Problem', typeof PROBLEM_STATUS> = refusalsOf(
  'Problem',
  PROBLEM_STATUS,
  (error) => presentProblem(error, EXAMPLE_REQUEST_ID),
  'application/problem+json',
);
