/** Examples of connections and versions for the OpenAPI document. */
import { MASK } from './mask.ts';

const id = '507f1f77bcf86cd799439029';
const redirectUris = ['https://app.example.com/login/callback'];
const issuer = 'https://login.acme.example';

export const newOidc = { type: 'oidc', issuer, clientId: 'vestibule', clientSecret: 'the secret', redirectUris };
export const newSaml = {
  type: 'saml',
  redirectUris,
  saml: { metadataUrl: 'https://idp.acme.example/saml/metadata' },
  groupRoles: [{ group: 'admins', role: 'admin' }],
};
export const newGithub = { type: 'github', clientId: 'Iv1.8a61f9b3a7aba766', clientSecret: 'the secret', redirectUris };
export const change = { clientSecret: 'the new secret', mapping: { groups: ['roles'] }, allowedDomains: null };

const configuration = {
  target: 'dashboard',
  redirectUris,
  issuer,
  clientId: 'vestibule',
  clientSecret: MASK,
  trustedAudiences: [],
  trustedOrigins: [],
  tenants: [],
  requireIss: false,
  requireBrowser: false,
  mapping: {},
  groupRoles: [],
  rules: [],
  fetchGroups: false,
  jit: true,
  defaultRole: 'user',
  allowedDomains: [],
};
const place = { id, organizationId: '507f1f77bcf86cd799439024', slug: 'oidc', type: 'oidc' };
const atProvider = {
  redirectUris,
  backchannelLogoutUri: `https://login.example.com/oidc/${id}/backchannel-logout`,
};
const dates = { createdAt: '2026-02-03T15:30:00.123Z', updatedAt: '2026-02-03T15:30:00.123Z' };

export const test = {
  id: '6735a1c19f3b2e4d8c7a6b60',
  url: 'https://login.example.com/connections/test/q3Jx0m1Zb7y2Vt8sR5nKfW4uPz9cLdEa6gHiTjQoXwY',
  version: 1,
  redirectUri: redirectUris[0],
  expiresAt: '2026-02-03T15:50:00.123Z',
};

const { url: _once, ...made } = test;
export const finishedTest = { ...made, outcome: 'failed', reason: 'id_token_aud', loginId: '6735a1c19f3b2e4d8c7a6b61' };

const problem = {
  code: 'issuer_mismatch',
  severity: 'error',
  pointer: '/issuer',
  found: 'The connection wants https://login.acme.example; the document names https://login.acme.example/.',
  fix: 'Set issuer to exactly what the discovery document names, the slash at its end included.',
};
export const check = {
  version: 1,
  usable: false,
  problems: [problem],
  clientCredentials: {
    verdict: 'not_asked',
    found: 'The provider was not asked, since something else stands in the way of a login.',
  },
};

export const draft = {
  ...place,
  status: 'draft',
  version: 1,
  versionState: 'draft',
  ...configuration,
  atProvider,
  ...dates,
};
export const active = {
  ...draft,
  status: 'active',
  versionState: 'active',
  activeVersion: 1,
  updatedAt: '2026-02-03T15:45:10.456Z',
};
export const changed = {
  ...active,
  version: 2,
  versionState: 'draft',
  mapping: { groups: ['roles'] },
};
export const version = {
  version: 1,
  state: 'active',
  source: 'api',
  createdAt: dates.createdAt,
  activatedAt: active.updatedAt,
  testedAt: '2026-02-03T15:44:02.789Z',
  testLoginId: '6735a1c19f3b2e4d8c7a6b5f',
  configuration,
};
