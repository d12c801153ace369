/** Which subject a NameID makes: another one wherever anything about it differs. */
import { expect, test } from 'bun:test';
import { Checks } from '#core/checks.ts';
import { samlSettings } from '#core/declaration-saml.ts';
import type { SamlAssertion, SamlNameId } from '#ports/idp/saml/assertion.ts';
import { checkSubject } from '#ports/idp/saml/subject-checks.ts';

const FORMAT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';
const names = { ourEntityId: 'https://sp.example', providerEntityId: 'https://idp.example' };

function subjectOf(
  nameId: SamlNameId,
  attributes: SamlAssertion['attributes'] = [],
  subjectAttribute?: string,
): string {
  const assertion: SamlAssertion = {
    id: '_a',
    issueInstant: '2030-01-01T00:00:00Z',
    issuer: 'https://idp.example',
    nameId,
    subjectConfirmations: [],
    authnStatements: [],
    attributes,
  };
  const settings = samlSettings(subjectAttribute === undefined ? {} : { subjectAttribute }, undefined);
  return checkSubject(assertion, { ...names, settings }, new Checks());
}

test('no two that differ make the same one', () => {
  const persistent = `${FORMAT}persistent`;
  const subjects = [
    subjectOf({ value: 'bob' }),
    subjectOf({ value: 'bob', format: persistent }),
    subjectOf({ value: 'bob', format: `${FORMAT}attribute` }),
    subjectOf({ value: 'bob', format: persistent, nameQualifier: '!x' }),
    subjectOf({ value: 'x!bob', format: persistent }),
    subjectOf({ value: '!bob', format: persistent, nameQualifier: 'x' }),
    subjectOf({ value: 'bob', format: 'persistent!' }),
    subjectOf({ value: 'y' }, [{ name: 'uid', values: ['bob'] }], 'uid'),
    subjectOf({ value: 'y' }, [{ name: 'uid!', values: ['bob'] }], 'uid!'),
    subjectOf({ value: 'y' }, [{ name: 'uid', values: ['!bob'] }], 'uid'),
  ];
  expect(new Set(subjects).size).toBe(subjects.length);
});

test('what says nothing makes no difference', () => {
  const plain = subjectOf({ value: 'bob' });
  expect(subjectOf({ value: 'bob', format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' })).toBe(plain);
  expect(subjectOf({ value: 'bob', nameQualifier: 'https://idp.example' })).toBe(plain);
});

test('beside an attribute the NameID may be long, and one value of the attribute counts', () => {
  const nameId = { value: 'x'.repeat(900), format: `${FORMAT}transient` };
  const uid = (...values: string[]) => subjectOf(nameId, [{ name: 'uid', values }], 'uid');
  expect(uid('bob')).toBe('attribute!uid!bob');
  expect(uid('bob', 'bob')).toBe('attribute!uid!bob');
  expect(() => uid('bob', 'eve')).toThrow('names no usable subject');
  expect(() => uid()).toThrow('names no usable subject');
  const tooLong = { ...nameId, value: 'x'.repeat(1_025) };
  expect(() => subjectOf(tooLong, [{ name: 'uid', values: ['bob'] }], 'uid')).toThrow('names no usable subject');
});
