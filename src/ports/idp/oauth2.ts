/**
 * Plain OAuth 2.0 (RFC 6749 §4.1 with PKCE) for providers that issue no ID token: the access token came straight from
 * the provider over TLS, and the provider's API says who it belongs to.
 *
 * ```
 * verify      response iss → code exchange → user document → addresses, where listed apart → claims
 * ```
 */
import type { Checks } from '#core/checks.ts';
import type { Clock } from '#ports/clock.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { authorizationUrl } from './arctic-client.ts';
import { mapDocuments } from './claim-mapping.ts';
import { chooseClientAuthentication, openClientCredentials } from './client-authentication.ts';
import { exchangeCode, requireClientId } from './code-exchange.ts';
import { kindOf } from './evidence.ts';
import type { AuthorizationRequest, ClaimSource, IdentityProvider, MappedClaims } from './identity-provider.ts';
import { checkResponseIssuer } from './issuer-check.ts';
import { type JsonObject, member } from './json-answer.ts';
import type { OAuth2Metadata, OAuth2Provider } from './provider.ts';
import { dateOf } from './provider-calls.ts';
import { readTokenResponse, type TokenResponse } from './token-response.ts';
import { fetchEmails, fetchUserinfo } from './userinfo.ts';

export interface OAuth2Flow {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly provider: OAuth2Provider;
}

export function createOAuth2Provider(flow: OAuth2Flow): IdentityProvider {
  const { outbound, provider } = flow;
  const mapped = (connection: Connection, source: ClaimSource): MappedClaims => {
    const claims = mapDocuments(connection, source, provider.mapping);
    // of an address that the operator maps from elsewhere the provider has nothing to say
    const isSpokenOf = claims.emailVoucher !== undefined && claims.emailVoucher.claims.length > 0;
    return { ...claims, emailMustBeVerified: provider.needsVerifiedEmail === true && isSpokenOf };
  };
  return {
    async authorize(connection, request) {
      const { authorizationEndpoint } = provider.metadata(connection.issuer);
      chooseClientAuthentication(connection, undefined);
      const scopes = connection.scopes ?? provider.scopes;
      return authorizationUrl(authorizationEndpoint, requireClientId(connection), scopes, request, {
        login_hint: request.loginHint,
      });
    },

    async verify(connection, request, response, checks) {
      const metadata = provider.metadata(connection.issuer);
      checkResponseIssuer(response.iss, { issuer: metadata.issuer, announcesIss: false }, connection, checks);
      const { accessToken } = await checks.step('token.response', () =>
        exchange(flow, connection, metadata, request, response.code, checks),
      );
      const user = await checks.step('userinfo.response', () =>
        checks.findings.wait('userinfo', () =>
          fetchUserinfo(outbound, connection, metadata.userinfoEndpoint, accessToken),
        ),
      );
      const subject = requireSubject(user, provider.subject, checks);
      const { emailsEndpoint } = metadata;
      const emails = emailsEndpoint
        ? await checks.step('userinfo.emails', () =>
            checks.findings.wait('emails', () => fetchEmails(outbound, connection, emailsEndpoint, accessToken)),
          )
        : [];
      const documents = [provider.claims(user, emails)];
      return { issuer: metadata.issuer, subject, source: { documents }, ...mapped(connection, { documents }) };
    },

    mapClaims: mapped,
  };
}

async function exchange(
  flow: OAuth2Flow,
  connection: Connection,
  metadata: OAuth2Metadata,
  request: Omit<AuthorizationRequest, 'state'>,
  code: string,
  { findings }: Checks,
): Promise<TokenResponse> {
  const method = chooseClientAuthentication(connection, undefined);
  const credentials = await openClientCredentials(connection, method, flow.sealer);
  const sent = {
    connection,
    clientId: requireClientId(connection),
    credentials,
    issuer: metadata.issuer,
    tokenEndpoint: metadata.tokenEndpoint,
    assertionAudience: 'token_endpoint' as const,
    redirectUri: request.redirectUri,
    codeVerifier: request.codeVerifier,
    code,
    clockOffsetSeconds: 0,
  };
  const answer = await findings.wait('token', () => exchangeCode(flow.outbound, sent));
  findings.clock('http_date', dateOf(answer), flow.clock.now());
  return readTokenResponse(answer);
}

/** A number that JSON kept exact, or a text of it; user names are no subjects, for they change hands. */
function requireSubject(user: JsonObject, name: string, checks: Checks): string {
  const id = member(user, name);
  const evidence = { expected: `a whole number in ${name}`, actual: kindOf(id) };
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  if (typeof text !== 'string' || !/^[1-9]\d{0,18}$/.test(text))
    return checks.fail('userinfo.sub', 'subject_missing', evidence);
  checks.pass('userinfo.sub', evidence);
  return text;
}
