/** The ID token and the logout token as the script wants them: honest, or wrong in exactly one way. */
import { createHash, randomUUID } from 'node:crypto';
import { type ScriptedKeys, signWith } from './scripted-keys.ts';
import { type IdTokenScript, type Overrides, override } from './scripted-script.ts';

/** What the honest ID token says about one login. */
export interface TokenSubject {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string | null;
  readonly user: Overrides;
  readonly accessToken: string;
  readonly now: Date;
}

export function createIdToken(script: IdTokenScript, keys: ScriptedKeys, subject: TokenSubject): string {
  return createToken(script, keys, 'JWT', (alg) => honestClaims(subject, alg));
}

/** What the honest logout token says (Back-Channel Logout 1.0 §2.4). */
export interface LogoutSubject {
  readonly issuer: string;
  readonly clientId: string;
  readonly sub?: string | undefined;
  readonly sid?: string | undefined;
  readonly now: Date;
}

export function createLogoutToken(script: IdTokenScript, keys: ScriptedKeys, subject: LogoutSubject): string {
  const { issuer, clientId, sub, sid, now } = subject;
  const seconds = Math.floor(now.getTime() / 1000);
  return createToken(script, keys, 'logout+jwt', () => ({
    iss: issuer,
    aud: clientId,
    iat: seconds,
    exp: seconds + 120,
    jti: randomUUID(),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    sub,
    sid,
  }));
}

function createToken(
  script: IdTokenScript,
  keys: ScriptedKeys,
  typ: string,
  honest: (alg: string) => Overrides,
): string {
  script.before?.();
  const key = script.key ?? keys.of(script.alg);
  const header = override({ alg: key.alg, kid: key.kid, typ }, script.header);
  const payload = script.payload ?? JSON.stringify(override(honest(key.alg), script.claims));
  const input = `${encode(JSON.stringify(header))}.${encode(payload)}`;
  const signature = script.sign ? script.sign(input, key) : signWith(input, key);
  const token = `${input}.${encode(signature)}`;
  return script.tamper ? script.tamper(token) : token;
}

function honestClaims({ issuer, clientId, nonce, user, accessToken, now }: TokenSubject, alg: string): Overrides {
  const seconds = Math.floor(now.getTime() / 1000);
  return {
    iss: issuer,
    aud: clientId,
    iat: seconds,
    exp: seconds + 300,
    auth_time: seconds,
    nonce: nonce ?? undefined,
    at_hash: accessTokenHash(accessToken, alg),
    ...user,
  };
}

/** OpenID Connect Core §3.1.3.6. */
function accessTokenHash(accessToken: string, alg: string): string {
  const hash = createHash(alg === 'EdDSA' ? 'sha512' : `sha${alg.slice(-3)}`)
    .update(accessToken)
    .digest();
  return encode(hash.subarray(0, hash.length / 2));
}

/** base64url without padding; text as UTF-8. */
export function encode(value: string | Uint8Array): string {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return new Uint8Array(bytes).toBase64({ alphabet: 'base64url', omitPadding: true });
}
