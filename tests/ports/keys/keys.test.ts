/** Sealing, digests, API keys and ids. */
import { expect, test } from 'bun:test';
import { createRefreshToken } from '#core/refresh.ts';
import { createTokenId } from '#core/session.ts';
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

test('previous keys open and never seal; a value is bound to its place under each', async () => {
  const [before, current] = [newKey(), newKey()];
  const old = await createSealer(before);
  const both = await createSealer(current, [before, current]);
  const sealed = await old.seal('a ticket', 'connections:1:logout');
  expect(await both.open(sealed, 'connections:1:logout')).toBe('a ticket');
  await expect(both.open(sealed, 'connections:2:logout')).rejects.toThrow();
  const anew = await both.seal('a ticket', 'connections:1:logout');
  await expect(old.open(anew, 'connections:1:logout')).rejects.toThrow('another SECRETS_KEY');
  expect(both.keyIds).toEqual([anew.split('.')[1] ?? '', sealed.split('.')[1] ?? '']);
  // the name of a key is not what opens: another key under it does not
  const renamed = anew.replace(both.keyIds[0] ?? '', both.keyIds[1] ?? '');
  await expect(both.open(renamed, 'connections:1:logout')).rejects.toThrow();
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

/** Each with the random bits that it has to have (TK-11: at least 128 where knowing it opens something). */
const DRAWN: Readonly<Record<string, [bits: number, draw: () => string]>> = {
  'state and nonce': [128, () => randomToken(16)],
  'refresh token': [256, () => createRefreshToken().slice('vrt_'.length)],
  'token id': [128, createTokenId],
  'API key': [256, () => createApiKey().slice('vst_'.length, -'_12345678'.length)],
  'id, behind its 4 bytes of time': [64, () => createId(new Date()).slice(8)],
};

test.each(Object.entries(DRAWN))(
  'TK-11 %s: 100,000 are all different, and every bit is drawn',
  (_name, [bits, draw]) => {
    const drawn = Array.from({ length: 100_000 }, draw);
    expect(new Set(drawn).size).toBe(100_000);
    const ones = new Uint32Array(bits);
    for (const text of drawn) {
      const bytes = bits === 64 ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64url');
      expect(bytes.length * 8).toBe(bits);
      for (let bit = 0; bit < bits; bit++) ones[bit] = (ones[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
    }
    // 8 standard deviations: a fair bit fails once in 10^15 runs
    for (const count of ones) expect(Math.abs(count - 50_000)).toBeLessThan(8 * 158);
  },
);

test('ids sort by time', () => {
  const now = new Date('2026-11-22T00:00:00Z');
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
