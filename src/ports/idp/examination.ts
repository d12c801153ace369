/**
 * What a provider says of itself, read anew and without judging it (OpenID Connect Discovery 1.0 §3, RFC 8414 §2): for an
 * operator who saves a connection, where a login would stop at the first fault.
 */
import { asSsoError } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import { baseText } from './base-url.ts';
import { requireTrustedEndpoint } from './endpoint-policy.ts';
import { badResponse, type JsonObject, member, readJsonObject } from './json-answer.ts';
import type { OidcProvider } from './provider.ts';
import { getDocument } from './provider-calls.ts';

export interface ProviderExamination {
  /** What the document names itself; undefined when that is no text. */
  readonly issuer: string | undefined;
  /** What the connection wants it to be; undefined where any will do. */
  readonly expectedIssuer: string | undefined;
  /** Endpoints that are missing, or that no code and no secret may be sent to, and why. */
  readonly endpointFaults: readonly { readonly name: string; readonly fault: 'missing' | 'insecure' | 'untrusted' }[];
  /** What is announced by the name of the metadata; undefined where nothing is. */
  readonly announced: (name: string) => readonly string[] | undefined;
}

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'] as const;

/**
 * @param provider undefined for any issuer, whose endpoints come from the document
 * @throws SsoError `connection_misconfigured`, `url_not_allowed`, `idp_*`
 */
export async function examineProvider(
  outbound: Outbound,
  connection: Connection,
  provider: OidcProvider | undefined,
): Promise<ProviderExamination> {
  const metadata = provider?.metadata(connection.issuer);
  const base = provider?.discoveryBase?.(connection.issuer) ?? metadata?.issuer ?? baseText(connection.issuer);
  const url = `${base.replace(/\/$/, '')}/.well-known/openid-configuration`;
  // a circuit of its own: what an operator tries out must not refuse logins
  const answer = await getDocument(outbound, { id: `${connection.id}:check` }, url);
  if (answer.status !== 200) throw badResponse(`discovery: ${answer.status}`);
  const document = readJsonObject(answer);
  const issuer = member(document, 'issuer');
  return {
    issuer: typeof issuer === 'string' ? issuer : undefined,
    expectedIssuer: metadata?.issuerOfTenant ? undefined : (metadata?.issuer ?? connection.issuer ?? undefined),
    endpointFaults: provider ? [] : faultsOf(document, connection),
    announced: (name) => texts(document, name),
  };
}

type EndpointFault = ProviderExamination['endpointFaults'][number];

function faultsOf(document: JsonObject, connection: Connection): EndpointFault[] {
  return ENDPOINTS.flatMap((name): EndpointFault[] => {
    const url = member(document, name);
    if (url === undefined && name === 'userinfo_endpoint') return [];
    const fault = typeof url === 'string' ? faultOf(name, url, connection) : 'missing';
    return fault ? [{ name, fault }] : [];
  });
}

function faultOf(
  name: string,
  url: string,
  { issuer, trustedOrigins }: Connection,
): EndpointFault['fault'] | undefined {
  try {
    requireTrustedEndpoint(name, url, issuer ?? '', trustedOrigins);
    return undefined;
  } catch (error) {
    return asSsoError(error).code === 'metadata_changed' ? 'untrusted' : 'insecure';
  }
}

function texts(document: JsonObject, name: string): readonly string[] | undefined {
  const value = member(document, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
