/** Our own access tokens: forged, confused, expired, and of people who may no longer come in (TK-01 to TK-03, TK-09). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createHmac } from 'node:crypto';
import { base64url, exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { createRefreshToken } from '#core/refresh.ts';
import { applivery, bearer, CLIENTS, indee, pria, signIn, type Tokens } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const profile = (token: string) => stage.world.fetch('/v1/users/profile', { headers: bearer(token) });

interface Parts {
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
}

const partsOf = (token: string): Parts => {
  const [header = '', claims = ''] = token.split('.').map((part) => new TextDecoder().decode(base64url.decode(part)));
  return { header: JSON.parse(header), claims: JSON.parse(claims) };
};
const encode = (value: unknown) => base64url.encode(JSON.stringify(value));

/** The server's own key, as only the server has it. */
async function ownKey(): Promise<CryptoKey> {
  const [row] = await stage.world.sql`select * from signing_keys where status = 'active'`;
  const jwk = await stage.world.ports.keys.open(row?.['sealed_private_jwk'], `signing_keys:${row?.['id']}:private_jwk`);
  return (await importJWK(JSON.parse(jwk), 'ES256')) as CryptoKey;
}

async function signed({ header, claims }: Parts, key?: CryptoKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(key ?? (await ownKey()));
}

function hs256({ header, claims }: Parts, secret: string): string {
  const input = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

async function publicJwk(): Promise<JWK> {
  const { keys } = await read(await stage.world.fetch('/.well-known/jwks.json'));
  return keys[0];
}

type Forge = (parts: Parts, token: string) => Promise<string> | string;
const withHeader =
  (header: Record<string, unknown>): Forge =>
  (parts) =>
    signed({ ...parts, header: { ...parts.header, ...header } });
const withClaims =
  (claims: (honest: Record<string, unknown>) => Record<string, unknown>): Forge =>
  (parts) =>
    signed({ ...parts, claims: { ...parts.claims, ...claims(parts.claims) } });
const seconds = () => Math.floor(stage.world.clock.now().getTime() / 1000);

const FORGERIES: Readonly<Record<string, Forge>> = {
  'alg none': ({ header, claims }) => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
  'HS256 with the public key as PEM': async (parts) => {
    const key = (await importJWK(await publicJwk(), 'ES256', { extractable: true })) as CryptoKey;
    return hs256(parts, await exportSPKI(key));
  },
  'HS256 with the public key as JWK': async (parts) => hs256(parts, JSON.stringify(await publicJwk())),
  'HS256 with nothing': (parts) => hs256(parts, ''),
  'another key under our kid': async (parts) => signed(parts, (await generateKeyPair('ES256')).privateKey),
  'an unknown kid': withHeader({ kid: 'unknown' }),
  'no kid': withHeader({ kid: undefined }),
  'the kid of the next key': async (parts, token) => {
    const [row] = await stage.world.sql`select id from signing_keys where status = 'next'`;
    return withHeader({ kid: row?.['id'] })(parts, token);
  },
  'a key in the header': async (parts) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    return signed(
      { ...parts, header: { ...parts.header, jwk: await crypto.subtle.exportKey('jwk', publicKey) } },
      privateKey,
    );
  },
  'typ JWT': withHeader({ typ: 'JWT' }),
  'no typ': withHeader({ typ: undefined }),
  'typ of a refresh token': withHeader({ typ: 'refresh+jwt' }),
  'another issuer': withClaims(() => ({ iss: 'https://evil.example' })),
  'no issuer': withClaims(() => ({ iss: undefined })),
  "another dialect's audience": withClaims(() => ({ aud: 'pria' })),
  'two audiences': withClaims(() => ({ aud: ['applivery', 'pria'] })),
  'no audience': withClaims(() => ({ aud: undefined })),
  'no exp': withClaims(() => ({ exp: undefined })),
  'exp as text': withClaims(({ exp }) => ({ exp: String(exp) })),
  'expired by 6 s': withClaims(() => ({ exp: seconds() - 6 })),
  'nbf in the future': withClaims(() => ({ nbf: seconds() + 60 })),
  'no sid': withClaims(() => ({ sid: undefined })),
  'a sid of nobody': withClaims(() => ({ sid: '0'.repeat(24) })),
  'the session of another dialect': async (parts, token) => {
    const sid = partsOf((await signIn(stage, pria)).access).claims['sid'];
    return withClaims(() => ({ sid }))(parts, token);
  },
  'no sub': withClaims(() => ({ sub: undefined })),
  'no jti': withClaims(() => ({ jti: undefined })),
  'a bit of the signature turned': (_parts, token) =>
    token.replace(/.(?=.{20}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
  'the signature cut': (_parts, token) => token.slice(0, -2),
  'no signature': (_parts, token) => token.replace(/[^.]+$/, ''),
  'four segments': (_parts, token) => `${token}.x`,
  'no token': () => 'x',
  'a refresh token': () => createRefreshToken(),
  '100 kB': () => 'x'.repeat(100_000),
};

describe('TK-01, TK-02 Applivery refuses', () => {
  test.each(Object.entries(FORGERIES).map(([name, forge]) => ({ name, forge })))('$name', async ({ forge }) => {
    const { access } = await signIn(stage, applivery);
    const answer = await profile(await forge(partsOf(access), access));
    expect(await read(answer, 401)).toEqual({ status: false, error: { code: 4004, message: 'Invalid Token' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    await read(await profile(await signed(partsOf(access))));
  });

  test('an ID token of the identity provider', async () => {
    const { access } = await signIn(stage, applivery);
    const idToken = [...stage.secrets].findLast((secret) => secret.startsWith('ey') && secret !== access) ?? '';
    expect(partsOf(idToken).claims['nonce']).toBeString();
    await read(await profile(idToken), 401);
  });

  test('and accepts one that is 4 s over, since clocks differ', async () => {
    const parts = partsOf((await signIn(stage, applivery)).access);
    await read(await profile(await signed({ ...parts, claims: { ...parts.claims, exp: seconds() - 3 } })));
  });
});

describe('TK-01 a token for one thing is none for another', () => {
  test('Indee: access for refresh, refresh for access, and those of the other dialects', async () => {
    const [own, app, sliding] = [await signIn(stage, indee), await signIn(stage, applivery), await signIn(stage, pria)];
    const renew = (token: string) =>
      stage.world.fetch('/v1/admin/auth/refresh', json({ refresh_token: token }, bearer(stage.world.apiKey)));
    for (const token of [own.access, app.access, app.refresh ?? '', sliding.access, 'x', '.', '..']) {
      expect((await read(await renew(token), 401)).status_code).toBe('A2003');
    }
    for (const token of [own.access, own.refresh ?? '', sliding.access]) await read(await profile(token), 401);
    for (const access of [own.access, own.refresh ?? '', app.access, app.refresh ?? '']) {
      expect(await pria.use(stage.world.fetch, stage, { access })).toBe(401);
    }
    await read(await renew(own.refresh ?? ''));
  });
});

/** TK-03: what ends a session from outside; undone afterwards. */
const ENDINGS: readonly { name: string; sql: string; undo: string }[] = [
  {
    name: 'user deactivated',
    sql: 'update users set deactivated_at = now()',
    undo: 'update users set deactivated_at = null',
  },
  {
    name: 'membership deactivated',
    sql: 'update memberships set deactivated_at = now()',
    undo: 'update memberships set deactivated_at = null',
  },
  {
    name: 'organization disabled',
    sql: `update organizations set status = 'disabled'`,
    undo: `update organizations set status = 'active'`,
  },
  {
    name: 'connection disabled',
    sql: `update connections set status = 'disabled'`,
    undo: `update connections set status = 'active'`,
  },
  { name: 'session ended', sql: 'update sessions set revoked_at = now()', undo: 'select 1' },
  { name: 'membership deleted', sql: 'delete from memberships', undo: 'select 1' },
  { name: 'user deleted', sql: 'delete from users', undo: 'select 1' },
];

describe.each([...CLIENTS])('TK-03 $dialect', (client) => {
  test.each([...ENDINGS])('$name: refused at once, on every replica', async ({ sql, undo }) => {
    const tokens = await signIn(stage, client);
    expect(await client.use(stage.replica.fetch, stage, tokens)).toBe(200);
    await stage.world.sql.unsafe(sql);
    for (const { fetch } of [stage.world, stage.replica]) expect(await client.use(fetch, stage, tokens)).toBe(401);
    await stage.world.sql.unsafe(undo);
    expect(await client.use(stage.replica.fetch, stage, await signIn(stage, client))).toBe(200);
  });

  test('TK-09 the access token and the session end in time', async () => {
    const tokens = await signIn(stage, client);
    stage.world.clock.moveBy(client.dialect === 'applivery' ? 15 * 60 + 6 : 86_406);
    expect(await client.use(stage.world.fetch, stage, tokens)).toBe(401);
    expect(await client.use(stage.world.fetch, stage, await signIn(stage, client))).toBe(200);
  });
});

test('TK-09 a Pria session slides for thirty days and no longer', async () => {
  let tokens: Tokens = await signIn(stage, pria);
  const slide = () =>
    stage.world.fetch('/api/user/refresh/profile', { method: 'POST', headers: { 'x-access-token': tokens.access } });
  for (let slides = 0; slides < 31; slides++) {
    tokens = pria.tokensOf(await read(await slide()));
    stage.world.clock.moveBy(0.95 * 86_400 - 80);
  }
  tokens = pria.tokensOf(await read(await slide()));
  const left = Number(partsOf(tokens.access).claims['exp']) - seconds();
  expect(left).toBeLessThanOrEqual(30 * 86_400 - 31 * (0.95 * 86_400 - 80));
  stage.world.clock.moveBy(left + 6);
  expect((await slide()).status).toBe(401);
});
