/** The admin API's wire for the audit's chain. */
import { Type } from '@sinclair/typebox';
import { type Static, t } from 'elysia';
import type { ChainHead } from '#ports/db/audit-chain.ts';
import { closed, dateTime, objectId } from '#routes/dialects/fields.ts';
import { auditAction } from './resources.ts';

const sha256Hex = (description: string) => t.String({ description, pattern: '^[0-9a-f]{64}$' });

const ChainHeadModel = closed('Where the audit’s chain ends.', {
  position: Type.Integer({ description: 'Records so far; 0 before the first.' }),
  hash: sha256Hex('Hash of the last record, SHA-256 in hex; of none, 64 zeros.'),
  chainedAt: t.Optional(dateTime('When the last record was made.')),
});

const ExportQuery = t.Object({
  organizationId: t.Optional(objectId('Only this organization’s.')),
  action: t.Optional(auditAction),
});

export const auditChainModels = {
  'Admin.AuditChainHead': ChainHeadModel,
  'Admin.AuditExportQuery': ExportQuery,
};

export function presentChainHead({ position, hash, chainedAt }: ChainHead): Static<typeof ChainHeadModel> {
  return { position, hash, ...(chainedAt ? { chainedAt: chainedAt.toISOString() } : {}) };
}
