/** Who may call the admin API beside the operator, and the answers that a repeated creation is given again. */
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, createdAt, id } from './schema.ts';

export const adminKeys = pgTable(
  'admin_keys',
  {
    id: id(),
    name: text('name').notNull(),
    /** The first characters, so that a person can tell keys apart. */
    prefix: text('prefix').notNull(),
    keyDigest: text('key_digest').notNull().unique(),
    /** Ids; null: all there are and will be. No reference: a key never reaches further because one is deleted. */
    organizations: text('organizations').array(),
    access: text('access', { enum: ['read', 'write'] }).notNull(),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
    lastUsedAt: at('last_used_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('admin_keys_name').on(table.name).where(sql`revoked_at is null`),
    index('admin_keys_created').on(table.createdAt, table.id),
  ],
);

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Digest of the caller and the `Idempotency-Key`: one caller never meets another's. */
    id: id(),
    /** Of method, address and body: the same key with another request is a mistake. */
    requestDigest: text('request_digest').notNull(),
    /** Null while the request is under way. */
    sealedAnswer: text('sealed_answer'),
    createdAt: createdAt(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('idempotency_keys_expires').on(table.expiresAt)],
);

export type AdminKey = typeof adminKeys.$inferSelect;
