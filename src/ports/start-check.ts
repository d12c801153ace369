/** What is wrong with the environment that only the database can tell: asked once, before the server listens. */
import { readClockSkewSeconds } from './db/clock-skew.ts';
import { readForeignSecrets } from './db/sealed-columns.ts';
import type { Ports } from './ports.ts';

/** Tokens expire by our clock and sessions by the database's: further apart than this, seconds, nothing fits. */
const MAX_SKEW_SECONDS = 30;

export class EnvironmentError extends Error {
  /** The name of what `config.ts` throws: whoever starts the server treats both alike, and shows the message alone. */
  override readonly name = 'ConfigError';
  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Makes the signing keys where there are none, so that the first start decides which `SECRETS_KEY` it is. A signing key
 * that was damaged stops no start: tokens are refused or verified as ever, and the operator can replace it.
 * @throws EnvironmentError when signing keys, connections' secrets or SAML keys are sealed under a key that is not given, or the clocks differ
 */
export async function assertUsable({
  db,
  clock,
  keys,
  log,
}: Pick<Ports, 'db' | 'clock' | 'keys' | 'log'>): Promise<void> {
  const problems: string[] = [];
  const skew = await readClockSkewSeconds(db, clock);
  if (Math.abs(skew) > MAX_SKEW_SECONDS) {
    const direction = skew > 0 ? 'ahead of' : 'behind';
    problems.push(`the clock is ${Math.round(Math.abs(skew))} s ${direction} the database's; let NTP set both`);
  }
  const canSign = await keys.canSign();
  const foreign = await foreignSecrets({ db, keys });
  if (foreign) problems.push(foreign);
  else if (!canSign) log.error({}, 'the active signing key does not open: no token is issued until it is rotated');
  if (problems.length > 0) throw new EnvironmentError(problems);
}

/**
 * For whoever seals something and makes no signing keys: under another key than the database's, nobody else could open it.
 * @throws EnvironmentError
 */
export async function assertOpens(ports: Pick<Ports, 'db' | 'keys'>): Promise<void> {
  const foreign = await foreignSecrets(ports);
  if (foreign) throw new EnvironmentError([foreign]);
}

async function foreignSecrets({ db, keys }: Pick<Ports, 'db' | 'keys'>): Promise<string | undefined> {
  const foreign = await readForeignSecrets(db, keys.keyIds);
  return foreign.length > 0 ? `SECRETS_KEY does not open what this database holds: ${counted(foreign)}` : undefined;
}

/** `1 in connections, 2 in signing_keys`: how many by table, never what. */
function counted(found: Awaited<ReturnType<typeof readForeignSecrets>>): string {
  const byTable = new Map<string, number>();
  for (const { table, count } of found) byTable.set(table, (byTable.get(table) ?? 0) + count);
  return [...byTable].map(([table, count]) => `${count} in ${table}`).join(', ');
}
