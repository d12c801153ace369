/**
 * `bun run demo`: starts everything, signs people in over each dialect by each protocol and prints what went over
 * the wire, then keeps serving with a page to click through.
 *
 *   --once         end after the logins
 *   --as <email>   who of Acme signs in
 *   --data <path>  where the embedded Postgres keeps its data
 */
import { parseArgs } from 'node:util';
import { readConfig } from '#config';
import { listLogins } from '#ports/db/traces.ts';
import { demonstrateLogins } from './demo/logins.ts';
import { EMAIL } from './demo/organization.ts';
import { demoPage } from './demo/page.ts';
import { demonstrateSamlLogins } from './demo/saml-logins.ts';
import { type RunningDemo, startDemo } from './demo/services.ts';
import { openTerminal } from './demo/terminal.ts';
import { Wire } from './demo/wire.ts';

/** Signals this close together are one. */
const TWICE_WITHIN_MS = 1_000;

const { values: flags } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    as: { type: 'string', default: EMAIL },
    data: { type: 'string', default: '.data' },
  },
});
const terminal = openTerminal();
const { palette, print } = terminal;
/** When the first signal came. */
let stoppingSince: number | undefined;

async function main(): Promise<void> {
  print();
  print(`  ${palette.bold('Vestibule')} ${palette.dim('OpenID Connect and SAML behind three login APIs')}`);
  print();
  const starting = startDemo({
    directory: flags.data,
    port: readConfig({ PORT: process.env['PORT'] }).PORT,
    logLevel: process.env['LOG_LEVEL'] ?? 'error',
    mount: demoPage,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopOn(signal, starting));
  const demo = await starting;
  printStarted(demo);
  const readTrace = async (requestId: string) => (await listLogins(demo.ports.db, { requestId, limit: 1 }))[0];
  // a login that a signal cuts short has nothing more to say
  const quiet = { ...terminal, print: (line?: string) => stoppingSince === undefined && print(line) };
  try {
    const wire = new Wire({ url: demo.url, terminal: quiet, readTrace });
    const userId = await demonstrateLogins(wire, demo, flags.as);
    await demonstrateSamlLogins(wire, demo, { email: flags.as, userId });
  } catch (error) {
    if (stoppingSince === undefined) await demo.stop();
    throw error;
  }
  print();
  print(palette.green('  ✓ Six logins over real HTTP: the same three APIs over OpenID Connect and over SAML.'));
  if (!flags.once) return printLinks(demo);
  await demo.stop();
  process.exit(0);
}

/** Ends everything that was started; an impatient second signal does not wait for it. */
async function stopOn(signal: NodeJS.Signals, starting: Promise<RunningDemo>): Promise<void> {
  if (stoppingSince !== undefined) {
    // `bun run` hands on the Ctrl-C that the terminal has sent to both of us
    if (performance.now() - stoppingSince > TWICE_WITHIN_MS) process.exit(1);
    return;
  }
  stoppingSince = performance.now();
  // the terminal has just shown ^C
  if (signal === 'SIGINT') print();
  print(palette.dim('  Stopping …'));
  const demo = await starting.catch(() => undefined);
  await demo?.stop();
  process.exit(0);
}

function printStarted({ url, issuer, saml, takenPort }: RunningDemo): void {
  const seconds = (performance.now() / 1000).toFixed(1);
  printRows([
    ['Postgres', 'embedded, with a new database'],
    ['OpenID provider', issuer],
    ['SAML provider', saml.origin],
    ['Server', url],
  ]);
  if (takenPort) print(palette.yellow(`  Port ${takenPort} is taken, so the server listens on another one.`));
  print(palette.dim(`  Ready after ${seconds} s.`));
}

function printLinks({ url, issuer, saml, apiKeys, adminKey }: RunningDemo): void {
  print();
  printRows([
    ['Sign in yourself', `${url}/`],
    ['API documentation', `${url}/docs`],
    ['OpenID provider', `${issuer}/.well-known/openid-configuration`],
    ['SAML provider', saml.metadataUrl],
    ['Sign out there', `${issuer}/session/end  (ends the sessions here, too)`],
    ['API key for Acme', `${apiKeys.acme}  (Indee)`],
    ['API key for Globex', `${apiKeys.globex}  (Indee)`],
    ['Key of /admin/v1', adminKey],
  ]);
  print();
  print(palette.dim('  Ctrl-C ends all of it.'));
}

function printRows(rows: readonly (readonly [string, string])[]): void {
  for (const [label, value] of rows) print(`  ${palette.dim(label.padEnd(20))}${palette.bold(value)}`);
}

main().catch((error: unknown) => {
  if (stoppingSince !== undefined) return;
  print();
  print(palette.red(`  ✗ ${error instanceof Error ? error.message : String(error)}`));
  process.exit(1);
});
