/** Cases JK: the provider's keys, their rotation, and key sets that must not be used. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { gzipSync } from 'node:zlib';
import { generateKey, publicJwk, type ScriptedKey } from '#dev/scripted-keys.ts';
import type { ScriptedAnswer } from '#dev/scripted-script.ts';
import { SsoError, type SsoErrorCode } from '#error';
import type { Connection } from '#ports/db/schema.ts';
import { createJwksCache } from '#ports/idp/jwks.ts';
import { selfSigned } from './forgeries.ts';
import { createWorld, expectRefusal, logIn, outcomeOf, type World } from './world.ts';

const DAY = 24 * 60 * 60;

let world: World;
let connection: Connection;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  world.reset();
  connection = await world.connection();
});
afterAll(() => world.close());

const login = () => outcomeOf(logIn(world, connection));
const fetches = () => world.provider.count('jwks');
const signWith = (key: ScriptedKey) => {
  world.provider.script.idToken.key = key;
};

describe('rotation', () => {
  test('JK-02 a key changed between two logins costs one fetch', async () => {
    expect(await login()).toBe('succeeded');
    expect(await login()).toBe('succeeded');
    expect(fetches()).toBe(1);
    world.provider.keys.rotate();
    expect(await login()).toBe('succeeded');
    expect(fetches()).toBe(2);
  });

  test('JK-03 a key changed right before signing costs one fetch', async () => {
    expect(await login()).toBe('succeeded');
    world.provider.script.idToken.before = () => void world.provider.keys.rotate();
    expect(await login()).toBe('succeeded');
    expect(fetches()).toBe(2);
  });

  test('unknown keys cause one fetch in 30 seconds, however many tokens name them', async () => {
    expect(await login()).toBe('succeeded');
    signWith(generateKey('RS256'));
    for (let attempt = 0; attempt < 5; attempt++) expect(await login()).toBe('id_token_kid');
    expect(fetches()).toBe(2);
    world.clock.moveBy(31);
    expect(await login()).toBe('id_token_kid');
    expect(fetches()).toBe(3);
    world.provider.reset();
    expect(await login()).toBe('succeeded');
  });

  test('JK-07 a key taken away is good until the cached set has aged 10 minutes', async () => {
    expect(await login()).toBe('succeeded');
    signWith(world.provider.keys.rotate());
    expect(await login()).toBe('succeeded');
    world.clock.moveBy(601);
    await expectRefusal(world, connection, 'id_token_kid');
  });
});

describe('choice', () => {
  const withoutKid = (keys: readonly ScriptedKey[]) => {
    world.provider.script.idToken.header = { kid: undefined };
    world.provider.script.jwks = { keys: keys.map((key) => ({ ...publicJwk(key), kid: undefined })) };
  };

  test('JK-04 without kid, the only matching key is taken', async () => {
    withoutKid([world.provider.keys.of('RS256'), world.provider.keys.of('ES256')]);
    expect(await login()).toBe('succeeded');
  });

  test('JK-05 without kid and with two matching keys there is none to take', async () => {
    withoutKid([world.provider.keys.of('RS256'), generateKey('RS256')]);
    await expectRefusal(world, connection, 'id_token_kid');
  });

  test('the same key listed twice is one key', async () => {
    const { keys } = world.provider.keys.jwks();
    world.provider.script.jwks = { keys: [...keys, ...keys] };
    expect(await login()).toBe('succeeded');
  });

  test('one kid over keys of different types is no doubt', async () => {
    const [rsa, ec] = [world.provider.keys.of('RS256'), world.provider.keys.of('ES256')];
    world.provider.script.jwks = { keys: [publicJwk(rsa), { ...publicJwk(ec), kid: rsa.kid }] };
    expect(await login()).toBe('succeeded');
  });

  test('an encryption key under the same kid does not hide the signing key', async () => {
    const key = world.provider.keys.of('RS256');
    const other = { ...publicJwk(generateKey('RS256')), kid: key.kid, use: 'enc', alg: 'RSA-OAEP' };
    world.provider.script.jwks = { keys: [other, publicJwk(key)] };
    expect(await login()).toBe('succeeded');
  });

  test('JK-15 two connections of one issuer have caches of their own', async () => {
    const other = await world.connection();
    expect(await login()).toBe('succeeded');
    expect(await outcomeOf(logIn(world, other))).toBe('succeeded');
    expect(fetches()).toBe(2);
    const stranger = generateKey('RS256');
    world.provider.script.jwks = { keys: [publicJwk(stranger)] };
    signWith(stranger);
    world.clock.moveBy(601);
    expect(await outcomeOf(logIn(world, other))).toBe('succeeded');
    world.clock.moveBy(-601);
    world.provider.script.jwks = undefined;
    expect(await login()).toBe('id_token_kid');
  });
});

describe('JK-11 keys that do not count', () => {
  const weak = generateKey('RS256', 1024);
  const rsa = generateKey('RS256');
  const ec = generateKey('ES256');
  const cases: readonly { name: string; key: ScriptedKey; keys: () => unknown[] }[] = [
    { name: 'RSA of 1024 bits', key: weak, keys: () => [publicJwk(weak)] },
    { name: 'use enc', key: rsa, keys: () => [{ ...publicJwk(rsa), use: 'enc' }] },
    { name: 'key_ops without verify', key: rsa, keys: () => [{ ...publicJwk(rsa), key_ops: ['encrypt'] }] },
    { name: 'another alg than the token’s', key: rsa, keys: () => [{ ...publicJwk(rsa), alg: 'PS256' }] },
    { name: 'alg HS256', key: rsa, keys: () => [{ ...publicJwk(rsa), alg: 'HS256' }] },
    {
      name: 'private members',
      key: ec,
      keys: () => [{ ...ec.privateKey.export({ format: 'jwk' }), kid: ec.kid, alg: 'ES256' }],
    },
    { name: 'oct', key: rsa, keys: () => [{ kty: 'oct', k: 'AAAA', kid: rsa.kid, alg: 'RS256' }] },
    {
      name: 'one kid, two keys',
      key: rsa,
      keys: () => [publicJwk(rsa), { ...publicJwk(generateKey('RS256')), kid: rsa.kid }],
    },
    {
      name: 'one kid, two keys of one type and different alg',
      key: rsa,
      keys: () => [publicJwk(rsa), { ...publicJwk(generateKey('RS256')), kid: rsa.kid, alg: 'PS256' }],
    },
    { name: 'no keys', key: rsa, keys: () => [] },
    { name: 'no objects', key: rsa, keys: () => [null, 1, 'key', []] },
  ];
  test.each(cases)('$name', async ({ key, keys }) => {
    world.provider.script.jwks = { keys: keys() };
    signWith(key);
    await expectRefusal(world, connection, 'id_token_kid');
  });

  test('RSA with the exponent 1', async () => {
    world.provider.script.jwks = { keys: [{ ...publicJwk(rsa), e: 'AQ' }] };
    signWith(rsa);
    world.provider.script.idToken.sign = selfSigned;
    await expectRefusal(world, connection, 'id_token_kid');
  });

  test('HS256 under an oct key that the set itself announces', async () => {
    world.provider.script.jwks = { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: rsa.kid, alg: 'HS256' }] };
    world.provider.script.discovery = { id_token_signing_alg_values_supported: ['HS256', 'none'] };
    signWith(rsa);
    world.provider.script.idToken.header = { alg: 'HS256' };
    await expectRefusal(world, connection, 'id_token_alg');
  });
});

describe('JK-10 answers that are no key set', () => {
  const hundred = Array.from({ length: 101 }, (_, index) => ({
    ...publicJwk(generateKey('EdDSA')),
    kid: String(index),
  }));
  const cases: readonly { name: string; answer: ScriptedAnswer; code?: SsoErrorCode }[] = [
    { name: '10 MB', answer: { body: `{"keys":[]${' '.repeat(10_000_000)}}` } },
    {
      name: 'a gzip bomb',
      answer: { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(20_000_000, 0x20)) },
    },
    { name: 'a stream without end', answer: { endless: true } },
    { name: 'more than 100 keys', answer: { body: JSON.stringify({ keys: hundred }) } },
    { name: 'HTML', answer: { headers: { 'content-type': 'text/html' }, body: '<html>' } },
    { name: 'a list', answer: { body: '[]' } },
    { name: 'keys an object', answer: { body: '{"keys":{}}' } },
    { name: 'status 500', answer: { status: 500 } },
    { name: 'a redirect', answer: { status: 302, headers: { location: 'https://elsewhere.example/' } } },
    { name: 'JK-09 no answer', answer: { hang: true }, code: 'jwks_timeout' },
  ];
  test.each(cases)('$name', async ({ answer, code = 'jwks_unavailable' }) => {
    world.provider.script.answers.jwks = answer;
    await expectRefusal(world, connection, code);
  });
});

describe('availability', () => {
  test('JK-08 an outage is survived for a day on the cached keys, and told', async () => {
    expect(await login()).toBe('succeeded');
    world.provider.script.answers.jwks = { status: 503 };
    world.clock.moveBy(DAY - 60);
    // discovery is stale by now too, but its endpoint works
    expect(await login()).toBe('succeeded');
    expect(world.stale).toContain(`${connection.id} jwks`);
    world.clock.moveBy(120);
    await expectRefusal(world, connection, 'jwks_unavailable');
  });

  test('after a failure the provider is left alone for 30 seconds', async () => {
    world.provider.script.answers.jwks = { status: 503 };
    for (let attempt = 0; attempt < 3; attempt++) expect(await login()).toBe('jwks_unavailable');
    expect(fetches()).toBe(1);
    world.provider.script.answers = {};
    world.clock.moveBy(31);
    expect(await login()).toBe('succeeded');
  });

  test('JK-09 a hundred logins at once make one fetch', async () => {
    const keysOf = createJwksCache(world.outbound, world.clock)(connection, `${world.provider.origin}/jwks`, 'login');
    const { kid, alg } = world.provider.keys.of('RS256');
    const found = await Promise.all(Array.from({ length: 100 }, () => keysOf(alg, kid)));
    expect(found.every((keys) => keys.length === 1)).toBe(true);
    expect(fetches()).toBe(1);
  });

  test('whole logins at once make one fetch of each document', async () => {
    const outcomes = await Promise.all(Array.from({ length: 25 }, login));
    expect(new Set(outcomes)).toEqual(new Set(['succeeded']));
    expect(fetches()).toBe(1);
    expect(world.provider.count('discovery')).toBe(1);
  });

  test('a refusal of our own, the provider’s calls being too many, is not held against it', async () => {
    let busy = true;
    const outbound: typeof world.outbound = Object.assign(
      async (request: Parameters<typeof world.outbound>[0]) => {
        if (busy) throw new SsoError('idp_busy', { retryAfterSeconds: 1 });
        return world.outbound(request);
      },
      { calls: [], close: () => {} },
    );
    const keysOf = createJwksCache(outbound, world.clock)(connection, `${world.provider.origin}/jwks`, 'login');
    expect(await outcomeOf(keysOf('RS256', undefined))).toBe('idp_busy');
    busy = false;
    expect(await keysOf('RS256', undefined)).toHaveLength(1);
  });

  test('reading keys may take 5 seconds and one retry', async () => {
    expect(await login()).toBe('succeeded');
    const call = world.outbound.calls.find(({ url }) => String(url).endsWith('/jwks'));
    expect(call).toMatchObject({
      method: 'GET',
      deadlineMs: 5_000,
      retry: true,
      maxBytes: 256 * 1024,
      circuit: connection.id,
    });
  });
});
