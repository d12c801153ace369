/** What a caller who changes something has seen of it. */
import { SsoError } from '#error';

/** Asked of a row as it stands, under its lock, before it is changed; throws where the caller meant another. */
export type Precondition<Row> = (current: Row) => Promise<void>;

/** For `changeRow` of a row that has to be there, and to be the one that was meant. @throws SsoError `not_found`, and what the precondition throws */
export function ofExisting<Row, Columns>(
  precondition: Precondition<Row>,
  change: (row: Row) => Columns | Promise<Columns>,
) {
  return async (row: Row | undefined): Promise<Columns> => {
    if (!row) throw new SsoError('not_found');
    await precondition(row);
    return change(row);
  };
}
