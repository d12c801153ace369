/** Reasons about talking to the identity provider: reaching it, its documents, its token endpoint, its keys. */
import type { SsoErrorCode } from '#error';
import { type ReasonTexts, START_AGAIN, TELL_ADMIN, TRY_LATER } from './texts.ts';

const CHECK = '`GET /admin/v1/connections/{id}/check`';

export const PROVIDER_REASONS = {
  url_not_allowed: {
    cause:
      'An address of the provider is not one that this server calls: not https, not public, of another port than 443 and 8443, or its name leads to a private address.',
    person: TELL_ADMIN,
    integrator:
      'For a provider inside your network, or on another port, add its `host:port` to OUTBOUND_ALLOW and restart; an endpoint on another origin than the issuer’s has to be in the connection’s `trustedOrigins` as well. Otherwise the connection, or the provider’s metadata, have to name public https addresses.',
    admin: 'Serve the provider under https with a public name, and let its metadata name such addresses only.',
  },
  idp_unreachable: {
    cause:
      'The connection to the provider broke (`reset`), no network leads there (`no route`), or calls pause for some seconds after many failures (`circuit open`).',
    person: TRY_LATER,
    integrator:
      'See `detail`. `reset`: something between here and there, or the provider’s own front, cuts connections off; try `curl -v` from this machine. `no route`: this machine has no way to that network (IPv6?). `circuit open`: the logins before this one failed, and their reasons say why; calls begin again after `Retry-After`.',
    admin:
      'See whether the provider or what stands before it (firewall, load balancer) turns this server’s calls away.',
  },
  idp_name_not_found: {
    cause: 'The name in the provider’s address has no address in the DNS of this server.',
    person: TELL_ADMIN,
    integrator:
      'Look for a typing error in the host of the connection’s `issuer` (or `metadataUrl`). If other machines know the name, this one asks another DNS: a name that exists inside a network only has to be resolved where this server runs.',
    admin: 'Tell the provider’s address as the public DNS knows it, and publish the name there.',
  },
  idp_connection_refused: {
    cause: 'The machine at the provider’s address answers that nobody listens on that port.',
    person: TRY_LATER,
    integrator:
      'Check the port in the connection’s `issuer` (or `metadataUrl`); without one it is 443. If it is right, the provider is not running, or a firewall refuses this server.',
    admin: 'Start the provider, and let this server in on its port.',
  },
  idp_connect_timeout: {
    cause: 'The provider’s address did not take the connection within 2 seconds: packets are dropped on the way.',
    person: TRY_LATER,
    integrator:
      'Let this server out to that host and port: its firewall, security group or network policy, or the provider’s list of allowed addresses. Proxies from the environment are not used.',
    admin: 'Let this server’s address through your firewall on the provider’s port.',
  },
  idp_certificate_expired: {
    cause: 'The provider’s TLS certificate, or one that it was issued by, is past its end.',
    person: TELL_ADMIN,
    integrator:
      'Nothing to set here: expired certificates are never taken. If browsers take it, check this machine’s clock.',
    admin: 'Renew the TLS certificate of the provider’s web address, and see why it was not renewed by itself.',
  },
  idp_certificate_not_yet_valid: {
    cause: 'The provider’s TLS certificate begins in the future, by this server’s clock.',
    person: TELL_ADMIN,
    integrator: 'Check this machine’s clock, and let it be set by NTP.',
    admin: 'If the certificate was made by hand: make it anew with today as its beginning.',
  },
  idp_certificate_name: {
    cause: 'The provider’s TLS certificate does not name the host that was called.',
    person: TELL_ADMIN,
    integrator:
      'Use the name that the certificate is for as the host of the connection’s `issuer` (or `metadataUrl`), not an address or another name of the same machine.',
    admin: 'Have a certificate issued that names this host among its subject alternative names.',
  },
  idp_certificate_untrusted: {
    cause:
      'The provider’s TLS certificate was issued by nobody whom this server trusts: it is self-signed, comes from a private authority, or the server does not send its intermediate certificate.',
    person: TELL_ADMIN,
    integrator:
      'For an authority of your own: start this server with NODE_EXTRA_CA_CERTS set to a file of its root certificate (PEM; a self-signed certificate itself will do), which Bun and Deno both add to those that they trust. If browsers take the certificate without that, the intermediate is missing at the provider.',
    admin:
      'Let the web server send the whole chain: its certificate and every intermediate one. Use a certificate of a public authority, or hand over the root certificate of your own.',
  },
  idp_tls_failed: {
    cause:
      'The provider’s address speaks no TLS, none of version 1.2 or later, or wants a client certificate, which is never sent.',
    person: TELL_ADMIN,
    integrator:
      'See `detail`: `WRONG_VERSION_NUMBER` means that the port speaks plain http, or no http at all: check the port of the address. `PROTOCOL_VERSION` means that the other side is too old.',
    admin: 'Offer TLS 1.2 or 1.3 on this address, without asking for a client certificate.',
  },
  idp_timeout: {
    cause:
      'The provider did not answer within its limit: 5 s a document, 10 s the token endpoint, 15 s all calls of a login.',
    person: TRY_LATER,
    integrator: 'See `calls` of the trace for the slow one. A code is never sent twice: the person signs in again.',
    admin:
      'Look for what slows the provider’s token or metadata endpoint; requests from this server must not be held back.',
  },
  idp_busy: {
    cause: 'As many calls to this provider as are allowed are under way, and those that waited gave up.',
    person: TRY_LATER,
    integrator: 'Wait for `Retry-After`; if it happens often, the provider answers too slowly for so many logins.',
    admin: 'Look for what slows the provider: calls pile up only when it takes seconds to answer.',
  },
  idp_redirect: {
    cause: 'An endpoint of the provider answered with a redirect, which is never followed.',
    person: TELL_ADMIN,
    integrator: `Ask ${CHECK} where it leads. If that is the provider’s own address, set the connection’s \`issuer\` (or \`metadataUrl\`) to it: mostly https in place of http, or with or without \`www\`. If it leads to a sign-in page, the address is not public.`,
    admin: 'Give the final address of the provider, and let its metadata name endpoints that answer by themselves.',
  },
  idp_unavailable: {
    cause:
      'The provider answered that it is down or overloaded (HTTP 500 to 599, or 429); `detail` says at which call.',
    person: TRY_LATER,
    integrator:
      'Nothing to set here: try again in a few minutes, and see the provider’s status page. 429 means that it counts too many calls from this server’s address. If a document stays so for long while others can read it, check the path of the `issuer`.',
    admin: 'Look into the log of the provider, or of what stands before it (load balancer, gateway), at this time.',
  },
  idp_document_missing: {
    cause:
      'At the connection’s address is no document of an identity provider (HTTP 404, or a web page): no /.well-known/openid-configuration under the issuer, or no metadata at `metadataUrl`.',
    person: TELL_ADMIN,
    integrator: `Correct the \`issuer\` (or \`metadataUrl\`): a realm, tenant or path such as \`/v2.0\`, \`/realms/<realm>\`, \`/oauth2/default\` may be missing or too much. ${CHECK} tries the usual ones and names the one that answers.`,
    admin: 'Tell the exact issuer, as the provider’s own discovery document names it, or the address of the metadata.',
  },
  idp_document_forbidden: {
    cause: 'The provider refuses its public document to this server (HTTP 401 or 403).',
    person: TELL_ADMIN,
    integrator:
      'Nothing to set here, if the address is right: open it with curl from this machine and from another one. If only this one is refused, a firewall of the provider’s keeps it out.',
    admin:
      'Let anybody read the discovery document or the metadata without signing in, and let this server’s address through your web application firewall.',
  },
  idp_bad_response: {
    cause:
      'The provider’s answer is not what the protocol wants: status, content type, JSON or members; `detail` names it.',
    person: TRY_LATER,
    integrator:
      'See `detail`: `token endpoint: 400 invalid_request` is a request that the provider does not take, often for its `clientAuthentication`; `token endpoint: 404` a wrong `issuer`; `userinfo: 403` a missing scope; `emails: 404` or `403` one that lacks GitHub’s `user:email`: add it to the connection’s `scopes`, or leave them out, and sign in anew.',
    admin:
      'Check that the endpoint in `detail` answers JSON to this application, and that the scopes it was given allow it.',
  },
  idp_client_auth_failed: {
    cause: 'The provider’s token endpoint refused the client id, the secret or key, or how it was sent.',
    person: TELL_ADMIN,
    integrator:
      'Set the connection’s `clientId` and `clientSecret` (or `clientKey`) anew: copied whole, without blanks. Entra ID (AADSTS7000215): the secret’s Value, not its Secret ID. If they are right, set `clientAuthentication` to the method that the provider is set to.',
    admin:
      'Make a new client secret for this application and hand it over. Allow `client_secret_basic` or `client_secret_post`, and let the application be a confidential (web) one.',
  },
  idp_client_secret_expired: {
    cause: 'The provider knows the client secret and says that it has expired (Entra ID: AADSTS7000222).',
    person: TELL_ADMIN,
    integrator:
      'Set the connection’s `clientSecret` to the new one as soon as there is one; nothing else has to change.',
    admin:
      'Make a new client secret (Entra ID: Certificates & secrets) and hand its Value over; note the day when it expires.',
  },
  idp_client_unknown: {
    cause: 'The provider has no application of the connection’s `clientId`, or none in the tenant that was asked.',
    person: TELL_ADMIN,
    integrator:
      'Compare `clientId` with what the provider shows (Entra ID: Application (client) ID, not the Object ID), and the tenant in the `issuer` with the one that the application is registered in.',
    admin: 'Tell the client id and the tenant of this application; if it was deleted, register it anew.',
  },
  idp_tenant_mismatch: {
    cause:
      'Entra ID has no such tenant (AADSTS90002), or the application is not for the accounts that were asked for (AADSTS50194, AADSTS9002346).',
    person: TELL_ADMIN,
    integrator:
      'Set the connection’s `issuer` to `https://login.microsoftonline.com/<Directory (tenant) ID>/v2.0`: `common` and `organizations` are for applications of many tenants.',
    admin:
      'Tell the Directory (tenant) ID. If people of other tenants are to sign in, set the application’s supported account types to several directories.',
  },
  code_exchange_failed: {
    cause:
      'The provider refused the code (`invalid_grant`): used, expired, of another client or redirect URI; or the one-time code of a SAML login was wrong or older than 60 s.',
    person: START_AGAIN,
    integrator:
      'Post the code once and at once. If every login fails so: see that nothing else spends the code first (a page that is loaded twice, a second callback), and compare the connection’s `redirectUris` with the provider’s.',
    admin: 'Register the connection’s redirect URI character for character, and check the provider’s clock.',
  },
  issuer_mismatch: {
    cause:
      'The discovery document at the connection’s issuer names another issuer; the check `start.request` shows both.',
    person: TELL_ADMIN,
    integrator:
      'Set the connection’s `issuer` to the `issuer` of the document at `<issuer>/.well-known/openid-configuration`, character for character; a slash at the end counts.',
    admin: 'Tell the exact issuer; behind a proxy, let the provider know its public address.',
  },
  metadata_changed: {
    cause: 'The provider’s metadata name an endpoint on another site than the issuer’s.',
    person: TELL_ADMIN,
    integrator:
      'If the provider confirms the address in `detail`, add its origin to the connection’s `trustedOrigins`; until then no secret goes there.',
    admin: 'Say whether the endpoint in question is yours; if not, somebody may have changed your metadata.',
  },
  jwks_unavailable: {
    cause: 'The provider’s signing keys (`jwks_uri`) could not be read, and no copy is kept.',
    person: TRY_LATER,
    integrator:
      '`detail` begins with the reason why (such as `idp_certificate_expired`), whose texts say what to do. Open the provider’s `jwks_uri` from where this server runs.',
    admin: 'Let the keys be read by anybody at `jwks_uri`, as JSON, without sign-in or redirect.',
  },
  jwks_timeout: {
    cause: 'The provider’s signing keys did not arrive within 5 seconds, and no copy is kept.',
    person: TRY_LATER,
    integrator: 'Try again; if it stays so, measure `jwks_uri` from where this server runs.',
    admin: 'Look for what slows `jwks_uri`; it is a small document that can be cached.',
  },
} as const satisfies Partial<Record<SsoErrorCode, ReasonTexts>>;
