/**
 * `bun run demo`: starts everything, signs a person in once over each dialect and prints what went over
 * the wire, then keeps serving with a page to click through. `--once` ends after the logins.
 */
import { parseArgs } from 'node:util';
import { Elysia } from 'elysia';
import { listLogins } from '#ports/db/traces.ts';
import { demonstrateLogins } from './demo/logins.ts';
import { type RunningDemo, startDemo } from './demo/services.ts';
import { openTerminal } from './demo/terminal.ts';
import { Wire } from './demo/wire.ts';

const terminal = openTerminal();
const { palette, print } = terminal;

const { values: flags } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    data: { type: 'string', default: '.data' },
  },
});

let stopping = false;

/** Ends everything that was started; a second signal does not wait for it. */
async function stopOn(signal: NodeJS.Signals, starting: Promise<RunningDemo>): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  if (signal === 'SIGINT') print();
  print(palette.dim('Stopping …'));
  const demo = await starting.catch(() => undefined);
  await demo?.stop();
  process.exit(0);
}

async function main(): Promise<void> {
  print(`${palette.bold('Vestibule')} ${palette.dim('· one person, one identity provider, three login APIs')}`);
  const starting = startDemo({
    directory: flags.data,
    port: Number(process.env['PORT'] ?? 3000),
    logLevel: process.env['LOG_LEVEL'] ?? 'error',
    mount: () => new Elysia(),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopOn(signal, starting));
  const demo = await starting;
  printStarted(demo);
  try {
    const readTrace = async (requestId: string) => (await listLogins(demo.ports.db, { requestId, limit: 1 }))[0];
    await demonstrateLogins(new Wire({ url: demo.url, terminal, readTrace }), demo);
  } catch (error) {
    if (stopping) return;
    await demo.stop();
    throw error;
  }
  if (flags.once) await demo.stop();
  printEnd(demo);
}

function printStarted({ url, issuer, takenPort }: RunningDemo): void {
  const seconds = (performance.now() / 1000).toFixed(1);
  if (takenPort) print(palette.yellow(`Port ${takenPort} is taken; the server listens on another one.`));
  print(palette.dim(`Postgres, the identity provider ${issuer} and the server ${url} are up after ${seconds} s.`));
}

function printEnd({ url, issuer, apiKey, adminKey }: RunningDemo): void {
  print();
  print(palette.green('✓ Three logins, renewed and ended, over real HTTP.'));
  if (flags.once) return;
  const links = [
    ['Click through it yourself', `${url}/`],
    ['API documentation', `${url}/docs`],
    ['Identity provider', `${issuer}/.well-known/openid-configuration`],
    ['API key for Indee', apiKey],
    ['Key for /admin/v1', adminKey],
  ];
  print();
  for (const [label = '', value = ''] of links) print(`  ${palette.dim(label.padEnd(28))}${palette.bold(value)}`);
  print();
  print(palette.dim('Ctrl-C ends all of it.'));
}

main()
  .then(() => {
    if (flags.once) process.exit(0);
  })
  .catch((error: unknown) => {
    if (stopping) return;
    print();
    print(palette.red(`✗ ${error instanceof Error ? error.message : String(error)}`));
    process.exit(1);
  });
