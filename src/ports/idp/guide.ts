/**
 * What the administrator of an identity provider does on their side: data, step by step, in the provider's own words for
 * its pages and fields. Texts that stand for values of ours are filled in for one connection.
 */

/** A value of ours that is entered at the provider. */
export type EnteredValue =
  | 'redirectUris'
  | 'backchannelLogoutUri'
  | 'postLogoutRedirectUri'
  | 'entityId'
  | 'consumerServiceUrl'
  | 'metadataUrl'
  | 'logoutUrl';

export interface SetupStep {
  readonly title: string;
  /** Where, and what to choose there. */
  readonly detail: string;
  /** The provider's field, and what goes into it. */
  readonly enter?: Readonly<Record<string, EnteredValue>>;
  /** Members of the connection (RFC 6901) that are to be set to what the provider shows there. */
  readonly bring?: readonly string[];
}

export interface ProviderGuide {
  readonly name: string;
  /** How the connection's issuer is written; undefined where the provider has one alone. */
  readonly issuer?: { readonly isNeeded: boolean; readonly example: string } | undefined;
  readonly steps: readonly SetupStep[];
}

export const ANY_OIDC: ProviderGuide = {
  name: 'Any OpenID Connect provider',
  issuer: { isNeeded: true, example: 'https://login.example.com' },
  steps: [
    {
      title: 'Register an application',
      detail:
        'Make a confidential web application (client) that uses the authorization code flow, with PKCE (S256) if there is a choice.',
      enter: { 'Redirect URI (callback URL)': 'redirectUris' },
    },
    {
      title: 'Hand on the credentials',
      detail: 'The issuer is what /.well-known/openid-configuration names as issuer, to the last character.',
      bring: ['/issuer', '/clientId', '/clientSecret'],
    },
    {
      title: 'Claims',
      detail:
        'Let the ID token or userinfo carry email and email_verified, given_name and family_name, and groups if roles depend on them (scopes openid, email, profile).',
    },
    {
      title: 'Logout, if the provider has it',
      detail: 'With back-channel logout, ask for the session (sid) too.',
      enter: { 'Back-channel logout URI': 'backchannelLogoutUri', 'Post-logout redirect URI': 'postLogoutRedirectUri' },
    },
  ],
};

export const ANY_SAML: ProviderGuide = {
  name: 'SAML 2.0',
  steps: [
    {
      title: 'Add a SAML application',
      detail:
        'Where the provider reads metadata, our metadata URL is all that it needs; otherwise enter the values one by one.',
      enter: {
        'Metadata URL of the service provider': 'metadataUrl',
        'Entity ID (identifier, audience URI, SP entity ID)': 'entityId',
        'Assertion consumer service (reply URL, single sign-on URL, recipient), binding HTTP-POST':
          'consumerServiceUrl',
        'Single logout URL (optional)': 'logoutUrl',
      },
    },
    {
      title: 'What is signed',
      detail: 'Sign the assertion or the response with RSA or ECDSA and SHA-256. SHA-1 is refused.',
    },
    {
      title: 'Who somebody is',
      detail:
        'Send a NameID that stays with the person (persistent, or the email address if it never changes), and the attributes email, givenName, sn, and groups if roles depend on them.',
    },
    {
      title: 'Hand on the metadata',
      detail: 'The address of the provider’s own metadata (federation metadata URL), or the XML file.',
      bring: ['/saml/metadataUrl', '/saml/metadataXml'],
    },
  ],
};
