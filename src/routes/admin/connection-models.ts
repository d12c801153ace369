/** The admin API's wire for connections and their versions: what is sent, and what is answered. */
import { type TObject, type TOptional, type TSchema, type TUnion, Type } from '@sinclair/typebox';
import { t } from 'elysia';
import { answer, choice, closed, count, dateTime, flag, objectId, text, texts, url } from '#routes/dialects/fields.ts';
import { connectionMembers, connectionType, mappingTargets } from './declaration-connection.ts';
import { clearable, mergeable, slug } from './declaration-field.ts';
import { DeclaredRules } from './declaration-rules.ts';
import { MASK } from './mask.ts';
import { nextCursor, pageQuery } from './page.ts';

const secretWords = `Never answered: \`${MASK}\` stands for it, and sent back leaves it as it is.`;
const clientSecret = t.Optional(
  t.Union([connectionMembers.clientSecret.anyOf[0], t.Null()], {
    description: `Our client secret there; needed again in a change that names another issuer. ${secretWords}`,
  }),
);
const clientKey = t.Optional(
  t.Union([t.Record(t.String(), t.Unknown(), { minProperties: 1 }), t.Literal(MASK), t.Null()], {
    description: `Private JWK for \`private_key_jwt\`; always whole. ${secretWords}`,
  }),
);

const NewConnection = t.Object(
  {
    slug: t.Optional({ ...slug, description: 'Names it in URLs; its `type` if left out. It never changes.' }),
    type: connectionType,
    ...connectionMembers,
    redirectUris: t.Optional(connectionMembers.redirectUris),
    clientSecret,
    clientKey,
  },
  { additionalProperties: false, description: 'A new connection; it is a draft until it is activated.' },
);

type Clearable<Members> = {
  [Name in keyof Members]: TOptional<TUnion<[Members[Name] & TSchema, ReturnType<typeof t.Null>]>>;
};

/** Every member may be left out, or put back to its default by `null`. */
function clearing<Members extends Record<string, TSchema>>(members: Members): Clearable<Members> {
  const entries = Object.entries(members).map(([name, schema]) => {
    const isCleared = Array.isArray(schema['anyOf']) && schema['anyOf'].some(({ type }: TSchema) => type === 'null');
    if (isCleared) return [name, schema];
    const { description = '', ...plain } = schema;
    return [name, t.Optional(t.Union([plain as TSchema, t.Null()], { description }))];
  });
  return Object.fromEntries(entries) as Clearable<Members>;
}

const {
  redirectUris,
  mapping: _whole,
  saml,
  clientSecret: _secret,
  clientKey: _key,
  ...clearables
} = connectionMembers;
const ConnectionChange = t.Object(
  {
    status: t.Optional(choice(['active', 'disabled'], 'Takes effect at once; sessions over it end either way.')),
    redirectUris: t.Optional(redirectUris),
    ...clearing(clearables),
    clientSecret,
    clientKey,
    mapping: clearable(
      mergeable(t.Object(mappingTargets, { additionalProperties: false })),
      'Merged target by target; `null` gives the usual names back.',
    ),
    saml: clearable(
      mergeable(saml),
      'Merged member by member, of type `saml` alone; `null` puts one, or all, back to its default.',
    ),
  },
  {
    additionalProperties: false,
    description: 'What changes (RFC 7396): members left out stay as they are, `null` clears, objects are merged.',
  },
);

const optionalText = (description: string, maxLength = 2048) => t.Optional(text(description, maxLength));
const list = <Item extends TSchema>(item: Item, description: string) => t.Array(item, { description });

/** The members of a configuration as they are answered: lists always, single values where they are set. */
const configuration = {
  target: choice(['dashboard', 'store', 'sdk'], 'The surface that its logins count for.'),
  redirectUris: texts('Exact addresses of the page that receives `code` and `state`.', 2048),
  issuer: optionalText('Issuer, or base URL.'),
  clientId: optionalText('Our client id at the provider.', 512),
  clientSecret: optionalText(`\`${MASK}\` where there is one.`, 8),
  clientKey: optionalText(`\`${MASK}\` where there is one.`, 8),
  clientAuthentication: optionalText('How we authenticate at the token endpoint, where it is settled.', 32),
  scopes: t.Optional(texts('Scopes, where they are not those of the type.', 2048)),
  idTokenAlgs: t.Optional(texts('Algorithms of ID tokens, where they are settled.', 16)),
  trustedAudiences: texts('Further audiences.', 2048),
  trustedOrigins: texts('Further origins.', 2048),
  tenants: texts('Tenants.', 2048),
  maxAgeSeconds: t.Optional(count('Oldest sign-in that is taken.')),
  maxSessionSeconds: t.Optional(count('Longest session.')),
  logoutRedirectUri: optionalText('Where people return after a logout.'),
  requireIss: flag('Whether `iss` is required where it is announced.'),
  requireBrowser: flag('Whether only the browser that started may finish.'),
  mapping: t.Partial(t.Object(mappingTargets, { additionalProperties: false }), {
    description: 'What differs from the usual names.',
  }),
  groupRoles: list(t.Object({ group: text('Group.', 256), role: text('Role.', 64) }), 'Roles by group.'),
  rules: DeclaredRules,
  fetchGroups: flag('Whether groups that Entra ID leaves out are asked for at Microsoft Graph.'),
  jit: flag('Whether unknown people are created.'),
  defaultRole: text('Role of whom no rule gives one.', 64),
  allowedDomains: texts('Email domains that may sign in.', 253),
  saml: t.Optional(
    t.Object(
      {
        ...saml.properties,
        metadata: t.Optional(
          t.Record(t.String(), t.Unknown(), {
            description: 'Of a version: the provider’s metadata that it has; as in `Admin.SamlMetadata`.',
          }),
        ),
      },
      { description: 'SAML settings.', additionalProperties: false },
    ),
  ),
};
const AtProvider = closed('What the administrator of the identity provider enters there, exactly.', {
  redirectUris: t.Optional(texts('Redirect URIs, each to be registered as it is.', 2048)),
  backchannelLogoutUri: t.Optional(url('Back-channel logout URI.')),
  postLogoutRedirectUri: optionalText('Post-logout redirect URI.'),
  entityId: t.Optional(url('Our entity id (audience URI, SP entity id).')),
  consumerServiceUrl: t.Optional(url('Assertion consumer service (ACS, reply, single sign-on URL), by HTTP-POST.')),
  metadataUrl: t.Optional(url('Our metadata, for providers that read them.')),
  logoutUrl: t.Optional(url('Single logout service.')),
});
const ConnectionProblemModel = closed('Something that the checks of a connection found.', {
  code: text('Stable name, such as `issuer_mismatch`.', 64),
  severity: choice(['error', 'warning'], '`error`: logins would fail. `warning`: they may, or will one day.'),
  pointer: text('JSON Pointer (RFC 6901) to the member that it is about, or that puts it right.', 200),
  found: text('What was found.', 500),
  fix: text('What to do about it.', 500),
});
const ClientCredentialsModel = closed(
  'Whether the provider takes client id and secret (or key), asked at its token endpoint with a code that was made up. Absent for SAML.',
  {
    verdict: choice(
      ['accepted', 'refused', 'unknown', 'not_asked'],
      '`refused`: `problems` says how. `unknown`: the answer does not tell, which is no fault. `not_asked`: something else stands in the way of a login.',
    ),
    found: text('What was found.', 500),
  },
);
const problemList = t.Array(ConnectionProblemModel, { description: 'What the checks found, errors first.' });
const VERSION_STATES = ['draft', 'tested', 'active', 'superseded'] as const;
const versionState = (description: string) => choice(VERSION_STATES, description);

const ConnectionModel = answer('A connection: the newest version of its configuration, and which one is in use.', {
  id: objectId('Connection id.'),
  organizationId: objectId('Its organization.'),
  slug: text('Names it in URLs.', 64),
  type: text('Kind of identity provider.', 16),
  status: choice(
    ['draft', 'active', 'disabled'],
    'A draft was never in use; of a disabled one every login is refused.',
  ),
  version: count('The version that is shown here, and that a change is merged over.'),
  versionState: versionState('Its state: `active`, or not in use yet.'),
  activeVersion: t.Optional(count('The version that logins run on; absent while it is a draft.')),
  ...configuration,
  atProvider: AtProvider,
  problems: t.Optional(
    t.Array(ConnectionProblemModel, {
      description:
        'In answers to a change: what the checks found, errors first. Empty: nothing. Absent: they could not be made then.',
    }),
  ),
  createdAt: dateTime('When it was made.'),
  updatedAt: dateTime('When it, or what is in use of it, was changed last.'),
});
const VersionModel = answer('A version of a connection: a whole configuration.', {
  version: count('Its number.'),
  state: versionState('`active`: logins run on it. `draft`, `tested`: waits to become so. `superseded`: neither.'),
  source: choice(['api', 'declaration'], 'Where it came from.'),
  createdBy: t.Optional(objectId('The admin key that made it; absent for the operator’s own and for a declaration.')),
  createdAt: dateTime('When it was made.'),
  activatedAt: t.Optional(dateTime('When it was put in use last.')),
  testedAt: t.Optional(dateTime('When a test login over it passed last.')),
  testLoginId: t.Optional(objectId('That login.')),
  configuration: closed('The configuration.', configuration),
});
const page = (item: TObject, description: string) =>
  closed(description, {
    items: t.Array(item, { description: 'Newest first.' }),
    nextCursor,
  });

export const connectionModels = {
  'Admin.NewConnection': NewConnection,
  'Admin.ConnectionChange': ConnectionChange,
  'Admin.ConnectionOrganizationParams': t.Object({ id: objectId('Organization id.') }),
  'Admin.ConnectionParams': t.Object({ id: objectId('Connection id.') }),
  'Admin.ConnectionVersionParams': t.Object({
    id: objectId('Connection id.'),
    version: t.Integer({ description: 'Number of the version.', minimum: 1, maximum: 2_147_483_647 }),
  }),
  'Admin.ConnectionQuery': t.Object({
    ...pageQuery,
    status: t.Optional(choice(['draft', 'active', 'disabled'], 'Only with this status.')),
    type: t.Optional(connectionType),
  }),
  'Admin.ConnectionVersionQuery': t.Object({
    ...pageQuery,
  }),
  'Admin.Activation': t.Object(
    {
      version: t.Optional(
        Type.Integer({ description: 'The version; left out: the one that waits.', minimum: 1, maximum: 2_147_483_647 }),
      ),
      force: t.Optional(
        flag('Activate although no test login has passed, or a check has found an error. The audit says so.'),
      ),
    },
    { additionalProperties: false, description: 'Which version is put in use.' },
  ),
  'Admin.Rollback': t.Object(
    {
      version: t.Optional(
        Type.Integer({
          description: 'A version that was in use before; left out: the one before the present one.',
          minimum: 1,
          maximum: 2_147_483_647,
        }),
      ),
    },
    { additionalProperties: false, description: 'What is gone back to.' },
  ),
  'Admin.ConnectionTestWish': t.Object(
    {
      version: t.Optional(
        Type.Integer({ description: 'The version; left out: the newest.', minimum: 1, maximum: 2_147_483_647 }),
      ),
      redirectUri: t.Optional(
        text(
          'One of the connection’s, or our own `/connections/test/callback` where it is registered at the provider; left out: the first of the connection’s.',
          2048,
        ),
      ),
    },
    { additionalProperties: false, description: 'What is tested, and where the browser comes back.' },
  ),
  'Admin.ConnectionTestParams': t.Object({ id: objectId('Connection id.'), testId: objectId('Test id.') }),
  'Admin.ConnectionTest': answer('A link for one test login, and what came of it.', {
    id: objectId('Test id.'),
    url: t.Optional(url('The link, this once: open it in a browser, and sign in.')),
    version: count('The version that is tested.'),
    redirectUri: text('Where the provider sends the browser back.', 2048),
    expiresAt: dateTime('Until when.'),
    outcome: t.Optional(choice(['passed', 'failed'], 'Absent while nothing has come back.')),
    reason: t.Optional(text('Why it failed.', 64)),
    loginId: t.Optional(objectId('Its trace.')),
  }),
  'Admin.Connection': ConnectionModel,
  'Admin.ConnectionPage': page(ConnectionModel, 'A page of connections.'),
  'Admin.ConnectionCheckQuery': t.Object({
    version: t.Optional(
      t.Integer({ description: 'The version; left out: the newest.', minimum: 1, maximum: 2_147_483_647 }),
    ),
  }),
  'Admin.ConnectionCheck': answer('The checks of a version, made now.', {
    version: count('The version.'),
    usable: flag('Whether no error was found.'),
    problems: problemList,
    clientCredentials: t.Optional(ClientCredentialsModel),
  }),
  'Admin.ConnectionProblem': ConnectionProblemModel,
  'Admin.ConnectionVersion': VersionModel,
  'Admin.ConnectionVersionPage': page(VersionModel, 'A page of versions.'),
};
