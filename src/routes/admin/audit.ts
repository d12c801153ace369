/** The admin API of the audit as a whole: its export, and where its chain ends. */

import { Elysia } from 'elysia';
import { requireUnlimited } from '#core/admin-caller.ts';
import { exportAudit } from '#core/audit-export.ts';
import { readChainHead } from '#ports/db/audit-chain.ts';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from '#routes/http/admin-caller.ts';
import { ADMIN_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe, textOf } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { streamOf } from '#routes/http/stream.ts';
import { auditChainModels, presentChainHead } from './audit-resources.ts';
import { chainHead, exportedLine } from './examples.ts';

const described = { tag: 'Logins', security: ['adminKey'] } as const;
const NDJSON = 'application/x-ndjson';

/** Mounted behind the check of the caller. */
export const auditAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin audit' })
    .model({ ...problemModels, ...auditChainModels })
    .get(
      '/audit-events/export',
      ({ query, request }) =>
        streamOf(exportAudit(ports, { ...query, within: callerOf(request).organizations }), NDJSON),
      {
        query: 'Admin.AuditExportQuery',
        ...describe({
          ...described,
          operationId: 'exportAuditEvents',
          summary: 'Export audit events',
          description:
            'All of them, as one line of JSON each, oldest first in the order of the chain: `position` and `hash` of the record, and `event`. Events that are not chained yet, some seconds old, come last and have neither. A key that is limited to organizations gets their events. How to verify the chain with any other tool stands in the documentation of the audit. What breaks off within the stream ends the connection without the last chunk.',
          answers: { 200: textOf(NDJSON, 'The events.', exportedLine), ...problems(...ADMIN_REFUSALS) },
        }),
      },
    )
    .get(
      '/audit-chain/head',
      async ({ request }) => {
        requireUnlimited(callerOf(request));
        return presentChainHead(await readChainHead(ports.db));
      },
      describe({
        ...described,
        operationId: 'readAuditChainHead',
        summary: 'Head of the audit chain',
        description:
          'Position and hash of the newest record. For a key that reaches everything. Kept elsewhere, it proves later that nothing before it was written anew: `vestibule audit verify --anchor <hash>`.',
        answers: { 200: answerOf('Admin.AuditChainHead', 'The head.', chainHead), ...problems(...ADMIN_REFUSALS) },
      }),
    );
