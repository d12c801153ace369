/**
 * Lists in pages. A cursor says where its list goes on, and belongs to that list and its filters: in another one it would
 * skip rows, or all of them, and nobody would notice.
 */
import { t } from 'elysia';
import { SsoError } from '#error';
import { digest } from '#ports/keys/random.ts';
import { text } from '#routes/dialects/fields.ts';

const DEFAULT_LIMIT = 50;
const BINDING_LENGTH = 8;
/** What a cursor names a row by. */
const POSITIONS = { id: /^[0-9a-f]{24}$/, number: /^[1-9][0-9]{0,8}$/ };

/** Of every list's query. */
export const pageQuery = {
  // of a query, where numbers are text: Elysia's own integer reads it
  limit: t.Optional(t.Integer({ description: 'Rows in a page.', minimum: 1, maximum: 100, default: DEFAULT_LIMIT })),
  cursor: t.Optional(text('`nextCursor` of the page before, with the filters of that page.', 64)),
};

/** Of every page. */
export const nextCursor = t.Optional(
  text('Where the next page begins, as `cursor` beside the same filters; absent on the last.', 64),
);

interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

interface Answered<Item> {
  items: Item[];
  nextCursor?: string;
}

export interface OpenPage {
  /** One row more than the page holds, to know whether there is a next one; from behind the row that `before` names. */
  readonly rows: { readonly limit: number; readonly before: string | undefined };
  present<Row, Item>(
    rows: readonly (Row & { readonly id: string })[],
    present: (row: Row) => Item,
  ): Promise<Answered<Item>>;
}

/** @throws SsoError `input_invalid` for a cursor that is none, or is of another list; `present` does for one whose row is gone */
export async function openPage(
  request: Request,
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
  positions: keyof typeof POSITIONS = 'id',
): Promise<OpenPage> {
  const before = cursor === undefined ? undefined : await positionOf(cursor, request, POSITIONS[positions]);
  return {
    rows: { limit: limit + 1, before },
    async present(rows, present) {
      // a cursor is answered only where something comes after it; an empty page would end the list in silence
      if (before !== undefined && rows.length === 0)
        return refuseCursor('The row that it goes on from is gone, or all that came after it: begin again without it');
      const items = rows.slice(0, limit).map(present);
      const last = rows[limit - 1];
      if (rows.length <= limit || !last) return { items };
      return { items, nextCursor: await cursorOf(last.id, new URL(request.url)) };
    },
  };
}

/** @param url of the list, with its filters */
export async function cursorOf(position: string, { pathname, searchParams }: URL): Promise<string> {
  const filters = [...searchParams].filter(([name]) => name !== 'limit' && name !== 'cursor').toSorted();
  const list = await digest(JSON.stringify([pathname, filters]));
  return `${position}.${list.slice(0, BINDING_LENGTH)}`;
}

async function positionOf(cursor: string, request: Request, isPosition: RegExp): Promise<string> {
  const [position = ''] = cursor.split('.', 1);
  if (!isPosition.test(position)) return refuseCursor('It is no cursor of ours: send `nextCursor` of the page before');
  if ((await cursorOf(position, new URL(request.url))) === cursor) return position;
  return refuseCursor('It is of another list, or of other filters: send it with those that it came with');
}

function refuseCursor(detail: string): never {
  throw new SsoError('input_invalid', { members: [{ pointer: '/cursor', detail }] });
}
