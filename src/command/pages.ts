/** Lists that the database gives page by page, as a whole. */

interface Page {
  readonly limit: number;
  readonly before: string | undefined;
}

const LIMIT = 200;

/** @param read undefined where there is nothing to list from, which ends it */
export async function everyPage<Row extends { readonly id: string }>(
  read: (page: Page) => Promise<readonly Row[] | undefined>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let full = true; full; ) {
    const page = (await read({ limit: LIMIT, before: rows.at(-1)?.id })) ?? [];
    rows.push(...page);
    full = page.length === LIMIT;
  }
  return rows;
}
