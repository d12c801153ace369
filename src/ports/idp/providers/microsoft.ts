/**
 * Microsoft Entra ID, v2.0 endpoints. The issuer is `https://login.microsoftonline.com/{tenant}/v2.0`;
 * with the tenant's id it is one tenant. With `organizations`, `common`, `consumers` or a domain, tokens
 * name the tenant in `tid`, and the connection's `tenants` say which are let in.
 */
import { SsoError } from '#error';
import { baseUrl } from '#ports/idp/base-url.ts';
import type { OidcProvider } from '#ports/idp/provider.ts';

const PUBLIC_CLOUD = 'https://login.microsoftonline.com';
/** Microsoft Graph of each cloud. */
const GRAPH: Readonly<Record<string, string>> = {
  [PUBLIC_CLOUD]: 'https://graph.microsoft.com',
  'https://login.microsoftonline.us': 'https://graph.microsoft.us',
  'https://login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
};
const TENANT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const microsoft: OidcProvider = {
  kind: 'oidc',
  guide: {
    name: 'Microsoft Entra ID',
    issuer: { isNeeded: false, example: `${PUBLIC_CLOUD}/11111111-2222-3333-4444-555555555555/v2.0` },
    steps: [
      {
        title: 'App registration',
        detail:
          'In entra.microsoft.com, App registrations, New registration: accounts in this organizational directory only, platform Web.',
        enter: { 'Redirect URI': 'redirectUris' },
      },
      {
        title: 'Tenant and client',
        detail: `On the overview page. The issuer is ${PUBLIC_CLOUD}/{Directory (tenant) ID}/v2.0, the client id the Application (client) ID.`,
        bring: ['/issuer', '/clientId'],
      },
      {
        title: 'Secret',
        detail:
          'Certificates & secrets, New client secret: the column Value, not the Secret ID. It is shown once and expires.',
        bring: ['/clientSecret'],
      },
      {
        title: 'Claims',
        detail:
          'Token configuration, Add optional claim, ID: email and xms_edov (it says that the tenant owns the domain of the address); Add groups claim if roles depend on groups, limited to the groups assigned to the application.',
      },
      {
        title: 'Logout',
        detail:
          'Authentication, Redirect URIs: the address where people return after a logout is registered as one of them.',
        enter: { 'Redirect URI': 'postLogoutRedirectUri' },
      },
    ],
  },
  metadata: (issuer) => {
    const { origin, pathname } = baseUrl(issuer, `${PUBLIC_CLOUD}/organizations/v2.0`);
    const tenant = /^\/([\w.-]+)(\/v2\.0)?$/.exec(pathname)?.[1];
    if (!tenant) throw new SsoError('connection_misconfigured', { detail: 'issuer must end in /{tenant}/v2.0' });
    const issuerOfTenant = (id: string) => `${origin}/${id}/v2.0`;
    const single = TENANT_ID.test(tenant);
    return {
      issuer: issuerOfTenant(single ? tenant : '{tenantid}'),
      issuerOfTenant: single ? undefined : issuerOfTenant,
      authorizationEndpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
      tokenEndpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
      jwksUri: `${origin}/${tenant}/discovery/v2.0/keys`,
      // other clouds keep userinfo on a host of their own; the ID token's optional `email` claim serves them
      userinfoEndpoint: origin === PUBLIC_CLOUD ? 'https://graph.microsoft.com/oidc/userinfo' : undefined,
      groupsEndpoint: GRAPH[origin] && `${GRAPH[origin]}/v1.0/me/transitiveMemberOf`,
      endSessionEndpoint: `${origin}/${tenant}/oauth2/v2.0/logout`,
      idTokenAlgs: ['RS256'],
      clientAuthentications: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      announcesIss: false,
      assertionAudience: 'token_endpoint',
    };
  },
  discoveryBase: (issuer) => baseUrl(issuer, `${PUBLIC_CLOUD}/organizations/v2.0`).href,
  scopes: ['openid', 'email', 'profile'],
  // `email` is editable by a tenant's administrator and says nothing by itself; `xms_edov` (an optional
  // claim) is true where the tenant proved that it owns the address's domain
  mapping: { emailVerified: ['email_verified', 'xms_edov'] },
};
