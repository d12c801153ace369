/** Broken logins of the provider's making: what it says in place of a code, of tokens, and of its documents. */
import type { Script, ScriptedAnswer } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import { type Ailment, honest } from '#tests/doctor/ailment.ts';
import type { Clinic } from '#tests/doctor/clinic.ts';

type Told = Ailment['told'];
const bend = (change: (script: Script) => void) => (clinic: Clinic) => change(clinic.provider.script);

/** What the redirect back carries in place of a code. */
const RESPONSES: readonly [string, SsoErrorCode, Told][] = [
  ['access_denied', 'idp_access_denied', ['admin', /Assign the person or their group/]],
  ['login_required', 'idp_interaction_required', ['integrator', /`prompt=none` that was added/]],
  ['interaction_required', 'idp_interaction_required', ['admin', /which policy asks/]],
  ['consent_required', 'idp_consent_required', ['admin', /Consent to this application for the whole organization/]],
  ['invalid_scope', 'idp_scope_refused', ['integrator', /out of the connection’s `scopes`/]],
  ['unauthorized_client', 'idp_client_not_allowed', ['admin', /authorization code flow/]],
  ['unsupported_response_type', 'idp_client_not_allowed', ['admin', /Standard flow \(Keycloak\)/]],
  ['redirect_uri_mismatch', 'idp_redirect_uri_mismatch', ['admin', /Register the redirect URI/]],
  ['server_error', 'idp_server_error', ['integrator', /start a new login later/]],
  ['temporarily_unavailable', 'idp_server_error', ['person', /Try again in a few minutes/]],
  ['invalid_request', 'idp_error', ['integrator', /unchanged/]],
];

const json = (status: number, body: object): ScriptedAnswer => ({ status, body: JSON.stringify(body) });
const entra = (error: string, code: number) =>
  json(error === 'invalid_client' ? 401 : 400, { error, error_codes: [code], error_description: `AADSTS${code}: …` });

/** What the token endpoint answers. */
const REFUSALS: readonly [string, ScriptedAnswer, SsoErrorCode, Told][] = [
  ['503', { status: 503 }, 'idp_unavailable', ['integrator', /try again in a few minutes/]],
  ['429', { status: 429 }, 'idp_unavailable', ['integrator', /429 means that it counts too many calls/]],
  [
    'redirect_uri_mismatch',
    json(400, { error: 'redirect_uri_mismatch' }),
    'idp_redirect_uri_mismatch',
    ['integrator', /`redirectUris`/],
  ],
  [
    'invalid_grant for the redirect URI',
    json(400, { error: 'invalid_grant', error_description: "The 'redirect_uri' does not match." }),
    'idp_redirect_uri_mismatch',
    ['admin', /character for character/],
  ],
  [
    'invalid_grant in GitLab’s words',
    json(400, {
      error: 'invalid_grant',
      error_description: 'The grant is invalid, expired, or does not match the redirection URI used in the request.',
    }),
    'code_exchange_failed',
    ['integrator', /nothing else spends the code/],
  ],
  ['invalid_scope', json(400, { error: 'invalid_scope' }), 'idp_scope_refused', ['integrator', /`scopes`/]],
  [
    'unauthorized_client',
    json(400, { error: 'unauthorized_client' }),
    'idp_client_not_allowed',
    ['admin', /Enable the application/],
  ],
  [
    'unauthorized_client in Keycloak’s way for a wrong secret',
    json(401, { error: 'unauthorized_client' }),
    'idp_client_auth_failed',
    ['integrator', /`clientSecret`/],
  ],
  [
    'AADSTS7000215',
    entra('invalid_client', 7000215),
    'idp_client_auth_failed',
    ['integrator', /the secret’s Value, not its Secret ID/],
  ],
  [
    'AADSTS7000222',
    entra('invalid_client', 7000222),
    'idp_client_secret_expired',
    ['admin', /Make a new client secret/],
  ],
  [
    'AADSTS700016',
    entra('unauthorized_client', 700016),
    'idp_client_unknown',
    ['integrator', /Application \(client\) ID/],
  ],
  [
    'AADSTS50194',
    entra('invalid_request', 50194),
    'idp_tenant_mismatch',
    ['integrator', /Set the connection’s `issuer` to/],
  ],
  ['AADSTS50011', entra('invalid_request', 50011), 'idp_redirect_uri_mismatch', ['admin', /Register the redirect URI/]],
  [
    'a number that says nothing',
    entra('invalid_grant', 9),
    'code_exchange_failed',
    ['integrator', /Post the code once/],
  ],
];

/** What stands at the issuer's discovery address. */
const DOCUMENTS: readonly [string, ScriptedAnswer, SsoErrorCode, Told][] = [
  ['503', { status: 503 }, 'idp_unavailable', ['integrator', /status page/]],
  ['500', { status: 500 }, 'idp_unavailable', ['admin', /log of the provider/]],
  ['404', { status: 404 }, 'idp_document_missing', ['integrator', /Correct the `issuer`/]],
  [
    'a web page',
    { headers: { 'content-type': 'text/html' }, body: '<html>' },
    'idp_document_missing',
    ['admin', /exact issuer/],
  ],
  ['403', { status: 403 }, 'idp_document_forbidden', ['admin', /web application firewall/]],
];

/** A new version, which knows nothing of documents that were read before. */
const anew = (clinic: Clinic) => clinic.connect('oidc', { defaultRole: `role-${crypto.randomUUID().slice(0, 8)}` });

export const PROVIDER_AILMENTS: readonly Ailment[] = [
  ...RESPONSES.map(([error, reason, told]): Ailment => {
    const harm = bend((script) => void (script.authorizationResponse = { code: undefined, error }));
    return { name: `${error} in place of a code`, slug: 'oidc', reason, told, harm, fix: honest };
  }),
  ...REFUSALS.map(([what, answer, reason, told]): Ailment => {
    const harm = bend((script) => void (script.answers.token = answer));
    return { name: `${what} at the token endpoint`, slug: 'oidc', reason, told, harm, fix: honest };
  }),
  ...DOCUMENTS.map(([what, answer, reason, told]): Ailment => {
    const harm = async (clinic: Clinic) => {
      clinic.provider.script.answers.discovery = answer;
      await anew(clinic);
    };
    const fix = async (clinic: Clinic) => {
      clinic.honest();
      await anew(clinic);
    };
    return { name: `${what} in place of the discovery document`, slug: 'oidc', reason, told, harm, fix };
  }),
  ...(
    [
      [
        'redirect_uri_mismatch',
        200,
        'idp_redirect_uri_mismatch',
        ['integrator', /GitHub takes one callback URL alone/],
      ],
      ['incorrect_client_credentials', 200, 'idp_client_auth_failed', ['integrator', /`clientSecret`/]],
      ['Not Found', 404, 'idp_client_unknown', ['integrator', /Compare `clientId`/]],
    ] as const
  ).map(([error, status, reason, told]): Ailment => {
    const harm = bend((script) => void (script.answers.token = json(status, { error })));
    return { name: `GitHub: ${error}`, slug: 'github', reason, told, harm, fix: honest };
  }),
];
