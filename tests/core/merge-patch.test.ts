/** RFC 7396: the examples of its appendix A, as far as both sides are objects, and what the RFC leaves to us. */
import { expect, test } from 'bun:test';
import { mergePatch } from '#core/merge-patch.ts';

const patched = (target: object | null, patch: object | null | undefined) =>
  mergePatch(target as Record<string, unknown> | null, patch as Record<string, unknown> | null | undefined);

test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j with %j is %j', (target, patch, result) => {
  const before = structuredClone(target);
  expect(patched(target, patch)).toEqual(result);
  expect(target).toEqual(before);
});

test('nothing said changes nothing, null removes all, and nothing may be there yet', () => {
  expect(patched({ a: 1 }, undefined)).toBeUndefined();
  expect(patched({ a: 1 }, null)).toEqual({});
  expect(patched(null, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
});

test('a member by the name of a prototype is a member', () => {
  const result = patched({}, JSON.parse('{"__proto__":{"polluted":true}}'));
  expect(Object.keys(result ?? {})).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  expect('polluted' in {}).toBe(false);
});
