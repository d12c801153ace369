/** What the checks of a connection may find: a closed list, each with how bad it is and what to do about it. */
import { error, type Kind, PROVIDER_PROBLEMS, type ProblemSeverity, warning } from './provider-problems.ts';

/** The way from other metadata at the source to their being in use. */
const READ_AND_APPROVE =
  'read them at once with POST /admin/v1/connections/{id}/saml/metadata/refresh. If the answer has `pending`, compare it with the provider’s administrator and approve it: POST /admin/v1/connections/{id}/saml/metadata/approve with {"copy":"<pending.copy>"}.';

/** An error: logins over the version would fail. A warning: they may, or will one day. */
export const CONNECTION_PROBLEMS = {
  client_id_missing: error('Set clientId to the client (application) id that the provider shows for this application.'),
  client_secret_missing: error(
    'Set clientSecret to the secret that the provider shows, or clientAuthentication to none or private_key_jwt.',
  ),
  client_key_missing: error(
    'Set clientKey to a private JWK whose public half the provider has, or choose another clientAuthentication.',
  ),
  issuer_missing: error(
    'Set issuer to the exact issuer of the provider, as its discovery document names it, and clientSecret again in the same change if one is kept.',
  ),
  ...PROVIDER_PROBLEMS,
  issuer_invalid: error('Write the issuer as a plain https URL, in the form that the type of the connection wants.'),
  issuer_mismatch: error(
    'Set issuer to exactly what the discovery document names, the slash at its end included; unless the slash alone differs, send clientSecret again in the same change.',
  ),
  endpoint_missing: error(
    'The provider has to name this endpoint in its discovery document: correct the issuer, or the provider.',
  ),
  endpoint_insecure: error(
    'Let the provider announce this endpoint as an https URL. If it lies inside your own network, add the host:port that was found to OUTBOUND_ALLOW and restart.',
  ),
  endpoint_not_allowed: error(
    'Add the host:port that was found to OUTBOUND_ALLOW and restart, or let the provider announce this endpoint at a public host on port 443 or 8443.',
  ),
  endpoint_not_trusted: error('If the origin that was found is the provider’s own, add it to trustedOrigins.'),
  algorithm_unsupported: error(
    'Set idTokenAlgs to one that the provider signs with, or null to take what it announces.',
  ),
  client_authentication_unsupported: error(
    'Set clientAuthentication to a method that the provider takes and that there is a secret or key for, or null to take the best one.',
  ),
  response_type_unsupported: warning(
    'Try a test login: code is asked for all the same, and some providers take more than they announce. If it fails, let the provider allow the authorization code flow for this application.',
  ),
  response_mode_unsupported: error(
    'Let the provider answer in the query (response_mode query), which the code flow uses.',
  ),
  pkce_not_announced: warning('PKCE (S256) is always sent; if logins fail at the provider, allow it there.'),
  scope_unsupported: warning(
    'Take the scope out, or let the provider offer it; a provider need not announce every scope.',
  ),
  groups_not_read: warning(
    'Groups are not read from this type of provider: the rules that ask for a group never hold. Take them out of groupRoles and rules, or let them ask for a claim that the provider sends.',
  ),
  redirect_uri_missing: error(
    'Set redirectUris to the address of your application’s page that receives code and state.',
  ),
  redirect_uri_malformed: error('Write a whole address, with scheme and host, and without blanks.'),
  redirect_uri_insecure: error(
    'Use https: codes sent over plain http can be read on the way. Plain http is for 127.0.0.1, [::1] and localhost.',
  ),
  redirect_uri_ours: warning(
    'Enter the address of your application’s own page, which posts code and state to the callback; no page of this server does.',
  ),
  browser_never_there: warning(
    'Set requireBrowser to false, or give the people who sign in over Indee a connection of their own: its clients start by an API call, which such a connection refuses (browser_required).',
  ),
  saml_metadata_missing: error('Set saml.metadataUrl or saml.metadataXml to what the provider publishes about itself.'),
  saml_metadata_unusable: error(
    'Get the provider’s IdP metadata anew, in one piece: what was found names the member that will not do.',
  ),
  saml_metadata_signature: error(
    'Set saml.metadataCertificate to the certificate that signs the metadata, or null if they are not signed.',
  ),
  saml_metadata_outdated: error(`The provider has changed its keys or addresses: ${READ_AND_APPROVE}`),
  saml_metadata_changed: warning(
    `Logins go on by what is the same in both; before the provider drops that: ${READ_AND_APPROVE}`,
  ),
  saml_metadata_expired: error('The provider has to publish a new copy: this one’s validUntil is past.'),
  saml_entity_id_mismatch: error('Set saml.entityId to the entityID of the metadata, or null to take it from there.'),
  saml_binding_missing: error(
    'The metadata have to name a SingleSignOnService with the HTTP-Redirect or HTTP-POST binding: export the IdP’s side, not ours.',
  ),
  saml_binding_unsupported: error(
    'Set saml.requestBinding to one that the metadata name, or null to take what there is.',
  ),
  saml_requests_unsigned: warning(
    'Set saml.signRequests to null to do as the metadata say; leave it where the provider is known to take unsigned requests (Keycloak says so of every client).',
  ),
  saml_certificate_missing: error('The metadata have to name a certificate for signing (KeyDescriptor use="signing").'),
  saml_key_unusable: error(
    'The provider has to sign with an RSA key of 2048 to 8192 bits or an EC key on P-256, P-384 or P-521, and publish its certificate.',
  ),
  saml_certificate_expired: warning(
    'Its key still verifies, since it is trusted by name; ask the provider’s administrator when the next one comes.',
  ),
  saml_certificate_expiring: warning(
    'Ask the provider’s administrator for the next certificate, and read the metadata anew before that day.',
  ),
  saml_certificate_not_yet_valid: warning('Compare the clocks, or wait for the day: its key verifies already.'),
} as const satisfies Record<string, Kind>;

export type ConnectionProblemCode = keyof typeof CONNECTION_PROBLEMS;

export interface ConnectionProblem {
  readonly code: ConnectionProblemCode;
  readonly severity: ProblemSeverity;
  /** The member of the connection (RFC 6901) that it is about, or that puts it right. */
  readonly pointer: string;
  /** What was found; never a secret. */
  readonly found: string;
  readonly fix: string;
}

export function problemOf(code: ConnectionProblemCode, pointer: string, found: string): ConnectionProblem {
  return { code, ...CONNECTION_PROBLEMS[code], pointer, found: found.slice(0, 500) };
}
