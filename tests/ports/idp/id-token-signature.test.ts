/** Cases IT: tokens that are not what they seem, each followed by an honest login. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { generateKey, publicJwk } from '#dev/scripted-keys.ts';
import type { IdTokenScript } from '#dev/scripted-script.ts';
import { encode } from '#dev/scripted-token.ts';
import type { SsoErrorCode } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import { flipBit, hmac } from './forgeries.ts';
import { CLIENT_SECRET, createWorld, expectRefusal, logIn, outcomeOf, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

interface Case {
  readonly name: string;
  readonly idToken: () => Partial<IdTokenScript>;
  readonly code: SsoErrorCode;
  readonly connection?: Partial<Connection>;
}

const rsaKey = () => world.provider.keys.of('RS256').publicKey;
const unsigned = (alg: unknown): Partial<IdTokenScript> => ({ header: { alg }, sign: () => new Uint8Array() });
const withHmac = (secret: string | Uint8Array): Partial<IdTokenScript> => ({
  header: { alg: 'HS256' },
  sign: hmac(secret),
});

const FORGED: readonly Case[] = [
  ...['none', 'NONE', 'nOnE', null, undefined, ['RS256']].map(
    (alg): Case => ({
      name: `IT-14 alg ${JSON.stringify(alg)} without a signature`,
      idToken: () => unsigned(alg),
      code: 'id_token_alg',
    }),
  ),
  ...['RS256', 'ES256', 'EdDSA'].map(
    (alg): Case => ({
      name: `IT-15 a bit of the ${alg} signature turned`,
      idToken: () => ({ alg, tamper: flipBit }),
      code: 'id_token_signature',
    }),
  ),
  { name: 'IT-15 signature taken away', idToken: () => ({ sign: () => new Uint8Array() }), code: 'id_token_signature' },
  {
    name: 'IT-15 payload exchanged under the signature',
    idToken: () => ({ tamper: (token) => token.replace(/\.[\w-]+\./, `.${encode('{"sub":"admin"}')}.`) }),
    code: 'id_token_signature',
  },
  {
    name: 'IT-15 signed by a stranger under the known kid',
    idToken: () => ({ key: generateKey('RS256'), header: { kid: world.provider.keys.of('RS256').kid } }),
    code: 'id_token_signature',
  },
  { name: 'signed by a stranger', idToken: () => ({ key: generateKey('RS256') }), code: 'id_token_kid' },
  {
    name: 'IT-15 bit-flipped HS256',
    idToken: () => ({ ...withHmac(CLIENT_SECRET), tamper: flipBit }),
    code: 'id_token_alg',
  },
  {
    name: 'IT-16 HS256 under the public key as PEM',
    idToken: () => withHmac(rsaKey().export({ format: 'pem', type: 'spki' }) as string),
    code: 'id_token_alg',
  },
  {
    name: 'IT-16 HS256 under the public key as DER',
    idToken: () => withHmac(rsaKey().export({ format: 'der', type: 'spki' })),
    code: 'id_token_alg',
  },
  {
    name: 'IT-16 HS256 under the modulus',
    idToken: () => withHmac(String(rsaKey().export({ format: 'jwk' }).n)),
    code: 'id_token_alg',
  },
  { name: 'IT-17 HS256 under the client secret', idToken: () => withHmac(CLIENT_SECRET), code: 'id_token_alg' },
  {
    name: 'IT-17 HS256 although the connection lists it',
    idToken: () => withHmac(CLIENT_SECRET),
    code: 'id_token_alg',
    connection: { idTokenAlgs: ['HS256', 'RS256'] },
  },
  {
    name: 'IT-17 an honest ES256 where the connection allows RS256 only',
    idToken: () => ({ alg: 'ES256' }),
    code: 'id_token_alg',
    connection: { idTokenAlgs: ['RS256'] },
  },
  {
    name: 'an honest RS512 that the provider never announced',
    idToken: () => ({ alg: 'RS512' }),
    code: 'id_token_alg',
  },
  {
    name: 'IT-19 ES256 with r and s zero',
    idToken: () => ({ alg: 'ES256', sign: () => new Uint8Array(64) }),
    code: 'id_token_signature',
  },
  {
    name: 'IT-19 a P-256 key under ES384',
    idToken: () => ({ alg: 'ES256', header: { alg: 'ES384' } }),
    code: 'id_token_kid',
  },
  { name: 'IT-20 unknown crit', idToken: () => ({ header: { crit: ['exp'], exp: 1 } }), code: 'id_token_malformed' },
  { name: 'IT-20 crit empty', idToken: () => ({ header: { crit: [] } }), code: 'id_token_malformed' },
  { name: 'IT-20 b64 false', idToken: () => ({ header: { b64: false, crit: ['b64'] } }), code: 'id_token_malformed' },
  { name: 'IT-20 b64 false without crit', idToken: () => ({ header: { b64: false } }), code: 'id_token_malformed' },
  {
    name: 'IT-20 a JWE',
    idToken: () => ({ tamper: () => 'eyJhbGciOiJSU0EtT0FFUCJ9.AA.AA.AA.AA' }),
    code: 'id_token_malformed',
  },
  { name: 'IT-20 five segments', idToken: () => ({ tamper: (token) => `${token}.AA.AA` }), code: 'id_token_malformed' },
  {
    name: 'two segments',
    idToken: () => ({ tamper: (token) => token.split('.').slice(0, 2).join('.') }),
    code: 'id_token_malformed',
  },
  {
    name: 'not base64url',
    idToken: () => ({ tamper: (token) => token.replace('.', '.+') }),
    code: 'id_token_malformed',
  },
  {
    name: 'a header that is no JSON',
    idToken: () => ({ tamper: (token) => token.replace(/^[^.]+/, 'AAAA') }),
    code: 'id_token_malformed',
  },
  {
    name: 'IT-20 a nested JWT',
    idToken: () => ({ header: { cty: 'JWT' }, payload: 'eyJhbGciOiJub25lIn0.e30.' }),
    code: 'id_token_malformed',
  },
  { name: 'a payload that is a list', idToken: () => ({ payload: '[]' }), code: 'id_token_malformed' },
  { name: 'a payload with a byte order mark', idToken: () => ({ payload: '\u{FEFF}{}' }), code: 'id_token_malformed' },
  ...['at+jwt', 'application/at+jwt', 'logout+jwt', 'secevent+jwt', 'dpop+jwt', '', null, 1].map(
    (typ): Case => ({
      name: `IT-21 typ ${JSON.stringify(typ)}`,
      idToken: () => ({ header: { typ } }),
      code: 'id_token_typ',
    }),
  ),
  {
    name: 'IT-25 a token of more than 16 KiB',
    idToken: () => ({ claims: { filler: 'x'.repeat(64 * 1024) } }),
    code: 'id_token_size',
  },
  { name: 'a kid that is no text', idToken: () => ({ header: { kid: 1 } }), code: 'id_token_kid' },
];

const HONEST: readonly Pick<Case, 'name' | 'idToken'>[] = [
  ...['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'].map((alg) => ({ name: alg, idToken: () => ({ alg }) })),
  { name: 'no typ', idToken: () => ({ header: { typ: undefined } }) },
  { name: 'typ in lower case', idToken: () => ({ header: { typ: 'jwt' } }) },
  { name: 'just under 16 KiB', idToken: () => ({ claims: { filler: 'x'.repeat(11 * 1024) } }) },
];

describe('refused', () => {
  test.each(FORGED)('$name', async ({ idToken, code, connection }) => {
    Object.assign(world.provider.script.idToken, idToken());
    await expectRefusal(world, await world.connection(connection), code);
  });
});

test('IT-19 a P-256 key that names no alg is no key for ES384', async () => {
  const key = world.provider.keys.of('ES256');
  world.provider.script.jwks = { keys: [{ ...publicJwk(key), alg: undefined }] };
  Object.assign(world.provider.script.idToken, { alg: 'ES256', header: { alg: 'ES384' } });
  await expectRefusal(world, await world.connection(), 'id_token_kid');
});

describe('accepted', () => {
  test.each(HONEST)('$name', async ({ idToken }) => {
    Object.assign(world.provider.script.idToken, idToken());
    expect(await outcomeOf(logIn(world, await world.connection()))).toBe('succeeded');
  });
});
