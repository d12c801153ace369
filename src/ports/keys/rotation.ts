/**
 * The upkeep of our signing keys, done by housekeeping on every replica: publish, promote after the lead,
 * retire, remove. A changed `SIGNING_ALGORITHM` takes the same way, beginning with a next key of its kind.
 * While replicas disagree about the algorithm (a rolling restart) they replace each other's next key, which
 * never becomes old enough to sign, so nothing changes until they agree.
 */
import type { Config } from '#config';
import {
  type RotatedKeys,
  type RotationRule,
  type Rotator,
  readRotationDuty,
  rotateSigningKey,
} from '#ports/db/signing-key-rotation.ts';
import { publishNextKey, readSigningKeys, removeDeadKeys } from '#ports/db/signing-keys.ts';
import type { Ports } from '#ports/ports.ts';
import { createId } from './identifier.ts';
import { openSigningKey, STALE_MS } from './keyring.ts';
import { JWKS_CACHE_SECONDS } from './keys.ts';

/** What was begun with a ring that was just fresh enough may take this long: an answer on its way, a statement. */
const UNDER_WAY_SECONDS = 60;

/**
 * From publishing to signing, seconds. The last replica to notice publishes the key when its ring goes
 * stale, and a copy of what it published just before that is cached for as long as we allow.
 */
export const LEAD_SECONDS = JWKS_CACHE_SECONDS + STALE_MS / 1000 + UNDER_WAY_SECONDS;

type Upkeep = Pick<Ports, 'db' | 'keys' | 'config' | 'log' | 'clock'>;

function rotationRule(config: Config): RotationRule {
  return {
    alg: config.SIGNING_ALGORITHM,
    rotationSeconds: config.SIGNING_KEY_ROTATION_SECONDS,
    leadSeconds: LEAD_SECONDS,
  };
}

/**
 * @param by whoever wants a rotation that is due; housekeeping itself if absent
 * @returns what this replica changed
 */
export async function maintainSigningKeys(ports: Upkeep, by?: Rotator): Promise<'publish' | 'rotate' | undefined> {
  const { db, keys, config, log } = ports;
  const rule = rotationRule(config);
  // a replica that is a little behind may sign with a retired key once more
  const dead = await removeDeadKeys(db, { longestSeconds: longestTokenSeconds(config), slackSeconds: LEAD_SECONDS });
  if (dead.length > 0) log.info({ keys: dead }, 'retired signing keys removed');
  const duty = await readRotationDuty(db, rule);
  if (duty === 'publish') await publishNextKey(db, keys, rule.alg);
  if (duty !== 'rotate') return duty;
  return (await promoteNextKey(ports, { by })) && duty;
}

interface Promotion {
  readonly by: Rotator | undefined;
  /** The active key that goes although it is not due, and the next one not ready. */
  readonly forcedId?: string;
}

/**
 * Promotes the next key, if it opens: one that does not could sign nothing, and the active one still can.
 * @returns `undefined` when nothing was changed here
 */
export async function promoteNextKey(
  { db, keys, config, log, clock }: Upkeep,
  { by, forcedId }: Promotion,
): Promise<RotatedKeys | undefined> {
  const rows = await readSigningKeys(db);
  const [active, next] = (['active', 'next'] as const).map((status) => rows.find((row) => row.status === status));
  if (!active || !next) return undefined;
  if (forcedId !== undefined && forcedId !== active.id) return undefined;
  if (!(await openSigningKey(next, keys))) {
    log.error({ key: next.id }, 'the next signing key does not open, so the active one stays');
    return undefined;
  }
  const rotated = await rotateSigningKey(db, keys, {
    rule: rotationRule(config),
    seen: { retiringId: active.id, successorId: next.id },
    by: by ?? { auditId: createId(clock.now()), actorType: 'system' },
    forced: forcedId !== undefined,
  });
  if (rotated) log.info(rotated, 'signing key rotated');
  return rotated;
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
