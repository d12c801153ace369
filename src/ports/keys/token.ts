/**
 * Our tokens: JWTs (RFC 7519) signed with the active key, header `kid`, verified strictly (RFC 8725).
 * Signing and verifying is `@elysiajs/jwt` (jose inside), one instance a key: the only place below the
 * routes that knows this plugin, used as the plain signer that it holds and never mounted.
 */
import { jwt } from '@elysiajs/jwt';
import { decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Database } from '#ports/db/client.ts';
import type { SigningKey } from '#ports/db/schema.ts';
import { ensureSigningKeys, readSigningKeys } from '#ports/db/signing-keys.ts';
import type { Sealer, TokenClaims, TokenSigner, TokenType } from './keys.ts';

/** Between own servers; the clocks of two replicas may differ by this much, seconds. */
const TOLERANCE_SECONDS = 5;
const FRESH_MS = 60_000;
const COOLDOWN_MS = 5_000;
const TOKEN_LIMIT = 4_096;

type Signer = Record<TokenType, { sign(claims: TokenClaims): Promise<string> }>;
interface Keyring {
  readonly loadedAt: number;
  readonly rows: readonly SigningKey[];
  readonly verifiers: ReadonlyMap<string, ReturnType<typeof verifier>>;
  readonly signer: Signer | undefined;
}

export interface TokenSignerOptions {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly issuer: string;
  readonly algorithm: SigningKey['alg'];
}

export function createTokenSigner(options: TokenSignerOptions): TokenSigner {
  let loading: Promise<Keyring> | undefined;
  let ring: Keyring | undefined;

  async function load(): Promise<Keyring> {
    loading ??= loadKeyring(options).finally(() => {
      loading = undefined;
    });
    ring = await loading;
    return ring;
  }
  async function keyring(): Promise<Keyring> {
    if (!ring) return load();
    if (options.clock.now().getTime() - ring.loadedAt > FRESH_MS) load().catch(() => {});
    return ring;
  }
  /** The key that a token names; an unknown one may have been made by another replica just now. */
  async function verifierOf(kid: string) {
    const current = await keyring();
    const known = current.verifiers.get(kid);
    if (known || options.clock.now().getTime() - current.loadedAt < COOLDOWN_MS) return known;
    return (await load()).verifiers.get(kid);
  }

  return {
    async sign(type, claims) {
      const signer = (await keyring()).signer?.[type];
      if (!signer) throw new SsoError('signing_unavailable', { retryAfterSeconds: 5 });
      return signer.sign(claims);
    },
    async verify(type, audience, token, expired) {
      const check = await verifierOf(kidOf(token));
      const currentDate = options.clock.now();
      const payload = await check?.verify(token, {
        typ: type,
        issuer: options.issuer,
        audience,
        currentDate,
        requiredClaims: ['exp', 'iat', 'sub', 'sid', 'jti'],
        clockTolerance: Number.MAX_SAFE_INTEGER,
      });
      if (!payload || !isTokenClaims(payload)) throw new SsoError('token_invalid');
      if (payload.nbf !== undefined) throw new SsoError('token_invalid', { detail: 'we issue no nbf' });
      const isExpired = payload.exp + TOLERANCE_SECONDS <= currentDate.getTime() / 1000;
      if (isExpired && expired !== 'accept') throw new SsoError('token_expired');
      return payload;
    },
    async jwks() {
      return { keys: (await keyring()).rows.map((row) => row.publicJwk) };
    },
  };
}

async function loadKeyring(options: TokenSignerOptions): Promise<Keyring> {
  let rows = await readSigningKeys(options.db);
  if (!rows.some((row) => row.status === 'active')) {
    await ensureSigningKeys(options.db, options.sealer, options.algorithm);
    rows = await readSigningKeys(options.db);
  }
  const verifiers = new Map<string, ReturnType<typeof verifier>>();
  for (const row of rows) verifiers.set(row.id, verifier(row, await importKey(row.publicJwk, row.alg)));
  const active = rows.find((row) => row.status === 'active');
  return {
    loadedAt: options.clock.now().getTime(),
    rows,
    verifiers,
    signer: active && (await signerOf(active, options)),
  };
}

function verifier(row: SigningKey, key: CryptoKey) {
  return jwt({ name: 'jwt', secret: key, alg: row.alg }).decorator.jwt;
}

async function signerOf(row: SigningKey, options: TokenSignerOptions): Promise<Signer> {
  const privateJwk = JSON.parse(await options.sealer.open(row.sealedPrivateJwk, `signing_keys:${row.id}:private_jwk`));
  const key = await importKey(privateJwk, row.alg);
  const make = (typ: TokenType) => {
    const signer = jwt({ name: 'jwt', secret: key, alg: row.alg, kid: row.id, typ, iss: options.issuer }).decorator.jwt;
    return { sign: (claims: TokenClaims) => signer.sign(claims) };
  };
  return { 'at+jwt': make('at+jwt'), 'refresh+jwt': make('refresh+jwt') };
}

async function importKey(jwk: JWK, alg: string): Promise<CryptoKey> {
  const key = await importJWK(jwk, alg);
  if (key instanceof Uint8Array) throw new Error('a symmetric key can sign nothing here');
  return key;
}

/** @throws SsoError `token_invalid` when the text is no JWS of a length that we issue */
function kidOf(token: string): string {
  try {
    if (token.length > TOKEN_LIMIT) throw new Error('too long');
    const { kid } = decodeProtectedHeader(token);
    if (typeof kid !== 'string') throw new Error('no kid');
    return kid;
  } catch (cause) {
    throw new SsoError('token_invalid', { cause });
  }
}

function isTokenClaims(payload: object): payload is TokenClaims {
  const claims = payload as Record<string, unknown>;
  return (
    ['sub', 'sid', 'jti', 'aud'].every((name) => typeof claims[name] === 'string') && typeof claims['exp'] === 'number'
  );
}
