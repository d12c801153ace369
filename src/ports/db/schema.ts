/**
 * Every table. Row types are the domain types: there is no second description of a user or a session.
 *
 * Ids are 24 lowercase hex digits. Secrets are kept as digests (`…Digest`, SHA-256 of ≥ 256 random
 * bits) or sealed (`sealed…`, AES-256-GCM bound to row and column); nothing here opens a door by itself.
 * After a change: `bunx drizzle-kit generate`.
 */

import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Rule } from './connection-rules.ts';
import type { IdpMetadata } from './saml-schema.ts';
import type { SamlSettings } from './saml-settings.ts';

export const id = () => text('id').primaryKey();
export const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
export const createdAt = () => at('created_at').notNull().defaultNow();
const updatedAt = () => at('updated_at').notNull().defaultNow();

export type Dialect = 'applivery' | 'indee' | 'pria';
export type Target = 'dashboard' | 'store' | 'sdk';
export type ConnectionType =
  | 'oidc'
  | 'saml'
  | 'google'
  | 'microsoft'
  | 'okta'
  | 'auth0'
  | 'keycloak'
  | 'github'
  | 'gitlab';
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none';
/** Target → source names, in the order they are tried. A missing target keeps the provider's default. */
export type Mapping = Partial<
  Record<'email' | 'emailVerified' | 'givenName' | 'familyName' | 'name' | 'picture' | 'locale' | 'groups', string[]>
>;
export interface GroupRole {
  readonly group: string;
  readonly role: string;
}
export interface Group {
  readonly source: string;
  readonly name: string;
}
/** The endpoints that a connection's discovery named when it was first used; later ones must equal them. */
export interface PinnedMetadata {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly userinfoEndpoint?: string;
}
/** One time stamp per surface, ISO 8601 UTC. */
export type Activity = Partial<Record<Target, string>>;
export type Attributes = Record<string, unknown>;
/** What an organization wants of its sessions in one dialect, in place of the configuration's figures. Seconds. */
export interface SessionLifetime {
  /** From the login to the end, however often the session is used. */
  readonly absoluteSeconds?: number;
  /** A session that is not used for this long ends. */
  readonly idleSeconds?: number;
}
/** Sessions whose login was redeemed at this instant or before are over. */
const sessionsEndedAt = () => at('sessions_ended_at');

export const organizations = pgTable(
  'organizations',
  {
    id: id(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    status: text('status', { enum: ['active', 'disabled'] })
      .notNull()
      .default('active'),
    picture: text('picture'),
    createdBy: text('created_by'),
    branding: jsonb('branding').$type<Attributes>(),
    store: jsonb('store').$type<Attributes>(),
    configuration: jsonb('configuration').$type<Attributes>(),
    /** Pria's institution fields, validated by `Pria.InstitutionAttributes`. */
    institution: jsonb('institution').$type<Attributes>().notNull().default({}),
    refreshMinSeconds: integer('refresh_min_seconds'),
    refreshMaxSeconds: integer('refresh_max_seconds'),
    sessionLifetimes: jsonb('session_lifetimes')
      .$type<Partial<Record<Dialect, SessionLifetime>>>()
      .notNull()
      .default({}),
    sessionsEndedAt: sessionsEndedAt(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('organizations_created').on(table.createdAt, table.id),
    // an operator class that finds beginnings, whatever the collation
    index('organizations_name').on(sql`lower(name) text_pattern_ops`),
  ],
);

export const connections = pgTable(
  'connections',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    slug: text('slug').notNull(),
    type: text('type').$type<ConnectionType>().notNull(),
    status: text('status', { enum: ['draft', 'active', 'disabled'] })
      .notNull()
      .default('active'),
    target: text('target').$type<Target>().notNull().default('dashboard'),
    /** The version in use, of which `connection_versions` keeps a copy; a login records the one that it ran on. */
    version: integer('version').notNull().default(1),
    redirectUris: text('redirect_uris').array().notNull(),
    issuer: text('issuer'),
    clientId: text('client_id'),
    sealedClientSecret: text('sealed_client_secret'),
    /** For `private_key_jwt`: our private JWK, sealed. */
    sealedClientKey: text('sealed_client_key'),
    clientAuthentication: text('client_authentication').$type<ClientAuthentication>(),
    scopes: text('scopes').array(),
    /** Allowed `alg` of ID tokens; null means the provider's announced asymmetric ones. */
    idTokenAlgs: text('id_token_algs').array(),
    /** Audiences besides our client id that an ID token may name. */
    trustedAudiences: text('trusted_audiences').array().notNull().default([]),
    /** Origins, besides the issuer's own, that its metadata may name. */
    trustedOrigins: text('trusted_origins').array().notNull().default([]),
    /** Entra ID tenants (`tid`) that a multi-tenant connection accepts. */
    tenants: text('tenants').array().notNull().default([]),
    /** Oldest accepted sign-in at the provider, seconds; sent as `max_age`. */
    maxAgeSeconds: integer('max_age_seconds'),
    /** Longest session over this connection, seconds, counted from the sign-in at the provider where it names one. */
    maxSessionSeconds: integer('max_session_seconds'),
    /** Where the provider sends people after a logout (`post_logout_redirect_uri`); registered there. */
    logoutRedirectUri: text('logout_redirect_uri'),
    /** Whether a response without RFC 9207 `iss` is refused when the provider announces it. */
    requireIss: boolean('require_iss').notNull().default(false),
    /** Whether only a login that a browser navigated into may be finished, by that browser. */
    requireBrowser: boolean('require_browser').notNull().default(false),
    mapping: jsonb('mapping').$type<Mapping>().notNull().default({}),
    groupRoles: jsonb('group_roles').$type<GroupRole[]>().notNull().default([]),
    /** Asked at each login, in this order, before `groupRoles`. */
    rules: jsonb('rules').$type<Rule[]>().notNull().default([]),
    /** Whether groups that Entra ID leaves out are asked for at Microsoft Graph. */
    fetchGroups: boolean('fetch_groups').notNull().default(false),
    jit: boolean('jit').notNull().default(true),
    defaultRole: text('default_role').notNull().default('user'),
    allowedDomains: text('allowed_domains').array().notNull().default([]),
    pinnedMetadata: jsonb('pinned_metadata').$type<PinnedMetadata>(),
    /** Null for every other type. */
    saml: jsonb('saml').$type<SamlSettings>(),
    sessionsEndedAt: sessionsEndedAt(),
    /** When it was last taken out of use: a login that began before is refused, also after it is in use again. */
    disabledAt: at('disabled_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('connections_organization_slug').on(table.organizationId, table.slug)],
);

export const users = pgTable(
  'users',
  {
    id: id(),
    /** Normalised: NFKC, ASCII domain, lower case. Not unique: organizations don't see each other's users. */
    email: text('email').notNull(),
    emailVerified: boolean('email_verified').notNull().default(false),
    firstName: text('first_name'),
    lastName: text('last_name'),
    fullName: text('full_name'),
    picture: text('picture'),
    language: text('language'),
    deactivatedAt: at('deactivated_at'),
    sessionsEndedAt: sessionsEndedAt(),
    attributes: jsonb('attributes').$type<{ applivery?: Attributes; pria?: Attributes }>().notNull().default({}),
    lastLogin: jsonb('last_login').$type<Activity>().notNull().default({}),
    lastAction: jsonb('last_action').$type<Activity>().notNull().default({}),
    /** Counts up with every change of the record (Pria's `__v`). */
    version: integer('version').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('users_email').on(table.email),
    // few, and looked for among the members of an organization
    index('users_deactivated').on(table.id).where(sql`deactivated_at is not null`),
  ],
);

export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The user's email as this organization knows it: one user an address within an organization. */
    email: text('email').notNull(),
    /** The address that the declarative file names this member by, whatever the provider says later. */
    declaredEmail: text('declared_email'),
    role: text('role').notNull(),
    groups: jsonb('groups').$type<Group[]>().notNull().default([]),
    deactivatedAt: at('deactivated_at'),
    sessionsEndedAt: sessionsEndedAt(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('memberships_organization_user').on(table.organizationId, table.userId),
    uniqueIndex('memberships_organization_email').on(table.organizationId, table.email),
    uniqueIndex('memberships_organization_declared').on(table.organizationId, table.declaredEmail),
    index('memberships_user').on(table.userId),
    index('memberships_organization').on(table.organizationId, table.createdAt, table.id),
  ],
);

export const identities = pgTable(
  'identities',
  {
    id: id(),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    subject: text('subject').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** As the provider last said it; informational, never looked up. */
    email: text('email'),
    lastLoginAt: at('last_login_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('identities_connection_subject').on(table.connectionId, table.subject),
    index('identities_user').on(table.userId),
    // one subject a user and connection: an address given to somebody new never leads into the leaver's account
    uniqueIndex('identities_connection_user').on(table.connectionId, table.userId),
  ],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** The first characters, so that a person can tell keys apart. */
    prefix: text('prefix').notNull(),
    keyDigest: text('key_digest').notNull().unique(),
    dialects: text('dialects').array().$type<Dialect[]>().notNull(),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
    lastUsedAt: at('last_used_at'),
    createdAt: createdAt(),
  },
  (table) => [
    // a revoked key stays, so that it can't come back, and leaves its name to another
    uniqueIndex('api_keys_organization_name').on(table.organizationId, table.name).where(sql`revoked_at is null`),
    index('api_keys_organization').on(table.organizationId, table.createdAt, table.id),
  ],
);

export const signingKeys = pgTable(
  'signing_keys',
  {
    /** The `kid`: the RFC 7638 thumbprint of the public key. */
    id: id(),
    alg: text('alg', { enum: ['ES256', 'EdDSA', 'RS256'] }).notNull(),
    publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
    sealedPrivateJwk: text('sealed_private_jwk').notNull(),
    status: text('status', { enum: ['next', 'active', 'retired'] }).notNull(),
    createdAt: createdAt(),
    activatedAt: at('activated_at'),
    retiredAt: at('retired_at'),
    /** Of a retired key: the latest end of the sessions that there were then, whatever lifetimes are set since. */
    neededUntil: at('needed_until'),
    /** When the operator asked for the active key's retirement; it goes as soon as the next one is ready. */
    rotationRequestedAt: at('rotation_requested_at'),
  },
  (table) => [
    uniqueIndex('signing_keys_one_active').on(table.status).where(sql`status = 'active'`),
    uniqueIndex('signing_keys_one_next').on(table.status).where(sql`status = 'next'`),
  ],
);

export type Organization = typeof organizations.$inferSelect;
export type Connection = typeof connections.$inferSelect & {
  /** Only of a version that is not the one in use: its own copy of the SAML provider's metadata. */
  readonly versionMetadata?: IdpMetadata | null;
};
export type User = typeof users.$inferSelect;
export type Membership = typeof memberships.$inferSelect;
export type Identity = typeof identities.$inferSelect;
export type ApiKey = typeof apiKeys.$inferSelect;
export type SigningKey = typeof signingKeys.$inferSelect;
