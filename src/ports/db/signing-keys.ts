/** Our signing keys: private parts sealed, one active, one published ahead of its use. */
import { sql } from 'drizzle-orm';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { Sealer } from '#ports/keys/keys.ts';
import type { Database } from './client.ts';
import { type SigningKey, signingKeys } from './schema.ts';
import { reviveRow, rowObject, statement } from './statement.ts';

const READ = statement<Record<string, never>, SigningKey>(
  sql`select ${rowObject(signingKeys, 'k')} as key from signing_keys k order by k.created_at desc limit 20`,
  (row) => reviveRow(signingKeys, row['key']) as SigningKey,
);

/** All keys, newest first. */
export async function readSigningKeys(db: Database): Promise<SigningKey[]> {
  return db.run(READ, {});
}

/**
 * Makes the active and the next key where there is none. Replicas may race: the unique indexes let one
 * of each in, and the others read what it wrote.
 */
export async function ensureSigningKeys(db: Database, sealer: Sealer, alg: SigningKey['alg']): Promise<void> {
  for (const status of ['active', 'next'] as const) {
    const row = await newSigningKey(sealer, alg);
    await db.query
      .insert(signingKeys)
      .values({ ...row, status, activatedAt: status === 'active' ? sql`now()` : null })
      .onConflictDoNothing();
  }
}

async function newSigningKey(sealer: Sealer, alg: SigningKey['alg']) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), alg, use: 'sig' };
  const id = await calculateJwkThumbprint(publicJwk);
  const privateJwk = JSON.stringify({ ...(await exportJWK(privateKey)), alg });
  return {
    id,
    alg,
    publicJwk: { ...publicJwk, kid: id } as Record<string, unknown>,
    sealedPrivateJwk: await sealer.seal(privateJwk, `signing_keys:${id}:private_jwk`),
  };
}
