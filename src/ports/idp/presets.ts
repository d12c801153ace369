/** What is known of each type of connection before anybody has configured one. */
import type { ConnectionType } from '#ports/db/schema.ts';
import { ANY_OIDC, ANY_SAML, type ProviderGuide } from './guide.ts';
import type { OAuth2Metadata, ProviderMetadata } from './provider.ts';
import { NAMED } from './registry.ts';

export interface Preset {
  readonly type: ConnectionType;
  readonly protocol: 'oidc' | 'oauth2' | 'saml';
  readonly guide: ProviderGuide;
  /** Of the guide's example issuer, or of the provider's only one; undefined where they are read from the provider. */
  readonly metadata?: ProviderMetadata | OAuth2Metadata | undefined;
  readonly scopes: readonly string[];
  /** Target to claim names, in the order in which they are tried, where they differ from the usual ones. */
  readonly mapping: Readonly<Record<string, readonly string[]>>;
}

const named = Object.entries(NAMED).map(([type, provider]): Preset => {
  const { kind, guide, scopes, mapping } = provider;
  // the public provider where there is one
  const issuer = guide.issuer?.isNeeded ? guide.issuer.example : null;
  return { type: type as ConnectionType, protocol: kind, guide, metadata: provider.metadata(issuer), scopes, mapping };
});

export const PRESETS: readonly Preset[] = [
  { type: 'oidc', protocol: 'oidc', guide: ANY_OIDC, scopes: ['openid', 'email', 'profile'], mapping: {} },
  { type: 'saml', protocol: 'saml', guide: ANY_SAML, scopes: [], mapping: {} },
  ...named,
];
