/** The scoped `fetch`: inside it the replacement, outside it the one that was there. */
import { afterEach, expect, test } from 'bun:test';
import { withFetch } from '#ports/idp/scoped-fetch.ts';

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
});

const answer = (text: string) => async () => new Response(text);
const read = async () => (await fetch('http://scoped.invalid/')).text();

test('two scopes at once and none beside them', async () => {
  globalThis.fetch = Object.assign(answer('outside'), { preconnect: original.preconnect });
  const later = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return read();
  };
  const texts = await Promise.all([withFetch(answer('one'), later), later(), withFetch(answer('two'), later), read()]);
  expect(texts).toEqual(['one', 'outside', 'two', 'outside']);
});

test('a replacement that itself fetches reaches the outside', async () => {
  globalThis.fetch = Object.assign(answer('outside'), { preconnect: original.preconnect });
  expect(await withFetch((request) => fetch(request), read)).toBe('outside');
});

test('a global that was exchanged since is wrapped again', async () => {
  expect(await withFetch(answer('one'), read)).toBe('one');
  globalThis.fetch = Object.assign(answer('exchanged'), { preconnect: original.preconnect });
  expect(await withFetch(answer('two'), read)).toBe('two');
  expect(await read()).toBe('exchanged');
});
