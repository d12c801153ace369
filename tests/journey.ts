/** The whole of the three dialects, as an API client goes through it: start, callback, renewal, user, end. */
import { expect } from 'bun:test';
import { signIn } from '#dev/sign-in.ts';

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;
/** JSON of an answer whose shape the test states by what it reads. */
// biome-ignore lint/suspicious/noExplicitAny: answers of the wire are read as a client without types reads them
type Wire = any;

export interface Traveller {
  readonly fetch: Fetch;
  readonly apiKey: string;
  readonly email: string;
}

export async function read(answer: Response, status = 200): Promise<Wire> {
  const text = await answer.text();
  expect({ status: answer.status, text: answer.status === status ? '' : text }).toEqual({ status, text: '' });
  expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f]{24}$/);
  return text === '' ? undefined : JSON.parse(text);
}

export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export async function travelApplivery({ fetch, email }: Traveller): Promise<void> {
  const started = await read(await fetch('/v1/auth/sso/acme/oidc'));
  const { code, state } = await signIn(started.data.redirectUrl, email);
  expect(state).toBe(started.data.state);
  const { data } = await read(await fetch('/v1/auth/sso/acme/oidc/callback', json({ code, state })));
  expect(data.user).toMatchObject({ email, ssoUser: true, hasPassword: false, verificationStatus: 'verified' });
  expect(data.user.organizations).toEqual([{ id: data.user.organizationId, name: 'Acme Industries', slug: 'acme' }]);

  const profile = await read(await fetch('/v1/users/profile', { headers: bearer(data.accessToken.token) }));
  expect(profile).toMatchObject({ status: true, data: { id: data.user.id, email } });

  const pair = { lastAccessToken: data.accessToken.token, refreshToken: data.refreshToken.token };
  const renewed = await read(await fetch('/v1/auth/refresh', json(pair)));
  expect(renewed.data.refreshToken.token).not.toBe(pair.refreshToken);
  const headers = bearer(renewed.data.accessToken.token);
  await read(await fetch('/v1/users/profile', { headers }));

  expect(await read(await fetch('/v1/auth/logout', { method: 'POST', headers }))).toMatchObject({
    data: { done: true },
  });
  const refused = await read(await fetch('/v1/users/profile', { headers }), 401);
  expect(refused).toEqual({ status: false, error: { code: 4004, message: 'Invalid Token' } });
}

export async function travelIndee({ fetch, apiKey, email }: Traveller, prefix: '/v1' | '/api/v1'): Promise<void> {
  const base = `${prefix}/admin/auth`;
  const key = bearer(apiKey);
  const started = await read(await fetch(`${base}/sso/initiate`, json({ username: email }, key)));
  expect(started).toMatchObject({ status_code: 'A0000', status_message: 'success' });
  const { code, state } = await signIn(started.redirect, email);
  expect(state).toBe(started.state);
  const body = { state, nonce: started.nonce, email, code, error: false, error_description: {} };
  const session = await read(await fetch(`${base}/sso/login`, json(body, key)));
  expect(session).toMatchObject({ status_code: 'A0000', status_message: 'success' });

  const refresh = json({ refresh_token: session.refresh_token }, key);
  const renewed = await read(await fetch(`${base}/refresh`, refresh));
  expect(Object.keys(renewed).sort()).toEqual(['status_code', 'status_message', 'token']);
  expect(renewed.token).not.toBe(session.token);

  const ended = await read(await fetch(`${base}/logout`, refresh));
  // the identity provider's session is to be ended there
  expect(ended).toEqual({
    status_code: 'A0000',
    status_message: 'success',
    redirect: expect.stringMatching(/\/oidc\/[0-9a-f]{24}\/logout\?session=/),
  });
  expect((await read(await fetch(`${base}/refresh`, refresh), 401)).status_code).toBe('A2003');
}

export async function travelPria({ fetch, email }: Traveller, start: '/sso' | '/api/auth/sso'): Promise<void> {
  const redirect = await fetch(`${start}/acme`, { redirect: 'manual' });
  expect(redirect.status).toBe(302);
  const { code, state } = await signIn(redirect.headers.get('location') ?? '', email);
  const session = await read(await fetch('/api/auth/sso_callback', json({ code, state })));
  expect(Object.keys(session).sort()).toEqual(['profile', 'token']);
  expect(session.profile).toMatchObject({ email, accountType: 'user', institution: { name: 'Acme Industries' } });
  const claims = JSON.parse(atob(session.token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
  expect(claims).toMatchObject({ _id: session.profile._id, email, accountType: 'user', sessionId: claims.sid });
  expect(claims.exp - claims.iat).toBeWithin(0.95 * 86_400 - 1, 86_401);

  const renewed = await read(
    await fetch('/api/user/refresh/profile', { method: 'POST', headers: { 'x-access-token': session.token } }),
  );
  expect(renewed).toMatchObject({ success: true, profile: { email } });

  await read(await fetch('/api/auth/signout', { method: 'POST', headers: bearer(renewed.token) }));
  const refused = await read(
    await fetch('/api/user/refresh/profile', { method: 'POST', headers: { 'x-access-token': session.token } }),
    401,
  );
  expect(refused).toMatchObject({ success: false });
}
