/** What is sealed at rest, under which key, and bringing all of it under the current one. */

import { writeAuditEvent } from '#ports/db/audit-events.ts';
import type { Origin } from '#ports/db/logins.ts';
import { readSealedCounts, type SealedCount } from '#ports/db/sealed-columns.ts';
import { createId } from '#ports/keys/identifier.ts';
import { type ResealedTable, resealEverything } from '#ports/keys/reseal.ts';
import type { Ports } from '#ports/ports.ts';

export interface SecretsState {
  /** Id of the key that seals. */
  readonly sealing: string;
  /** Ids of the further keys that open. */
  readonly opening: readonly string[];
  /** How many values are sealed under which key, by table and column. */
  readonly sealed: readonly SealedCount[];
  /** How many are not under the key that seals. */
  readonly remaining: number;
}

export interface SecretsRotation extends SecretsState {
  readonly tables: readonly ResealedTable[];
}

/** Reads every table that keeps sealed values from end to end. */
export async function readSecretsState({ db, keys }: Ports): Promise<SecretsState> {
  const [sealing = '', ...opening] = keys.keyIds;
  const sealed = await readSealedCounts(db);
  const remaining = sealed.reduce((sum, { keyId, count }) => sum + (keyId === sealing ? 0 : count), 0);
  return { sealing, opening, sealed, remaining };
}

/**
 * Seals anew whatever another key sealed. Safe at any time and as often as one likes; while a server still seals with
 * another key, `remaining` may not come to 0.
 */
export async function rotateSecrets(ports: Ports, origin?: Origin): Promise<SecretsRotation> {
  const tables = await resealEverything(ports);
  const state = await readSecretsState(ports);
  await writeAuditEvent(ports.db, {
    id: createId(ports.clock.now()),
    action: 'secrets.resealed',
    actorType: 'operator',
    details: { sealing: state.sealing, remaining: state.remaining, tables: tables.filter(isEventful) },
    ...origin,
  });
  return { ...state, tables };
}

const isEventful = ({ resealed, changedMeanwhile, unopened }: ResealedTable) =>
  resealed + changedMeanwhile + unopened > 0;
