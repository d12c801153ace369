/** Runs one command over the same ports as the server: database and keys, nothing that listens. */
import { pipeline } from 'node:stream/promises';
import { SsoError } from '#error';
import { continueOrder } from '#ports/db/audit-chain.ts';
import { newestMigration } from '#ports/db/migrate.ts';
import { assertMigrated } from '#ports/db/readiness.ts';
import type { Log } from '#ports/log.ts';
import { openPorts, type SettledConfig } from '#ports/open.ts';
import type { Ports } from '#ports/ports.ts';
import { EnvironmentError } from '#ports/start-check.ts';
import { type Command, type Given, MisuseError } from './command.ts';
import { askForConfirmation, type Confirmation } from './confirmation.ts';

interface CommandOptions {
  readonly config: SettledConfig;
  readonly log: Log;
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
  await assertMigrated(db, newestMigration(migrations)).catch((error: unknown) => {
    if (error instanceof SsoError) throw error;
    throw new EnvironmentError(['the database lacks migrations: vestibule migrate']);
  });
  await continueOrder(db);
}

/** Why, and what to do; never where in the program. @returns the exit code */
function failed(error: unknown, command: Command, given: Given, log: Log): number {
  const told = (code: string, sentence: string) =>
    console.error(given.flags['json'] ? JSON.stringify({ code, message: sentence }) : sentence);
  // whoever read our output has closed it
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 1;
  if (error instanceof MisuseError) {
    told('misuse', `${error.message}\nvestibule ${command.name} --help shows what can be given.`);
    return 2;
  }
  if (error instanceof SsoError) {
    const members = error.members.map(({ pointer, detail }) => `\n  ${pointer || '/'}: ${detail}`).join('');
    const hint = error.code === 'database_unavailable' ? '\nDoes the Postgres of DATABASE_URL answer?' : '';
    told(error.code, `${error.message}${members || detailOf(error)}${hint}`);
    return 1;
  }
  if (error instanceof Error && error.name === 'ConfigError') throw error;
  if (error instanceof Error && DECLARED.includes(error.name)) {
    told('declaration_invalid', error.message);
    return 1;
  }
  log.debug({ error }, 'the command failed');
  const name = error instanceof Error ? error.name : typeof error;
  told('internal_error', `Something went wrong on our side (${name}). With LOG_LEVEL=debug it is logged where.`);
  return 1;
}

/** Errors that say where in a file something is wrong, and never what stands there. */
const DECLARED = ['DeclarationError', 'ContradictionError'];

/** A terminal has the warning before its eyes already. 2, as for anything that was asked wrongly. */
function notDone(warning: readonly string[], confirmation: Confirmation, given: Given): number {
  const reason = 'Nothing was done.';
  if (confirmation === 'refused') console.error(reason);
  else if (given.flags['json']) console.error(JSON.stringify({ code: 'confirmation_needed', warning }));
  else console.error([...warning, `${reason} With --yes it is done without asking.`].join('\n'));
  return confirmation === 'refused' ? 1 : 2;
}

const detailOf = ({ detail }: SsoError) => (detail ? ` (${detail})` : '');
