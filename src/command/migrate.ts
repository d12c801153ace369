/** `vestibule migrate`: what a start does first, alone. */
import { SsoError } from '#error';
import { migrateDatabase } from '#ports/db/migrate.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'Bring the database to the newest schema.',
  options: {},
  examples: ['migrate'],
  exitCodes: { 1: 'it failed, and nothing was changed', 130: 'stopped by Ctrl-C', 143: 'stopped by SIGTERM' },
  migrates: true,
  async run(_ports, _given, { databaseUrl, migrations }) {
    await migrateDatabase(databaseUrl, migrations).catch((cause: unknown) => {
      const { code } = ((cause instanceof Error && cause.cause) || cause) as { readonly code?: unknown };
      const detail = `${code ?? 'unknown'}; its user has to own the tables`;
      throw new SsoError('database_unavailable', { detail, cause });
    });
    return { value: { migrated: true }, lines: ['The database has the newest schema.'] };
  },
};
