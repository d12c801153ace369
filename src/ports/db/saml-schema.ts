/** The tables of SAML connections: the provider's metadata, our keys, and the assertions that were used. */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, connections, createdAt, id } from './schema.ts';

export type SamlBinding = 'redirect' | 'post';
export interface SamlEndpoint {
  readonly binding: SamlBinding;
  readonly location: string;
  /** Where responses go, if not to `location` (SAML metadata §2.2.2). */
  readonly responseLocation?: string;
}
/** A certificate that the metadata names for signing. The key counts; the certificate is its wrapper. */
export interface SamlCertificate {
  /** Base64 DER. */
  readonly certificate: string;
  /** Base64 DER, SubjectPublicKeyInfo: what signatures are verified with. */
  readonly publicKey: string;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
}
/** What an identity provider's metadata say, as far as we use it (SAML metadata §2.4.3). */
export interface IdpMetadata {
  readonly entityId: string;
  readonly singleSignOn: readonly SamlEndpoint[];
  readonly singleLogout: readonly SamlEndpoint[];
  readonly certificates: readonly SamlCertificate[];
  readonly wantAuthnRequestsSigned: boolean;
  readonly nameIdFormats: readonly string[];
  /** ISO 8601 UTC. */
  readonly validUntil: string | null;
  readonly cacheSeconds: number | null;
}

/** One row a SAML connection: the copy in use, and what a refresh found beside it. */
export const samlMetadata = pgTable(
  'saml_metadata',
  {
    connectionId: text('connection_id')
      .primaryKey()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** The last good copy; null until one was read. */
    document: jsonb('document').$type<IdpMetadata>(),
    /** A copy that names new keys or endpoints and awaits approval. */
    pending: jsonb('pending').$type<IdpMetadata>(),
    /** When `document` was last confirmed by its source. */
    checkedAt: at('checked_at'),
    /** When the source was last asked, whatever came of it. */
    readAt: at('read_at'),
    /** When the source is read next; null where there is no source. */
    nextCheckAt: at('next_check_at'),
    failures: integer('failures').notNull().default(0),
    /** The reason of the last failure, an error code. */
    failure: text('failure'),
    /** When the expiry of a certificate was last reported. */
    expiryReportedAt: at('expiry_reported_at'),
    createdAt: createdAt(),
  },
  (table) => [index('saml_metadata_next_check').on(table.nextCheckAt).where(sql`next_check_at is not null`)],
);

/** Our key pairs, one certificate each for signing and for encryption to us. */
export const samlKeys = pgTable(
  'saml_keys',
  {
    id: id(),
    connectionId: text('connection_id')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** `next` is published before it signs; `previous` only opens what is still encrypted to it. */
    status: text('status', { enum: ['active', 'next', 'previous'] }).notNull(),
    /** Base64 DER, self-signed. */
    certificate: text('certificate').notNull(),
    /** PKCS #8, base64 DER, sealed with `saml_keys:<id>:private_key`. */
    sealedPrivateKey: text('sealed_private_key').notNull(),
    createdAt: createdAt(),
    retiredAt: at('retired_at'),
  },
  (table) => [uniqueIndex('saml_keys_connection_status').on(table.connectionId, table.status)],
);

/** Assertions that were used: none is taken twice (SAML profiles §4.1.4.5). */
export const samlReplays = pgTable(
  'saml_replays',
  {
    connectionId: text('connection_id').notNull(),
    /** SHA-256 of the assertion's ID. */
    assertionDigest: text('assertion_digest').notNull(),
    /** NotOnOrAfter and the skew; the assertion is refused by its dates from then on. */
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.assertionDigest] }),
    index('saml_replays_expires').on(table.expiresAt),
  ],
);

export type SamlMetadata = typeof samlMetadata.$inferSelect;
export type SamlKey = typeof samlKeys.$inferSelect;
