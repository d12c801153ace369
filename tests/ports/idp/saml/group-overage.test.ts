/** Entra ID's group overage over SAML: the attribute that stands in place of the groups. */
import { expect, test } from 'bun:test';
import type { Mapping } from '#ports/db/schema.ts';
import type { SamlAssertion } from '#ports/idp/saml/assertion.ts';
import { samlClaims } from '#ports/idp/saml/saml-attributes.ts';

const GROUPS = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups';
const LINK = 'http://schemas.microsoft.com/claims/groups.link';

function claimsOf(attributes: Record<string, string[]>, mapping: Mapping = {}) {
  const list = Object.entries(attributes).map(([name, values]) => ({ name, values }));
  return samlClaims({ attributes: list, nameId: undefined } as unknown as SamlAssertion, mapping);
}

test('a link in place of groups leaves them incomplete', () => {
  const link = { [LINK]: ['https://graph.windows.net/tenant/users/id/getMemberObjects'] };
  expect(claimsOf(link).groupsIncomplete).toBe(true);
  expect(claimsOf({ [GROUPS]: ['a'] }).groupsIncomplete).toBe(false);
  expect(claimsOf({}).groupsIncomplete).toBe(false);
  const mapped = claimsOf({ ...link, role: ['admin'] }, { groups: ['role'] });
  expect([mapped.groups, mapped.groupsIncomplete]).toEqual([['admin'], false]);
});
