/**
 * Which members of a connection are not for which type. What a type can't honour is refused where it is set: a limit that
 * is kept and never asked would let in whom the operator believes to be shut out.
 */
import type { ConnectionType } from '#ports/db/schema.ts';
import { contradiction } from './declaration-place.ts';

/** Of ID tokens, of what a provider announces, and of one provider: plain OAuth 2.0 has none of them. */
const OF_OPENID = [
  'idTokenAlgs',
  'trustedAudiences',
  'trustedOrigins',
  'tenants',
  'maxAgeSeconds',
  'requireIss',
  'logoutRedirectUri',
  'fetchGroups',
] as const;

/** Types whose metadata are known and not read need no trust in other origins. */
const FOREIGN = {
  oidc: ['fetchGroups', 'saml'],
  google: ['issuer', 'trustedOrigins', 'tenants', 'requireIss', 'logoutRedirectUri', 'fetchGroups', 'saml'],
  microsoft: ['trustedOrigins', 'requireIss', 'saml'],
  okta: ['trustedOrigins', 'tenants', 'requireIss', 'fetchGroups', 'saml'],
  auth0: ['trustedOrigins', 'tenants', 'requireIss', 'fetchGroups', 'saml'],
  keycloak: ['trustedOrigins', 'tenants', 'fetchGroups', 'saml'],
  github: [...OF_OPENID, 'saml'],
  gitlab: [...OF_OPENID, 'saml'],
  saml: [
    'issuer',
    'clientId',
    'clientSecret',
    'clientKey',
    'clientAuthentication',
    'scopes',
    'idTokenAlgs',
    'trustedAudiences',
    'trustedOrigins',
    'tenants',
    'requireIss',
    'logoutRedirectUri',
    'fetchGroups',
  ],
} as const satisfies Record<ConnectionType, readonly string[]>;

export type ForeignMember = (typeof FOREIGN)[ConnectionType][number];

/** Members that a connection of this type can't honour. */
export function foreignMembers(type: ConnectionType): readonly ForeignMember[] {
  return FOREIGN[type];
}

/** The types that honour a member. */
export function typesWith(member: ForeignMember): readonly ConnectionType[] {
  const types = Object.keys(FOREIGN) as ConnectionType[];
  return types.filter((type) => !foreignMembers(type).includes(member));
}

type DeclaredMembers = { readonly type: ConnectionType } & { readonly [Name in ForeignMember]?: unknown };

/** @throws ContradictionError at the first member that is set and not for the type */
export function requireOwnMembers(declared: DeclaredMembers, at: string): void {
  const { type } = declared;
  for (const name of foreignMembers(type)) {
    if (isUnset(declared[name])) continue;
    contradiction(
      `${at}/${name}`,
      `is not for type ${type}, where it would do nothing; it is for ${typesWith(name).join(', ')}`,
    );
  }
}

/** What restricts nothing is no setting: an empty list, false, or what puts a member back to its default. */
function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isUnset);
}
