/** What the document says of single logout. */
import { t } from 'elysia';
import { text } from '#routes/dialects/fields.ts';
import { type BodyParser, LARGE_BODY_LIMIT } from '#routes/http/body.ts';
import { ANY_REFUSALS, CALL_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { bodiless, describe, textOf, withPage } from '#routes/http/openapi-route.ts';
import { samlModels } from './docs.ts';
import * as examples from './examples.ts';

const MAX_MESSAGE = 262_144;
const MAX_PARAMETER = 8_192;
const message = (what: string) => t.Optional(text(what, MAX_MESSAGE));

const LogoutQuery = t.Object(
  {
    SAMLRequest: message('LogoutRequest, deflated, base64.'),
    SAMLResponse: message('LogoutResponse, deflated, base64.'),
    RelayState: message('Comes back with the answer to a request.'),
    SigAlg: t.Optional(text('Algorithm of the signature, a URI: RSA or ECDSA with SHA-2.', MAX_PARAMETER)),
    Signature: t.Optional(text('Signature over the octets of the other parameters, base64.', MAX_PARAMETER)),
    SAMLEncoding: t.Optional(text('DEFLATE, which it is without.', MAX_PARAMETER)),
  },
  { description: 'HTTP Redirect binding (SAML bindings §3.4).' },
);
const LogoutForm = t.Object(
  {
    SAMLRequest: message('LogoutRequest with its signature, base64.'),
    SAMLResponse: message('LogoutResponse with its signature, base64.'),
    RelayState: message('Comes back with the answer to a request.'),
  },
  { description: 'HTTP POST binding (SAML bindings §3.5).', examples: [examples.logoutRequest] },
);
const PageQuery = t.Object(
  { session: t.Optional(text('As it stands in the address that the logout answered.', MAX_PARAMETER)) },
  { description: 'Which session.' },
);

export const samlLogoutModels = {
  ...samlModels,
  'SAML.LogoutQuery': LogoutQuery,
  'SAML.LogoutMessage': LogoutForm,
  'SAML.LogoutPageQuery': PageQuery,
};

/** What reading the provider's metadata may end with. */
const PROVIDER_REFUSALS = [
  'connection_not_found',
  'connection_misconfigured',
  'saml_metadata',
  'saml_entity_id_mismatch',
  'saml_busy',
  'saml_timeout',
  ...CALL_REFUSALS,
  'signing_unavailable',
] as const;

const MESSAGE_REFUSALS = [
  ...PROVIDER_REFUSALS,
  'saml_encoding',
  'saml_dtd',
  'saml_structure',
  'saml_algorithm',
  'saml_signature',
  'saml_issuer',
  'saml_destination',
  'saml_expired',
  'saml_not_yet',
  'saml_subject',
  'saml_replay',
] as const;

const inPerson = <Answers extends Parameters<typeof withPage>[0]>(answers: Answers) =>
  withPage(answers, examples.logoutRefusalPage);

const DESCRIPTION =
  'Takes signed messages only. A LogoutRequest ends the sessions that began with its NameID and, where it names any, its SessionIndex; the browser carries the answer back, by the binding that the request came by where the provider has both. After a LogoutResponse the browser goes to the connection’s `logoutRedirectUri`, or sees a page. A browser gets a page instead of problem details.';

const ANSWERS = {
  200: textOf(
    'text/html',
    'A page: it posts the answer to the provider, or says that the person is signed out.',
    examples.signedOutPage,
  ),
  302: bodiless('On to the provider, or to where people go after a logout.', {
    Location: 'The answer as an address, or the connection’s `logoutRedirectUri`.',
  }),
};

export const redirected = {
  params: 'SAML.ConnectionParams',
  query: 'SAML.LogoutQuery',
  ...describe({
    operationId: 'receiveRedirectedSamlLogout',
    summary: 'Single logout by redirect',
    description: DESCRIPTION,
    tag: 'SAML',
    security: [],
    answers: { ...ANSWERS, ...inPerson(problems(...MESSAGE_REFUSALS, ...ANY_REFUSALS)) },
  }),
} as const;

export const posted = (parse: BodyParser) =>
  ({
    params: 'SAML.ConnectionParams',
    parse,
    ...describe({
      operationId: 'receivePostedSamlLogout',
      summary: 'Single logout by POST',
      description: DESCRIPTION,
      tag: 'SAML',
      security: [],
      body: {
        model: 'SAML.LogoutMessage',
        contentTypes: ['application/x-www-form-urlencoded'],
        limitBytes: LARGE_BODY_LIMIT,
        required: false,
      },
      answers: { ...ANSWERS, ...inPerson(problems(...MESSAGE_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS)) },
    }),
  }) as const;

export const page = {
  params: 'SAML.ConnectionParams',
  query: 'SAML.LogoutPageQuery',
  ...describe({
    operationId: 'postSamlLogout',
    summary: 'Page that posts the logout request',
    description:
      'Where a logout goes on whose identity provider takes its request by POST: the page posts the browser on. The address is part of the answer of a logout, good for five minutes.',
    tag: 'SAML',
    security: [],
    answers: {
      200: textOf('text/html', 'The page.', examples.logoutPage),
      302: bodiless('The provider takes its requests by redirect meanwhile.', { Location: 'The request.' }),
      ...inPerson(problems('not_found', ...PROVIDER_REFUSALS, ...ANY_REFUSALS)),
    },
  }),
} as const;
