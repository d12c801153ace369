/** Runs one command over the same ports as the server: database and keys, nothing that listens. */
import { SsoError } from '#error';
import { newestMigration } from '#ports/db/migrate.ts';
import { assertMigrated } from '#ports/db/readiness.ts';
import type { Log } from '#ports/log.ts';
import { openPorts, type SettledConfig } from '#ports/open.ts';
import { EnvironmentError } from '#ports/start-check.ts';
import type { Command, Given } from './command.ts';
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
    await assertMigrated(ports.db, newestMigration(options.migrations)).catch((error: unknown) => {
      if (error instanceof SsoError) throw error;
      throw new EnvironmentError(['the database lacks migrations: vestibule migrate']);
    });
    const warning = given['yes'] ? [] : ((await command.warn?.(ports, given)) ?? []);
    const confirmation = warning.length > 0 ? await askForConfirmation(warning) : 'given';
    if (confirmation !== 'given') return notDone(warning, confirmation, given);
    const { value, lines, exitCode = 0 } = await command.run(ports, given);
    console.log(given['json'] ? JSON.stringify(value) : lines.join('\n'));
    return exitCode;
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    console.error(given['json'] ? JSON.stringify({ code: error.code }) : `${error.message}${detailOf(error)}`);
    return 1;
  } finally {
    await close();
  }
}

/** A terminal has the warning before its eyes already. 2, as for anything that was asked wrongly. */
function notDone(warning: readonly string[], confirmation: Confirmation, given: Given): number {
  const reason = 'Nothing was done.';
  if (confirmation === 'refused') console.error(reason);
  else if (given['json']) console.error(JSON.stringify({ code: 'confirmation_needed', warning }));
  else console.error([...warning, `${reason} With --yes it is done without asking.`].join('\n'));
  return confirmation === 'refused' ? 1 : 2;
}

const detailOf = ({ detail }: SsoError) => (detail ? ` (${detail})` : '');
