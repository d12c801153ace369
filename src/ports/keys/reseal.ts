/**
 * Brings every sealed value under the current `SECRETS_KEY`, while servers go on working: window by window, and only
 * where a value is still the one that was read. It can be stopped and begun again at any time, and run twice at once.
 */
import {
  readSealedWindow,
  replaceSealedValues,
  SEALED_TABLES,
  type SealedRow,
  type SealedTable,
  sealedContext,
} from '#ports/db/sealed-columns.ts';
import type { Ports } from '#ports/ports.ts';

type Resealing = Pick<Ports, 'db' | 'keys'>;

export interface ResealedTable {
  readonly table: string;
  readonly resealed: number;
  /** Somebody else changed them between reading and writing. */
  readonly changedMeanwhile: number;
  /** None of the given keys opens them, or they were tampered with. */
  readonly unopened: number;
}

/** One table after the other. @throws SsoError `database_unavailable`; what was done until then stays done */
export async function resealEverything(ports: Resealing): Promise<ResealedTable[]> {
  const done: ResealedTable[] = [];
  for (const table of SEALED_TABLES) done.push(await resealTable(ports, table));
  return done;
}

async function resealTable(ports: Resealing, table: SealedTable): Promise<ResealedTable> {
  const total = { table: table.name, resealed: 0, changedMeanwhile: 0, unopened: 0 };
  const keyId = ports.keys.keyIds[0] ?? '';
  for (let after: string | null = ''; after !== null; ) {
    const { last, rows }: Awaited<ReturnType<typeof readSealedWindow>> = await readSealedWindow(ports.db, table, {
      after,
      keyId,
    });
    for (const column of table.columns) {
      const values = await Promise.all(rows.map((row) => resealValue(ports, table, row, column)));
      const resealed = values.filter((value) => typeof value === 'object');
      const replaced = resealed.length > 0 ? await replaceSealedValues(ports.db, table, column, resealed) : 0;
      total.resealed += replaced;
      total.changedMeanwhile += resealed.length - replaced;
      total.unopened += values.filter((value) => value === 'unopened').length;
    }
    after = last;
  }
  return total;
}

async function resealValue({ keys }: Resealing, table: SealedTable, row: SealedRow, column: string) {
  const before = row.values[column];
  if (before === undefined) return undefined;
  const context = sealedContext(table, row, column);
  const plaintext = await keys.open(before, context).catch(() => undefined);
  if (plaintext === undefined) return 'unopened' as const;
  return { id: row.id, before, after: await keys.seal(plaintext, context) };
}
