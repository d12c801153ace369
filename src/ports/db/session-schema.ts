/** The tables of a login and of what comes after it: request, session, refresh token, trace. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Check } from '#core/checks.ts';
import type { LoginFindings } from '#core/findings.ts';
import type { SamlNameId } from '#ports/idp/saml/assertion.ts';
import {
  at,
  connections,
  createdAt,
  type Dialect,
  id,
  identities,
  organizations,
  type Target,
  users,
} from './schema.ts';

export const authenticationRequests = pgTable(
  'authentication_requests',
  {
    id: id(),
    stateDigest: text('state_digest').notNull().unique(),
    sealedNonce: text('sealed_nonce').notNull(),
    sealedCodeVerifier: text('sealed_code_verifier').notNull(),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    connectionVersion: integer('connection_version').notNull(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Null when the identity provider initiated the login: it names no dialect. */
    dialect: text('dialect').$type<Dialect>(),
    apiKeyId: text('api_key_id'),
    redirectUri: text('redirect_uri').notNull(),
    loginHint: text('login_hint'),
    browserDigest: text('browser_digest'),
    createdAt: createdAt(),
    expiresAt: at('expires_at').notNull(),
    consumedAt: at('consumed_at'),
    /** When a SAML response to this request arrived: only the first is looked at. */
    answeredAt: at('answered_at'),
    /** Digest of the one-time code that stands for the verified claims, sealed beside it. */
    codeDigest: text('code_digest'),
    codeExpiresAt: at('code_expires_at'),
    sealedClaims: text('sealed_claims'),
    /** SHA-256 of the NameID among them: the provider may end the session before the code is redeemed. */
    nameDigest: text('name_digest'),
    /** Digest of code, caller and whatever else was posted: only the very same callback gets the answer again. */
    callbackDigest: text('callback_digest'),
    /** Sealed tokens of the finished login, kept for the repeat window only. */
    sealedAnswer: text('sealed_answer'),
    reason: text('reason'),
    finishedAt: at('finished_at'),
  },
  (table) => [
    index('authentication_requests_expires').on(table.expiresAt),
    index('authentication_requests_unfinished')
      .on(table.consumedAt)
      .where(sql`consumed_at is not null and finished_at is null`),
    index('authentication_requests_claims').on(table.codeExpiresAt).where(sql`sealed_claims is not null`),
    index('authentication_requests_answers').on(table.finishedAt).where(sql`sealed_answer is not null`),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    identityId: text('identity_id').references(() => identities.id, { onDelete: 'cascade' }),
    dialect: text('dialect').$type<Dialect>().notNull(),
    apiKeyId: text('api_key_id'),
    target: text('target').$type<Target>().notNull(),
    /** When its login was redeemed, before anything was asked of the provider: whatever ended since then ended this session. */
    startedAt: at('started_at').notNull().defaultNow(),
    /** The session ends when it is not used for this long; null where only its absolute end counts. */
    idleSeconds: integer('idle_seconds'),
    /** The provider's `sid`, for its back-channel logout. */
    providerSessionId: text('provider_session_id'),
    /** The SAML NameID that the session began with, for single logout. */
    nameId: jsonb('name_id').$type<SamlNameId>(),
    /** The ID token, sealed: the `id_token_hint` of a logout at a provider that offers one. */
    sealedIdToken: text('sealed_id_token'),
    address: text('address'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    lastUsedAt: at('last_used_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    revokedReason: text('revoked_reason'),
  },
  (table) => [
    index('sessions_user').on(table.userId, table.createdAt, table.id),
    index('sessions_organization').on(table.organizationId, table.createdAt, table.id),
    index('sessions_connection').on(table.connectionId, table.createdAt, table.id),
    // an identity that goes takes its sessions along, and looks for them
    index('sessions_identity').on(table.identityId),
    index('sessions_provider_session').on(table.connectionId, table.providerSessionId),
    // what a login counts to hold to the most sessions of a user
    index('sessions_unrevoked').on(table.userId, table.createdAt).where(sql`revoked_at is null`),
    index('sessions_name_id').on(table.connectionId, sql`(name_id->>'value')`).where(sql`name_id is not null`),
    index('sessions_expires').on(table.expiresAt),
    index('sessions_id_tokens').on(sql`least(revoked_at, expires_at)`).where(sql`sealed_id_token is not null`),
  ],
);

export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    id: id(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    tokenDigest: text('token_digest').notNull().unique(),
    /** `jti` of the access token that this refresh token was issued with. */
    accessTokenId: text('access_token_id').notNull(),
    parentId: text('parent_id'),
    createdAt: createdAt(),
    expiresAt: at('expires_at').notNull(),
    /** When its successor was issued; null while it is the session's active token. */
    rotatedAt: at('rotated_at'),
    successorId: text('successor_id'),
    /** The successor pair, sealed, for a client that lost the answer; useless after the grace. */
    sealedSuccessor: text('sealed_successor'),
  },
  (table) => [
    index('refresh_tokens_session').on(table.sessionId),
    index('refresh_tokens_expires').on(table.expiresAt),
    index('refresh_tokens_successors').on(table.rotatedAt).where(sql`sealed_successor is not null`),
    uniqueIndex('refresh_tokens_active').on(table.sessionId).where(sql`rotated_at is null`),
  ],
);

/** Partitioned by month of `created_at`: see the migrations and `partitions.ts`. */
export const logins = pgTable(
  'logins',
  {
    id: text('id').notNull(),
    authenticationRequestId: text('authentication_request_id'),
    organizationId: text('organization_id'),
    connectionId: text('connection_id'),
    connectionVersion: integer('connection_version'),
    /** Null when a SAML response came that belongs to no login we started. */
    dialect: text('dialect').$type<Dialect>(),
    outcome: text('outcome', { enum: ['succeeded', 'failed'] }).notNull(),
    reason: text('reason'),
    /** What the operator may know beyond the reason; never a secret, never raw input. */
    detail: text('detail'),
    checks: jsonb('checks').$type<Check[]>().notNull(),
    /** Beside the checks; null in the traces of earlier versions. */
    findings: jsonb('findings').$type<LoginFindings>(),
    /** The claims as they were verified, for running the login again over another configuration. */
    sealedClaims: text('sealed_claims'),
    /** SHA-256 of the normalised email that came, or of the one that the login was started with. */
    emailDigest: text('email_digest'),
    /** SHA-256 of the provider's subject, as it was verified; null where no claims were, and in the traces of earlier versions. */
    subjectDigest: text('subject_digest'),
    /** A test of a connection: it left nothing but this trace. */
    isTest: boolean('is_test').notNull().default(false),
    userId: text('user_id'),
    sessionId: text('session_id'),
    address: text('address'),
    userAgent: text('user_agent'),
    requestId: text('request_id'),
    durationMs: integer('duration_ms').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.createdAt] }),
    index('logins_request').on(table.requestId),
    index('logins_organization').on(table.organizationId, table.createdAt, table.id),
    index('logins_created').on(table.createdAt),
    index('logins_connection').on(table.connectionId, table.createdAt, table.id),
    index('logins_user').on(table.userId, table.createdAt, table.id).where(sql`user_id is not null`),
    index('logins_email').on(table.emailDigest, table.createdAt, table.id).where(sql`email_digest is not null`),
    index('logins_subject').on(table.subjectDigest, table.createdAt, table.id).where(sql`subject_digest is not null`),
    index('logins_outcome').on(table.outcome, table.createdAt, table.id),
    index('logins_reason').on(table.reason, table.createdAt, table.id).where(sql`reason is not null`),
    // an organization's failures are few among its logins
    index('logins_failed').on(table.organizationId, table.createdAt, table.id).where(sql`outcome = 'failed'`),
    index('logins_tests').on(table.createdAt, table.id).where(sql`is_test`),
  ],
);

/** The sessions that a SAML logout request means (SAML core §3.7.1): of this name, all or those of these indexes. */
export interface NamedSessions {
  readonly nameId: SamlNameId;
  readonly sessionIndexes: readonly string[];
}

/** Logouts that identity providers told us of, for the logins that were under way meanwhile, and against replays. */
export const providerLogouts = pgTable(
  'provider_logouts',
  {
    id: id(),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** SHA-256 of the message's own id: the same message ends nothing twice. With `:2` for its second row, and so on. */
    messageDigest: text('message_digest').notNull(),
    /** Whose session ended, as far as a login can tell it of itself: `sid:…`, `sub:…`, `pair:…` and others of `logout-keys.ts`. */
    key: text('key').notNull(),
    /** Of a SAML request, in its first row: what it means exactly, which the key says too roughly. */
    meant: jsonb('meant').$type<NamedSessions>(),
    receivedAt: at('received_at').notNull().defaultNow(),
    /** From when on neither a replay nor a login under way needs it. */
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('provider_logouts_message').on(table.connectionId, table.messageDigest),
    index('provider_logouts_key').on(table.connectionId, table.key),
    index('provider_logouts_expires').on(table.expiresAt),
    index('provider_logouts_received').on(table.receivedAt),
  ],
);

export type AuthenticationRequest = typeof authenticationRequests.$inferSelect;
export type Session = typeof sessions.$inferSelect;
export type RefreshToken = typeof refreshTokens.$inferSelect;
export type Login = typeof logins.$inferSelect;
/** A login without what is sealed of it. */
export type LoginTrace = Omit<Login, 'sealedClaims'>;
