/** One login a dialect over OpenID Connect, from its start to its end, as a client of that API makes it. */
import { nameOf, PEOPLE, type Person } from '#dev/people.ts';
import { type AuthorizationResponse, type CookieJar, signIn, signOut } from '#dev/sign-in.ts';
import type { DemoServer } from './services.ts';
import { expectThat, textAt, type Wire } from './wire.ts';

const ORGANIZATION = 'acme';

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/**
 * @param email of the person who signs in
 * @returns the person's user id
 * @throws DemoFailure when an answer is not what the API promises; Error when the provider refuses
 */
export async function demonstrateLogins(wire: Wire, server: DemoServer, email: string): Promise<string> {
  const userId = await applivery(wire, email);
  await indee(wire, email, server.apiKeys[ORGANIZATION]);
  await pria(wire, server, email);
  return userId;
}

async function applivery(wire: Wire, email: string): Promise<string> {
  wire.title('Applivery', 'a pair of tokens, and each renewal replaces both');
  const path = `/v1/auth/sso/${ORGANIZATION}/oidc`;
  const started = await wire.call('Start', { method: 'GET', path, status: 200 });
  const jar: CookieJar = new Map();
  const response = await atTheProvider(wire, email, textAt(started.body, 'data.redirectUrl'), jar);
  expectThat(response.state === textAt(started.body, 'data.state'), 'the state that came back is the one of the start');
  const callback = { method: 'POST', path: `${path}/callback`, body: response, status: 200, traced: true } as const;
  const session = (await wire.call('Callback', callback)).body;
  expectThat(textAt(session, 'data.user.email') === email, `${email} is signed in`);

  const first = textAt(session, 'data.accessToken.token');
  const pair = { lastAccessToken: first, refreshToken: textAt(session, 'data.refreshToken.token') };
  const renewal = { method: 'POST', path: '/v1/auth/refresh', body: pair, status: 200 } as const;
  const renewed = (await wire.call('Renew', renewal)).body;
  const headers = bearer(textAt(renewed, 'data.accessToken.token'));
  expectThat(textAt(renewed, 'data.refreshToken.token') !== pair.refreshToken, 'the refresh token was replaced');

  const profile = { method: 'GET', path: '/v1/users/profile', headers } as const;
  const user = (await wire.call('User', { ...profile, status: 200, depth: 1 })).body;
  expectThat(textAt(user, 'data.email') === email, `the access token belongs to ${email}`);
  const ended = await wire.call('Log out', { method: 'POST', path: '/v1/auth/logout', headers, status: 200 });
  await logOutThere(wire, textAt(ended.body, 'data.logoutUrl'), jar);
  await wire.call('Afterwards', { ...profile, status: 401 });
  return textAt(session, 'data.user.id');
}

async function indee(wire: Wire, email: string, apiKey: string): Promise<void> {
  wire.title('Indee', 'an API key with every call, and a refresh token that stays');
  const base = '/v1/admin/auth';
  const headers = bearer(apiKey);
  const post = (path: string, body: object) => ({ method: 'POST', path: base + path, headers, body }) as const;
  const started = (await wire.call('Start', { ...post('/sso/initiate', { username: email }), status: 200 })).body;
  const { code, state, iss } = await atTheProvider(wire, email, textAt(started, 'redirect'));
  expectThat(state === textAt(started, 'state'), 'the state that came back is the one of the start');
  const kept = { state, nonce: textAt(started, 'nonce'), email };
  const body = { ...kept, code, iss, error: false, error_description: {} };
  const session = (await wire.call('Callback', { ...post('/sso/login', body), status: 200, traced: true })).body;

  const refresh = { refresh_token: textAt(session, 'refresh_token') };
  const renewed = (await wire.call('Renew', { ...post('/refresh', refresh), status: 200 })).body;
  expectThat(textAt(renewed, 'token') !== textAt(session, 'token'), 'there is a new access token');
  await wire.call('Log out', { ...post('/logout', refresh), status: 200 });
  await wire.call('Afterwards', { ...post('/refresh', refresh), status: 401 });
}

async function pria(wire: Wire, { issuer }: DemoServer, email: string): Promise<void> {
  wire.title('Pria', 'one token of 24 hours, exchanged for a fresh one with the profile');
  const start = { method: 'GET', path: `/sso/${ORGANIZATION}`, status: 302 } as const;
  const started = await wire.call('Start', start);
  const jar: CookieJar = new Map();
  const { code, state } = await atTheProvider(wire, email, started.headers.get('location') ?? '', jar);
  const callback = { method: 'POST', path: '/api/auth/sso_callback', body: { code, state } } as const;
  const session = (await wire.call('Callback', { ...callback, status: 200, traced: true })).body;
  expectThat(textAt(session, 'profile.email') === email, `${email} is signed in`);

  const headers = { 'x-access-token': textAt(session, 'token') };
  const renewal = { method: 'POST', path: '/api/user/refresh/profile', headers } as const;
  const renewed = (await wire.call('Renew', { ...renewal, status: 200, depth: 1 })).body;
  expectThat(textAt(renewed, 'profile.email') === email, `the token belongs to ${email}`);
  const there = new URL('/session/end', issuer);
  wire.visit('Sign out', there);
  await signOut(there, jar);
  wire.return('The provider ends its session, and its logout token the one here');
  await wire.call('Afterwards', { ...renewal, status: 401 });
}

/** The person's part, over HTTP as a browser does it: the provider's page, its form, the redirect back. */
async function atTheProvider(
  wire: Wire,
  email: string,
  authorizationUrl: string,
  jar?: CookieJar,
): Promise<AuthorizationResponse> {
  expectThat(URL.canParse(authorizationUrl), 'the start leads to the identity provider');
  const url = new URL(authorizationUrl);
  wire.visit('Sign in', url);
  const response = await signIn(url, email, jar);
  wire.return(`${nameAt(PEOPLE, email)} signs in, and comes back with code, state and iss`);
  return response;
}

/** RP-initiated logout, as the browser makes it: a page of ours posts the request, and the provider asks the person. */
async function logOutThere(wire: Wire, logoutUrl: string, jar: CookieJar): Promise<void> {
  wire.visit('There, too', new URL(logoutUrl));
  const page = await (await fetch(logoutUrl)).text();
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? '';
  const inputs = [...page.matchAll(/ name="([^"]+)" value="([^"]*)"/g)];
  const form = new URLSearchParams(inputs.map(([, name = '', value = '']): [string, string] => [name, value]));
  expectThat(form.has('id_token_hint'), 'the ID token goes along, in a form and in no address');
  wire.return(`200, a page that posts the request to ${action}`);
  wire.redirected(303, await signOut(action, jar, form));
}

export function nameAt(people: readonly Person[], email: string): string {
  const person = people.find((candidate) => candidate.email === email);
  return person ? nameOf(person) : email;
}
