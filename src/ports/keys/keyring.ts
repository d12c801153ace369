/**
 * The signing keys as this replica holds them: read every few seconds while they are used, and when a token
 * names a key that is unknown here. Sharing them takes no messages: a key is published long before it signs, and one
 * that was removed because it leaked is trusted nowhere for longer than `STALE_MS`.
 */
import { importJWK, type JWK } from 'jose';
import type { Clock } from '#ports/clock.ts';
import type { Database } from '#ports/db/client.ts';
import type { SigningKey } from '#ports/db/schema.ts';
import { ensureSigningKeys, readSigningKeys, signingKeyContext } from '#ports/db/signing-keys.ts';
import type { Sealer } from './keys.ts';

/** Older than this: read anew, beside the work. */
const FRESH_MS = 10_000;
/**
 * Older than this: neither signed with, nor published, nor verified with before it is read anew; a quiet replica may be
 * hours behind. Only while the database is away, keys are published and verified with as they were known last.
 */
export const STALE_MS = 20_000;
/** Between two reads that unknown key ids cause. */
const COOLDOWN_MS = 1_000;

export interface Keyring<Verifier, Signer> {
  /** When its reading began, ms. */
  readonly readAt: number;
  readonly rows: readonly SigningKey[];
  readonly verifiers: ReadonlyMap<string, Verifier>;
  /** Absent when the active key's private part does not open. */
  readonly signer: Signer | undefined;
}

export interface KeyringOptions<Verifier, Signer> {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly algorithm: SigningKey['alg'];
  readonly verifierOf: (row: SigningKey, publicKey: CryptoKey) => Verifier;
  readonly signerOf: (row: SigningKey, privateKey: CryptoKey) => Signer;
}

export interface Keyrings<Verifier, Signer> {
  /** @throws SsoError `database_unavailable` when it would be stale and can't be read */
  fresh(): Promise<Keyring<Verifier, Signer>>;
  /** Rather a stale one than none: what it knows of public keys stays true while the database is away. */
  any(): Promise<Keyring<Verifier, Signer>>;
  /** The verifier of a key id; an unknown one may belong to a key that another replica made just now. */
  verifier(kid: string): Promise<Verifier | undefined>;
}

export function createKeyrings<Verifier, Signer>(
  options: KeyringOptions<Verifier, Signer>,
): Keyrings<Verifier, Signer> {
  let loading: Promise<Keyring<Verifier, Signer>> | undefined;
  let ring: Keyring<Verifier, Signer> | undefined;

  async function load(): Promise<Keyring<Verifier, Signer>> {
    loading ??= loadKeyring(options).finally(() => {
      loading = undefined;
    });
    ring = await loading;
    return ring;
  }
  /** A clock that was set back makes the ring seem to be of the future: as good as too old. */
  function isWithin(limitMs: number, { readAt }: { readonly readAt: number }): boolean {
    const age = options.clock.now().getTime() - readAt;
    return age >= 0 && age <= limitMs;
  }
  async function fresh(): Promise<Keyring<Verifier, Signer>> {
    if (!ring || !isWithin(STALE_MS, ring)) return load();
    if (!isWithin(FRESH_MS, ring)) load().catch(() => {});
    return ring;
  }
  async function any(): Promise<Keyring<Verifier, Signer>> {
    return fresh().catch((error: unknown) => {
      if (ring) return ring;
      throw error;
    });
  }
  return {
    fresh,
    any,
    async verifier(kid) {
      const current = await any();
      const known = current.verifiers.get(kid);
      if (known || isWithin(COOLDOWN_MS, current)) return known;
      return (await load()).verifiers.get(kid);
    },
  };
}

async function loadKeyring<Verifier, Signer>(
  options: KeyringOptions<Verifier, Signer>,
): Promise<Keyring<Verifier, Signer>> {
  const readAt = options.clock.now().getTime();
  let rows = await readSigningKeys(options.db);
  if (!rows.some((row) => row.status === 'active')) {
    await ensureSigningKeys(options.db, options.sealer, options.algorithm);
    rows = await readSigningKeys(options.db);
  }
  const verifiers = new Map<string, Verifier>();
  for (const row of rows) {
    const publicKey = await importKey(row.publicJwk, row.alg).catch(() => undefined);
    if (publicKey) verifiers.set(row.id, options.verifierOf(row, publicKey));
  }
  const active = rows.find((row) => row.status === 'active');
  const privateKey = active && (await openSigningKey(active, options.sealer));
  const signer = privateKey && options.signerOf(active, privateKey);
  // one that was damaged takes none of the others along
  return { readAt, rows: rows.filter(({ id }) => verifiers.has(id)), verifiers, signer };
}

/**
 * Nothing when it does not open, is no key, or not the one that is published: verifying and publishing need no private
 * part, and go on.
 */
export async function openSigningKey(row: SigningKey, sealer: Sealer): Promise<CryptoKey | undefined> {
  try {
    const jwk: JWK = JSON.parse(await sealer.open(row.sealedPrivateJwk, signingKeyContext(row.id)));
    const isPair = PUBLIC_MEMBERS.every((member) => jwk[member] === row.publicJwk[member]);
    return isPair ? await importKey(jwk, row.alg) : undefined;
  } catch {
    return undefined;
  }
}

/** What a private key has in common with its public one (RFC 7518 §6.2.1, §6.3.1; RFC 8037 §2). */
const PUBLIC_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

async function importKey(jwk: JWK, alg: string): Promise<CryptoKey> {
  const key = await importJWK(jwk, alg);
  if (key instanceof Uint8Array) throw new Error('a symmetric key can sign nothing here');
  return key;
}
