/** The same three APIs over SAML: what the client does stays, and another way of the browser lies between start and callback. */
import { type SamlRedirect, signInWithSaml } from '#dev/saml/sign-in.ts';
import { bearer, nameAt } from './logins.ts';
import { ORGANIZATIONS, SAML_PEOPLE } from './organization.ts';
import type { DemoServer } from './services.ts';
import { DemoFailure, expectThat, textAt, type Wire } from './wire.ts';

const { email: HEDY } = ORGANIZATIONS.globex;

/** Who signed in over OpenID Connect before. */
export interface KnownPerson {
  readonly email: string;
  readonly userId: string;
}

/**
 * @throws DemoFailure when an answer is not what the API promises; Error when the provider or the consumer service refuses
 */
export async function demonstrateSamlLogins(wire: Wire, server: DemoServer, known: KnownPerson): Promise<void> {
  wire.say(
    'The same three over SAML. The client sends and gets what it did before; only the browser’s way is another: the ' +
      'provider’s page posts its signed response to us, and what was verified waits under a code that works once.',
  );
  await applivery(wire, server, known);
  await indee(wire, server);
  await pria(wire, server);
}

async function applivery(wire: Wire, server: DemoServer, { email, userId }: KnownPerson): Promise<void> {
  wire.title('Applivery over SAML', 'the path names the organization’s other connection');
  const path = '/v1/auth/sso/acme/saml';
  const started = await wire.call('Start', { method: 'GET', path, status: 200 });
  const { code, state } = await atTheProvider(wire, server, email, textAt(started.body, 'data.redirectUrl'));
  expectThat(state === textAt(started.body, 'data.state'), 'the state that came back is the one of the start');
  const callback = { method: 'POST', path: `${path}/callback`, body: { code, state } } as const;
  const session = (await wire.call('Callback', { ...callback, status: 200, depth: 2, traced: true })).body;
  expectThat(
    textAt(session, 'data.user.id') === userId,
    'a person of a verified domain is one user over both protocols',
  );
  wire.note(`The user is the one of the first login: ${userId}.`);
}

async function indee(wire: Wire, server: DemoServer): Promise<void> {
  wire.title('Indee over SAML', 'the API key says Globex, whose provider wants signed requests by POST');
  const headers = bearer(server.apiKeys.globex);
  const post = (path: string, body: object) =>
    ({ method: 'POST', path: `/v1/admin/auth/sso${path}`, headers, body, status: 200 }) as const;
  const started = (await wire.call('Start', post('/initiate', { username: HEDY }))).body;
  const { code, state } = await atTheProvider(wire, server, HEDY, textAt(started, 'redirect'));
  const kept = { state, nonce: textAt(started, 'nonce'), email: HEDY };
  const body = { ...kept, code, error: false, error_description: {} };
  await wire.call('Callback', { ...post('/login', body), traced: true });
}

async function pria(wire: Wire, server: DemoServer): Promise<void> {
  wire.title('Pria over SAML', 'and the end of it on both sides: single logout');
  const started = await wire.call('Start', { method: 'GET', path: '/sso/globex', status: 302 });
  const { code, state } = await atTheProvider(wire, server, HEDY, started.headers.get('location') ?? '');
  const callback = { method: 'POST', path: '/api/auth/sso_callback', body: { code, state }, status: 200 } as const;
  const session = (await wire.call('Callback', { ...callback, depth: 1, traced: true })).body;
  expectThat(textAt(session, 'profile.email') === HEDY, `${HEDY} is signed in`);

  const headers = { 'x-access-token': textAt(session, 'token') };
  const signout = { method: 'POST', path: '/api/auth/signout', headers } as const;
  const ended = (await wire.call('Log out', { ...signout, status: 200 })).body;
  await logOutThere(wire, server, textAt(ended, 'logoutUrl'));
  await wire.call('Afterwards', { method: 'POST', path: '/api/user/refresh/profile', headers, status: 401 });
}

/** The person's part, over HTTP as a browser does it: request, sign-in page, response to the consumer service. */
async function atTheProvider(wire: Wire, server: DemoServer, email: string, startUrl: string): Promise<SamlRedirect> {
  expectThat(URL.canParse(startUrl), 'the start leads to the identity provider');
  const url = new URL(startUrl);
  wire.visit('Sign in', url);
  const post = async (address: string, form: URLSearchParams): Promise<Response> => {
    noteRequest(wire, server);
    wire.return(`${nameAt(SAML_PEOPLE, email)} signs in, and the provider’s page posts its signed response`);
    wire.visit('Response', new URL(address), form);
    const response = await fetch(address, { method: 'POST', body: form, redirect: 'manual' });
    const location = response.headers.get('location');
    if (location) wire.redirected(response.status, new URL(location));
    return response;
  };
  return signInWithSaml(url, email, { post });
}

/** What the provider read: the address holds it deflated, and our page as a form. */
function noteRequest(wire: Wire, { saml }: DemoServer): void {
  const request = saml.requests.at(-1);
  if (!request) throw new DemoFailure('The identity provider got no request.');
  if (request.binding === 'post') wire.return(`200, a page that posts the request to ${request.destination}`);
  const signed = { good: 'signed', bad: 'signed badly', none: 'not signed' }[request.signature];
  wire.note(`AuthnRequest, ${signed}, ID ${request.id}: the underscore and the nonce`);
}

/** Single logout (SAML profiles §4.4), as the browser makes it: with our request there, with the provider’s answer back. */
async function logOutThere(wire: Wire, { saml }: DemoServer, logoutUrl: string): Promise<void> {
  const index = saml.sessions.at(-1)?.index;
  const isOpen = () => saml.sessions.some((session) => session.index === index);
  expectThat(isOpen(), 'the provider’s session outlives ours until the browser goes there');
  wire.visit('There, too', new URL(logoutUrl));
  const there = (await fetch(logoutUrl, { redirect: 'manual' })).headers.get('location');
  expectThat(!isOpen(), 'the provider’s session has ended');
  if (!there) throw new DemoFailure('The identity provider did not send the browser back.');
  wire.return('The provider ends its session, and answers with a signed LogoutResponse');
  wire.visit('', new URL(there));
  const back = await fetch(there, { redirect: 'manual' });
  const location = back.headers.get('location');
  if (!location) throw new DemoFailure(`The end of the logout answered ${back.status} where 302 was due.`);
  wire.redirected(back.status, new URL(location));
}
