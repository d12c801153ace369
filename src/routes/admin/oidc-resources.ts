/** The admin API's wire for OpenID connections: what to tell the provider's administrator, and what the provider says of logout. */
import { type Static, t } from 'elysia';
import type { OidcConnection } from '#core/oidc-connection.ts';
import { backchannelLogoutUri } from '#ports/idp/oidc-logout.ts';
import { answer, closed, flag, objectId, text, texts, url } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';

const OidcParams = t.Object({ id: objectId('Connection id.') });

const Client = closed('What to enter at the provider.', {
  clientId: t.Optional(text('Our client id there.', 512)),
  redirectUris: texts('Redirect URIs.', 2048),
  backchannelLogoutUri: url('Where the provider sends its logout tokens (`backchannel_logout_uri`).'),
  postLogoutRedirectUri: t.Optional(url('Where people return after a logout (`post_logout_redirect_uris`).')),
});
const Provider = closed('What the provider says of itself.', {
  issuer: text('Its issuer; with `{tenantid}` where each tenant has one of its own.', 2048),
  backchannelLogoutSupported: t.Optional(
    flag('Whether it sends logout tokens; absent for a provider whose metadata are not read.'),
  ),
  backchannelLogoutSessionSupported: t.Optional(flag('Whether they name the session (`sid`), not only the person.')),
  endSessionEndpoint: t.Optional(text('Where a browser ends its session.', 2048)),
  endSessionTrusted: t.Optional(
    flag(
      'Whether people are sent there: false where it is on another site than the issuer; add its origin to `trustedOrigins`.',
    ),
  ),
});
const OidcConnectionModel = answer('The OpenID Connect side of a connection.', {
  connectionId: objectId('Connection id.'),
  organizationId: objectId('Its organization.'),
  client: Client,
  provider: t.Optional(Provider),
  failure: t.Optional(text('Why the provider’s metadata could not be read.', 64)),
});

export const oidcAdminModels = { 'Admin.OidcParams': OidcParams, 'Admin.OidcConnection': OidcConnectionModel };

/** @param publicUrl the origin that our addresses are made of */
export function presentOidcConnection(
  { connection, announcement, failure }: OidcConnection,
  publicUrl: string,
): Static<typeof OidcConnectionModel> {
  const { id, organizationId, clientId, redirectUris, logoutRedirectUri } = connection;
  return known({
    connectionId: id,
    organizationId,
    client: known({
      clientId,
      redirectUris,
      backchannelLogoutUri: backchannelLogoutUri(publicUrl, id),
      postLogoutRedirectUri: logoutRedirectUri,
    }),
    provider:
      announcement &&
      known({
        issuer: announcement.issuer,
        backchannelLogoutSupported: announcement.backchannelLogout,
        backchannelLogoutSessionSupported: announcement.backchannelLogoutSession,
        endSessionEndpoint: announcement.endSessionEndpoint,
        endSessionTrusted: announcement.endSessionEndpoint === undefined ? undefined : announcement.endSessionTrusted,
      }),
    failure,
  });
}
