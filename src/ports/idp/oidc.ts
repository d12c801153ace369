/**
 * The OpenID Connect code flow (Core §3.1), the same for named providers and for any issuer; they differ in where
 * the metadata comes from.
 *
 * ```
 * authorize   metadata → client authentication possible? → URL
 * verify      metadata → response iss → code exchange → ID token → userinfo, if needed → claims
 * ```
 */
import type { Checks } from '#core/checks.ts';
import type { Clock } from '#ports/clock.ts';
import { claimsReadBy } from '#ports/db/connection-rules.ts';
import type { Connection, Mapping } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { authorizationUrl } from './arctic-client.ts';
import { type ClaimSources, leavesGroupsOut, mapClaims, mapDocuments, missingClaims } from './claim-mapping.ts';
import { chooseClientAuthentication, openClientCredentials } from './client-authentication.ts';
import { exchangeCode, requireClientId } from './code-exchange.ts';
import { fetchEntraGroups } from './entra-groups.ts';
import { kindOf } from './evidence.ts';
import { verifyIdToken } from './id-token.ts';
import type { AuthorizationRequest, IdentityProvider } from './identity-provider.ts';
import { checkResponseIssuer } from './issuer-check.ts';
import { type JsonObject, member } from './json-answer.ts';
import type { JwksCache } from './jwks.ts';
import { createOidcLogout, hintOf } from './oidc-logout.ts';
import type { ProviderMetadata } from './provider.ts';
import { dateOf } from './provider-calls.ts';
import { readTokenResponse, type TokenResponse } from './token-response.ts';
import { fetchUserinfo } from './userinfo.ts';

export interface OidcFlow {
  readonly outbound: Outbound;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly jwks: JwksCache;
  readonly metadata: (connection: Connection) => Promise<ProviderMetadata>;
  /** Used when the connection names none. `openid` is always among them. */
  readonly scopes: readonly string[];
  readonly mapping: Mapping;
  /** A document of the provider as far as the provider can vouch for it. */
  readonly claims: (document: JsonObject) => JsonObject;
}

type ExchangedRequest = Omit<AuthorizationRequest, 'state'>;

export function createOidcProvider(flow: OidcFlow): IdentityProvider {
  return {
    oidcLogout: createOidcLogout(flow),

    async authorize(connection, request) {
      const metadata = await flow.metadata(connection);
      // asked here, so that a connection which could never finish a login does not start one
      chooseClientAuthentication(connection, metadata.clientAuthentications);
      const scopes = new Set(['openid', ...(connection.scopes ?? flow.scopes), ...graphScopes(connection, metadata)]);
      return authorizationUrl(metadata.authorizationEndpoint, requireClientId(connection), [...scopes], request, {
        nonce: request.nonce,
        login_hint: request.loginHint,
        max_age: maxAge(connection)?.toString(),
      });
    },

    async verify(connection, request, response, checks) {
      const clientId = requireClientId(connection);
      const { findings } = checks;
      const read = () => findings.wait('discovery', () => flow.metadata(connection));
      const metadata = await checks.step('discovery.issuer', read);
      checkResponseIssuer(response.iss, metadata, connection, checks);
      const tokens = await checks.step('token.response', () =>
        exchange(flow, connection, metadata, request, response.code, checks),
      );
      if (tokens.idToken === undefined)
        return checks.fail('token.idToken', 'id_token_missing', { expected: 'present' });
      checks.pass('token.idToken', { expected: 'present' });

      const keys = flow.jwks(connection, metadata.jwksUri, 'login');
      const { issuer, subject, claims } = await verifyIdToken(
        {
          idToken: tokens.idToken,
          accessToken: tokens.accessToken,
          connection,
          clientId,
          metadata,
          nonce: request.nonce,
          keys: (alg, kid) => findings.wait('jwks', () => keys(alg, kid)),
          now: flow.clock.now(),
        },
        checks,
      );
      const sources = { documents: [flow.claims(claims)], defaults: flow.mapping, mapping: connection.mapping };
      const userinfo = await readUserinfo(flow, connection, metadata, tokens, subject, sources, checks);
      const said = userinfo ? [...sources.documents, flow.claims(userinfo)] : sources.documents;
      const documents = await withGroups(flow, connection, metadata, tokens, { ...sources, documents: said }, checks);
      const idToken = hintOf(tokens.idToken, metadata, connection);
      return { issuer, subject, idToken, source: { documents }, ...mapClaims({ ...sources, documents }) };
    },

    mapClaims: (connection, source) => mapDocuments(connection, source, flow.mapping),
  };
}

/** Without it the access token opens nothing but userinfo. */
function graphScopes({ fetchGroups }: Connection, { groupsEndpoint }: ProviderMetadata): string[] {
  return fetchGroups && groupsEndpoint !== undefined ? ['User.Read'] : [];
}

/** Who has been signed in at the provider for longer than a session may last signs in anew. */
function maxAge({ maxAgeSeconds, maxSessionSeconds }: Connection): number | undefined {
  const limits = [maxAgeSeconds, maxSessionSeconds].filter((seconds) => seconds !== null);
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

async function exchange(
  flow: OidcFlow,
  connection: Connection,
  metadata: ProviderMetadata,
  request: ExchangedRequest,
  code: string,
  { findings }: Checks,
): Promise<TokenResponse> {
  const method = chooseClientAuthentication(connection, metadata.clientAuthentications);
  const credentials = await openClientCredentials(connection, method, flow.sealer);
  const sent = {
    connection,
    clientId: requireClientId(connection),
    credentials,
    issuer: metadata.issuer,
    tokenEndpoint: metadata.tokenEndpoint,
    assertionAudience: metadata.assertionAudience ?? 'issuer',
    redirectUri: request.redirectUri,
    codeVerifier: request.codeVerifier,
    code,
    // rounded down: an assertion dated a second ahead is refused by providers that allow no skew
    clockOffsetSeconds: Math.floor((flow.clock.now().getTime() - Date.now()) / 1000),
  };
  const answer = await findings.wait('token', () => exchangeCode(flow.outbound, sent));
  findings.clock('http_date', dateOf(answer), flow.clock.now());
  return readTokenResponse(answer);
}

/**
 * Asked only where the ID token leaves a wanted claim open, so that its failing matters only then. Its answer is not
 * signed: §5.3.2 has its `sub` compared before anything of it is used.
 */
async function readUserinfo(
  flow: OidcFlow,
  connection: Connection,
  metadata: ProviderMetadata,
  tokens: TokenResponse,
  subject: string,
  sources: ClaimSources,
  checks: Checks,
): Promise<JsonObject | undefined> {
  const endpoint = metadata.userinfoEndpoint;
  const missing = missingClaims(sources, claimsReadBy(connection));
  if (!endpoint || missing === 'none') {
    checks.skip(
      'userinfo.response',
      endpoint ? 'the ID token has every wanted claim' : 'the provider has no such endpoint',
    );
    return undefined;
  }
  // a circuit of its own where nothing hangs on it: its failures must not refuse other people's logins
  const circuit = missing === 'welcome' ? { ...connection, id: `${connection.id}:userinfo` } : connection;
  const fetched = checks.findings.wait('userinfo', () =>
    fetchUserinfo(flow.outbound, circuit, endpoint, tokens.accessToken),
  );
  const userinfo =
    missing === 'required'
      ? await checks.step('userinfo.response', () => fetched)
      : await fetched.catch(() => undefined);
  if (!userinfo) {
    checks.skip('userinfo.response', 'it failed, and only a name was missing');
    return undefined;
  }
  if (missing === 'welcome') checks.pass('userinfo.response');
  const sub = member(userinfo, 'sub');
  checks.require('userinfo.sub', sub === subject, 'userinfo_sub', {
    expected: 'matches',
    actual: sub === subject ? 'matches' : kindOf(sub),
  });
  return userinfo;
}

/**
 * The documents, with one more for the groups that they leave out, where the connection wants those asked for. It stands
 * for what the token would have said, so that whoever maps the documents later finds them too.
 */
async function withGroups(
  flow: OidcFlow,
  connection: Connection,
  { groupsEndpoint }: ProviderMetadata,
  { accessToken }: TokenResponse,
  sources: ClaimSources,
  checks: Checks,
): Promise<readonly JsonObject[]> {
  const { documents } = sources;
  if (!connection.fetchGroups || groupsEndpoint === undefined || !leavesGroupsOut(sources)) return documents;
  const groups = await checks.step('groups.fetched', () =>
    checks.findings.wait('groups', () => fetchEntraGroups(flow.outbound, connection, groupsEndpoint, accessToken)),
  );
  return [...documents, { groups }];
}
