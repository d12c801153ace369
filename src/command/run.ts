/** Runs one command over the same ports as the server: database and keys, nothing that listens. */
import { pipeline } from 'node:stream/promises';
import { SsoError } from '#error';
import { continueOrder } from '#ports/db/audit-chain.ts';
import { newestMigration } from '#ports/db/migrate.ts';
import { assertMigrated } from '#ports/db/readiness.ts';
import type { Log } from '#ports/log.ts';
import { openPorts, type SettledConfig } from '#ports/open.ts';
import type { Ports } from '#ports/ports.ts';
import { assertOpens, EnvironmentError } from '#ports/start-check.ts';
import type { Command, Given } from './command.ts';
import { askForConfirmation, type Confirmation } from './confirmation.ts';
import { exitCodeOf, failureOf, tellFailure } from './failure.ts';

interface CommandOptions {
  readonly config: SettledConfig;
  readonly log: Log;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the migrations that the database has to have. */
  readonly migrations: string;
}

/**
 * What the command says goes to standard output, why it failed to standard error.
 * @returns the exit code
 */
export async function runCommand(command: Command, given: Given, options: CommandOptions): Promise<number> {
  const { ports, close } = await openPorts(options.config, options.log);
  try {
    if (!command.migrates) await requireMigrated(ports, options.migrations);
    if (command.seals) await assertOpens(ports);
    const warning = given.flags['yes'] ? [] : ((await command.warn?.(ports, given)) ?? []);
    const confirmation = warning.length > 0 ? await askForConfirmation(warning) : 'given';
    if (confirmation !== 'given') return notDone(warning, confirmation, given);
    const {
      value,
      lines,
      texts,
      exitCode = 0,
    } = await command.run(ports, given, {
      databaseUrl: options.config.DATABASE_URL,
      environment: options.environment,
      migrations: options.migrations,
    });
    if (texts) await pipeline(texts, process.stdout, { end: false });
    else console.log(given.flags['json'] ? JSON.stringify(value) : lines.join('\n'));
    return exitCode;
  } catch (error) {
    return failed(error, command, given, options.log);
  } finally {
    await close();
  }
}

async function requireMigrated({ db }: Ports, migrations: string): Promise<void> {
  await assertMigrated(db, newestMigration(migrations)).catch((cause: unknown) => {
    if (cause instanceof SsoError) throw cause;
    const code = codeOf(cause);
    if (code === undefined || NO_TABLE.includes(code))
      throw new EnvironmentError(['the database lacks migrations: vestibule migrate']);
    throw new SsoError('database_unavailable', { detail: code, cause });
  });
  await continueOrder(db);
}

/** SQLSTATE of a schema or table that is not there. */
const NO_TABLE: readonly string[] = ['3F000', '42P01'];

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
}

/** @returns the exit code */
function failed(error: unknown, command: Command, given: Given, log: Log): number {
  // whoever read our output has closed it
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 1;
  if (error instanceof Error && error.name === 'ConfigError') throw error;
  const failure = failureOf(error, command.name);
  if (failure.code === 'internal_error') log.debug({ error }, 'the command failed');
  tellFailure(failure, given.flags['json'] === true);
  return exitCodeOf(failure);
}

/** A terminal has the warning before its eyes already. 2, as for anything that was asked wrongly. */
function notDone(warning: readonly string[], confirmation: Confirmation, given: Given): number {
  const reason = 'Nothing was done.';
  if (confirmation === 'refused') console.error(reason);
  else if (given.flags['json']) {
    const message = `${reason} With --yes it is done without asking.`;
    console.error(JSON.stringify({ code: 'confirmation_needed', message, warning }));
  } else console.error([...warning, `${reason} With --yes it is done without asking.`].join('\n'));
  return confirmation === 'refused' ? 1 : 2;
}
