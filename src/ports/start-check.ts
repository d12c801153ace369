/** What is wrong with the environment that only the database can tell: asked once, before the server listens. */
import { readClockSkewSeconds } from './db/clock-skew.ts';
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
 * Makes the signing keys where there are none, so that the first start decides which `SECRETS_KEY` it is.
 * @throws EnvironmentError when the signing key does not open under `SECRETS_KEY`, or the clocks differ
 */
export async function assertUsable({ db, clock, keys }: Pick<Ports, 'db' | 'clock' | 'keys'>): Promise<void> {
  const problems: string[] = [];
  const skew = await readClockSkewSeconds(db, clock);
  if (Math.abs(skew) > MAX_SKEW_SECONDS) {
    const direction = skew > 0 ? 'ahead of' : 'behind';
    problems.push(`the clock is ${Math.round(Math.abs(skew))} s ${direction} the database's; let NTP set both`);
  }
  if (!(await keys.canSign())) problems.push('SECRETS_KEY does not open what this database holds');
  if (problems.length > 0) throw new EnvironmentError(problems);
}
