/** What the document says of the routes of SAML connections. */
import { t } from 'elysia';
import { objectId, text } from '#routes/dialects/fields.ts';
import { type BodyParser, LARGE_BODY_LIMIT } from '#routes/http/body.ts';
import { ANY_REFUSALS, CALL_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { bodiless, describe, textOf, withPage } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import * as examples from './examples.ts';

const ConnectionParams = t.Object(
  { connectionId: objectId('Connection id.') },
  { description: 'Which connection.', additionalProperties: false },
);
/** More than 96 KiB of XML take in base64: what is larger is refused with its reason. */
const MAX_MESSAGE = 262_144;
const ResponseForm = t.Object(
  {
    SAMLResponse: t.Optional(text('The response, base64.', MAX_MESSAGE)),
    RelayState: t.Optional(text('As it came with the request.', MAX_MESSAGE)),
  },
  { description: 'HTTP POST binding (SAML bindings §3.5).', examples: [examples.response] },
);
const RequestQuery = t.Object(
  { state: t.Optional(text('The `state` that the login was started with.', 512)) },
  { description: 'Which login.' },
);

export const samlModels = {
  ...problemModels,
  'SAML.ConnectionParams': ConnectionParams,
  'SAML.Response': ResponseForm,
  'SAML.RequestQuery': RequestQuery,
};

/** Every reason that a response may be refused for. */
const RESPONSE_REFUSALS = [
  'connection_not_found',
  'organization_disabled',
  'connection_disabled',
  'connection_mismatch',
  'connection_misconfigured',
  'browser_mismatch',
  'state_missing',
  'state_invalid',
  'state_expired',
  'state_consumed',
  'reauth_required',
  'saml_encoding',
  'saml_dtd',
  'saml_structure',
  'saml_multiple_assertions',
  'saml_algorithm',
  'saml_signature',
  'saml_decryption',
  'saml_encryption_required',
  'saml_status',
  'saml_issuer',
  'saml_destination',
  'saml_recipient',
  'saml_audience',
  'saml_conditions',
  'saml_expired',
  'saml_not_yet',
  'saml_confirmation',
  'saml_subject',
  'saml_in_response_to',
  'saml_unsolicited',
  'saml_replay',
  'saml_authn_context',
  'saml_metadata',
  'saml_entity_id_mismatch',
  'saml_busy',
  'saml_timeout',
  ...CALL_REFUSALS,
] as const;

const PAGE_NOTE = 'A browser gets a page instead of problem details.';

export const consume = (parse: BodyParser) =>
  ({
    params: 'SAML.ConnectionParams',
    parse,
    ...describe({
      operationId: 'consumeSamlResponse',
      summary: 'Assertion consumer service',
      description: `Verifies a response and sends the browser to the redirect URI with a one-time \`code\` (60 s) and the \`state\`; the callback of any API finishes the login with them. Where the identity provider initiated the login (\`allowIdpInitiated\`) there is no \`state\`: then the callbacks of Applivery and Pria finish it with the \`code\` alone, and Indee’s does not, since its requests have \`state\` and \`nonce\` (\`state_invalid\`). ${PAGE_NOTE}`,
      tag: 'SAML',
      security: [],
      body: {
        model: 'SAML.Response',
        contentTypes: ['application/x-www-form-urlencoded'],
        limitBytes: LARGE_BODY_LIMIT,
        required: false,
      },
      answers: {
        303: bodiless('Verified.', { Location: 'The redirect URI with `code` and `state`.' }),
        ...withPage(problems(...RESPONSE_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS), examples.refusalPage),
      },
    }),
  }) as const;

export const metadata = {
  params: 'SAML.ConnectionParams',
  ...describe({
    operationId: 'readSamlMetadata',
    summary: 'Service provider metadata',
    description:
      'What the identity provider needs to know of this connection: entity id, consumer service, single logout, and certificates, the next one included. Served for drafts too.',
    tag: 'SAML',
    security: [],
    answers: {
      200: {
        ...textOf('application/samlmetadata+xml', 'The metadata (SAML metadata §2.4.4).', examples.metadata),
        headers: { ETag: 'Version of the document.' },
      },
      304: bodiless('The copy is still good.'),
      ...withPage(problems('connection_not_found', ...ANY_REFUSALS), examples.refusalPage),
    },
  }),
} as const;

export const request = {
  params: 'SAML.ConnectionParams',
  query: 'SAML.RequestQuery',
  ...describe({
    operationId: 'postSamlRequest',
    summary: 'Page that posts the request',
    description:
      'Where a login begins whose identity provider takes its request by POST: the page posts the browser on. Part of the authorization request of a start; good for one login.',
    tag: 'SAML',
    security: [],
    answers: {
      200: textOf('text/html', 'The page.', examples.requestPage),
      ...withPage(
        problems(
          'connection_not_found',
          'connection_disabled',
          'connection_mismatch',
          'connection_misconfigured',
          'organization_disabled',
          'state_missing',
          'state_invalid',
          'state_expired',
          'state_consumed',
          'saml_metadata',
          'saml_entity_id_mismatch',
          'saml_binding_unsupported',
          ...ANY_REFUSALS,
        ),
        examples.refusalPage,
      ),
    },
  }),
} as const;
