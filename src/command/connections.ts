/** `vestibule connections …`, as the admin API has them. Secrets come from files: a command line is seen by others. */
import type { ConnectionProblem } from '#core/connection-problems.ts';
import type { ClientCredentials } from '#core/provider-check.ts';
import { openAdministration, RefusedError, type Resource } from './administration.ts';
import { type Command, columns, type Outcome } from './command.ts';
import { commandOf, fromFile, inWords, type Operation, ORGANIZATION, type Parameter, requestOf } from './operation.ts';

const VERSION: Parameter = { value: 'NUMBER', as: 'number', description: 'a version of it; left out: the newest' };
const TYPES = 'oidc, saml, google, microsoft, okta, auth0, keycloak, github or gitlab';

const members: Readonly<Record<string, Parameter>> = {
  issuer: { value: 'URL', description: 'exact issuer of the identity provider' },
  'client-id': { value: 'ID', description: 'our client id at the provider' },
  'client-secret-file': {
    value: 'FILE',
    member: 'clientSecret',
    as: 'contents',
    description: 'a file that holds our client secret there; - is standard input',
  },
  'redirect-uri': {
    value: 'URL',
    member: 'redirectUris',
    repeats: true,
    description: 'page that receives code and state',
  },
  'metadata-url': {
    value: 'URL',
    member: 'saml.metadataUrl',
    description: 'of type saml: where the metadata of the provider are read',
  },
  from: fromFile('a connection'),
};

const add: Operation = {
  name: 'connections add',
  summary: 'Make a connection of an organization, as a draft.',
  method: 'POST',
  path: '/organizations/:organization/connections',
  options: {
    organization: ORGANIZATION,
    type: { value: 'TYPE', description: TYPES },
    slug: { value: 'SLUG', description: 'names it in addresses; its type if left out' },
    ...members,
  },
  seals: true,
  examples: [
    'connections add --organization acme --type oidc --issuer https://login.acme.example --client-id vestibule --client-secret-file secret.txt --redirect-uri https://app.example.com/callback',
    'connections add --organization acme --from connection.json --activate',
  ],
  exitCodes: {
    1: 'refused, such as when the slug is taken; with --activate also when it stays a draft for what is wrong',
  },
};

const addCommand: Command = {
  ...commandOf(add),
  options: {
    ...add.options,
    activate: {
      description: 'put it in use at once, if no error is found, although no test login has passed (the audit says so)',
    },
    force: { description: 'with --activate: whatever is found' },
  },
  async run(ports, given) {
    const ask = openAdministration(ports);
    try {
      const made = await ask(await requestOf(add, ask, given));
      const { usable } = await ask({ method: 'GET', path: `/connections/${made['id']}/check` });
      const isWanted = given.flags['activate'] === true;
      const isBroken = !usable && !given.flags['force'];
      if (!isWanted || isBroken) return outcomeOf(made, made, isWanted ? 1 : 0);
      const path = `/connections/${made['id']}/activate`;
      return outcomeOf(made, await ask({ method: 'POST', path, body: { force: true } }), 0);
    } catch (error) {
      throw error instanceof RefusedError ? inWords(error, add, given) : error;
    }
  },
};

function outcomeOf({ problems }: Resource, connection: Resource, exitCode: number): Outcome {
  return {
    value: { ...connection, problems },
    lines: [
      `${connection['slug']} is made (${connection['status']}): ${connection['id']}`,
      ...saidOf(problems),
      ...(exitCode === 0 ? [] : ['It stays a draft: mend it, or say --force beside --activate.']),
      '',
      ...columns(
        ['At the provider', ''],
        Object.entries(connection['atProvider'] ?? {}).map(([name, value]) => [
          `  ${name}`,
          Array.isArray(value) ? value.join(' ') : String(value),
        ]),
      ),
    ],
    exitCode,
  };
}

/** Problems as a person reads them. */
function credentialsSaidOf(answered: unknown): string[] {
  if (!answered) return [];
  const { verdict, found } = answered as ClientCredentials;
  return [`client id and secret: ${verdict}`, `    ${found}`];
}

const saidOf = (problems: unknown) =>
  ((problems ?? []) as ConnectionProblem[]).flatMap(({ severity, code, pointer, found, fix }) => [
    `${severity} ${code}${pointer ? ` at ${pointer}` : ''}`,
    `    ${found}`,
    `    ${fix}`,
  ]);

const state = ({ slug, version, versionState, status }: Resource) =>
  `${slug}: version ${version} is ${versionState}, the connection ${status}.`;

const UNTESTED = {
  version_not_tested:
    'No test login over this version has passed: make one with vestibule connections test, or give --force.',
};

const operations: readonly Operation[] = [
  {
    name: 'connections list',
    summary: 'Show the connections of an organization, newest first.',
    method: 'GET',
    path: '/organizations/:organization/connections',
    options: {
      organization: ORGANIZATION,
      status: { value: 'STATUS', description: 'only draft, active or disabled ones' },
      type: { value: 'TYPE', description: `only ${TYPES}` },
    },
    columns: [
      ['id', 'id'],
      ['slug', 'slug'],
      ['type', 'type'],
      ['status', 'status'],
      ['version', 'versionState'],
      ['issuer', 'issuer'],
    ],
    examples: ['connections list --organization acme'],
  },
  {
    name: 'connections show',
    summary: 'Show one connection, without its secrets, and what its provider has to know.',
    method: 'GET',
    path: '/connections/:id',
    of: 'connection',
    examples: ['connections show acme/oidc'],
  },
  {
    name: 'connections update',
    summary: 'Change a connection: a new version that waits until it is activated; its status changes at once.',
    method: 'PATCH',
    path: '/connections/:id',
    of: 'connection',
    options: { status: { value: 'STATUS', description: 'active or disabled' }, ...members },
    seals: true,
    lines: (answer) => [state(answer), ...saidOf(answer['problems'])],
    examples: [
      'connections update acme/oidc --client-secret-file secret.txt',
      'connections update acme/oidc --status disabled',
    ],
  },
  {
    name: 'connections delete',
    summary: 'Remove a connection.',
    method: 'DELETE',
    path: '/connections/:id',
    of: 'connection',
    warning: 'Its sessions end, and nobody signs in over it again.',
    sentences: { conflict: 'It is in use: vestibule connections update … --status disabled comes first.' },
    lines: ({ id }) => [`${id} is removed.`],
    examples: ['connections delete acme/oidc --yes'],
  },
  {
    name: 'connections versions',
    summary: 'Show the versions of a connection, newest first.',
    method: 'GET',
    path: '/connections/:id/versions',
    of: 'connection',
    columns: [
      ['version', 'version'],
      ['state', 'state'],
      ['source', 'source'],
      ['made', 'createdAt'],
      ['tested', 'testedAt'],
      ['activated', 'activatedAt'],
    ],
    rows: 50,
    examples: ['connections versions acme/oidc'],
  },
  {
    name: 'connections activate',
    summary: 'Put a version of a connection in use.',
    method: 'POST',
    path: '/connections/:id/activate',
    of: 'connection',
    options: {
      version: { ...VERSION, description: 'the version; left out: the one that waits' },
      force: { description: 'although no test login has passed, or a check has found an error (the audit says so)' },
    },
    sentences: UNTESTED,
    lines: (answer) => [state(answer)],
    examples: ['connections activate acme/oidc', 'connections activate acme/oidc --version 3 --force'],
    exitCodes: { 1: 'refused: nothing waits, or it is not tested, or has errors' },
  },
  {
    name: 'connections rollback',
    summary: 'Put the version in use that was in use before.',
    method: 'POST',
    path: '/connections/:id/rollback',
    of: 'connection',
    lines: (answer) => [state(answer)],
    examples: ['connections rollback acme/oidc'],
  },
  {
    name: 'connections refresh-metadata',
    summary: 'Read the metadata of a SAML provider now; new keys and addresses wait as `pending`.',
    method: 'POST',
    path: '/connections/:id/saml/metadata/refresh',
    of: 'connection',
    sentences: { conflict: 'It has no metadataUrl to read.' },
    examples: ['connections refresh-metadata acme/saml'],
  },
  {
    name: 'connections approve-metadata',
    summary: 'Put the metadata in use that wait: compare their fingerprints with the provider’s administrator first.',
    method: 'POST',
    path: '/connections/:id/saml/metadata/approve',
    of: 'connection',
    options: { copy: { value: 'COPY', description: '`pending.copy` as `connections refresh-metadata` shows it' } },
    sentences: { conflict: 'No such copy waits: vestibule connections refresh-metadata … shows what does.' },
    examples: ['connections approve-metadata acme/saml --copy q3Jx0m1Zb7y2Vt8sR5nKfW4uPz9cLdEa6gHiTjQoXwY'],
  },
  {
    name: 'connections test',
    summary: 'Make a link for one test login over a connection, which leaves nothing but its trace.',
    method: 'POST',
    path: '/connections/:id/test',
    of: 'connection',
    options: {
      version: VERSION,
      'redirect-uri': {
        value: 'URL',
        description: 'where the provider sends the browser; left out: the first of the connection’s',
      },
    },
    lines: ({ url, expiresAt }) => [
      String(url),
      `Open it in a browser until ${expiresAt}; the page says what came of it.`,
    ],
    examples: ['connections test acme/oidc', 'connections test acme/oidc --version 3'],
  },
];

const doctor: Operation = {
  name: 'connections doctor',
  summary: 'Check a connection without anybody signing in: what it lacks, and what its provider says of itself now.',
  method: 'GET',
  path: '/connections/:id/check',
  of: 'connection',
  options: { version: VERSION },
  lines: ({ problems, clientCredentials, version, usable }) => [
    ...saidOf(problems),
    ...credentialsSaidOf(clientCredentials),
    `Version ${version}: ${usable ? 'Nothing was found that logins would fail by.' : 'Logins would fail.'}`,
  ],
  exitCode: ({ usable }) => (usable ? 0 : 1),
  examples: ['connections doctor acme/oidc', 'connections doctor 507f1f77bcf86cd799439029 --version 3 --json'],
  exitCodes: { 1: 'something is wrong that logins would fail by, or it failed' },
};

export const connectionOperations: readonly Operation[] = [add, ...operations, doctor];
export const connectionsCommands: readonly Command[] = [addCommand, ...[...operations, doctor].map(commandOf)];
