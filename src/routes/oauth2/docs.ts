/** What the document says of the OAuth endpoints. */
import type { BodyParser } from '#routes/http/body.ts';
import { ANY_REFUSALS, API_KEY_REFUSALS, INPUT_REFUSALS } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';
import { oauthRefusals } from './errors.ts';

const FORM = ['application/x-www-form-urlencoded'] as const;
const TOKEN =
  'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IjY3MzUifQ.eyJzdWIiOiI1MDdmMWY3N2JjZjg2Y2Q3OTk0MzkwMjMifQ.c2lnbmF0dXJl';
const described = { tag: 'OAuth 2.0', security: ['apiKey', 'apiKeyBasic'] } as const;
const REFUSALS = ['organization_disabled', ...API_KEY_REFUSALS, ...INPUT_REFUSALS, ...ANY_REFUSALS] as const;

const introspection = {
  active: true,
  token_type: 'Bearer',
  token_use: 'access',
  client_id: '507f1f77bcf86cd799439030',
  username: 'ada@acme.example',
  sub: '507f1f77bcf86cd799439023',
  aud: 'indee',
  iss: 'https://login.example.com',
  exp: 1770134100,
  iat: 1770133200,
  jti: 'q1Q0ZVY3oG6mJb0Xo2Yt5w',
  sid: '6735a1c19f3b2e4d8c7a6b53',
  organization_id: '507f1f77bcf86cd799439024',
};

export const revoke = (parse: BodyParser) =>
  ({
    parse,
    ...describe({
      ...described,
      operationId: 'revokeToken',
      summary: 'Revoke a token (RFC 7009)',
      description:
        'Ends the session that the token stands for: its access tokens and its refresh token stop working at once, on every replica. A token that is unknown, malformed or has had its time is answered with 200 too; one of another organization, or of an API that the key may not call, is refused and not revoked.',
      body: {
        model: 'OAuth2.RevocationRequest',
        contentTypes: FORM,
        examples: { default: { value: { token: TOKEN, token_type_hint: 'access_token' } } },
      },
      answers: { 200: bodiless('The token does not work any more.'), ...oauthRefusals('token_foreign', ...REFUSALS) },
    }),
  }) as const;

export const introspect = (parse: BodyParser) =>
  ({
    parse,
    ...describe({
      ...described,
      operationId: 'introspectToken',
      summary: 'Introspect a token (RFC 7662)',
      description:
        'Whether a token is in force, whatever may have ended it, and whose it is. Asking about an access token counts as a use of its session. `active` alone is answered for a token that is unknown, spent, expired, of a session that is over, of another organization, or of an API that the key may not call.',
      body: {
        model: 'OAuth2.IntrospectionRequest',
        contentTypes: FORM,
        examples: { default: { value: { token: TOKEN } } },
      },
      answers: {
        200: {
          ...answerOf('OAuth2.Introspection', 'What is known of it.'),
          examples: { active: { value: introspection }, inactive: { value: { active: false } } },
        },
        ...oauthRefusals(...REFUSALS),
      },
    }),
  }) as const;
