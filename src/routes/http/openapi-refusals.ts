/**
 * Refusals in the OpenAPI document come from the error tables: a route names the reasons it may give, and
 * the statuses, codes and examples follow. Reasons that look alike on the wire share one example.
 */
import { ADMIN_ERRORS, SSO_ERRORS, SsoError, type SsoErrorCode } from '#error';
import type { Answer } from './openapi-route.ts';
import { PROBLEM_STATUS, presentProblem, type Refusal, STATUS_PHRASES } from './problem.ts';

/** Any route at all: an address with U+0000, a fault of ours. */
export const BARE_REFUSALS = ['input_invalid', 'internal_error'] as const;

/** Any route whose requests are counted. */
export const LIMITED_REFUSALS = [...BARE_REFUSALS, 'rate_limited'] as const;

/** Any of these that needs the database. */
export const ANY_REFUSALS = [...LIMITED_REFUSALS, 'database_unavailable'] as const;

/** Any route that reads a body. */
export const INPUT_REFUSALS = ['input_invalid', 'body_too_large', 'content_type_unsupported'] as const;

/** Any route behind an API key. */
export const API_KEY_REFUSALS = ['api_key_missing', 'api_key_invalid', 'api_key_forbidden'] as const;

/** Any route of the admin API. */
export const ADMIN_REFUSALS = ['token_missing', 'token_invalid', 'admin_key_forbidden', ...ANY_REFUSALS] as const;

/** Any route behind an access token. */
export const TOKEN_REFUSALS = [
  'token_missing',
  'token_invalid',
  'token_expired',
  'session_ended',
  'session_expired',
] as const;

/** Asking an identity provider for a document. */
export const CALL_REFUSALS = [
  'url_not_allowed',
  'idp_unreachable',
  'idp_name_not_found',
  'idp_connection_refused',
  'idp_connect_timeout',
  'idp_certificate_expired',
  'idp_certificate_not_yet_valid',
  'idp_certificate_name',
  'idp_certificate_untrusted',
  'idp_tls_failed',
  'idp_timeout',
  'idp_busy',
  'idp_redirect',
  'idp_unavailable',
  'idp_document_missing',
  'idp_document_forbidden',
  'idp_bad_response',
] as const;

/** Starting a login, in every dialect. */
export const START_REFUSALS = [
  'organization_not_found',
  'organization_disabled',
  'connection_not_found',
  'connection_disabled',
  'connection_misconfigured',
  'browser_required',
  ...CALL_REFUSALS,
  'issuer_mismatch',
  'metadata_changed',
] as const;

/** Finishing a login, in every dialect. */
export const LOGIN_REFUSALS = [
  'organization_disabled',
  'connection_disabled',
  'connection_mismatch',
  'connection_misconfigured',
  'dialect_mismatch',
  'state_invalid',
  'state_expired',
  'state_consumed',
  'code_missing',
  'response_ambiguous',
  'idp_error',
  'idp_access_denied',
  'idp_interaction_required',
  'idp_consent_required',
  'idp_scope_refused',
  'idp_client_not_allowed',
  'idp_redirect_uri_mismatch',
  'idp_server_error',
  'iss_missing',
  'iss_mismatch',
  'browser_required',
  'browser_mismatch',
  ...CALL_REFUSALS,
  'idp_client_auth_failed',
  'idp_client_secret_expired',
  'idp_client_unknown',
  'idp_tenant_mismatch',
  'code_exchange_failed',
  'issuer_mismatch',
  'metadata_changed',
  'jwks_unavailable',
  'jwks_timeout',
  'provider_session_ended',
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
  'email_missing',
  'email_verification_required',
  'email_invalid',
  'domain_not_allowed',
  'email_unverified',
  'email_verified_missing',
  'email_verified_malformed',
  'domain_not_verified',
  'member_email_unverified',
  'account_exists_link_required',
  'access_denied_by_rule',
  'requirement_not_met',
  'groups_overage',
  'provisioning_disabled',
  'user_disabled',
  'membership_disabled',
  'login_abandoned',
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
    const byStatus = Map.groupBy(distinctRefusals(present, codes), ({ status }) => status);
    const answers = [...byStatus].map(([status, looks]) => [status, refusal(model, status, looks, contentType)]);
    return Object.fromEntries(answers);
  };
}

/** One look on the wire, and every reason that has it. */
interface Look<Body> {
  readonly status: number;
  readonly body: Body;
  readonly codes: readonly SsoErrorCode[];
}

function distinctRefusals<Body>(
  present: (error: SsoError) => Refusal<Body>,
  codes: readonly SsoErrorCode[],
): Look<Body>[] {
  const presented = [...new Set(codes)].map((code) => ({ code, ...present(new SsoError(code)) }));
  const groups = Map.groupBy(presented, ({ status, body }) => JSON.stringify([status, body]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ status: first.status, body: first.body, codes: group.map(({ code }) => code) }] : [];
  });
}

/** Asked before any dialect is known, so no dialect words it. */
const UNSPOKEN: ReadonlySet<string> = new Set(['method_not_allowed', ...Object.keys(ADMIN_ERRORS)]);

const REASONS = Object.entries(SSO_ERRORS) as [SsoErrorCode, string][];

/**
 * A dialect's error table as Markdown: a row for every refusal that looks different on its wire.
 * @param columns what to show of a refusal's body, by heading; rows stand in the order of the first
 */
export function refusalTable<Body>(
  present: (error: SsoError) => Refusal<Body>,
  columns: Readonly<Record<string, (body: Body) => string>>,
): string {
  const codes = REASONS.map(([code]) => code).filter((code) => !UNSPOKEN.has(code));
  const rows = distinctRefusals(present, codes).map(({ status, body, codes: reasons }) => [
    ...Object.values(columns).map((cell) => cell(body)),
    String(status),
    reasons.map((code) => `\`${code}\``).join(', '),
  ]);
  rows.sort(([left = ''], [right = '']) => left.localeCompare(right, 'en', { numeric: true }));
  return markdownTable([...Object.keys(columns), 'Status', 'Reason in the trace'], rows);
}

/** Every reason with its sentence, as Markdown. */
export function reasonTable(): string {
  const rows = REASONS.map(([code, sentence]) => [`\`${code}\``, sentence]);
  return markdownTable(['Reason', 'Meaning'], rows);
}

function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, headings.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function refusal(
  model: string,
  status: number,
  looks: readonly Look<unknown>[],
  contentType: string | undefined,
): Answer<string> {
  const examples = looks.map(({ codes, body }) => [
    codes[0],
    {
      summary: codes.length === 1 && codes[0] ? SSO_ERRORS[codes[0]] : `One of ${codes.length} reasons`,
      description: `Reason in the trace: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
      value: body,
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
