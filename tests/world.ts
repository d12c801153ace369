/** A world for tests: the real application on a real database, with a clock that moves. */

import postgres, { type Sql } from 'postgres';
import { type App, createApp } from '#app';
import { readConfig } from '#config';
import { applyDeclaration } from '#core/declaration.ts';
import { type MovableClock, movableClock } from '#ports/clock.ts';
import { migrateDatabase, newestMigration } from '#ports/db/migrate.ts';
import { assertMigrated } from '#ports/db/readiness.ts';
import { createApiKey } from '#ports/keys/api-key.ts';
import { createLog } from '#ports/log.ts';
import { openPorts } from '#ports/open.ts';
import type { Ports } from '#ports/ports.ts';
import { type Declaration, parseDeclaration } from '#routes/admin/declaration.ts';
import { cloneDatabase } from '#tests/database.ts';

export const PUBLIC_URL = 'http://localhost:3000';
export const REDIRECT_URI = 'http://localhost:8080/login/sso_callback';
const MIGRATIONS = new URL('../drizzle', import.meta.url).pathname;

export interface World {
  readonly app: App;
  readonly ports: Ports;
  readonly clock: MovableClock;
  /** A connection of the test's own, for looking at rows. */
  readonly sql: Sql;
  /** The API key of the organization `acme`. */
  readonly apiKey: string;
  /** Lines that the application logged. */
  readonly logLines: readonly string[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A second application on the same database: another replica. */
  replica(): Promise<World>;
  apply(declaration: Declaration): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly outboundAllow: readonly string[];
  readonly declaration: (apiKey: string) => Declaration;
  readonly environment?: Record<string, string>;
}

/** One template for the whole run: the function's identity is its key. */
export const migrate = (url: string) => migrateDatabase(url, MIGRATIONS);

export async function createWorld(options: WorldOptions): Promise<World> {
  const database = await cloneDatabase(migrate);
  const apiKey = createApiKey();
  const secretsKey = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const clock = movableClock();
  const worlds: { close(): Promise<void> }[] = [];

  const open = async (): Promise<World> => {
    const config = readConfig({
      NODE_ENV: 'test',
      PUBLIC_URL,
      DATABASE_URL: database.url,
      SECRETS_KEY: secretsKey,
      OUTBOUND_ALLOW: options.outboundAllow.join(','),
      // requests that reach no listener have no address: one test's wrong keys would count for all
      API_KEY_FAILURES_PER_MINUTE: '0',
      ...options.environment,
    });
    const logLines: string[] = [];
    const log = createLog('info', { write: (line) => void logLines.push(line) });
    const opened = await openPorts({ ...config, DATABASE_URL: database.url, SECRETS_KEY: secretsKey }, log, clock);
    const newest = newestMigration(MIGRATIONS);
    const readiness = { check: () => assertMigrated(opened.ports.db, newest) };
    const app = createApp(opened.ports, { readiness, version: 'test' });
    const sql = postgres(database.url, { max: 2, onnotice: () => {} });
    worlds.push({
      async close() {
        await opened.close();
        await sql.end();
      },
    });
    return {
      app,
      ports: opened.ports,
      clock,
      sql,
      apiKey,
      logLines,
      fetch: async (path, init) => app.fetch(new Request(new URL(path, PUBLIC_URL), init)),
      replica: open,
      async apply(declaration) {
        await applyDeclaration(opened.ports, parseDeclaration(JSON.stringify(declaration)));
      },
      async close() {
        await Promise.all(worlds.map((world) => world.close()));
        await database.drop();
      },
    };
  };
  const world = await open();
  await world.apply(options.declaration(apiKey));
  return world;
}
