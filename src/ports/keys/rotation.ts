/**
 * The upkeep of our signing keys, done by housekeeping on every replica: publish, promote after the lead,
 * retire, remove. A changed `SIGNING_ALGORITHM` takes the same way, beginning with a next key of its kind.
 * While replicas disagree about the algorithm (a rolling restart) they replace each other's next key, which
 * never becomes old enough to sign, so nothing changes until they agree.
 */
import type { Config } from '#config';
import {
  publishNextKey,
  type RotationRule,
  readRotationDuty,
  removeDeadKeys,
  rotateSigningKey,
} from '#ports/db/signing-keys.ts';
import type { Ports } from '#ports/ports.ts';
import { STALE_MS } from './keyring.ts';
import { JWKS_CACHE_SECONDS } from './keys.ts';

/** What was begun with a ring that was just fresh enough may take this long: an answer on its way, a statement. */
const UNDER_WAY_SECONDS = 60;

/**
 * From publishing to signing, seconds. The last replica to notice publishes the key when its ring goes
 * stale, and a copy of what it published just before that is cached for as long as we allow.
 */
export const LEAD_SECONDS = JWKS_CACHE_SECONDS + STALE_MS / 1000 + UNDER_WAY_SECONDS;

/** @returns what this replica changed */
export async function maintainSigningKeys(
  ports: Pick<Ports, 'db' | 'keys' | 'config' | 'log'>,
): Promise<'publish' | 'rotate' | undefined> {
  const { db, keys, config, log } = ports;
  const rule: RotationRule = {
    alg: config.SIGNING_ALGORITHM,
    rotationSeconds: config.SIGNING_KEY_ROTATION_SECONDS,
    leadSeconds: LEAD_SECONDS,
  };
  // a replica that is a little behind may sign with a retired key once more
  const dead = await removeDeadKeys(db, { longestSeconds: longestTokenSeconds(config), slackSeconds: LEAD_SECONDS });
  if (dead.length > 0) log.info({ keys: dead }, 'retired signing keys removed');
  const duty = await readRotationDuty(db, rule);
  if (duty === 'publish') await publishNextKey(db, keys, rule.alg);
  if (duty !== 'rotate') return duty;
  const rotation = await rotateSigningKey(db, keys, rule);
  if (rotation) log.info(rotation, 'signing key rotated');
  return rotation && duty;
}

/**
 * How long a key is needed after its last signature. Not the longest access token: a dialect that rotates
 * wants the last access token along with the refresh token, however long ago it expired, so a signature
 * counts until its session ends. The longest session of any dialect bounds that, and Indee's refresh tokens too.
 */
export function longestTokenSeconds(config: Config): number {
  return Math.max(
    config.APPLIVERY_ACCESS_TOKEN_SECONDS,
    config.APPLIVERY_REFRESH_TOKEN_SECONDS,
    config.INDEE_ACCESS_TOKEN_SECONDS,
    config.INDEE_REFRESH_TOKEN_SECONDS,
    config.PRIA_ACCESS_TOKEN_SECONDS,
    config.PRIA_SESSION_SECONDS,
  );
}
