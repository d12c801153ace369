/** The wire of Indee against its published examples, in both directions. */
import { describe, expect, test } from 'bun:test';
import { Value } from '@sinclair/typebox/value';
import { SsoError } from '#error';
import { presentError } from '#routes/dialects/indee/errors.ts';
import {
  indeeModels,
  presentInitiation,
  presentLogout,
  presentRefresh,
  presentSession,
} from '#routes/dialects/indee/payload.ts';
import { documents } from './documents.ts';
import { membersOf, schemaMembersOf } from './members.ts';
import { profileOf, sessionOf } from './person.ts';

const LoginRequest = indeeModels['Indee.LoginRequest'];
const TokenResponse = indeeModels['Indee.TokenResponse'];

describe('login', () => {
  test('takes the published request', () => {
    expect([...Value.Errors(LoginRequest, documents.indeeLoginRequest)]).toEqual([]);
    const ours = ['iss', 'extended_expiry'];
    const inModel = schemaMembersOf(LoginRequest).filter((path) => !ours.includes(path));
    expect(new Set(inModel)).toEqual(new Set(membersOf(documents.indeeLoginRequest)));
  });

  test.each([
    ['an error code', { error: 'access_denied', error_description: 'the person said no', code: '' }],
    ['an error flag', { error: true, error_description: null, code: '' }],
    ['no description', { error_description: undefined }],
  ])('takes %s', (_, change) => {
    const { error_description, ...rest } = { ...documents.indeeLoginRequest, ...change };
    expect(Value.Check(LoginRequest, error_description === undefined ? rest : { ...rest, error_description })).toBe(
      true,
    );
  });

  test.each([
    ['no state', { state: '' }],
    ['a number as nonce', { nonce: 7 }],
    ['no address', { email: 'enterprisecbs' }],
    ['an address with a line break', { email: 'a@b.example\nbcc: c' }],
    ['a number as error', { error: 1 }],
    ['too long a code', { code: 'c'.repeat(4097) }],
  ])('refuses %s', (_, change) => {
    expect(Value.Check(LoginRequest, { ...documents.indeeLoginRequest, ...change })).toBe(false);
  });

  test('answers as published', () => {
    expect([...Value.Errors(TokenResponse, documents.indeeLogin)]).toEqual([]);
    expect(schemaMembersOf(TokenResponse)).toEqual(membersOf(documents.indeeLogin));
    const answer = presentSession(sessionOf(profileOf()));
    expect(answer as object).toEqual({ ...documents.indeeLogin, token: 'access', refresh_token: 'refresh' });
    expect([...Value.Errors(TokenResponse, answer)]).toEqual([]);
  });

  test('cannot answer without a refresh token', () => {
    const { accessToken } = sessionOf(profileOf());
    expect(() => presentSession({ accessToken })).toThrow('refresh token');
  });
});

test('the answers around it', () => {
  const started = { state: 's', nonce: 'n', redirect: 'https://idp.example.com/authorize?state=s&nonce=n' };
  const success = { status_code: 'A0000', status_message: 'success' } as const;
  expect(presentInitiation(started)).toEqual({ ...success, ...started });
  expect(Value.Check(indeeModels['Indee.InitiateResponse'], presentInitiation(started))).toBe(true);
  // no rotation: an access token and nothing else
  expect(presentRefresh(sessionOf(profileOf()))).toEqual({ ...success, token: 'access' });
  expect(presentLogout()).toEqual(success);
});

test.each([
  ['api_key_missing', 401, 'A2000'],
  ['state_consumed', 401, 'A2001'],
  ['user_disabled', 403, 'A2002'],
  ['refresh_token_invalid', 401, 'A2003'],
  ['api_key_forbidden', 401, 'A2100'],
  ['input_invalid', 400, 'A4900'],
  ['internal_error', 500, 'A5000'],
  ['rate_limited', 429, 'A5001'],
  ['database_unavailable', 503, 'A5000'],
] as const)('%s is %d, %s', (reason, status, code) => {
  const refusal = presentError(new SsoError(reason, { retryAfterSeconds: 2.5 }));
  expect([refusal.status, refusal.body.status_code]).toEqual([status, code]);
  expect([...Value.Errors(indeeModels['Indee.Error'], refusal.body)]).toEqual([]);
  expect(refusal.headers['retry-after']).toBe(status === 429 || status === 503 ? '3' : (undefined as never));
});
