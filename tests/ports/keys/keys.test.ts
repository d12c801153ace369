/** Sealing, digests, API keys and ids. */
import { expect, test } from 'bun:test';
import { createApiKey, isApiKey } from '#ports/keys/api-key.ts';
import { createId } from '#ports/keys/identifier.ts';
import { constantTimeEqual, digest, randomToken } from '#ports/keys/random.ts';
import { createSealer } from '#ports/keys/sealer.ts';

const newKey = () => crypto.getRandomValues(new Uint8Array(32)).toBase64();

test('what was sealed opens in its place and nowhere else', async () => {
  const sealer = await createSealer(newKey());
  const sealed = await sealer.seal('a secret', 'connections:1:client_secret');
  expect(await sealer.open(sealed, 'connections:1:client_secret')).toBe('a secret');
  expect(sealed).not.toContain('secret');
  expect(await sealer.seal('a secret', 'connections:1:client_secret')).not.toBe(sealed);
  expect(sealer.open(sealed, 'connections:2:client_secret')).rejects.toThrow();
});

test('a changed value, or another key, does not open', async () => {
  const sealer = await createSealer(newKey());
  const sealed = await sealer.seal('a secret', 'place');
  const at = sealed.length - 5;
  const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
  expect(sealer.open(changed, 'place')).rejects.toThrow();
  expect((await createSealer(newKey())).open(sealed, 'place')).rejects.toThrow('another SECRETS_KEY');
  expect(sealer.open('nothing', 'place')).rejects.toThrow();
});

test('a key of 31 bytes is none', () => {
  expect(createSealer(crypto.getRandomValues(new Uint8Array(31)).toBase64())).rejects.toThrow('32 bytes');
});

test('an API key with a typing error is told from a key', () => {
  const key = createApiKey();
  expect(isApiKey(key)).toBe(true);
  const at = 10;
  const typo = `${key.slice(0, at)}${key[at] === 'a' ? 'b' : 'a'}${key.slice(at + 1)}`;
  for (const wrong of [typo, key.slice(0, -1), `${key}0`, key.toUpperCase(), '']) expect(isApiKey(wrong)).toBe(false);
});

test('100,000 tokens and ids are all different, and ids sort by time', () => {
  expect(new Set(Array.from({ length: 100_000 }, () => randomToken(16))).size).toBe(100_000);
  const now = new Date('2026-11-22T00:00:00Z');
  expect(new Set(Array.from({ length: 100_000 }, () => createId(now))).size).toBe(100_000);
  expect(createId(now)).toMatch(/^[0-9a-f]{24}$/);
  expect(createId(now) < createId(new Date(now.getTime() + 1000))).toBe(true);
});

test('digests and comparison', async () => {
  expect(await digest('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  expect(constantTimeEqual('same', 'same')).toBe(true);
  for (const [left, right] of [
    ['same', 'sama'],
    ['same', 'samesame'],
    ['samesame', 'same'],
    ['', 'x'],
    ['x', ''],
  ] as const) {
    expect(constantTimeEqual(left, right)).toBe(false);
  }
});
