/** Fills in what development may leave out: an embedded Postgres, and a sealing key that survives restarts. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#config';
import type { SettledConfig } from '#ports/open.ts';
import { createDatabase, startPostgres } from './postgres.ts';

const DATA = '.data';

export async function settleForDevelopment(config: Config): Promise<{ config: SettledConfig; stop(): Promise<void> }> {
  await mkdir(DATA, { recursive: true });
  const SECRETS_KEY = config.SECRETS_KEY ?? (await keptKey(join(DATA, 'secrets-key')));
  if (config.DATABASE_URL)
    return { config: { ...config, DATABASE_URL: config.DATABASE_URL, SECRETS_KEY }, stop: async () => {} };
  const server = await startPostgres({ directory: join(DATA, 'postgres') });
  const DATABASE_URL = await createDatabase(server.url, 'vestibule');
  return { config: { ...config, DATABASE_URL, SECRETS_KEY }, stop: () => server.stop() };
}

async function keptKey(path: string): Promise<string> {
  const drawn = randomBytes(32).toString('base64');
  await writeFile(path, drawn, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  return (await readFile(path, 'utf8')).trim();
}
