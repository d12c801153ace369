/** Cases IT: rightly signed ID tokens that say the wrong thing, each followed by an honest login. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { Checks } from '#core/checks.ts';
import type { SsoErrorCode } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import {
  CLIENT_ID,
  createWorld,
  expectRefusal,
  finishLogin,
  logIn,
  outcomeOf,
  startLogin,
  type World,
} from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

type Claims = Record<string, unknown>;
interface Case {
  readonly name: string;
  readonly claims: (origin: string, now: number) => Claims;
  readonly code: SsoErrorCode;
  readonly connection?: Partial<Connection>;
}

const withClaims = (name: string, claims: Claims, code: SsoErrorCode, connection?: Partial<Connection>): Case => ({
  name,
  claims: () => claims,
  code,
  ...(connection ? { connection } : {}),
});

const WRONG: readonly Case[] = [
  withClaims('IT-01 iss of another', { iss: 'https://elsewhere.example' }, 'id_token_iss'),
  { name: 'IT-02 iss with a trailing slash', claims: (origin) => ({ iss: `${origin}/` }), code: 'id_token_iss' },
  { name: 'IT-02 iss in upper case', claims: (origin) => ({ iss: origin.toUpperCase() }), code: 'id_token_iss' },
  {
    name: 'IT-02 iss with https',
    claims: (origin) => ({ iss: origin.replace('http:', 'https:') }),
    code: 'id_token_iss',
  },
  {
    name: 'IT-02 iss without the port',
    claims: (origin) => ({ iss: origin.replace(/:\d+$/, '') }),
    code: 'id_token_iss',
  },
  { name: 'IT-02 iss in a list', claims: (origin) => ({ iss: [origin] }), code: 'id_token_iss' },
  withClaims('IT-03 no iss', { iss: undefined }, 'id_token_iss'),
  withClaims('IT-04 aud of another', { aud: 'another' }, 'id_token_aud'),
  withClaims('IT-04 no aud', { aud: undefined }, 'id_token_aud'),
  withClaims('IT-04 empty aud', { aud: [] }, 'id_token_aud'),
  withClaims('IT-04 aud null', { aud: null }, 'id_token_aud'),
  withClaims('IT-04 aud an object', { aud: {} }, 'id_token_aud'),
  withClaims('IT-04 aud a longer text', { aud: `${CLIENT_ID} another` }, 'id_token_aud'),
  withClaims('IT-05 a second aud', { aud: [CLIENT_ID, 'other'] }, 'id_token_aud'),
  withClaims('IT-05 a second aud, azp ours', { aud: [CLIENT_ID, 'other'], azp: CLIENT_ID }, 'id_token_aud'),
  withClaims('IT-05 a trusted second aud, no azp', { aud: [CLIENT_ID, 'api'] }, 'id_token_azp', {
    trustedAudiences: ['api'],
  }),
  withClaims('IT-05 a trusted second aud, azp other', { aud: [CLIENT_ID, 'api'], azp: 'api' }, 'id_token_azp', {
    trustedAudiences: ['api'],
  }),
  withClaims('IT-05 only the trusted aud', { aud: ['api'], azp: CLIENT_ID }, 'id_token_aud', {
    trustedAudiences: ['api'],
  }),
  withClaims('IT-05 one aud, azp other', { azp: 'other' }, 'id_token_azp'),
  withClaims('IT-07 no sub', { sub: undefined }, 'id_token_sub'),
  withClaims('IT-07 empty sub', { sub: '' }, 'id_token_sub'),
  withClaims('IT-07 numeric sub', { sub: 123 }, 'id_token_sub'),
  withClaims('IT-07 sub of 256 characters', { sub: 'x'.repeat(256) }, 'id_token_sub'),
  withClaims('IT-07 sub with NUL', { sub: 'ali\0ce' }, 'id_token_sub'),
  withClaims('IT-07 sub beyond ASCII', { sub: 'alicé' }, 'id_token_sub'),
  withClaims('IT-08 no exp', { exp: undefined }, 'id_token_exp'),
  { name: 'IT-09 exp 31 seconds ago', claims: (_, now) => ({ exp: now - 31 }), code: 'id_token_exp' },
  { name: 'IT-09 exp a text', claims: (_, now) => ({ exp: String(now + 300) }), code: 'id_token_exp' },
  withClaims('IT-09 exp 1e308', { exp: 1e308 }, 'id_token_exp'),
  withClaims('IT-09 negative exp', { exp: -1 }, 'id_token_exp'),
  withClaims('IT-10 no iat', { iat: undefined }, 'id_token_iat'),
  { name: 'IT-10 iat a text', claims: (_, now) => ({ iat: String(now) }), code: 'id_token_iat' },
  { name: 'IT-11 iat 10 minutes ahead', claims: (_, now) => ({ iat: now + 600 }), code: 'id_token_iat' },
  { name: 'IT-11 iat 32 seconds ahead', claims: (_, now) => ({ iat: now + 32 }), code: 'id_token_iat' },
  { name: 'IT-11 iat a week ago', claims: (_, now) => ({ iat: now - 7 * 86_400 }), code: 'id_token_iat' },
  { name: 'IT-11 iat 11 minutes ago', claims: (_, now) => ({ iat: now - 660 }), code: 'id_token_iat' },
  { name: 'nbf a minute ahead', claims: (_, now) => ({ nbf: now + 60 }), code: 'id_token_iat' },
  withClaims('nbf a text', { nbf: 'now' }, 'id_token_iat'),
  withClaims('IT-13 wrong nonce', { nonce: 'another' }, 'id_token_nonce'),
  withClaims('IT-13 no nonce', { nonce: undefined }, 'id_token_nonce'),
  withClaims('IT-22 wrong at_hash', { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'id_token_at_hash'),
  withClaims('IT-22 at_hash null', { at_hash: null }, 'id_token_at_hash'),
  withClaims('IT-23 no auth_time', { auth_time: undefined }, 'reauth_required', { maxAgeSeconds: 60 }),
  {
    name: 'IT-23 auth_time too old',
    claims: (_, now) => ({ auth_time: now - 92 }),
    code: 'reauth_required',
    connection: { maxAgeSeconds: 60 },
  },
  {
    name: 'IT-23 auth_time ahead',
    claims: (_, now) => ({ auth_time: now + 60 }),
    code: 'reauth_required',
    connection: { maxAgeSeconds: 60 },
  },
];

const RIGHT: readonly Omit<Case, 'code'>[] = [
  {
    name: 'IT-05 every further aud trusted, azp ours',
    claims: () => ({ aud: [CLIENT_ID, 'api'], azp: CLIENT_ID }),
    connection: { trustedAudiences: ['api'] },
  },
  { name: 'aud a list of ours alone', claims: () => ({ aud: [CLIENT_ID] }) },
  { name: 'IT-07 sub of 255 characters', claims: () => ({ sub: 'x'.repeat(255) }) },
  { name: 'IT-09 exp 29 seconds ago', claims: (_, now) => ({ exp: now - 29 }) },
  { name: 'iat 29 seconds ahead', claims: (_, now) => ({ iat: now + 29 }) },
  { name: 'iat 9 minutes ago', claims: (_, now) => ({ iat: now - 540 }) },
  { name: 'nbf 29 seconds ahead', claims: (_, now) => ({ nbf: now + 29 }) },
  { name: 'IT-22 no at_hash', claims: () => ({ at_hash: undefined }) },
  { name: 'IT-23 auth_time recent', claims: (_, now) => ({ auth_time: now - 59 }), connection: { maxAgeSeconds: 60 } },
  { name: 'auth_time long ago, where no age is asked for', claims: (_, now) => ({ auth_time: now - 86_400 }) },
];

function bend({ claims }: Pick<Case, 'claims'>): void {
  const now = Math.floor(world.clock.now().getTime() / 1000);
  world.provider.script.idToken.claims = claims(world.provider.origin, now);
}

describe('refused', () => {
  test.each(WRONG)('$name', async (wrong) => {
    bend(wrong);
    await expectRefusal(world, await world.connection(wrong.connection), wrong.code);
  });
});

describe('accepted', () => {
  test.each(RIGHT)('$name', async (right) => {
    bend(right);
    expect(await outcomeOf(logIn(world, await world.connection(right.connection)))).toBe('succeeded');
  });
});

test('IT-13 a list that holds the nonce, and the nonce of an older login of the same browser', async () => {
  const connection = await world.connection();
  const older = await startLogin(world, connection);
  const newer = await startLogin(world, connection);
  world.provider.script.idToken.claims = { nonce: [newer.request.nonce] };
  expect(await outcomeOf(finishLogin(world.identityProvider, connection, newer))).toBe('id_token_nonce');

  const again = await startLogin(world, connection);
  world.provider.script.idToken.claims = { nonce: older.request.nonce };
  expect(await outcomeOf(finishLogin(world.identityProvider, connection, again))).toBe('id_token_nonce');

  world.provider.script.idToken.claims = {};
  expect(await outcomeOf(finishLogin(world.identityProvider, connection, older))).toBe('succeeded');
});

test('IT-25 of a doubled member the last one counts, for every check alike', async () => {
  const connection = await world.connection();
  const login = await startLogin(world, connection);
  const now = Math.floor(world.clock.now().getTime() / 1000);
  const { nonce } = login.request;
  const rest = `"iss":"${world.provider.origin}","aud":"${CLIENT_ID}","iat":${now},"exp":${now + 60},"nonce":"${nonce}","email":"a@example.com"`;
  world.provider.script.idToken.payload = `{"sub":"mallory","__proto__":{"email_verified":true},${rest},"sub":"alice"}`;
  const claims = await finishLogin(world.identityProvider, connection, login);
  expect(claims.subject).toBe('alice');
  expect(claims.emailVerified).toBe(false);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('email_verified');
});

test('IT-25 claims nested a thousand deep do no harm', async () => {
  const deep = JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`);
  world.provider.script.idToken.claims = { deep };
  expect(await outcomeOf(logIn(world, await world.connection()))).toBe('succeeded');
});

test('IT-27 the issuer is the stored one, whatever the token and its keys say', async () => {
  const attacker = await createWorld();
  try {
    const connection = await world.connection();
    attacker.provider.script.users = { victim: { sub: 'alice', email: 'alice@example.com', email_verified: true } };
    const { origin } = attacker.provider;
    const key = attacker.provider.keys.of('RS256');
    world.provider.script.idToken.claims = { iss: origin };
    world.provider.script.idToken.header = {
      jku: `${origin}/jwks`,
      jwk: key.publicKey.export({ format: 'jwk' }),
      kid: key.kid,
    };
    world.provider.script.idToken.key = key;
    await expectRefusal(world, connection, 'id_token_kid');
    expect(attacker.provider.requests).toHaveLength(0);
  } finally {
    await attacker.close();
  }
});

test('the trace names every check, and holds neither token nor nonce', async () => {
  const checks = new Checks();
  const connection = await world.connection();
  const login = await startLogin(world, connection);
  await finishLogin(world.identityProvider, connection, login, checks);
  expect(checks.entries.map(({ name }) => name)).toEqual([
    'discovery.issuer',
    'response.iss',
    'token.response',
    'token.idToken',
    'idToken.size',
    'idToken.shape',
    'idToken.typ',
    'idToken.crit',
    'idToken.alg',
    'idToken.jwks',
    'idToken.key',
    'idToken.signature',
    'idToken.iss',
    'idToken.aud',
    'idToken.azp',
    'idToken.sub',
    'idToken.exp',
    'idToken.iat',
    'idToken.nonce',
    'idToken.authTime',
    'idToken.atHash',
    'userinfo.response',
  ]);
  const trace = JSON.stringify(checks.entries);
  for (const secret of [
    login.request.nonce,
    login.request.codeVerifier,
    login.query.get('code') ?? '?',
    'eyJ',
    'alice',
  ]) {
    expect(trace).not.toContain(secret);
  }
});
