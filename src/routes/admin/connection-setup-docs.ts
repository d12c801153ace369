/** Presets and setup steps on the admin API's wire, and what their routes say of themselves. */
import { t } from 'elysia';
import { answer, closed, count, flag, objectId, text, texts } from '#routes/dialects/fields.ts';
import { ADMIN_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';

const address = (description: string) => t.Optional(text(description, 2048));

const Preset = closed('A type of connection.', {
  type: text('As in `type` of a connection.', 16),
  name: text('The provider.', 64),
  protocol: text('`oidc`, `oauth2` or `saml`.', 8),
  issuer: t.Optional(
    closed('How `issuer` is written; absent where it is not read.', {
      needed: flag('Whether it has to be set; otherwise it is the public provider’s.'),
      example: text('An example.', 2048),
    }),
  ),
  endpoints: t.Optional(
    closed('Of the public provider, or of the example; absent where they are read from the provider.', {
      issuer: text('`iss`.', 2048),
      authorizationEndpoint: address('Where people are sent.'),
      tokenEndpoint: address('Where codes are exchanged.'),
      jwksUri: address('Where its keys are.'),
      userinfoEndpoint: address('Where claims are asked for.'),
      endSessionEndpoint: address('Where its session is ended.'),
    }),
  ),
  scopes: texts('Scopes that are asked for unless the connection names others.', 256),
  mapping: t.Record(t.String(), t.Array(t.String()), {
    description: 'Target to claim names, where they differ from the usual ones.',
  }),
  unsupported: texts('Members of a connection that this type can’t honour: set, they are refused (422).', 32),
  wanted: texts('Members of the connection (JSON Pointers) that come from the provider.', 64),
});
const Step = closed('One step.', {
  number: count('From 1.'),
  title: text('What it is about.', 128),
  detail: text('Where, and what to choose there.', 1024),
  enter: t.Array(
    closed('One value.', {
      field: text('The provider’s field.', 256),
      value: text('What goes into it, exactly.', 2048),
    }),
    { description: 'What to enter there.' },
  ),
  bring: texts('Members of the connection (JSON Pointers) to set to what the provider shows there.', 64),
});

export const setupModels = {
  'Admin.ConnectionSetupParams': t.Object({ id: objectId('Connection id.') }),
  'Admin.ConnectionPresets': answer('All types of connections.', {
    items: t.Array(Preset, { description: 'One a type.' }),
  }),
  'Admin.ConnectionSetup': answer('What the provider’s administrator does, step by step.', {
    connectionId: objectId('Connection id.'),
    type: text('Type of the connection.', 16),
    provider: text('The provider.', 64),
    steps: t.Array(Step, { description: 'In order.' }),
  }),
};

const described = { tag: 'Connections', security: ['adminKey'] } as const;
const id = '507f1f77bcf86cd799439029';

export const presets = describe({
  ...described,
  operationId: 'listConnectionPresets',
  summary: 'Types of connections',
  description:
    'What each type knows by itself (endpoints, scopes, claim names) and what has to come from the provider.',
  answers: {
    200: answerOf('Admin.ConnectionPresets', 'All of them.', {
      items: [
        {
          type: 'keycloak',
          name: 'Keycloak',
          protocol: 'oidc',
          issuer: { needed: true, example: 'https://sso.example.com/realms/acme' },
          endpoints: { issuer: 'https://sso.example.com/realms/acme' },
          scopes: ['openid', 'email', 'profile'],
          mapping: { groups: ['groups', 'realm_access.roles'] },
          unsupported: ['trustedOrigins', 'tenants', 'fetchGroups', 'saml'],
          wanted: ['/issuer', '/clientId', '/clientSecret'],
        },
      ],
    }),
    ...problems(...ADMIN_REFUSALS),
  },
});

export const setup = {
  params: 'Admin.ConnectionSetupParams',
  ...describe({
    ...described,
    operationId: 'readConnectionSetup',
    summary: 'Steps for the provider’s administrator',
    description:
      'Where they enter what, in the words of the provider, with the values of this connection; and what they hand back.',
    answers: {
      200: answerOf('Admin.ConnectionSetup', 'The steps.', {
        connectionId: id,
        type: 'gitlab',
        provider: 'GitLab',
        steps: [
          {
            number: 1,
            title: 'Application',
            detail: 'Settings of the group, Applications, Add new application.',
            enter: [{ field: 'Redirect URI', value: 'https://app.example.com/login/callback' }],
            bring: [],
          },
        ],
      }),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;
