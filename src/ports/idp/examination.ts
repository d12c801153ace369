/**
 * What a provider says of itself, read anew and without judging it (OpenID Connect Discovery 1.0 §3, RFC 8414 §2): for an
 * operator who saves a connection, where a login would stop at the first fault.
 */
import { asSsoError, SsoError } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import { baseText } from './base-url.ts';
import type { ProbedEndpoint } from './client-probe.ts';
import { readDiscoveryDocument } from './document-refusal.ts';
import { isHttps, type MayCall, requireTrustedEndpoint } from './endpoint-policy.ts';
import { DocumentMissingError, guessIssuer } from './issuer-guess.ts';
import { type JsonObject, member } from './json-answer.ts';
import type { OidcProvider } from './provider.ts';
import { getDocument } from './provider-calls.ts';

export interface ProviderExamination {
  /** What the document names itself; undefined when that is no text, or there is no such document. */
  readonly issuer: string | undefined;
  /** What the connection wants it to be; undefined where any will do. */
  readonly expectedIssuer: string | undefined;
  /** Endpoints that are missing, or that no code and no secret may be sent to, and why. */
  readonly endpointFaults: readonly EndpointFault[];
  /** What is announced by the name of the metadata; undefined where nothing is. */
  readonly announced: (name: string) => readonly string[] | undefined;
  /** Where logins over this connection would send their codes; undefined when there is nothing that one may be sent to. */
  readonly tokenEndpoint: ProbedEndpoint | undefined;
}

/**
 * `missing` · `malformed`: no web address · `insecure`: plain http that is not allowed · `untrusted`: on another site than the
 * issuer · `not_allowed`: the outbound client would not call it
 */
export interface EndpointFault {
  readonly name: string;
  readonly fault: 'missing' | 'malformed' | 'insecure' | 'untrusted' | 'not_allowed';
  readonly url?: URL | undefined;
}

export interface ExaminationPorts {
  readonly outbound: Outbound;
  readonly mayCall?: MayCall | undefined;
}

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'] as const;

/**
 * @param provider undefined for any issuer, whose endpoints come from the document
 * @throws SsoError `connection_misconfigured`, `url_not_allowed`, `idp_*`
 */
export async function examineProvider(
  ports: ExaminationPorts,
  connection: Connection,
  provider: OidcProvider | undefined,
): Promise<ProviderExamination> {
  const metadata = provider?.metadata(connection.issuer);
  const base = provider?.discoveryBase?.(connection.issuer) ?? metadata?.issuer ?? baseText(connection.issuer);
  const document = await readDocument(ports.outbound, connection, base);
  const issuer = member(document, 'issuer');
  const announced = (name: string) => texts(document, name);
  return {
    issuer: typeof issuer === 'string' ? issuer : undefined,
    expectedIssuer: metadata?.issuerOfTenant ? undefined : (metadata?.issuer ?? connection.issuer ?? undefined),
    endpointFaults: provider ? [] : faultsOf(document, connection, ports.mayCall ?? isHttps),
    announced,
    tokenEndpoint: metadata ?? trustedEndpoint(document, connection, announced, ports.mayCall),
  };
}

/** A circuit of its own: what an operator tries out must not refuse logins. */
async function readDocument(outbound: Outbound, { id }: Connection, base: string): Promise<JsonObject> {
  const circuit = `${id}:check`;
  const url = `${base.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    return readDiscoveryDocument(await getDocument(outbound, { id: circuit }, url));
  } catch (error) {
    if (!(error instanceof SsoError) || error.code !== 'idp_document_missing') throw error;
    const suggestion = await guessIssuer(outbound, circuit, base);
    throw suggestion === undefined ? error : new DocumentMissingError(error, suggestion);
  }
}

/** By the rules of a login (discovery.ts), also where it was pinned: what is not trusted gets no secret. */
function trustedEndpoint(
  document: JsonObject,
  connection: Connection,
  announced: ProviderExamination['announced'],
  mayCall: MayCall = isHttps,
): ProbedEndpoint | undefined {
  const { issuer, pinnedMetadata } = connection;
  const tokenEndpoint = pinnedMetadata?.tokenEndpoint ?? member(document, 'token_endpoint');
  if (typeof tokenEndpoint !== 'string' || !issuer) return undefined;
  if (faultOf('token_endpoint', tokenEndpoint, connection, mayCall)) return undefined;
  return { issuer, tokenEndpoint, clientAuthentications: announced('token_endpoint_auth_methods_supported') };
}

function faultsOf(document: JsonObject, connection: Connection, mayCall: MayCall): EndpointFault[] {
  return ENDPOINTS.flatMap((name): EndpointFault[] => {
    const text = member(document, name);
    if (text === undefined && name === 'userinfo_endpoint') return [];
    if (typeof text !== 'string') return [{ name, fault: 'missing' }];
    const fault = faultOf(name, text, connection, mayCall);
    return fault ? [{ name, fault, url: URL.parse(text) ?? undefined }] : [];
  });
}

function faultOf(
  name: string,
  url: string,
  { issuer, trustedOrigins }: Connection,
  mayCall: MayCall,
): EndpointFault['fault'] | undefined {
  try {
    requireTrustedEndpoint(name, url, issuer ?? '', trustedOrigins, mayCall);
  } catch (error) {
    if (asSsoError(error).code === 'metadata_changed') return 'untrusted';
    return /^http:\/\/[^/]/i.test(url) ? 'insecure' : 'malformed';
  }
  // the browser goes to the authorization endpoint, not we
  return name === 'authorization_endpoint' || mayCall(url) ? undefined : 'not_allowed';
}

function texts(document: JsonObject, name: string): readonly string[] | undefined {
  const value = member(document, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
