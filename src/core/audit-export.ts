/** The audit as JSON lines: each event as the chain has it, with its record. */
import { type ExportedEvent, type ExportFilter, readAuditPages } from '#ports/db/audit-export.ts';
import { chainedEvent } from '#ports/keys/chain.ts';
import type { Ports } from '#ports/ports.ts';

/** One text a page, each line with its line feed; read no further than it is asked for. */
export async function* exportAudit({ db }: Pick<Ports, 'db'>, filter: ExportFilter): AsyncGenerator<string, void> {
  for await (const page of readAuditPages(db, filter)) yield page.map(lineOf).join('');
}

function lineOf({ event, record }: ExportedEvent): string {
  return `${JSON.stringify({ ...record, event: chainedEvent(event) })}\n`;
}
