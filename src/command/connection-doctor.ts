/** `vestibule connections doctor` and `test`: what a connection is like before anybody depends on it. */
import { checkConnection } from '#core/connection-checks.ts';
import type { ConnectionProblem } from '#core/connection-problems.ts';
import { viewConnection } from '#core/connection-review.ts';
import { createTest } from '#core/connection-test.ts';
import { listVersionedConnections } from '#ports/db/connection-administration.ts';
import type { Ports } from '#ports/ports.ts';
import { presentTest } from '#routes/admin/connection-resources.ts';
import { type Command, type Given, MisuseError, optionOf } from './command.ts';
import { organizationOf } from './input.ts';
import { everyPage } from './pages.ts';

const CONNECTION = { name: 'CONNECTION', description: 'its id, or slugs as in acme/oidc' };
const VERSION = { value: 'NUMBER', description: 'a version of it; left out: the newest' };

const doctor: Command = {
  name: 'connections doctor',
  summary: 'Check a connection without anybody signing in: what it lacks, and what its provider says of itself now.',
  arguments: [CONNECTION],
  options: { version: VERSION },
  examples: ['connections doctor acme/oidc', 'connections doctor 507f1f77bcf86cd799439029 --version 3 --json'],
  exitCodes: { 1: 'something is wrong that logins would fail by, or it failed' },
  async run(ports, given) {
    const { connection } = await viewConnection(ports, await connectionIdOf(ports, given), versionOf(given));
    const problems = await checkConnection(ports, connection);
    const usable = problems.every(({ severity }) => severity !== 'error');
    const verdict = usable ? 'Nothing was found that logins would fail by.' : 'Logins would fail.';
    return {
      value: { id: connection.id, version: connection.version, usable, problems },
      lines: [...problems.flatMap(linesOf), `Version ${connection.version}: ${verdict}`],
      exitCode: usable ? 0 : 1,
    };
  },
};

/** A problem as a person reads it. */
export const linesOf = ({ severity, code, pointer, found, fix }: ConnectionProblem) => [
  `${severity} ${code}${pointer ? ` at ${pointer}` : ''}`,
  `    ${found}`,
  `    ${fix}`,
];

const test: Command = {
  name: 'connections test',
  summary: 'Make a link for one test login over a connection, which leaves nothing but its trace.',
  arguments: [CONNECTION],
  options: {
    version: VERSION,
    'redirect-uri': {
      value: 'URL',
      description: 'where the provider sends the browser; left out: the first of the connection’s',
    },
  },
  examples: ['connections test acme/oidc', 'connections test acme/oidc --version 3'],
  async run(ports, given) {
    const wish = { version: versionOf(given), redirectUri: optionOf(given, 'redirect-uri') };
    const { token, test } = await createTest(ports, await connectionIdOf(ports, given), wish);
    const url = `${ports.config.PUBLIC_URL}/connections/test/${token}`;
    const shown = presentTest(test, url);
    return {
      value: shown,
      lines: [url, `Open it in a browser until ${shown.expiresAt}; the page says what came of it.`],
    };
  },
};

/** @throws MisuseError when there is no connection of these slugs; an id is looked up by whoever uses it */
async function connectionIdOf(ports: Ports, given: Given): Promise<string> {
  const [name = ''] = given.arguments;
  const [organization, slug] = name.split('/');
  if (slug === undefined) return name;
  const { id: organizationId } = await organizationOf(ports, organization);
  const rows = await everyPage(async (page) => {
    const filter = { ...page, organizationId, status: undefined, type: undefined };
    return (await listVersionedConnections(ports.db, filter))?.map(({ connection: { id, slug: own } }) => ({
      id,
      own,
    }));
  });
  const found = rows.find(({ own }) => own === slug);
  if (found) return found.id;
  throw new MisuseError('The organization has no such connection: vestibule connections list shows them.');
}

function versionOf(given: Given): number | undefined {
  const text = optionOf(given, 'version');
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new MisuseError('--version is no number of a version.');
  return Number(text);
}

export const connectionDoctorCommands: readonly Command[] = [doctor, test];
