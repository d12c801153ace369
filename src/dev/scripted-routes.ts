/**
 * The scripted provider's addresses. It answers under any path, in the layout of the standard and in those of the
 * named providers, and the part in front is the issuer: one server is as many issuers as a test wants.
 */
import type { Endpoint } from './scripted-script.ts';

export interface Route {
  readonly endpoint: Endpoint;
  /** Path of the issuer, without a trailing slash. */
  readonly issuerPath: string;
  readonly layout: 'standard' | 'github';
}

interface Suffix {
  readonly path: string;
  readonly endpoint: Endpoint;
  /** How much of the suffix belongs to the issuer. */
  readonly keep?: string;
  readonly layout?: 'github';
}

const SUFFIXES: readonly Suffix[] = [
  // GitHub, GitLab
  { path: '/login/oauth/authorize', endpoint: 'authorize', keep: '/login/oauth', layout: 'github' },
  { path: '/login/oauth/access_token', endpoint: 'token', keep: '/login/oauth', layout: 'github' },
  { path: '/user', endpoint: 'userinfo' },
  { path: '/user/emails', endpoint: 'emails' },
  { path: '/oauth/authorize', endpoint: 'authorize' },
  // Entra ID, and Microsoft Graph
  { path: '/v1.0/me/transitiveMemberOf', endpoint: 'groups' },
  { path: '/oauth2/v2.0/authorize', endpoint: 'authorize', keep: '/v2.0' },
  { path: '/oauth2/v2.0/token', endpoint: 'token', keep: '/v2.0' },
  { path: '/discovery/v2.0/keys', endpoint: 'jwks' },
  // Okta, its organization server first
  { path: '/oauth2/v1/authorize', endpoint: 'authorize' },
  { path: '/oauth2/v1/token', endpoint: 'token' },
  { path: '/v1/authorize', endpoint: 'authorize' },
  { path: '/v1/token', endpoint: 'token' },
  { path: '/v1/keys', endpoint: 'jwks' },
  // Keycloak
  { path: '/protocol/openid-connect/auth', endpoint: 'authorize' },
  { path: '/protocol/openid-connect/token', endpoint: 'token' },
  { path: '/protocol/openid-connect/certs', endpoint: 'jwks' },
  // Google
  { path: '/o/oauth2/v2/auth', endpoint: 'authorize' },
  { path: '/oauth2/v3/certs', endpoint: 'jwks' },
  // Auth0, GitLab
  { path: '/oauth/token', endpoint: 'token' },
  { path: '/.well-known/jwks.json', endpoint: 'jwks' },
  // the standard
  { path: '/.well-known/openid-configuration', endpoint: 'discovery' },
  { path: '/authorize', endpoint: 'authorize' },
  { path: '/token', endpoint: 'token' },
  { path: '/jwks', endpoint: 'jwks' },
  { path: '/userinfo', endpoint: 'userinfo' },
];

const LONGEST_FIRST = [...SUFFIXES].sort((left, right) => right.path.length - left.path.length);

export function routeOf(path: string): Route | undefined {
  const suffix = LONGEST_FIRST.find((candidate) => path.endsWith(candidate.path));
  if (!suffix) return undefined;
  const { endpoint, keep = '', layout = 'standard' } = suffix;
  return { endpoint, issuerPath: path.slice(0, -suffix.path.length) + keep, layout };
}
