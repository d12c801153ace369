/**
 * PR-01 and PR-02: every secret that a test came across is looked for in every row of every table, in every log line
 * of every replica, and in what was answered.
 */
import { expect } from 'bun:test';
import type { Stage } from '#tests/hostile/stage.ts';

/** The whole database as text, table by table. */
export async function dumpTables({ world: { sql } }: Stage): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
  const dump: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ rows: string }[]>`
      select coalesce(json_agg(t order by t::text), '[]')::text as rows from ${sql(name)} t`;
    dump[name] = row?.rows ?? '';
  }
  return dump;
}

/**
 * @param answers bodies and headers of refusals; never those of an answer that is meant to carry tokens
 */
export async function expectNoSecrets(stage: Stage, answers: readonly string[] = []): Promise<void> {
  const places = {
    ...(await dumpTables(stage)),
    log: [...stage.world.logLines, ...stage.replica.logLines].join('\n'),
    answers: answers.join('\n'),
  };
  const found = Object.entries(places).flatMap(([place, text]) =>
    [...secretsOf(stage)]
      .filter((secret) => text.includes(secret) || text.includes(encoded(secret)))
      .map((secret) => `${secret} in ${place}`),
  );
  expect(found).toEqual([]);
}

/** Those collected on the way, and what only the provider saw: verifiers and access tokens. */
function secretsOf({ secrets, provider }: Stage): ReadonlySet<string> {
  for (const { body, headers } of provider.requests) {
    const verifier = new URLSearchParams(body).get('code_verifier');
    if (verifier) secrets.add(verifier);
    const credential = headers['authorization'];
    if (typeof credential === 'string') secrets.add(credential.replace(/^\w+ /, ''));
  }
  return secrets;
}

/** As a value would stand that is only written in other letters. */
function encoded(secret: string): string {
  return new TextEncoder().encode(secret).toBase64({ alphabet: 'base64url', omitPadding: true });
}

export function headersOf(answer: Response): string {
  return [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
}
