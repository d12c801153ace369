/** The wire of Applivery against its published example, in both directions. */
import { describe, expect, test } from 'bun:test';
import { Value } from '@sinclair/typebox/value';
import { SsoError } from '#error';
import { presentError } from '#routes/dialects/applivery/errors.ts';
import { appliveryModels, presentProfile, presentRefresh, presentSession } from '#routes/dialects/applivery/payload.ts';
import { documents, mendApplivery, printed } from './documents.ts';
import { membersOf, schemaMembersOf, typesOf } from './members.ts';
import { profileOf, sessionOf } from './person.ts';

const SessionResponse = appliveryModels['Applivery.SessionResponse'];
const example = documents.appliveryCallback;
const documented = example.data.user;

/** A newer edition of the page has these; ours are optional. */
const NEWER = ['data.user.platformRoles', 'data.user.supplantCapability'];
const isNewer = (path: string) => NEWER.some((one) => path.startsWith(one));

/** Everything that the example shows, as an operator and a login would have stored it. */
const known = profileOf(
  {
    emailVerified: true,
    firstName: 'John',
    lastName: 'Doe',
    picture: documented.picture,
    language: 'en-GB',
    attributes: {
      applivery: { role: 'user', newsletter: true, intercomUserHash: documented.intercomUserHash },
    },
    lastLogin: {
      dashboard: '2024-01-01T00:00:00.000Z',
      sdk: '2024-01-01T00:00:00.000Z',
      store: '2024-01-01T00:00:00Z',
    },
    lastAction: documented.activityTrace.lastAction,
  },
  {
    picture: documented.organizationInfo.picture,
    createdBy: documented.organizationInfo.createdBy,
    branding: documented.organizationInfo.branding,
    store: documented.organizationInfo.store,
    configuration: documented.organizationInfo.configuration,
  },
);

describe('the published answer', () => {
  test('fits the model once its typesetting is mended, and only then', () => {
    expect([...Value.Errors(SessionResponse, example)]).toEqual([]);
    const faults = [...Value.Errors(SessionResponse, printed.appliveryCallback)].map(({ path }) => path);
    expect(faults).toContain('/data/accessToken/expireAt');
    expect(faults).toContain('/data/user/email');
    expect(mendApplivery('2026-02-03T15: 30:00Z')).toBe('2026-02-03T15:30:00Z');
  });

  test('has the members of the model, and the model has its', () => {
    const inModel = new Set(schemaMembersOf(SessionResponse));
    const inExample = new Set(membersOf(example));
    expect([...inExample].filter((path) => !inModel.has(path))).toEqual([]);
    expect([...inModel].filter((path) => !inExample.has(path) && !isNewer(path))).toEqual([]);
    for (const path of NEWER) expect(inModel).toContain(path);
  });

  test('is refused by the model when one member has another type', () => {
    const wrong = structuredClone(example);
    Object.assign(wrong.data.user, { newsletter: 'true' });
    expect(Value.Check(SessionResponse, wrong)).toBe(false);
  });
});

describe('what we answer', () => {
  test('has every member of the published answer, of the same type', () => {
    const answer = presentSession(sessionOf(known));
    expect([...Value.Errors(SessionResponse, answer)]).toEqual([]);
    expect(typesOf(answer)).toEqual(typesOf(example));
  });

  test('says of a known user what the published answer says', () => {
    const { id, organizationId, organizations, organizationInfo, ...user } = presentSession(sessionOf(known)).data.user;
    const { id: _, organizationId: __, organizations: ___, organizationInfo: ____, ...published } = documented;
    // an SSO login has no password and is an SSO login
    expect(user).toEqual({ ...published, role: 'user', language: 'en', hasPassword: false, ssoUser: true } as never);
    expect(organizationInfo.configuration).toEqual(documented.organizationInfo.configuration);
    expect(organizations[0]?.id).toBe(organizationInfo.id);
    expect([id, organizationId]).toEqual(['507f1f77bcf86cd799439023', '507f1f77bcf86cd799439024']);
  });

  test('leaves out what is not known', () => {
    const answer = presentSession(sessionOf(profileOf()));
    expect([...Value.Errors(SessionResponse, answer)]).toEqual([]);
    expect(Object.values(typesOf(answer))).not.toContain('null');
    expect(Object.keys(answer.data.user).sort()).toEqual(
      [
        'createdAt',
        'email',
        'has2FAActive',
        'hasPassword',
        'id',
        'organizationId',
        'organizationInfo',
        'organizations',
        'role',
        'ssoUser',
        'updatedAt',
      ].sort(),
    );
  });

  test('carries the members of the newer edition when they are stored', () => {
    const platformRoles = [{ id: '1', name: 'support', platformActions: ['read'], supplant: { users: true } }];
    const applivery = { platformRoles, supplantCapability: 'none' };
    const { data } = presentProfile(profileOf({ attributes: { applivery } }));
    expect(data).toMatchObject(applivery);
    expect([...Value.Errors(appliveryModels['Applivery.ProfileResponse'], presentProfile(known))]).toEqual([]);
  });

  test('never carries a stored attribute that the model does not know or that has another type', () => {
    const applivery = { newsletter: 'yes', id: 'someone else', intercomUserHash: 'a1', secret: 'x', role: null };
    const { data } = presentProfile(profileOf({ attributes: { applivery } }, { branding: { primaryColor: 7 } }));
    expect(data.id).toBe('507f1f77bcf86cd799439023');
    expect(data.role).toBe('user');
    expect(data.intercomUserHash).toBe('a1');
    expect(Object.keys(data)).not.toContain('newsletter');
    expect(JSON.stringify(data)).not.toContain('secret');
    expect(data.organizationInfo.branding).toBeUndefined();
  });

  test('names the language by its primary tag, if it is one of the eight', () => {
    const languageOf = (language: string) => presentProfile(profileOf({ language })).data.language;
    expect(['pt-BR', 'DE', 'ja', 'english'].map(languageOf)).toEqual(['pt', 'de', undefined, undefined]);
  });

  test('renews with the pair alone', () => {
    const answer = presentRefresh(sessionOf(known));
    expect([...Value.Errors(appliveryModels['Applivery.RefreshResponse'], answer)]).toEqual([]);
    expect(Object.keys(answer.data)).toEqual(['accessToken', 'refreshToken']);
    expect(answer.data.accessToken.expireAt).toBe('2026-02-03T15:45:00Z');
  });
});

describe('refusals', () => {
  test('the published one', () => {
    const { status, body } = presentError(new SsoError('saml_profile'));
    expect({ status, body: body as unknown }).toEqual({ status: 400, body: documents.appliveryRefusal });
    expect([...Value.Errors(appliveryModels['Applivery.Error'], body)]).toEqual([]);
  });

  test.each([
    ['token_missing', 401, 4002, 'No auth token'],
    ['token_expired', 401, 4004, 'Invalid Token'],
    ['session_ended', 401, 4004, 'Invalid Token'],
    ['refresh_token_invalid', 401, 4011, 'Last access token and refresh token invalid'],
    ['refresh_token_reused', 401, 4011, 'Last access token and refresh token invalid'],
    ['organization_not_found', 404, 3001, 'Entity not found'],
  ] as const)('%s is %d, %d', (reason, status, code, message) => {
    const refusal = presentError(new SsoError(reason));
    expect(refusal.status).toBe(status);
    expect(refusal.body.error).toEqual({ code, message });
    expect('www-authenticate' in refusal.headers).toBe(status === 401);
  });
});

test('the callback takes what any identity provider sends, and ignores the rest', () => {
  const { 'Applivery.CallbackRequest': CallbackRequest } = appliveryModels;
  expect(Value.Check(CallbackRequest, { code: 'c', state: 's', session_state: 'x', email: 'victim@example.com' })).toBe(
    true,
  );
  expect(Value.Check(CallbackRequest, { SAMLResponse: 'PHg+', RelayState: 's' })).toBe(true);
  expect(Value.Check(CallbackRequest, {})).toBe(true);
  expect(Value.Check(CallbackRequest, { code: ['c'] })).toBe(false);
  expect(Value.Check(CallbackRequest, { code: 'c'.repeat(4097) })).toBe(false);
});

test('attributes: every stored field has its place, nothing else is accepted', () => {
  const { 'Applivery.UserAttributes': UserAttributes, 'Applivery.OrganizationAttributes': OrganizationAttributes } =
    appliveryModels;
  const { branding, store, configuration } = documented.organizationInfo;
  expect(Value.Check(UserAttributes, known.user.attributes.applivery)).toBe(true);
  expect(Value.Check(UserAttributes, {})).toBe(true);
  expect(Value.Check(UserAttributes, { newsletter: true, hasPassword: true })).toBe(false);
  expect(Value.Check(OrganizationAttributes, { branding, store, configuration })).toBe(true);
  expect(Value.Check(OrganizationAttributes, { branding: { ...branding, colour: 'red' } })).toBe(false);
});
