/** The email domains of organizations. One domain may be several organizations', each of which proves it for itself. */
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, createdAt, id, organizations } from './schema.ts';

export const domains = pgTable(
  'domains',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Lower case, ASCII (IDNA). */
    domain: text('domain').notNull(),
    verifiedAt: at('verified_at'),
    /** Who says so: the DNS, or the operator. Null of those verified before this was kept, by the operator then. */
    verifiedBy: text('verified_by', { enum: ['dns', 'operator'] }),
    /** What the TXT record has to say. No secret: it stands in the DNS. */
    challenge: text('challenge'),
    /** Null once the domain is verified: the record may stay and be looked at again. */
    challengeExpiresAt: at('challenge_expires_at'),
    checkedAt: at('checked_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('domains_organization_domain').on(table.organizationId, table.domain),
    index('domains_domain').on(table.domain),
  ],
);

export type Domain = typeof domains.$inferSelect;
