/**
 * Our tokens: JWTs (RFC 7519) signed with the active key, header `kid`, verified strictly (RFC 8725).
 * Signing and verifying is `@elysiajs/jwt` (jose inside), one instance a key: the only place below the
 * routes that knows this plugin, used as the plain signer that it holds and never mounted.
 */
import { jwt } from '@elysiajs/jwt';
import { decodeProtectedHeader } from 'jose';
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Database } from '#ports/db/client.ts';
import type { SigningKey } from '#ports/db/schema.ts';
import { createKeyrings } from './keyring.ts';
import type { Sealer, TokenClaims, TokenSigner, TokenType } from './keys.ts';

/** Between own servers; the clocks of two replicas may differ by this much, seconds. */
const TOLERANCE_SECONDS = 5;
const TOKEN_LIMIT = 4_096;

export interface TokenSignerOptions {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly issuer: string;
  readonly algorithm: SigningKey['alg'];
}

export function createTokenSigner(options: TokenSignerOptions): TokenSigner {
  const keyrings = createKeyrings({
    ...options,
    verifierOf,
    signerOf: (row, key) => signerOf(row, key, options.issuer),
  });

  return {
    async sign(type, claims) {
      // a key that others may have retired long ago must not sign, so a stale ring is no help here
      const { signer } = await keyrings.fresh();
      if (!signer) throw new SsoError('signing_unavailable', { retryAfterSeconds: 5 });
      return signer[type].sign(claims);
    },
    async verify(type, audience, token, expired) {
      const check = await keyrings.verifier(kidOf(token));
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
      return { keys: (await keyrings.any()).rows.map((row) => row.publicJwk) };
    },
    async canSign() {
      return (await keyrings.fresh()).signer !== undefined;
    },
  };
}

function verifierOf(row: SigningKey, key: CryptoKey) {
  return jwt({ name: 'jwt', secret: key, alg: row.alg }).decorator.jwt;
}

function signerOf(row: SigningKey, key: CryptoKey, issuer: string) {
  const make = (typ: TokenType) => {
    const signer = jwt({ name: 'jwt', secret: key, alg: row.alg, kid: row.id, typ, iss: issuer }).decorator.jwt;
    return { sign: (claims: TokenClaims): Promise<string> => signer.sign(claims) };
  };
  return { 'at+jwt': make('at+jwt'), 'refresh+jwt': make('refresh+jwt') };
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
