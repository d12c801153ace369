/** Reads the configuration, opens the ports, listens, and closes on SIGTERM: the only side effects. */
import { createApp } from '#app';
import { type Config, readConfig } from '#config';
import { applyDeclaration } from '#core/declaration.ts';
import { assertMigrated } from '#ports/db/readiness.ts';
import { migrateDatabase, newestMigration } from '#ports/db/migrate.ts';
import { startHousekeeping } from '#ports/db/housekeeping.ts';
import { listen } from '#ports/http/listener.ts';
import { createLog } from '#ports/log.ts';
import { openPorts, type SettledConfig } from '#ports/open.ts';
import { parseDeclaration } from '#routes/admin/declaration.ts';
import { notePeer } from '#routes/http/context.ts';
import { readFile } from 'node:fs/promises';
import metadata from '../package.json' with { type: 'json' };

const MIGRATIONS = 'drizzle';
/** Answers that are under way get this long after SIGTERM; then the process ends anyway. */
const DRAIN_MS = 9_000;

/** What development leaves open: an embedded Postgres and a key kept beside it. Never part of the container. */
async function settle(config: Config): Promise<{ config: SettledConfig; stop(): Promise<void> }> {
  const { DATABASE_URL, SECRETS_KEY } = config;
  if (DATABASE_URL && SECRETS_KEY) return { config: { ...config, DATABASE_URL, SECRETS_KEY }, stop: async () => {} };
  const { settleForDevelopment } = await import('#dev/settle.ts');
  return settleForDevelopment(config);
}

async function main(): Promise<void> {
  const settled = await settle(readConfig(process.env));
  const { config } = settled;
  const log = createLog(config.LOG_LEVEL);
  const migrateOnly = process.argv.includes('migrate');
  if (config.MIGRATE_ON_START || migrateOnly) await migrateDatabase(config.DATABASE_URL, MIGRATIONS);
  if (migrateOnly) return settled.stop();

  const { ports, close } = await openPorts(config, log);
  if (config.VESTIBULE_SEED) {
    const summary = await applyDeclaration(ports, parseDeclaration(await readFile(config.VESTIBULE_SEED, 'utf8')));
    log.info(summary, 'declaration applied');
  }
  const newest = newestMigration(MIGRATIONS);
  let stopping = false;
  const readiness = {
    async check() {
      if (stopping) throw new Error('stopping');
      await assertMigrated(ports.db, newest);
    },
  };
  const app = createApp(ports, { readiness, version: metadata.version });
  const listener = listen(
    (request, address) => {
      notePeer(request, address);
      return app.fetch(request);
    },
    { host: config.HOST, port: config.PORT },
  );
  const stopHousekeeping = startHousekeeping(ports);
  log.info({ host: config.HOST, port: listener.port, publicUrl: config.PUBLIC_URL, version: metadata.version }, 'listening');

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    log.info({}, 'stopping');
    stopHousekeeping();
    await listener.close();
    await close();
    await settled.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

main().catch((error: unknown) => {
  // the environment and the declaration name their own problems; anything else is told by its kind alone
  const named = error instanceof Error && ['ConfigError', 'DeclarationError', 'ContradictionError', 'PostgresError'].includes(error.name);
  console.error(named ? error.message : error);
  process.exit(1);
});
