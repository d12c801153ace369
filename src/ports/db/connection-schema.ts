/** The tables beside a connection: its versions, and the test logins over them. */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { IdpMetadata } from './saml-schema.ts';
import { at, type Connection, connections, createdAt, id, type PinnedMetadata } from './schema.ts';

/** What of a connection is its place or its state, and so the same in all of its versions. */
type Place =
  | 'id'
  | 'organizationId'
  | 'slug'
  | 'status'
  | 'version'
  | 'pinnedMetadata'
  | 'sealedClientSecret'
  | 'sealedClientKey'
  | 'sessionsEndedAt'
  | 'disabledAt'
  | 'createdAt'
  | 'updatedAt'
  | 'versionMetadata';
/** Every other column, in the row type's spelling. */
export type ConnectionConfiguration = Omit<Connection, Place>;
export type VersionState = 'draft' | 'tested' | 'active' | 'superseded';

/** Whole configurations of a connection. Its own row is a copy of one of them: the one that logins run on. */
export const connectionVersions = pgTable(
  'connection_versions',
  {
    id: id(),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    /** At most one is `active`, and at most one waits to become so (`draft`, `tested`). */
    state: text('state').$type<VersionState>().notNull(),
    configuration: jsonb('configuration').$type<ConnectionConfiguration>().notNull(),
    /** Bound to the connection, as the same columns there: versions of one connection may take each other's place. */
    sealedClientSecret: text('sealed_client_secret'),
    sealedClientKey: text('sealed_client_key'),
    pinnedMetadata: jsonb('pinned_metadata').$type<PinnedMetadata>(),
    /** The SAML provider's metadata, as of when the version was made or last in use. */
    metadataDocument: jsonb('metadata_document').$type<IdpMetadata>(),
    source: text('source', { enum: ['api', 'declaration'] }).notNull(),
    /** The admin key that made it; null for the operator's own, and for a declaration. */
    createdBy: text('created_by'),
    createdAt: createdAt(),
    activatedAt: at('activated_at'),
    /** When a test login over it passed last, and which one. */
    testedAt: at('tested_at'),
    testLoginId: text('test_login_id'),
  },
  (table) => [
    uniqueIndex('connection_versions_number').on(table.connectionId, table.version),
    uniqueIndex('connection_versions_one_active').on(table.connectionId).where(sql`state = 'active'`),
    uniqueIndex('connection_versions_one_open').on(table.connectionId).where(sql`state in ('draft', 'tested')`),
  ],
);

export type ConnectionVersion = typeof connectionVersions.$inferSelect;

/** Links for a login that leaves nothing but its trace. */
export const connectionTests = pgTable(
  'connection_tests',
  {
    id: id(),
    /** Of what stands in the link. */
    tokenDigest: text('token_digest').notNull().unique(),
    stateDigest: text('state_digest').notNull().unique(),
    sealedState: text('sealed_state').notNull(),
    sealedNonce: text('sealed_nonce').notNull(),
    sealedCodeVerifier: text('sealed_code_verifier').notNull(),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    connectionVersion: integer('connection_version').notNull(),
    redirectUri: text('redirect_uri').notNull(),
    createdAt: createdAt(),
    expiresAt: at('expires_at').notNull(),
    /** When the provider's answer came: only the first is looked at. */
    answeredAt: at('answered_at'),
    outcome: text('outcome', { enum: ['passed', 'failed'] }),
    reason: text('reason'),
    /** Its trace. */
    loginId: text('login_id'),
  },
  (table) => [index('connection_tests_expires').on(table.expiresAt)],
);

export type ConnectionTest = typeof connectionTests.$inferSelect;
