/**
 * OpenID Connect Discovery 1.0 through oauth4webapi: exact issuer (§4.3), endpoints the connection may trust,
 * and the first answer pinned.
 */

import { allowInsecureRequests, customFetch, discoveryRequest, processDiscoveryResponse } from 'oauth4webapi';
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Connection, PinnedMetadata } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import { baseUrl } from './base-url.ts';
import { readDiscoveryDocument } from './document-refusal.ts';
import { type MayCall, requireTrustedEndpoint } from './endpoint-policy.ts';
import { shown } from './evidence.ts';
import { badResponse, isJsonObject, type JsonObject, member } from './json-answer.ts';
import type { ProviderMetadata } from './provider.ts';
import { asResponse, getDocument } from './provider-calls.ts';
import { RemoteDocuments } from './remote-documents.ts';

export interface DiscoveryPorts {
  readonly outbound: Outbound;
  readonly clock: Clock;
  /** Whether `outbound` would call a URL; https alone unless given. */
  readonly mayCall?: MayCall | undefined;
  /**
   * Stores the endpoints that a connection's first successful discovery named. Must keep what is already
   * stored (`… where pinned_metadata is null`): two replicas may both be first.
   */
  readonly pinMetadata: (connection: Connection, endpoints: PinnedMetadata) => Promise<void>;
  /** A later discovery named other endpoints; they are not used. Told once per connection version and set of endpoints. */
  readonly onMetadataChanged?: ((connection: Connection, endpoints: PinnedMetadata) => void) | undefined;
  /** A document past its freshness had to do, because the provider could not be read. */
  readonly onStaleDocument?: ((connection: string, kind: 'discovery' | 'jwks') => void) | undefined;
}

/** What one discovery said, and what came of it for the connection. */
interface Discovered {
  readonly endpoints: PinnedMetadata;
  /** Not pinned: no secret and no code goes there. */
  readonly announced: Pick<
    ProviderMetadata,
    | 'idTokenAlgs'
    | 'clientAuthentications'
    | 'announcesIss'
    | 'endSessionEndpoint'
    | 'backchannelLogout'
    | 'backchannelLogoutSession'
  >;
  /** Settles when the endpoints of a connection that had none are stored. */
  pinning?: Promise<void> | undefined;
}

export type Discovery = (connection: Connection) => Promise<ProviderMetadata>;

/** How many connections are remembered as having had their change told. */
const MAX_REPORTED = 1_000;

/**
 * @returns metadata by connection, cached by its id and version
 * @throws SsoError `connection_misconfigured`, `issuer_mismatch`, `metadata_changed`, `url_not_allowed`, `idp_*`
 */
export function createDiscovery(ports: DiscoveryPorts): Discovery {
  const documents = new RemoteDocuments<Discovered>(ports.clock, (key) =>
    ports.onStaleDocument?.(key.slice(0, key.lastIndexOf(':')), 'discovery'),
  );
  const reported = new Map<string, string>();

  function report(key: string, connection: Connection, endpoints: PinnedMetadata): void {
    const text = JSON.stringify(endpoints);
    if (reported.get(key) === text) return;
    if (reported.size >= MAX_REPORTED) reported.clear();
    reported.set(key, text);
    ports.onMetadataChanged?.(connection, endpoints);
  }

  return async (connection) => {
    const issuer = requireIssuer(connection);
    const key = `${connection.id}:${connection.version}`;
    const discovered = await documents.get(key, () => discover(ports.outbound, connection, issuer));
    const pinned = connection.pinnedMetadata;
    const endpoints = pinned ?? discovered.endpoints;
    for (const [name, url] of Object.entries(endpoints)) {
      requireTrustedEndpoint(name, url, issuer, connection.trustedOrigins, ports.mayCall);
    }
    // anybody's logout token comes to here: it must not settle what the first login over a draft is to find
    if (!pinned && connection.status === 'active') await pin(ports, connection, discovered);
    if (pinned && !sameEndpoints(pinned, discovered.endpoints)) report(key, connection, discovered.endpoints);
    return { issuer, ...endpoints, ...discovered.announced };
  };
}

/** Pins once for all the logins that wait for it; a failed attempt is made again by the next one. */
function pin(ports: DiscoveryPorts, connection: Connection, discovered: Discovered): Promise<void> {
  discovered.pinning ??= ports.pinMetadata(connection, discovered.endpoints).catch((error: unknown) => {
    discovered.pinning = undefined;
    throw error;
  });
  return discovered.pinning;
}

async function discover(outbound: Outbound, connection: Connection, issuer: string): Promise<Discovered> {
  let named: unknown;
  const response = await discoveryRequest(new URL(issuer), {
    // whether plain http may be spoken to is the outbound client's decision
    [allowInsecureRequests]: true,
    [customFetch]: async (url) => {
      const answer = await getDocument(outbound, connection, url);
      named = member(readDiscoveryDocument(answer), 'issuer');
      return asResponse(answer);
    },
  });
  const document: JsonObject = { ...(await processDiscovery(issuer, response, named)) };
  // the library compares URLs, in which `https://a` and `https://a/` are one; `iss` is compared as text
  if (document.issuer !== issuer) throw issuerMismatch(issuer, named);
  const userinfoEndpoint = member(document, 'userinfo_endpoint');
  const endSessionEndpoint = member(document, 'end_session_endpoint');
  const announces = (name: string) => member(document, name) === true;
  return {
    endpoints: {
      authorizationEndpoint: endpoint(document, 'authorization_endpoint'),
      tokenEndpoint: endpoint(document, 'token_endpoint'),
      jwksUri: endpoint(document, 'jwks_uri'),
      ...(userinfoEndpoint === undefined ? {} : { userinfoEndpoint: endpoint(document, 'userinfo_endpoint') }),
    },
    announced: {
      idTokenAlgs: texts(document, 'id_token_signing_alg_values_supported'),
      clientAuthentications: texts(document, 'token_endpoint_auth_methods_supported'),
      announcesIss: announces('authorization_response_iss_parameter_supported'),
      endSessionEndpoint: typeof endSessionEndpoint === 'string' ? endSessionEndpoint : undefined,
      backchannelLogout: announces('backchannel_logout_supported'),
      backchannelLogoutSession: announces('backchannel_logout_session_supported'),
    },
  };
}

async function processDiscovery(issuer: string, response: Response, named: unknown): Promise<object> {
  try {
    return await processDiscoveryResponse(new URL(issuer), response);
  } catch (error) {
    const code = isJsonObject(error) ? error.code : undefined;
    if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') throw issuerMismatch(issuer, named);
    throw badResponse('the discovery document has no valid issuer');
  }
}

function issuerMismatch(expected: string, named: unknown): SsoError {
  return new SsoError('issuer_mismatch', { evidence: { expected, actual: shown(named) } });
}

function endpoint(document: JsonObject, name: string): string {
  const value = member(document, name);
  if (typeof value !== 'string') throw badResponse(`the discovery document has no ${name}`);
  return value;
}

function texts(document: JsonObject, name: string): readonly string[] | undefined {
  const value = member(document, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

function sameEndpoints(left: PinnedMetadata, right: PinnedMetadata): boolean {
  return (
    left.authorizationEndpoint === right.authorizationEndpoint &&
    left.tokenEndpoint === right.tokenEndpoint &&
    left.jwksUri === right.jwksUri &&
    left.userinfoEndpoint === right.userinfoEndpoint
  );
}

function requireIssuer(connection: Connection): string {
  baseUrl(connection.issuer);
  if (connection.issuer) return connection.issuer;
  throw new SsoError('connection_misconfigured', { detail: 'the connection has no issuer' });
}
