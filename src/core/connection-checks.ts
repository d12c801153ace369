/**
 * Whether logins over a version of a connection could work, judged without anybody signing in: what it lacks, its redirect
 * URIs, and what its provider says of itself at this moment.
 */
import { asSsoError } from '#error';
import { hasApiKeyFor } from '#ports/db/api-keys.ts';
import { claimsReadBy } from '#ports/db/connection-rules.ts';
import type { Connection } from '#ports/db/schema.ts';
import { destination } from '#ports/http/url-policy.ts';
import { allowedAlgorithms } from '#ports/idp/algorithms.ts';
import { chooseClientAuthentication } from '#ports/idp/client-authentication.ts';
import type { ClientVerdict } from '#ports/idp/client-probe.ts';
import type { EndpointFault, ProviderExamination } from '#ports/idp/examination.ts';
import type { Ports } from '#ports/ports.ts';
import { type ConnectionProblem, type ConnectionProblemCode, problemOf } from './connection-problems.ts';
import { checkSamlProvider } from './connection-saml-checks.ts';
import { missingMembers } from './declaration-connection.ts';
import { type ClientCredentials, callProblem, credentialsOf, refusalProblems } from './provider-check.ts';

const MISSING = {
  '/redirectUris': 'redirect_uri_missing',
  '/clientId': 'client_id_missing',
  '/clientSecret': 'client_secret_missing',
  '/clientKey': 'client_key_missing',
  '/issuer': 'issuer_missing',
} as const satisfies Record<string, ConnectionProblemCode>;

export interface ConnectionCheck {
  /** Errors first. */
  readonly problems: readonly ConnectionProblem[];
  /** Undefined where there are none to ask about: SAML. */
  readonly clientCredentials: ClientCredentials | undefined;
}

/** @param connection as it is in the version */
export async function checkConnection(ports: Ports, connection: Connection): Promise<ConnectionCheck> {
  const own = [
    ...checkMembers(connection),
    ...checkRedirectUris(connection, ports.config.PUBLIC_URL),
    ...checkGroups(connection),
    ...(await checkBrowser(ports, connection)),
  ];
  if (connection.type === 'saml')
    return {
      problems: errorsFirst([...own, ...(await checkSamlProvider(ports, connection))]),
      clientCredentials: undefined,
    };
  const { problems, verdict } = await checkProvider(ports, connection, own);
  return { problems: errorsFirst([...own, ...problems]), clientCredentials: credentialsOf(verdict) };
}

const isError = ({ severity }: ConnectionProblem) => severity === 'error';

function errorsFirst(problems: readonly ConnectionProblem[]): ConnectionProblem[] {
  return [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))];
}

function checkMembers(connection: Connection): ConnectionProblem[] {
  return missingMembers({}, connection).map(({ pointer, sentence }) =>
    problemOf(MISSING[pointer], pointer, `It is not set, and ${sentence}.`),
  );
}

/** Of what clients will do, only the organization's API keys tell. */
/** GitHub's user document names none. @see providers/github.ts */
function checkGroups(connection: Connection): ConnectionProblem[] {
  const { type, mapping, groupRoles } = connection;
  if (type !== 'github' || mapping.groups?.length || !claimsReadBy(connection).has('groups')) return [];
  const pointer = groupRoles.length > 0 ? '/groupRoles' : '/rules';
  return [problemOf('groups_not_read', pointer, 'A rule asks for a group, and GitHub tells no groups.')];
}

async function checkBrowser({ db }: Ports, connection: Connection): Promise<ConnectionProblem[]> {
  if (!connection.requireBrowser || !(await hasApiKeyFor(db, connection.organizationId, 'indee'))) return [];
  return [
    problemOf('browser_never_there', '/requireBrowser', 'It is set, and an API key of the organization is for Indee.'),
  ];
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function checkRedirectUris({ redirectUris }: Connection, publicUrl: string): ConnectionProblem[] {
  return redirectUris.flatMap((uri, index): ConnectionProblem[] => {
    const pointer = `/redirectUris/${index}`;
    const url = URL.parse(uri);
    // a native app's own scheme has no host (RFC 8252 §7.1)
    if (!url || (/^https?:$/.test(url.protocol) && !url.hostname))
      return [problemOf('redirect_uri_malformed', pointer, 'It is no address that a browser could open.')];
    if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
      return [problemOf('redirect_uri_insecure', pointer, `It is plain http to ${url.host}.`)];
    const isTest = uri === testCallbackUrl(publicUrl);
    if (url.origin === new URL(publicUrl).origin && !isTest)
      return [problemOf('redirect_uri_ours', pointer, `It is an address of this server (${url.origin}).`)];
    return [];
  });
}

/** Where a test login may come back, if the provider's administrator registers it as well. */
export function testCallbackUrl(publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/connections/test/callback`;
}

interface ProviderFindings {
  readonly problems: readonly ConnectionProblem[];
  readonly verdict?: ClientVerdict | undefined;
}

/** @param own what is wrong with the connection by itself */
async function checkProvider(
  ports: Ports,
  connection: Connection,
  own: readonly ConnectionProblem[],
): Promise<ProviderFindings> {
  if (!connection.issuer && missingMembers({}, connection).some(({ pointer }) => pointer === '/issuer'))
    return { problems: [] };
  try {
    const examination = await ports.identityProvider.examine(connection);
    if (!examination) return { problems: [] };
    const problems = judge(connection, examination);
    // no secret leaves for a place that logins would not send it to
    if ([...own, ...problems].some(isError)) return { problems };
    const verdict = await probe(ports, connection, examination);
    return { problems: [...problems, ...refusalProblems(verdict, connection.sealedClientKey !== null)], verdict };
  } catch (thrown) {
    return { problems: [callProblem(asSsoError(thrown), '/issuer', connection.issuer)] };
  }
}

async function probe(
  { identityProvider, config }: Ports,
  connection: Connection,
  { tokenEndpoint }: ProviderExamination,
): Promise<ClientVerdict | undefined> {
  const redirectUri = connection.redirectUris[0] ?? testCallbackUrl(config.PUBLIC_URL);
  return tokenEndpoint && identityProvider.probeClient(connection, tokenEndpoint, redirectUri);
}

function judge(connection: Connection, examination: ProviderExamination): ConnectionProblem[] {
  const { issuer, expectedIssuer, endpointFaults } = examination;
  const mismatch =
    expectedIssuer !== undefined && issuer !== expectedIssuer
      ? [
          problemOf(
            'issuer_mismatch',
            '/issuer',
            `The connection wants ${expectedIssuer}; the document names ${issuer ?? 'none'}.`,
          ),
        ]
      : [];
  const endpoints = endpointFaults.map(judgeEndpoint);
  return [...mismatch, ...endpoints, ...judgeFlow(examination), ...judgeChoices(connection, examination)];
}

function judgeEndpoint({ name, fault, url }: EndpointFault): ConnectionProblem {
  const place = url ? destination(url) : '';
  switch (fault) {
    case 'missing':
      return problemOf('endpoint_missing', '/issuer', `The document names no ${name}.`);
    case 'malformed':
      return problemOf('endpoint_insecure', '/issuer', `${name} is no plain https URL.`);
    case 'insecure':
      return problemOf(
        'endpoint_insecure',
        '/issuer',
        `${name} is plain http at ${place}, which OUTBOUND_ALLOW does not name.`,
      );
    case 'not_allowed':
      return problemOf('endpoint_not_allowed', '/issuer', `${name} lies at ${place}, which this server does not call.`);
    case 'untrusted':
      return problemOf(
        'endpoint_not_trusted',
        '/trustedOrigins',
        `${name} lies on another site than the issuer: ${url?.origin}.`,
      );
  }
}

/** What we always do. An absent list means what Discovery §3 says it means, or nothing at all. */
function judgeFlow({ announced }: ProviderExamination): ConnectionProblem[] {
  const lacks = (name: string, value: string) => announced(name)?.includes(value) === false;
  const listed = (name: string) => `${name}: ${announced(name)?.join(', ')}`;
  const wanted: [string, string, ConnectionProblemCode][] = [
    ['response_types_supported', 'code', 'response_type_unsupported'],
    ['response_modes_supported', 'query', 'response_mode_unsupported'],
    ['code_challenge_methods_supported', 'S256', 'pkce_not_announced'],
  ];
  return wanted.flatMap(([name, value, code]) =>
    lacks(name, value) ? [problemOf(code, '/issuer', listed(name))] : [],
  );
}

/** What the connection chose. */
function judgeChoices(connection: Connection, { announced }: ProviderExamination): ConnectionProblem[] {
  const problems: ConnectionProblem[] = [];
  const algs = announced('id_token_signing_alg_values_supported');
  const allowed = allowedAlgorithms(connection.idTokenAlgs, algs);
  if (algs && !allowed.some((alg) => algs.includes(alg)))
    problems.push(problemOf('algorithm_unsupported', '/idTokenAlgs', `The provider signs with ${algs.join(', ')}.`));
  const methods = announced('token_endpoint_auth_methods_supported');
  const { clientAuthentication } = connection;
  const isRefused = clientAuthentication !== null && methods?.includes(clientAuthentication) === false;
  const hasMeans = missingMembers({}, connection).length === 0;
  if (isRefused || (hasMeans && !canAuthenticate(connection, methods))) {
    const found = `The provider takes ${methods?.join(', ') ?? 'client_secret_basic'}.`;
    problems.push(problemOf('client_authentication_unsupported', '/clientAuthentication', found));
  }
  const scopes = announced('scopes_supported');
  const unknown = scopes
    ? (connection.scopes ?? []).flatMap((scope, index) => (scopes.includes(scope) ? [] : [{ scope, index }]))
    : [];
  for (const { scope, index } of unknown)
    problems.push(problemOf('scope_unsupported', `/scopes/${index}`, `The provider does not announce ${scope}.`));
  return problems;
}

function canAuthenticate(connection: Connection, methods: readonly string[] | undefined): boolean {
  try {
    chooseClientAuthentication(connection, methods);
    return true;
  } catch {
    return false;
  }
}
