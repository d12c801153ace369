/** The demo's database: a new one in the embedded Postgres for every start. */
import postgres from 'postgres';
import { createDatabase, startPostgres } from '#dev/postgres.ts';
import { migrateDatabase } from '#ports/db/migrate.ts';
import { MIGRATIONS } from '#serve';

/**
 * Migrated. Its name holds the port, which no other running demo has.
 * @param stops gets what removes it and stops Postgres
 */
export async function openDemoDatabase(
  directory: string,
  port: number,
  stops: (() => Promise<void>)[],
): Promise<string> {
  const cluster = await startPostgres({ directory });
  stops.push(() => cluster.stop());
  const name = `demo_${port}`;
  await dropDatabase(cluster.url, name);
  const url = await createDatabase(cluster.url, name);
  stops.push(() => dropDatabase(cluster.url, name));
  await migrateDatabase(url, MIGRATIONS);
  return url;
}

async function dropDatabase(clusterUrl: string, name: string): Promise<void> {
  const sql = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
  } finally {
    await sql.end();
  }
}
