/** What the document says of logout by OpenID Connect. */
import { t } from 'elysia';
import { objectId, text } from '#routes/dialects/fields.ts';
import type { BodyParser } from '#routes/http/body.ts';
import { ANY_REFUSALS, CALL_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { bodiless, describe, textOf, withPage } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { logoutErrorModels, logoutRefusals } from './errors.ts';
import * as examples from './examples.ts';

/** More than a token may have: a larger one is refused with its reason. */
const MAX_TOKEN = 65_536;

const ConnectionParams = t.Object(
  { connectionId: objectId('Connection id.') },
  { description: 'Which connection.', additionalProperties: false },
);
const LogoutForm = t.Object(
  { logout_token: t.Optional(text('The logout token (Back-Channel Logout 1.0 §2.4).', MAX_TOKEN)) },
  {
    description: 'OpenID Connect Back-Channel Logout 1.0 §2.5; other members are ignored.',
    examples: [examples.logout],
  },
);
const PageQuery = t.Object(
  { session: t.Optional(text('As it stands in the address that the logout answered.', 8_192)) },
  { description: 'Which session.' },
);

export const oidcLogoutModels = {
  ...problemModels,
  ...logoutErrorModels,
  'OIDC.ConnectionParams': ConnectionParams,
  'OIDC.Logout': LogoutForm,
  'OIDC.LogoutPageQuery': PageQuery,
};

/** What finding out of the provider's endpoints may end with. */
const PROVIDER_REFUSALS = [
  'connection_misconfigured',
  'issuer_mismatch',
  'metadata_changed',
  ...CALL_REFUSALS,
] as const;

export const receive = (parse: BodyParser) =>
  ({
    params: 'OIDC.ConnectionParams',
    parse,
    ...describe({
      operationId: 'receiveBackchannelLogout',
      summary: 'Back-channel logout',
      description:
        'Where the identity provider sends its logout tokens: the connection’s `backchannel_logout_uri`. A token ends the sessions that began in the provider’s session that it names (`sid`), or all of the person’s (`sub`), at once. 503 says that it could not be judged, and may be sent again.',
      tag: 'OpenID Connect',
      security: [],
      body: { model: 'OIDC.Logout', contentTypes: ['application/x-www-form-urlencoded'], required: false },
      answers: {
        200: bodiless('Carried out, also where no session was meant.'),
        ...logoutRefusals(
          'connection_not_found',
          'logout_token',
          'logout_token_replay',
          'jwks_unavailable',
          'jwks_timeout',
          ...PROVIDER_REFUSALS,
          ...INPUT_REFUSALS,
          ...ANY_REFUSALS,
        ),
      },
    }),
  }) as const;

export const page = {
  params: 'OIDC.ConnectionParams',
  query: 'OIDC.LogoutPageQuery',
  ...describe({
    operationId: 'postOidcLogout',
    summary: 'Page that posts the logout request',
    description:
      'Where a logout goes on whose identity provider ends its session with the ID token: the page posts the browser on, since no token stands in an address. The address is part of the answer of a logout, good for five minutes. A browser gets a page instead of problem details.',
    tag: 'OpenID Connect',
    security: [],
    answers: {
      200: textOf('text/html', 'The page.', examples.logoutPage),
      302: bodiless('The ID token is no longer kept, and the request goes without it.', { Location: 'The request.' }),
      ...withPage(
        problems('not_found', 'signing_unavailable', ...PROVIDER_REFUSALS, ...ANY_REFUSALS),
        examples.logoutRefusalPage,
      ),
    },
  }),
} as const;
