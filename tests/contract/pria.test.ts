/** The wire of Pria against its published example, in both directions. */
import { describe, expect, test } from 'bun:test';
import { Value } from '@sinclair/typebox/value';
import { decodeJwt } from 'jose';
import { SsoError } from '#error';
import { presentError } from '#routes/dialects/pria/errors.ts';
import { presentRefresh, presentSession, priaClaims, priaModels } from '#routes/dialects/pria/payload.ts';
import { documents } from './documents.ts';
import { membersOf, schemaMembersOf, typesOf } from './members.ts';
import { profileOf, sessionOf } from './person.ts';

const SessionResponse = priaModels['Pria.SessionResponse'];
const example = documents.priaCallback;

const without = (object: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
const USER_COMPUTED = ['_id', 'email', 'fname', 'lname', 'picture', 'accountType', 'created', '__v', 'institution'];
const INSTITUTION_COMPUTED = ['_id', 'id', 'name', 'picture'];

const userAttributes = without(example.profile, USER_COMPUTED);
const institutionAttributes = without(example.profile.institution, INSTITUTION_COMPUTED);
const known = profileOf(
  {
    firstName: 'John',
    lastName: 'Smith',
    picture: example.profile.picture,
    version: example.profile.__v,
    attributes: { pria: userAttributes },
  },
  { picture: example.profile.institution.picture, institution: institutionAttributes },
);

describe('the published answer', () => {
  test('fits the model', () => {
    expect([...Value.Errors(SessionResponse, example)]).toEqual([]);
  });

  test('has the members of the model, and the model has its', () => {
    expect(new Set(schemaMembersOf(SessionResponse))).toEqual(new Set(membersOf(example)));
  });

  test('is refused by the model when one member has another type', () => {
    const wrong = structuredClone(example);
    Object.assign(wrong.profile.institution, { maxFiles: '123' });
    expect(Value.Check(SessionResponse, wrong)).toBe(false);
  });
});

describe('what we answer', () => {
  test('has every member of the published answer, of the same type', () => {
    const answer = presentSession(sessionOf(known));
    expect([...Value.Errors(SessionResponse, answer)]).toEqual([]);
    expect(typesOf(answer)).toEqual(typesOf(example));
  });

  test('repeats what the operator stored', () => {
    const { profile } = presentSession(sessionOf(known));
    expect(without(profile, USER_COMPUTED)).toEqual(userAttributes);
    expect(without(profile.institution, INSTITUTION_COMPUTED)).toEqual(institutionAttributes);
    expect(profile).toMatchObject({ fname: 'John', lname: 'Smith', __v: 123, created: '2025-06-15T10:00:00Z' });
    expect(profile.institution._id).toBe(profile.institution.id);
  });

  test('leaves out what is not known', () => {
    const answer = presentSession(sessionOf(profileOf()));
    expect([...Value.Errors(SessionResponse, answer)]).toEqual([]);
    expect(Object.values(typesOf(answer))).not.toContain('null');
    expect(Object.keys(answer.profile).sort()).toEqual(
      ['__v', '_id', 'accountType', 'created', 'email', 'institution', 'status'].sort(),
    );
    expect(answer.profile.institution).toEqual({
      _id: '507f1f77bcf86cd799439024',
      id: '507f1f77bcf86cd799439024',
      name: 'Acme Industries',
      status: 'active',
    });
  });

  test('never carries a stored attribute that the model does not know or that has another type', () => {
    const pria = { _id: 'someone else', accountType: 'super', credits: '5', plan: 'free', dark_mode: null };
    const { profile } = presentSession(
      sessionOf(profileOf({ attributes: { pria } }, { institution: { secret: 'x' } })),
    );
    expect(profile._id).toBe('507f1f77bcf86cd799439023');
    expect(profile.accountType).toBe('user');
    expect(profile.plan).toBe('free');
    expect('credits' in profile || 'dark_mode' in profile).toBe(false);
    expect(JSON.stringify(profile)).not.toContain('secret');
  });

  test('knows three account types', () => {
    const typeOf = (role: string) => presentSession(sessionOf(profileOf({}, {}, role))).profile.accountType;
    expect(['user', 'admin', 'super', 'owner', 'Admin', ''].map(typeOf)).toEqual([
      'user',
      'admin',
      'super',
      'user',
      'user',
      'user',
    ]);
  });

  test('renews with a fresh token and the profile', () => {
    const answer = presentRefresh(sessionOf(known));
    expect([...Value.Errors(priaModels['Pria.RefreshResponse'], answer)]).toEqual([]);
    expect(answer.success).toBe(true);
  });
});

describe('the token', () => {
  const { iat, exp, ...published } = decodeJwt(example.token);

  test('carries the claims of the published one', () => {
    const profile = profileOf({
      id: '6430736fd62d650040420674',
      email: 'john.doe@mydomain.com',
      attributes: { pria: { customerId: 'cus_Nxxxxxx' } },
    });
    expect(priaClaims(profile, 's%3Aabc123') as object).toEqual(published);
    expect(Number(exp) - Number(iat)).toBe(86_400);
  });

  test('has no customer id when none is known', () => {
    expect(Object.keys(priaClaims(profileOf(), 's'))).toEqual(['_id', 'email', 'accountType', 'sessionId']);
  });
});

test.each([
  ['token_missing', 401, 'Invalid access token jwt must be provided'],
  ['token_expired', 401, 'Invalid access token jwt expired'],
  ['state_missing', 400, 'State is missing'],
  ['user_disabled', 403, 'Account is disabled'],
  ['account_exists_link_required', 409, 'An account with this email exists already'],
  ['organization_not_found', 404, 'Not found'],
  ['idp_unreachable', 502, 'Identity provider failed'],
] as const)('%s is %d', (reason, status, message) => {
  const refusal = presentError(new SsoError(reason));
  expect({ status: refusal.status, body: refusal.body as object }).toEqual({
    status,
    body: { success: false, message },
  });
  expect([...Value.Errors(priaModels['Pria.Error'], refusal.body)]).toEqual([]);
});

test('the published request, and one without anything, are taken', () => {
  const { 'Pria.CallbackRequest': CallbackRequest } = priaModels;
  expect(Value.Check(CallbackRequest, documents.priaCallbackRequest)).toBe(true);
  expect(Value.Check(CallbackRequest, {})).toBe(true);
  expect(Value.Check(CallbackRequest, { code: 7 })).toBe(false);
});

test('attributes: every stored field has its place, nothing else is accepted', () => {
  const { 'Pria.UserAttributes': UserAttributes, 'Pria.InstitutionAttributes': InstitutionAttributes } = priaModels;
  expect(Object.keys(UserAttributes.properties).sort()).toEqual(Object.keys(userAttributes).sort());
  expect(Object.keys(InstitutionAttributes.properties).sort()).toEqual(Object.keys(institutionAttributes).sort());
  expect([...Value.Errors(UserAttributes, userAttributes)]).toEqual([]);
  expect([...Value.Errors(InstitutionAttributes, institutionAttributes)]).toEqual([]);
  expect(Value.Check(UserAttributes, { ...userAttributes, accountType: 'super' })).toBe(false);
  expect(Value.Check(InstitutionAttributes, { name: 'x' })).toBe(false);
});
