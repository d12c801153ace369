/** Problems that come of asking the provider. A login that fails by the same fault has the same code for its reason. */
import type { SsoErrorCode } from '#error';

export type ProblemSeverity = 'error' | 'warning';

export interface Kind {
  readonly severity: ProblemSeverity;
  readonly fix: string;
}

export function error(fix: string) {
  return { severity: 'error', fix } as const;
}

export function warning(fix: string) {
  return { severity: 'warning', fix } as const;
}

/** Reaching the provider and reading what it publishes. */
const CALL_PROBLEMS = {
  url_not_allowed: error(
    'Use https and a public host on port 443 or 8443. For a provider inside your network, or on another port, add the host:port that was found to OUTBOUND_ALLOW and restart.',
  ),
  idp_name_not_found: error(
    'Look for a typing error in the host name. If the name exists inside your network only, let the machine of this server use the DNS that knows it.',
  ),
  idp_connection_refused: error(
    'Correct the port (443, if the address has none), or start the provider: its machine answers that nobody listens there.',
  ),
  idp_connect_timeout: error(
    'Let this server out to that host and port, and the provider’s firewall let it in: packets are dropped on the way. Proxies from the environment are not used.',
  ),
  idp_certificate_expired: error(
    'Let the provider’s administrator renew the TLS certificate of its web address. If browsers take it, correct this machine’s clock.',
  ),
  idp_certificate_not_yet_valid: error(
    'Correct this machine’s clock. If it is right, let the provider’s administrator make the certificate anew.',
  ),
  idp_certificate_name: error(
    'Write the host by the name that the certificate is for, or have a certificate issued that names this host.',
  ),
  idp_certificate_untrusted: error(
    'For an authority of your own, or a self-signed certificate, start this server with NODE_EXTRA_CA_CERTS set to a file of it (PEM). If browsers take the certificate as it is, let the provider’s web server send its intermediate certificates too.',
  ),
  idp_tls_failed: error(
    'Correct the port: it may speak plain http (WRONG_VERSION_NUMBER). Otherwise let the provider offer TLS 1.2 or 1.3 without asking for a client certificate.',
  ),
  idp_unreachable: error(
    'Run the check again; if it stays so, try the address with curl from this machine: something between here and there cuts the connection off, or no network leads there.',
  ),
  idp_timeout: error(
    'Run the check again; if it stays so, look for what makes the provider take more than 5 seconds for a document, or 10 for a token.',
  ),
  idp_busy: error('Run the check again in a moment: too many calls to this provider were under way.'),
  idp_redirect: error(
    'If the address that it leads to is the provider’s own, set that one: redirects are not followed. If it is a sign-in page, the document has to be made public.',
  ),
  idp_unavailable: error(
    'Nothing is to be set: the provider is down or overloaded, or counts too many calls (429). Run the check again in a few minutes.',
  ),
  idp_document_missing: error(
    'Correct the address: for OpenID Connect the issuer, under which lies /.well-known/openid-configuration (a realm, tenant or path such as /v2.0, /realms/<realm> or /oauth2/default may be missing or too much); for SAML the metadataUrl; for GitHub and GitLab the base address of the server.',
  ),
  idp_document_forbidden: error(
    'Let the provider show this document to anybody, without signing in. If other machines can read it, let the provider’s firewall let this server in.',
  ),
  idp_bad_response: error(
    'Open the address with curl: it has to answer 200 with JSON (for SAML: with XML) of at most 256 KiB, uncompressed and in UTF-8. What was found says what is otherwise.',
  ),
} as const satisfies Partial<Record<SsoErrorCode, Kind>>;

/** What its token endpoint says of client id, secret and redirect URI, asked with a code that was made up. */
const CLIENT_PROBLEMS = {
  idp_client_auth_failed: error(
    'Set clientId and clientSecret (or clientKey) anew, copied whole (Entra ID: the secret’s Value, not its Secret ID). If they are right, set clientAuthentication to the method that the provider is set to.',
  ),
  idp_client_secret_expired: error('Have a new client secret made at the provider, and set clientSecret to it.'),
  idp_client_unknown: error(
    'Set clientId to what the provider shows (Entra ID: Application (client) ID), and compare the tenant in the issuer with the one that the application is registered in.',
  ),
  idp_client_not_allowed: error(
    'Let the provider’s administrator enable the application and its authorization code flow.',
  ),
  idp_tenant_mismatch: error(
    'Set issuer to https://login.microsoftonline.com/<Directory (tenant) ID>/v2.0: common and organizations are for applications of many tenants.',
  ),
  idp_redirect_uri_mismatch: error(
    'Register the redirect URI at the provider, character for character, or set redirectUris to what is registered there.',
  ),
} as const satisfies Partial<Record<SsoErrorCode, Kind>>;

export const PROVIDER_PROBLEMS = { ...CALL_PROBLEMS, ...CLIENT_PROBLEMS } as const;

export type ProviderProblemCode = keyof typeof PROVIDER_PROBLEMS;

export function isProviderProblem(code: SsoErrorCode): code is ProviderProblemCode {
  return Object.hasOwn(PROVIDER_PROBLEMS, code);
}
