#!/usr/bin/env bun
/** Reads the command line and the configuration, migrates, serves, and closes on SIGTERM: the only side effects. */
import { tellFailure } from '#command/failure.ts';
import { runCommand } from '#command/run.ts';
import { type Invocation, parseInvocation } from '#command/table.ts';
import { type Config, readConfig } from '#config';
import { migrateDatabase } from '#ports/db/migrate.ts';
import { createLog, describeError } from '#ports/log.ts';
import type { SettledConfig } from '#ports/open.ts';
import { MIGRATIONS, type Server, serve } from './serve.ts';

/** Answers that are under way get this long after SIGTERM; then the process ends anyway. */
const DRAIN_MS = 8_000;

/** Levels of which a command has its own words. */
const TOLD_BY_COMMANDS: readonly string[] = ['info', 'warn'];

/** Also of what fails before a command is read. */
const wantsJson = process.argv.includes('--json');

interface Settled {
  readonly config: SettledConfig;
  stop(): Promise<void>;
}

/** What development leaves open: an embedded Postgres and a key kept beside it. Never part of the container. */
async function settle(config: Config): Promise<Settled> {
  const { DATABASE_URL, SECRETS_KEY } = config;
  if (DATABASE_URL && SECRETS_KEY) return { config: { ...config, DATABASE_URL, SECRETS_KEY }, stop: async () => {} };
  const { settleForDevelopment } = await import('#dev/settle.ts');
  return settleForDevelopment(config);
}

async function main(): Promise<void> {
  const invocation = parseInvocation(process.argv.slice(2));
  if (invocation.kind === 'help') return console.log(invocation.text);
  if (invocation.kind === 'misuse') {
    tellFailure({ code: 'misuse', message: invocation.sentence, hint: `\n${invocation.usage}` }, wantsJson);
    process.exit(2);
  }
  const settled = await settle(readConfig(process.env));
  await carryOut(invocation, settled).catch(async (error: unknown) => {
    // an embedded Postgres is a process of its own, and would stay behind
    await settled.stop();
    throw error;
  });
}

async function carryOut(
  invocation: Extract<Invocation, { kind: 'serve' | 'command' }>,
  settled: Settled,
): Promise<void> {
  const { kind } = invocation;
  const { config } = settled;
  // standard output is for what a command says, and what it did it says itself
  const isCommand = kind === 'command';
  const level = isCommand && TOLD_BY_COMMANDS.includes(config.LOG_LEVEL) ? 'error' : config.LOG_LEVEL;
  const log = createLog(level, isCommand ? process.stderr : undefined);
  let server: Server | undefined;
  let stopping = false;
  const stop = async (signal: 'SIGTERM' | 'SIGINT') => {
    if (stopping) return;
    // a command that was cut short is not done: whoever waits for it must not go on
    const exitCode = kind === 'serve' ? 0 : signal === 'SIGINT' ? 130 : 143;
    stopping = true;
    log.info({}, 'stopping');
    setTimeout(() => {
      log.warn({}, 'connections were cut off');
      process.exit(exitCode);
    }, DRAIN_MS);
    await server?.stop();
    await settled.stop();
    process.exit(exitCode);
  };
  // what nobody waited for must not take the requests of everybody along
  process.on('unhandledRejection', (error) => log.error({ error }, 'unhandled rejection'));
  // first of all: process 1 of a container has no default action for a signal, and migrating may wait for a lock
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));

  if (invocation.kind === 'command') {
    const code = await runCommand(invocation.command, invocation.given, {
      config,
      log,
      environment: process.env,
      migrations: MIGRATIONS,
    });
    await settled.stop();
    process.exit(code);
  }
  if (config.MIGRATE_ON_START) await migrateDatabase(config.DATABASE_URL, MIGRATIONS);
  server = await serve(config, { log, environment: process.env });
}

main().catch((error: unknown) => {
  // what names its own problems, and never values, is printed as it is; of anything else only what the log shows too
  const named =
    error instanceof Error && ['ConfigError', 'DeclarationError', 'ContradictionError'].includes(error.name);
  if (wantsJson) {
    const code = named && error.name === 'ConfigError' ? 'environment_invalid' : 'internal_error';
    const message = named ? error.message : 'Something went wrong on our side.';
    console.error(JSON.stringify({ code, message, ...(named ? {} : { error: describeError(error) }) }));
  } else console.error(named ? error.message : JSON.stringify(describeError(error), null, 2));
  process.exit(1);
});
