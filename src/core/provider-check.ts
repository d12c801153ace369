/** What an error of asking the provider means as a problem of the connection, with the place that puts it right. */
import type { SsoError } from '#error';
import { RedirectError } from '#ports/http/redirect-error.ts';
import { destination } from '#ports/http/url-policy.ts';
import type { ClientVerdict } from '#ports/idp/client-probe.ts';
import { DocumentMissingError } from '#ports/idp/issuer-guess.ts';
import { type ConnectionProblem, problemOf } from './connection-problems.ts';
import { isProviderProblem } from './provider-problems.ts';

/** Rules of url-policy.ts that no allow-list lifts. */
const MALFORMED = /^(malformed|userinfo|fragment) /;

/**
 * A document that could not be read.
 * @param address of the member
 * @throws the error itself when it is none of the provider's
 */
export function callProblem(error: SsoError, pointer: string, address: string | null): ConnectionProblem {
  const found = [error.message, detailed(error.detail), hintOf(error, address)].filter(Boolean).join(' ');
  const isMalformed = error.code === 'url_not_allowed' && MALFORMED.test(error.detail ?? '');
  if (error.code === 'connection_misconfigured' || (isMalformed && pointer === '/issuer'))
    return problemOf('issuer_invalid', pointer, found);
  if (isProviderProblem(error.code)) return problemOf(error.code, pointer, found);
  throw error;
}

/** What the provider said or where the operator looks next. */
function hintOf(error: SsoError, address: string | null): string {
  if (error instanceof RedirectError && error.target) return `It leads to ${error.target}`;
  if (error instanceof DocumentMissingError) return `There is a document of the issuer ${error.suggestion}`;
  const url = URL.parse(address ?? '');
  return url ? `Asked was ${destination(url)}` : '';
}

const detailed = (text: string | undefined) => (text === undefined ? '' : `Detail: ${text}.`);

/** Where each refusal is put right; the others at the secret. */
const POINTERS: Readonly<Record<string, string>> = {
  idp_client_unknown: '/clientId',
  idp_client_not_allowed: '/clientId',
  idp_tenant_mismatch: '/issuer',
  idp_redirect_uri_mismatch: '/redirectUris/0',
};

/** What the check answers of client id and secret. */
export interface ClientCredentials {
  readonly verdict: ClientVerdict['verdict'] | 'not_asked';
  readonly found: string;
}

const FOUND = {
  accepted:
    'The provider took client id and secret: of a request with a code that was made up it refused the code alone.',
  not_asked: 'The provider was not asked, since something else stands in the way of a login.',
} as const;

export function credentialsOf(verdict: ClientVerdict | undefined): ClientCredentials {
  if (!verdict) return { verdict: 'not_asked', found: FOUND.not_asked };
  if (verdict.verdict === 'accepted') return { verdict: 'accepted', found: FOUND.accepted };
  if (verdict.verdict === 'unknown') return { verdict: 'unknown', found: verdict.because };
  return { verdict: 'refused', found: foundOf(verdict.refusal) };
}

export function refusalProblems(verdict: ClientVerdict | undefined, hasKey: boolean): ConnectionProblem[] {
  if (verdict?.verdict !== 'refused' || !isProviderProblem(verdict.refusal.code)) return [];
  const { code } = verdict.refusal;
  return [problemOf(code, POINTERS[code] ?? (hasKey ? '/clientKey' : '/clientSecret'), foundOf(verdict.refusal))];
}

const foundOf = (refusal: SsoError) => [refusal.message, detailed(refusal.detail)].filter(Boolean).join(' ');
