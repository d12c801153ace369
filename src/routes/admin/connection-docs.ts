/** What the admin API's routes of connections say of themselves. */
import { bodyParser, CONFIGURATION_LIMIT, configurationParser, PATCH_TYPES } from '#routes/http/body.ts';
import { CHANGE_REFUSALS, CREATION_REFUSALS, createdOf, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';
import * as examples from './connection-examples.ts';

const parse = configurationParser();
const parseSmall = bodyParser('application/json');
const parsePatch = configurationParser(PATCH_TYPES);
const described = { tag: 'Connections', security: ['adminKey'] } as const;
const of = { params: 'Admin.ConnectionParams' } as const;
const changing = { ...of, headers: 'Admin.ChangeHeaders' } as const;

const NOTES = `### Versions of a connection

A connection is made as a draft. \`POST …/test\` gives a link for a login that leaves nothing but its trace, and \`POST …/activate\` puts the
version in use. A change of a connection that is in use makes another version, which waits for its own test and activation: reading the
connection shows that one (\`version\`, \`versionState\`), and \`activeVersion\` says which one logins run on. Logins under way finish on the
version that they began with. \`POST …/rollback\` goes back by one call, or to any version that was in use. A change in the declared file is in use at once.`;

export const create = {
  params: 'Admin.ConnectionOrganizationParams',
  headers: 'Admin.CreationHeaders',
  parse,
  ...describe({
    ...described,
    operationId: 'createConnection',
    summary: 'Make a connection',
    description:
      'A draft, which may lack what the provider’s administrator has yet to say. `atProvider` is what they enter on their side.',
    tagNotes: NOTES,
    body: {
      model: 'Admin.NewConnection',
      limitBytes: CONFIGURATION_LIMIT,
      examples: {
        oidc: { summary: 'Any OpenID provider', value: examples.newOidc },
        saml: { summary: 'SAML, metadata by URL', value: examples.newSaml },
        github: { summary: 'A preset: GitHub', value: examples.newGithub },
      },
    },
    answers: {
      201: createdOf('Admin.Connection', 'The draft.', examples.draft),
      ...problems('not_found', 'conflict', ...CREATION_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const list = {
  params: 'Admin.ConnectionOrganizationParams',
  query: 'Admin.ConnectionQuery',
  ...describe({
    ...described,
    operationId: 'listConnections',
    summary: 'Connections of an organization',
    description: 'Of every status, declared ones and those made here, newest first.',
    answers: {
      200: answerOf('Admin.ConnectionPage', 'A page.', { items: [examples.active] }),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const read = {
  ...of,
  ...describe({
    ...described,
    operationId: 'readConnection',
    summary: 'One connection',
    description: 'Its newest version that is in use or waits to be; secrets as a mask.',
    answers: {
      200: taggedOf('Admin.Connection', 'The connection.', examples.active),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const update = {
  ...changing,
  parse: parsePatch,
  ...describe({
    ...described,
    operationId: 'updateConnection',
    summary: 'Change, disable or enable a connection',
    description:
      'Merged over the version that is read here (RFC 7396). Of a connection that is in use it makes a version that waits, and logins go on as before; of a draft it holds at once. `status` takes effect at once, on every replica: sessions over the connection end, and stay ended when it is enabled again, and logins under way are refused. A declaration that names a member sets it again at the next start.',
    body: {
      model: 'Admin.ConnectionChange',
      limitBytes: CONFIGURATION_LIMIT,
      contentTypes: PATCH_TYPES,
      examples: {
        change: { summary: 'Another secret, another claim for groups, any domain', value: examples.change },
        disable: { summary: 'Take it out of use', value: { status: 'disabled' } },
      },
    },
    answers: {
      200: taggedOf('Admin.Connection', 'As it is now.', examples.changed),
      ...problems('conflict', ...CHANGE_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const remove = {
  ...changing,
  ...describe({
    ...described,
    operationId: 'deleteConnection',
    summary: 'Delete a connection',
    description:
      'A draft, or one that is disabled; with its versions, its identities and its sessions. The users stay: whoever signs in over another connection is linked by a verified address.',
    answers: { 204: bodiless('It is gone.'), ...problems('conflict', ...CHANGE_REFUSALS, ...ADMIN_REFUSALS) },
  }),
} as const;

export const versions = {
  ...of,
  query: 'Admin.ConnectionVersionQuery',
  ...describe({
    ...described,
    operationId: 'listConnectionVersions',
    summary: 'Versions of a connection',
    description:
      'Newest first. Of those out of use 50 are kept: the ones that were in use before the others, the newest first.',
    answers: {
      200: answerOf('Admin.ConnectionVersionPage', 'A page.', { items: [examples.version] }),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const version = {
  params: 'Admin.ConnectionVersionParams',
  ...describe({
    ...described,
    operationId: 'readConnectionVersion',
    summary: 'One version of a connection',
    description: 'A whole configuration, which never changes.',
    answers: {
      200: taggedOf('Admin.ConnectionVersion', 'The version.', examples.version),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const test = {
  ...of,
  headers: 'Admin.CreationHeaders',
  parse: parseSmall,
  ...describe({
    ...described,
    operationId: 'testConnection',
    summary: 'Make a link for a test login',
    description:
      'Over any version, also of a connection that was never in use. Whoever opens the link within 20 minutes signs in at the provider and sees whether it would have worked, and why not. It leaves a trace (`GET /admin/v1/logins?test=true`) and nothing else: no user, identity, session or token. A test that passes marks the version as tested.',
    body: { model: 'Admin.ConnectionTestWish', required: false, examples: { default: { value: {} } } },
    answers: {
      201: createdOf('Admin.ConnectionTest', 'The link.', examples.test),
      ...problems('not_found', 'conflict', ...CREATION_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const readTest = {
  params: 'Admin.ConnectionTestParams',
  ...describe({
    ...described,
    operationId: 'readConnectionTest',
    summary: 'What came of a test login',
    description: 'For a day after the link has expired.',
    answers: {
      200: taggedOf('Admin.ConnectionTest', 'The test.', examples.finishedTest),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const check = {
  ...of,
  query: 'Admin.ConnectionCheckQuery',
  ...describe({
    ...described,
    operationId: 'checkConnection',
    summary: 'Check a connection',
    description:
      'Whether logins over the version could work: what it lacks, its redirect URIs, and what the provider’s discovery document, API or metadata say at this moment; and whether its token endpoint takes client id and secret, which is asked with a code that was made up. The same checks are answered as `problems` with every change, and an activation without `force` asks them again.',
    answers: {
      200: answerOf('Admin.ConnectionCheck', 'What was found.', examples.check),
      ...problems('not_found', 'conflict', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const activate = {
  ...changing,
  parse: parseSmall,
  ...describe({
    ...described,
    operationId: 'activateConnection',
    summary: 'Put a version in use',
    description:
      'New logins run on it from now on, on every replica. It has to have passed a test login, unless `force` is sent; the audit says which. A draft is in use then; a disabled connection stays disabled.',
    body: {
      model: 'Admin.Activation',
      required: false,
      examples: {
        default: { value: {} },
        forced: { summary: 'A version by number, untested', value: { version: 1, force: true } },
      },
    },
    answers: {
      200: taggedOf('Admin.Connection', 'As it is now.', examples.active),
      ...problems(
        'conflict',
        'version_not_tested',
        'version_has_errors',
        ...CHANGE_REFUSALS,
        ...ADMIN_REFUSALS,
        ...INPUT_REFUSALS,
      ),
    },
  }),
} as const;

export const rollback = {
  ...changing,
  parse: parseSmall,
  ...describe({
    ...described,
    operationId: 'rollBackConnection',
    summary: 'Go back to a version that was in use before',
    description:
      'To the one before the present one, or to the one that is named; without checks and without a test, since it worked. Called once more without a version, it undoes itself; with one that is in use, it changes nothing.',
    body: {
      model: 'Admin.Rollback',
      required: false,
      examples: { default: { value: {} }, version: { summary: 'A version by number', value: { version: 1 } } },
    },
    answers: {
      200: taggedOf('Admin.Connection', 'As it is now.', examples.active),
      ...problems('conflict', ...CHANGE_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;
