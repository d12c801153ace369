/** A row of each kind with a value in every sealed column, bound as the product binds it. */
import type { Sql } from 'postgres';
import type { Sealer } from '#ports/keys/keys.ts';

type Row = Readonly<Record<string, string>>;

/** What each sealed column is bound to. A column that is missing here fails the test that walks the schema. */
export const CONTEXTS: Readonly<Record<string, (row: Row) => string>> = {
  'connections.sealed_client_secret': ({ id }) => `connections:${id}:client_secret`,
  'connections.sealed_client_key': ({ id }) => `connections:${id}:client_key`,
  'connection_versions.sealed_client_secret': ({ connection_id }) => `connections:${connection_id}:client_secret`,
  'connection_tests.sealed_state': ({ id }) => `connection_tests:${id}:state`,
  'connection_tests.sealed_nonce': ({ id }) => `connection_tests:${id}:nonce`,
  'connection_tests.sealed_code_verifier': ({ id }) => `connection_tests:${id}:code_verifier`,
  'connection_versions.sealed_client_key': ({ connection_id }) => `connections:${connection_id}:client_key`,
  'saml_keys.sealed_private_key': ({ id }) => `saml_keys:${id}:private_key`,
  'signing_keys.sealed_private_jwk': ({ id }) => `signing_keys:${id}:private_jwk`,
  'sessions.sealed_id_token': ({ id }) => `sessions:${id}:id_token`,
  'authentication_requests.sealed_nonce': ({ id }) => `authentication_requests:${id}:nonce`,
  'authentication_requests.sealed_code_verifier': ({ id }) => `authentication_requests:${id}:code_verifier`,
  'authentication_requests.sealed_claims': ({ id }) => `authentication_requests:${id}:claims`,
  'authentication_requests.sealed_answer': ({ id }) => `authentication_requests:${id}:answer`,
  'idempotency_keys.sealed_answer': ({ id }) => `idempotency_keys:${id}:answer`,
  'logins.sealed_claims': ({ id }) => `logins:${id}:claims`,
  'refresh_tokens.sealed_successor': ({ token_digest }) => `refresh_tokens:${token_digest}:successor`,
};

export const columnsOf = (table: string) =>
  Object.keys(CONTEXTS).flatMap((name) => (name.startsWith(`${table}.`) ? [name.slice(table.length + 1)] : []));

/** Fills every sealed column of a table that is empty so far. */
export async function fillSealedColumns(sql: Sql, keys: Sealer, table: string): Promise<void> {
  const rows: Row[] = await sql`select * from ${sql(table)}`;
  for (const row of rows) {
    for (const column of columnsOf(table)) {
      if (row[column]) continue;
      const sealed = await keys.seal(`${column} of ${row['id']}`, CONTEXTS[`${table}.${column}`]?.(row) ?? '');
      await sql`update ${sql(table)} set ${sql(column)} = ${sealed} where id = ${row['id'] ?? ''}`;
    }
  }
}

/** Authentication requests as logins leave them, many at once: `ids` count up from `first`. */
export async function insertRequests(sql: Sql, keys: Sealer, first: number, count: number): Promise<void> {
  const [connection] = await sql`select id, organization_id from connections limit 1`;
  const requests = Array.from({ length: count }, async (_, index) => {
    const id = (first + index).toString(16).padStart(24, '0');
    const seal = (column: string) =>
      keys.seal(column, CONTEXTS[`authentication_requests.sealed_${column}`]?.({ id }) ?? '');
    const [sealed_nonce, sealed_code_verifier] = await Promise.all([seal('nonce'), seal('code_verifier')]);
    return {
      id,
      state_digest: id,
      sealed_nonce,
      sealed_code_verifier,
      connection_id: connection?.['id'] as string,
      connection_version: 1,
      organization_id: connection?.['organization_id'] as string,
      redirect_uri: 'http://localhost:8080/',
      expires_at: new Date(Date.now() + 3_600_000),
    };
  });
  const rows = await Promise.all(requests);
  for (let at = 0; at < rows.length; at += 1_000) {
    await sql`insert into authentication_requests ${sql(rows.slice(at, at + 1_000))}`;
  }
}
