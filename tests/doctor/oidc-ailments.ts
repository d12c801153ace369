/** Broken logins over OpenID Connect: a wrong setting here, a wrong one there, and clients that hand on the wrong things. */
import type { Script } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import { type Ailment, honest } from '#tests/doctor/ailment.ts';
import { type Clinic, type DeclaredConnection, NOWHERE } from '#tests/doctor/clinic.ts';
import { REDIRECT_URI } from '#tests/world.ts';

const bend = (change: (script: Script) => void) => (clinic: Clinic) => change(clinic.provider.script);
const claims = (changed: Record<string, unknown>) => bend((script) => void (script.idToken.claims = changed));
const set = (changed: Partial<DeclaredConnection>) => (clinic: Clinic) => clinic.connect('oidc', changed);
/** A new version, which knows nothing of metadata and keys that were read before. */
const anew = async (clinic: Clinic) =>
  clinic.connect('oidc', { defaultRole: `role-${crypto.randomUUID().slice(0, 8)}` });
const bendAnew = (change: (script: Script) => void) => async (clinic: Clinic) => {
  change(clinic.provider.script);
  await anew(clinic);
};
const honestAnew = async (clinic: Clinic) => {
  clinic.honest();
  await anew(clinic);
};
const error = (code: string) => JSON.stringify({ error: code });

const SETTINGS: readonly Ailment[] = [
  {
    name: 'a wrong client secret',
    slug: 'oidc',
    harm: set({ clientSecret: 'expired' }),
    reason: 'idp_client_auth_failed',
    told: ['integrator', /`clientSecret`/],
    fix: set({}),
  },
  {
    name: 'a secret sent by a method that the provider does not take',
    slug: 'oidc',
    harm: async (clinic) => {
      clinic.provider.script.discovery = { token_endpoint_auth_methods_supported: ['tls_client_auth'] };
      await anew(clinic);
    },
    reason: 'connection_misconfigured',
    told: ['integrator', /`clientAuthentication` that the provider takes/],
    fix: set({ clientAuthentication: 'client_secret_post' }),
    afterwards: (clinic) => clinic.connect('oidc', { clientAuthentication: null }),
  },
  {
    name: 'an issuer with one slash too many',
    slug: 'oidc',
    harm: (clinic) => clinic.connect('oidc', { issuer: `${clinic.issuer}/` }),
    reason: 'issuer_mismatch',
    told: ['integrator', /`issuer`.*a slash at the end counts/],
    fix: set({}),
  },
  {
    name: 'an issuer where nobody listens',
    slug: 'oidc',
    harm: set({ issuer: `http://${NOWHERE}` }),
    reason: 'idp_connection_refused',
    told: ['integrator', /Check the port in the connection’s `issuer`/],
    fix: set({}),
  },
  {
    name: 'an issuer without a discovery document',
    slug: 'oidc',
    harm: bendAnew((script) => void (script.answers.discovery = { status: 404 })),
    reason: 'idp_document_missing',
    told: ['integrator', /Correct the `issuer`/],
    fix: honestAnew,
  },
  {
    name: 'an address that redirects to another',
    slug: 'oidc',
    harm: bendAnew((script) => void (script.answers.discovery = { status: 301, headers: { location: '/' } })),
    reason: 'idp_redirect',
    told: ['admin', /final address/],
    fix: honestAnew,
  },
  {
    name: 'a redirect URI that the connection does not have',
    slug: 'oidc',
    patient: { startQuery: '?redirect_uri=http://localhost:8080/another' },
    reason: 'redirect_not_allowed',
    told: ['integrator', /add this one to the connection’s `redirectUris`/],
    fix: set({ redirectUris: [REDIRECT_URI, 'http://localhost:8080/another'] }),
    cured: { startQuery: '?redirect_uri=http://localhost:8080/another' },
    afterwards: (clinic) => clinic.connect('oidc'),
  },
  {
    name: 'an algorithm that the provider does not sign by',
    slug: 'oidc',
    harm: set({ idTokenAlgs: ['ES256'] }),
    reason: 'id_token_alg',
    told: ['integrator', /add it to the connection’s `idTokenAlgs`/],
    fix: set({ idTokenAlgs: ['ES256', 'RS256'] }),
    afterwards: (clinic) => clinic.connect('oidc', { idTokenAlgs: [] }),
  },
  {
    name: 'a second audience that is wanted',
    slug: 'oidc',
    harm: claims({ aud: ['vestibule', 'the-api'], azp: 'vestibule' }),
    reason: 'id_token_aud',
    told: ['integrator', /add those to `trustedAudiences`/],
    fix: set({ trustedAudiences: ['the-api'] }),
    afterwards: (clinic) => clinic.connect('oidc', { trustedAudiences: [] }),
  },
  {
    name: 'a maximum age that the provider does not date',
    slug: 'oidc',
    harm: async (clinic) => {
      claims({ auth_time: undefined })(clinic);
      await clinic.connect('oidc', { maxAgeSeconds: 60 });
    },
    reason: 'reauth_required',
    told: ['integrator', /or clear them/],
    fix: set({ maxAgeSeconds: null }),
  },
  {
    name: 'an iss that is required and that the client drops',
    slug: 'oidc',
    harm: set({ requireIss: true }),
    patient: { callback: ({ iss: _dropped, ...returned }) => returned },
    reason: 'iss_missing',
    told: ['integrator', /Hand the `iss` parameter of the redirect on/],
    afterwards: (clinic) => clinic.connect('oidc', { requireIss: false }),
  },
  {
    name: 'a browser that is required, and a client that starts by itself',
    slug: 'oidc',
    harm: set({ requireBrowser: true }),
    reason: 'browser_required',
    told: ['integrator', /set `requireBrowser` of the connection to false/],
    fix: set({ requireBrowser: false }),
  },
];

type Step = (clinic: Clinic) => Promise<void> | void;
const FAULTS: readonly [string, SsoErrorCode, RegExp, Step, Step?][] = [
  ['a token for another client', 'id_token_aud', /Check the client id/, claims({ aud: 'another' })],
  ['an azp of another client', 'id_token_azp', /its id as `azp`/, claims({ azp: 'another' })],
  ['a token of another issuer', 'id_token_iss', /Say which issuer/, claims({ iss: 'https://elsewhere.example' })],
  ['a nonce of another login', 'id_token_nonce', /`nonce` of the request/, claims({ nonce: 'old' })],
  ['no subject', 'id_token_sub', /Let `sub` be a text/, claims({ sub: undefined })],
  ['a hash of another access token', 'id_token_at_hash', /compute `at_hash`/, claims({ at_hash: 'AAAA' })],
  ['a token of 20 KB', 'id_token_size', /fewer groups/, claims({ groups: ['x'.repeat(20_000)] })],
  [
    'no ID token at all',
    'id_token_missing',
    /Enable OpenID Connect/,
    bend((script) => void (script.tokenResponse = { id_token: undefined })),
  ],
  [
    'an access token for an ID token',
    'id_token_typ',
    /answer an ID token/,
    bend((script) => void (script.idToken.header = { typ: 'at+jwt' })),
  ],
  [
    'an encrypted token',
    'id_token_malformed',
    /Switch off encryption/,
    bend((script) => void (script.idToken.tamper = () => 'a.b.c.d.e')),
  ],
  [
    'a signature by another key',
    'id_token_signature',
    /publish the very key that signs/,
    bend((script) => void (script.idToken.tamper = (token) => `${token.slice(0, -8)}AAAAAAAA`)),
  ],
  [
    'keys that are not published',
    'id_token_kid',
    /Publish the signing key/,
    bendAnew((script) => void (script.jwks = { keys: [] })),
    honestAnew,
  ],
  [
    'keys that are not to be read',
    'jwks_unavailable',
    /Let the keys be read/,
    bendAnew((script) => void (script.answers.jwks = { status: 403 })),
    honestAnew,
  ],
  ['a clock that is ahead', 'id_token_iat', /clock by NTP/, ({ clocks }: Clinic) => void (clocks.provider = 120)],
  ['a clock that is behind', 'id_token_exp', /clock by NTP/, ({ clocks }: Clinic) => void (clocks.provider = -400)],
  [
    'a person who is not let in',
    'idp_access_denied',
    /Assign the person/,
    bend((script) => void (script.authorizationResponse = { code: undefined, error: 'access_denied' })),
  ],
  [
    'a response of another provider',
    'iss_mismatch',
    /which issuer/,
    bend((script) => void (script.authorizationResponse = { iss: 'https://elsewhere.example' })),
  ],
  [
    'a code that is refused',
    'code_exchange_failed',
    /redirect URI character for character/,
    bend((script) => void (script.answers.token = { status: 400, body: error('invalid_grant') })),
  ],
  [
    'metadata that point into a private network',
    'url_not_allowed',
    /https with a public name/,
    bendAnew((script) => void (script.discovery = { token_endpoint: 'http://10.0.0.1/token' })),
    honestAnew,
  ],
  [
    'metadata that point to another site',
    'metadata_changed',
    /whether the endpoint in question is yours/,
    bendAnew((script) => void (script.discovery = { token_endpoint: 'https://tokens.elsewhere.example/token' })),
    honestAnew,
  ],
  [
    'userinfo about somebody else',
    'userinfo_sub',
    /the same `sub`/,
    bend((script) => {
      script.idToken.claims = { email: undefined };
      script.userinfo = { sub: 'mallory' };
    }),
  ],
  [
    'userinfo that is not to be read',
    'idp_bad_response',
    /scopes it was given allow it/,
    bend((script) => {
      script.idToken.claims = { email: undefined };
      script.answers.userinfo = { status: 403 };
    }),
  ],
];
const PROVIDER = FAULTS.map(([name, reason, words, harm, fix = honest]): Ailment => {
  return { name, slug: 'oidc', reason, told: ['admin', words], harm, fix };
});

type Returned = Record<string, unknown>;
const CLIENT = (
  [
    ['without its state', 'state_missing', /Hand the `state`/, ({ state: _dropped, ...rest }) => rest],
    ['with a state of its own', 'state_invalid', /do not make one up/, (returned) => ({ ...returned, state: 'mine' })],
    ['without its code', 'code_missing', /Hand on the `code`/, ({ code: _dropped, ...rest }) => rest],
    ['with a code and an error', 'response_ambiguous', /one of the two/, (all) => ({ ...all, error: 'none' })],
    ['with another code', 'code_exchange_failed', /Post the code once/, (all) => ({ ...all, code: 'guessed' })],
  ] satisfies [string, SsoErrorCode, RegExp, (returned: Returned) => Returned][]
).map(([how, reason, words, callback]): Ailment => {
  return { name: `a callback ${how}`, slug: 'oidc', reason, told: ['integrator', words], patient: { callback } };
});

const LATE: Ailment = {
  name: 'a person who takes eleven minutes',
  slug: 'oidc',
  reason: 'state_expired',
  told: ['person', /Start it again/],
};

export const OIDC_AILMENTS: readonly Ailment[] = [...SETTINGS, ...PROVIDER, ...CLIENT, LATE];
