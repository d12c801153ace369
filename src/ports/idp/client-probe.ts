/**
 * Asks a token endpoint whether it takes the connection's client id and secret, before anybody signs in: a code that was made
 * up can't succeed, and providers authenticate the client before they look at the code (RFC 6749 §4.1.3, §5.2). Where
 * that is not sure, the verdict is `unknown`.
 */
import { asSsoError, type SsoError, type SsoErrorCode } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { randomToken } from '#ports/keys/random.ts';
import { chooseClientAuthentication, openClientCredentials } from './client-authentication.ts';
import { exchangeCode, requireClientId } from './code-exchange.ts';
import { createProbeBudget } from './probe-budget.ts';
import type { ProviderMetadata } from './provider.ts';
import { readTokenResponse } from './token-response.ts';

export type ProbedEndpoint = Pick<
  ProviderMetadata,
  'issuer' | 'tokenEndpoint' | 'clientAuthentications' | 'assertionAudience'
>;

/** `refused` says by which reason a login would fail; `unknown`, why the answer tells nothing. */
export type ClientVerdict =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'refused'; readonly refusal: SsoError }
  | { readonly verdict: 'unknown'; readonly because: string };

export type ClientProbe = (
  connection: Connection,
  endpoint: ProbedEndpoint,
  redirectUri: string,
) => Promise<ClientVerdict>;

/** Refusals that are about the client, whatever the code. */
const REFUSALS: ReadonlySet<SsoErrorCode> = new Set([
  'idp_client_auth_failed',
  'idp_client_secret_expired',
  'idp_client_unknown',
  'idp_client_not_allowed',
  'idp_tenant_mismatch',
]);
/** Entra ID reads the code first: what it says of one that was made up holds whatever the secret. */
const CODE_FIRST = /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$|\.(ciamlogin|b2clogin)\.com$/;

export function createClientProbe(ports: { outbound: Outbound; sealer: Sealer; clock: Clock }): ClientProbe {
  const budget = createProbeBudget(ports.clock);
  return async (connection, endpoint, redirectUri) => {
    const settle = budget.take(connection, endpoint.tokenEndpoint);
    if (typeof settle === 'string') return unknown(settle);
    const verdict = await ask(ports, connection, endpoint, redirectUri);
    settle(verdict.verdict === 'refused');
    return verdict;
  };
}

async function ask(
  { outbound, sealer }: { outbound: Outbound; sealer: Sealer },
  connection: Connection,
  endpoint: ProbedEndpoint,
  redirectUri: string,
): Promise<ClientVerdict> {
  try {
    const method = chooseClientAuthentication(connection, endpoint.clientAuthentications);
    const answer = await exchangeCode(outbound, {
      // a circuit of its own, as for all checks
      connection: { ...connection, id: `${connection.id}:check` },
      clientId: requireClientId(connection),
      credentials: await openClientCredentials(connection, method, sealer),
      issuer: endpoint.issuer,
      tokenEndpoint: endpoint.tokenEndpoint,
      assertionAudience: endpoint.assertionAudience ?? 'issuer',
      redirectUri,
      codeVerifier: randomToken(),
      // so that whoever reads the provider's log knows where it comes from
      code: `vestibule-connection-check-${randomToken(16)}`,
      clockOffsetSeconds: 0,
    });
    readTokenResponse(answer);
    return unknown('The provider gave tokens for a code that was made up.');
  } catch (error) {
    return judge(asSsoError(error), new URL(endpoint.tokenEndpoint).hostname);
  }
}

function judge(error: SsoError, host: string): ClientVerdict {
  const { code, detail = code } = error;
  // a status alone may be a gateway's
  const isNamed = /^token endpoint: \d{3} ./.test(detail);
  if (REFUSALS.has(code) && (isNamed || code !== 'idp_client_auth_failed'))
    return { verdict: 'refused', refusal: error };
  const isRedirectUri = code === 'idp_redirect_uri_mismatch';
  // by its own code; that a description speaks of the redirect URI too says nothing here
  if (isRedirectUri && /redirect_uri_mismatch|AADSTS50011/.test(detail)) return { verdict: 'refused', refusal: error };
  if (code !== 'code_exchange_failed' && !isRedirectUri) return unknown(`The answer does not tell (${detail}).`);
  if (CODE_FIRST.test(host)) return unknown('Entra ID looks at the code first and does not tell before a login.');
  return { verdict: 'accepted' };
}

function unknown(because: string): ClientVerdict {
  return { verdict: 'unknown', because };
}
