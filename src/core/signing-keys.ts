/**
 * Our signing keys as the operator sees them, and their rotation by command. Whatever is asked for, the next key was
 * published before it signs, unless the operator says that there is no time for that.
 */
import { conflict, SsoError } from '#error';
import { readDatabaseTime } from '#ports/db/clock-skew.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import type { SigningKey } from '#ports/db/schema.ts';
import { type Rotator, replaceSigningKeys, requestKeyRotation } from '#ports/db/signing-key-rotation.ts';
import { readSigningKeys } from '#ports/db/signing-keys.ts';
import { createId } from '#ports/keys/identifier.ts';
import { openSigningKey } from '#ports/keys/keyring.ts';
import { LEAD_SECONDS, maintainSigningKeys, promoteNextKey } from '#ports/keys/rotation.ts';
import type { Ports } from '#ports/ports.ts';

export interface SigningKeyState extends Omit<SigningKey, 'publicJwk' | 'sealedPrivateJwk'> {
  /** From when on every copy of the key set that may still be in use holds the key. */
  readonly knownFrom: Date;
  /** Of the active key: when it is retired, as things are now. */
  readonly rotatesAt: Date | undefined;
  /** Whether its private part opens under `SECRETS_KEY` or a previous one; a retired key has none. */
  readonly opens: boolean | undefined;
}

/** `when-ready`: once the next key is known everywhere · `force`: now · `compromised`: now, and what leaked goes. */
export type RotationMode = 'when-ready' | 'force' | 'compromised';

export interface SigningKeyRotation {
  readonly outcome: 'rotated' | 'pending';
  /** Key ids: the one that signed until now and, after a leak, every other one that is gone. */
  readonly retired: readonly string[];
  readonly active: string;
  readonly next: string | undefined;
  /** When a pending rotation can happen; housekeeping does it within half a minute. */
  readonly rotatesAt: Date | undefined;
  /** From when on every copy of the key set holds the active key. */
  readonly knownFrom: Date;
  readonly warning: string | undefined;
}

export interface RotationCall {
  /** Absent for a command. */
  readonly origin?: AdminOrigin;
  /** `performance.now()` when it came in. */
  readonly startedAt: number;
}

/** Newest first; makes the keys where there are none. */
export async function listSigningKeys(ports: Ports): Promise<SigningKeyState[]> {
  await ports.keys.canSign();
  const rows = await readSigningKeys(ports.db);
  return Promise.all(rows.map((row) => stateOf(ports, row, rows)));
}

async function stateOf(ports: Ports, row: SigningKey, rows: readonly SigningKey[]): Promise<SigningKeyState> {
  const { publicJwk: _public, sealedPrivateJwk: _sealed, ...key } = row;
  const next = rows.find(({ status, alg }) => status === 'next' && alg === ports.config.SIGNING_ALGORITHM);
  return {
    ...key,
    knownFrom: knownFrom(row),
    rotatesAt: row.status === 'active' && next ? rotationTime(ports, row, next) : undefined,
    opens: row.status === 'retired' ? undefined : (await openSigningKey(row, ports.keys)) !== undefined,
  };
}

const knownFrom = ({ createdAt }: SigningKey) => new Date(createdAt.getTime() + LEAD_SECONDS * 1000);

function rotationTime({ config }: Ports, active: SigningKey, next: SigningKey): Date {
  const dueMs = (active.activatedAt ?? active.createdAt).getTime() + config.SIGNING_KEY_ROTATION_SECONDS * 1000;
  const isDue = active.rotationRequestedAt !== null || active.alg !== config.SIGNING_ALGORITHM;
  return new Date(Math.max(isDue ? 0 : dueMs, knownFrom(next).getTime()));
}

/**
 * Retires the key that signs now. Of several callers at once one rotates, and all hear what came of it: a key that
 * began to sign after the call came in is the answer to it.
 * @throws SsoError `conflict` when the next key does not open, so that it could sign nothing
 */
export async function rotateSigningKeys(
  ports: Ports,
  mode: RotationMode,
  { origin, startedAt }: RotationCall = { startedAt: performance.now() },
): Promise<SigningKeyRotation> {
  const calledAt = await callTime(ports, startedAt);
  const seen = await activeKey(ports);
  const begunAt = mode === 'compromised' ? seen.createdAt : (seen.activatedAt ?? seen.createdAt);
  if (begunAt >= calledAt) return outcomeOf(ports, []);
  const by: Rotator = { ...origin, auditId: createId(ports.clock.now()), actorType: 'operator' };
  if (mode === 'compromised') return replaceAll(ports, seen, by);
  if (mode === 'force') {
    // the next key may be of an algorithm that is no longer wanted, or none
    await maintainSigningKeys(ports, by);
    await promoteNextKey(ports, { by, forcedId: seen.id });
  } else {
    await requestKeyRotation(ports.db, seen.id, by);
    await maintainSigningKeys(ports, { ...by, auditId: createId(ports.clock.now()) });
  }
  return outcomeOf(ports, [seen.id]);
}

/** Both clocks are read in whole milliseconds. */
const ROUNDING_MS = 2;

/**
 * When a call came in by the database's clock, as all that is kept of keys. Our clock is more exact than the way there and
 * back, and is believed as far as that allows; else the earliest that it can have been, which merges rather than repeats.
 */
async function callTime({ db, clock }: Ports, startedAt: number): Promise<Date> {
  const asked = performance.now();
  const databaseTime = (await readDatabaseTime(db)).getTime();
  const answered = performance.now();
  const [earliest, latest] = [databaseTime - (answered - startedAt), databaseTime - (asked - startedAt)];
  const ours = clock.now().getTime() - (performance.now() - startedAt);
  const isWithin = ours >= earliest - ROUNDING_MS && ours <= latest + ROUNDING_MS;
  return new Date(isWithin ? ours : earliest);
}

/** A rotation that came in between made the leaked key a retired one: it has to go all the same. */
async function replaceAll(ports: Ports, seen: SigningKeyState, by: Rotator): Promise<SigningKeyRotation> {
  const replacement = { alg: ports.config.SIGNING_ALGORITHM, retiringId: seen.id, by };
  const replaced = await replaceSigningKeys(ports.db, ports.keys, replacement);
  if (replaced) ports.log.warn(replaced, 'all signing keys replaced');
  return outcomeOf(ports, replaced?.retired ?? [seen.id]);
}

async function activeKey(ports: Ports): Promise<SigningKeyState> {
  const active = (await listSigningKeys(ports)).find(({ status }) => status === 'active');
  if (!active) throw new SsoError('signing_unavailable', { detail: 'there is no active key', retryAfterSeconds: 5 });
  return active;
}

async function outcomeOf(ports: Ports, retired: readonly string[]): Promise<SigningKeyRotation> {
  const keys = await listSigningKeys(ports);
  const active = keys.find(({ status }) => status === 'active');
  const next = keys.find(({ status }) => status === 'next');
  if (!active) throw new SsoError('signing_unavailable', { detail: 'there is no active key', retryAfterSeconds: 5 });
  const isPending = retired.includes(active.id);
  if (isPending && next?.opens === false)
    throw conflict(
      '',
      'The next signing key does not open: start the server with the SECRETS_KEY that sealed it, or among SECRETS_KEY_PREVIOUS',
    );
  return {
    outcome: isPending ? 'pending' : 'rotated',
    retired: isPending ? [] : retired,
    active: active.id,
    next: next?.id,
    rotatesAt: isPending ? active.rotatesAt : undefined,
    knownFrom: active.knownFrom,
    warning: isPending ? undefined : warningOf(await readDatabaseTime(ports.db), active),
  };
}

function warningOf(databaseTime: Date, { knownFrom }: SigningKeyState): string | undefined {
  if (knownFrom <= databaseTime) return undefined;
  return `Whoever keeps a copy of the key set may not know the new key before ${knownFrom.toISOString()}, and refuse its tokens until then.`;
}
