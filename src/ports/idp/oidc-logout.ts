/**
 * The end of a session at an OpenID provider, in both directions: its logout tokens to us (Back-Channel Logout 1.0), and
 * our request to it (RP-Initiated Logout 1.0 §2).
 */
import { decodeJwt } from 'jose';
import type { Connection } from '#ports/db/schema.ts';
import type { BrowserMessage } from './browser-message.ts';
import { requireClientId } from './code-exchange.ts';
import { requireTrustedEndpoint } from './endpoint-policy.ts';
import type { OidcLogout } from './identity-provider.ts';
import { verifyLogoutToken } from './logout-token.ts';
import type { OidcFlow } from './oidc.ts';
import type { ProviderMetadata } from './provider.ts';

/** Largest ID token that is kept for a hint, bytes: it travels through the browser in a form. */
const MAX_HINT = 4 * 1024;

export function createOidcLogout({ metadata: read, jwks, clock }: OidcFlow): OidcLogout {
  return {
    async verifyLogoutToken(connection, logoutToken, checks) {
      const clientId = requireClientId(connection);
      const metadata = await checks.step('discovery.issuer', () => read(connection));
      const keys = jwks(connection, metadata.jwksUri, 'anybody');
      return verifyLogoutToken({ logoutToken, connection, clientId, metadata, keys, now: clock.now() }, checks);
    },

    async requestLogout(connection, idToken) {
      const metadata = await read(connection);
      const endpoint = metadata.endSessionEndpoint;
      if (endpoint === undefined) return undefined;
      if (idToken !== undefined && !isIssuedBy(idToken, metadata)) return undefined;
      requireEndSessionTrusted(endpoint, metadata, connection);
      return logoutRequest(endpoint, connection, idToken);
    },

    async readAnnouncement(connection) {
      const metadata = await read(connection);
      const { issuer, endSessionEndpoint, backchannelLogout, backchannelLogoutSession } = metadata;
      const endSessionTrusted = endSessionEndpoint !== undefined && isEndSessionTrusted(metadata, connection);
      return { issuer, endSessionEndpoint, endSessionTrusted, backchannelLogout, backchannelLogoutSession };
    },
  };
}

/** Where a provider sends its logout tokens for a connection: its `backchannel_logout_uri`. */
export function backchannelLogoutUri(publicUrl: string, connectionId: string): string {
  return `${publicUrl}/oidc/${connectionId}/backchannel-logout`;
}

/** The token itself where a later logout will want it for a hint; no longer one than a browser should carry. */
export function hintOf(idToken: string, metadata: ProviderMetadata, connection: Connection): string | undefined {
  return idToken.length <= MAX_HINT && isEndSessionTrusted(metadata, connection) ? idToken : undefined;
}

/**
 * Whether it is this provider's: the connection may have gone over to another one since the session began, which knows nothing
 * of that session, and is not to have the token. It was verified when it came.
 */
function isIssuedBy(idToken: string, { issuer, issuerOfTenant }: ProviderMetadata): boolean {
  const { iss, tid } = decodeJwt(idToken);
  return iss === (issuerOfTenant && typeof tid === 'string' ? issuerOfTenant(tid) : issuer);
}

/** A token stands in no address: with one, a page has to post the request. */
function logoutRequest(endpoint: string, connection: Connection, idToken: string | undefined): BrowserMessage {
  const fields: Record<string, string> = { client_id: requireClientId(connection) };
  if (connection.logoutRedirectUri !== null) fields['post_logout_redirect_uri'] = connection.logoutRedirectUri;
  if (idToken !== undefined)
    return { binding: 'post', form: { action: endpoint, fields: { id_token_hint: idToken, ...fields } } };
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return { binding: 'redirect', url };
}

function isEndSessionTrusted(metadata: ProviderMetadata, connection: Connection): boolean {
  if (metadata.endSessionEndpoint === undefined) return false;
  try {
    requireEndSessionTrusted(metadata.endSessionEndpoint, metadata, connection);
    return true;
  } catch {
    return false;
  }
}

/** @throws SsoError `url_not_allowed`, `metadata_changed` */
function requireEndSessionTrusted(
  endpoint: string,
  { issuer }: ProviderMetadata,
  { trustedOrigins }: Connection,
): void {
  requireTrustedEndpoint('end_session_endpoint', endpoint, issuer, trustedOrigins);
}
