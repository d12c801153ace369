/** `vestibule connections …`, as the admin API has them. Secrets come from files: a command line is seen by others. */
import { activateVersion } from '#core/connection-activation.ts';
import { createConnection, type NewConnection } from '#core/connection-administration.ts';
import { checkConnection } from '#core/connection-checks.ts';
import type { ConnectionProblem } from '#core/connection-problems.ts';
import { viewConnection } from '#core/connection-review.ts';
import { listVersionedConnections, type VersionedConnection } from '#ports/db/connection-administration.ts';
import type { Ports } from '#ports/ports.ts';
import { connectionModels } from '#routes/admin/connection-models.ts';
import { presentConnection } from '#routes/admin/connection-resources.ts';
import { type Command, columns, type Given, MisuseError, type Outcome, optionOf } from './command.ts';
import { linesOf } from './connection-doctor.ts';
import { checked, commandOrigin, organizationOf, readInput } from './input.ts';
import { everyPage } from './pages.ts';

const NAMES = {
  slug: '--slug',
  type: '--type',
  issuer: '--issuer',
  clientId: '--client-id',
  redirectUris: '--redirect-uri',
  saml: '--metadata-url',
};

const add: Command = {
  name: 'connections add',
  summary: 'Make a connection of an organization, as a draft.',
  options: {
    organization: { value: 'SLUG', description: 'slug or id of the organization' },
    type: { value: 'TYPE', description: 'oidc, saml, google, microsoft, okta, auth0, keycloak, github or gitlab' },
    slug: { value: 'SLUG', description: 'names it in addresses; its type if left out' },
    issuer: { value: 'URL', description: 'exact issuer of the identity provider' },
    'client-id': { value: 'ID', description: 'our client id at the provider' },
    'client-secret-file': {
      value: 'FILE',
      description: 'a file that holds our client secret there; - is standard input',
    },
    'redirect-uri': { value: 'URL', repeats: true, description: 'page that receives code and state' },
    'metadata-url': { value: 'URL', description: 'of type saml: where the metadata of the provider are read' },
    from: {
      value: 'FILE',
      description: 'JSON with any members of a connection, under those of the options; - is standard input',
    },
    activate: {
      description: 'put it in use at once, if no error is found, although no test login has passed (the audit says so)',
    },
    force: { description: 'with --activate: whatever is found' },
  },
  examples: [
    'connections add --organization acme --type oidc --issuer https://login.acme.example --client-id vestibule --client-secret-file secret.txt --redirect-uri https://app.example.com/callback',
    'connections add --organization acme --from connection.json --activate',
  ],
  exitCodes: {
    1: 'refused, such as when the slug is taken; with --activate also when it stays a draft for what is wrong',
  },
  async run(ports, given) {
    const wanted = checked(connectionModels['Admin.NewConnection'], await membersOf(given), NAMES) as NewConnection;
    const { id } = await organizationOf(ports, optionOf(given, 'organization'));
    const made = await createConnection(ports, id, wanted, commandOrigin(ports));
    const problems = await problemsOf(ports, made);
    const isBroken = problems.some(({ severity }) => severity === 'error') && !given.flags['force'];
    const found = given.flags['activate'] && !isBroken ? await activated(ports, made) : made;
    return outcomeOf(ports, found, problems, given.flags['activate'] && isBroken ? 1 : 0);
  },
};

/** A secret ends with its last character that is seen: editors and `echo` add a line feed. */
async function membersOf(given: Given): Promise<Record<string, unknown>> {
  const [from, secretFile] = [optionOf(given, 'from'), optionOf(given, 'client-secret-file')];
  if (from === '-' && secretFile === '-') throw new MisuseError('Standard input can be one file only.');
  const metadataUrl = optionOf(given, 'metadata-url');
  const named = {
    type: optionOf(given, 'type'),
    slug: optionOf(given, 'slug'),
    issuer: optionOf(given, 'issuer'),
    clientId: optionOf(given, 'client-id'),
    clientSecret: secretFile === undefined ? undefined : (await readInput(secretFile)).trimEnd(),
    redirectUris: given.values['redirect-uri'],
    saml: metadataUrl === undefined ? undefined : { metadataUrl },
  };
  const set = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...(from === undefined ? {} : parsed(await readInput(from))), ...Object.fromEntries(set) };
}

function parsed(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // the same to whoever wrote it
  }
  throw new MisuseError('--from is no JSON object.');
}

async function problemsOf(ports: Ports, made: VersionedConnection): Promise<ConnectionProblem[]> {
  const { connection } = await viewConnection(ports, made.connection.id);
  return checkConnection(ports, connection);
}

async function activated(ports: Ports, { connection }: VersionedConnection): Promise<VersionedConnection> {
  const call = { origin: commandOrigin(ports), precondition: async () => {} };
  return activateVersion(ports, connection.id, { force: true }, call);
}

function outcomeOf(
  ports: Ports,
  found: VersionedConnection,
  problems: readonly ConnectionProblem[],
  exitCode: number,
): Outcome {
  const shown = presentConnection(found, ports.config.PUBLIC_URL);
  const atProvider = Object.entries(shown.atProvider).map(([name, value]) => [
    `  ${name}`,
    Array.isArray(value) ? value.join(' ') : String(value),
  ]);
  return {
    value: { ...shown, problems },
    lines: [
      `${shown.slug} is made (${shown.status}): ${shown.id}`,
      ...problems.flatMap(linesOf),
      ...(exitCode === 0 ? [] : ['It stays a draft: mend it, or say --force beside --activate.']),
      '',
      ...columns(['At the provider', ''], atProvider),
    ],
    exitCode,
  };
}

const list: Command = {
  name: 'connections list',
  summary: 'Show the connections of an organization, newest first.',
  options: { organization: { value: 'SLUG', description: 'slug or id of the organization' } },
  examples: ['connections list --organization acme'],
  async run(ports, given) {
    const { id: organizationId } = await organizationOf(ports, optionOf(given, 'organization'));
    const rows = await everyPage(async (page) => {
      const found = await listVersionedConnections(ports.db, {
        ...page,
        organizationId,
        status: undefined,
        type: undefined,
      });
      return found?.map((row) => ({ ...row, id: row.connection.id }));
    });
    const items = rows.map((row) => presentConnection(row, ports.config.PUBLIC_URL));
    const cells = items.map((one) => [one.id, one.slug, one.type, one.status, one.versionState, one.issuer ?? '']);
    return { value: { items }, lines: columns(['id', 'slug', 'type', 'status', 'version', 'issuer'], cells) };
  },
};

export const connectionsCommands: readonly Command[] = [add, list];
