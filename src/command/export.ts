/** `vestibule export …`: what the database holds, for other tools. */
import { exportAudit } from '#core/audit-export.ts';
import { readConfiguration } from '#ports/db/configuration.ts';
import { listOrganizations, readOrganization } from '#ports/db/organizations.ts';
import type { Ports } from '#ports/ports.ts';
import { declarationOf } from '#routes/admin/declaration-export.ts';
import { openAdministration } from './administration.ts';
import { type Command, type Given, optionOf } from './command.ts';
import { idOf, notFound } from './names.ts';
import { everyPage } from './pages.ts';

const audit: Command = {
  name: 'export audit',
  summary: 'Print the audit as lines of JSON, oldest first, each event with its position and hash in the chain.',
  options: {
    organization: {
      value: 'SLUG',
      description: 'only events of this organization: its slug, or its id, also of one that is deleted',
    },
    action: { value: 'ACTION', description: 'only this action, such as login.failure' },
  },
  examples: ['export audit > audit.jsonl', 'export audit --action connection.updated'],
  async run(ports, given) {
    const filter = { organizationId: await organizationIdOf(ports, given), action: optionOf(given, 'action') };
    return { value: undefined, lines: [], texts: exportAudit(ports, filter) };
  },
};

/** Events outlive their organization: an id needs none. */
async function organizationIdOf(ports: Ports, given: Given): Promise<string | undefined> {
  const named = optionOf(given, 'organization');
  if (named === undefined || /^[0-9a-f]{24}$/.test(named)) return named;
  return idOf(openAdministration(ports), 'organization', named, '--organization');
}

const configuration: Command = {
  name: 'export configuration',
  summary:
    'Print what there is as a file for apply: organizations, domains, connections, API keys, and the users who were named.',
  options: {
    organization: { value: 'SLUG', description: 'only this one: its slug or id' },
    'secrets-from-env': {
      description:
        'name a variable of the environment for every secret, for another installation; otherwise they are left out',
    },
  },
  examples: [
    'export configuration > vestibule.json',
    'export configuration --organization acme',
    'export configuration --secrets-from-env > elsewhere.json',
  ],
  async run(ports, given) {
    const id = await organizationIdOf(ports, given);
    const one = id === undefined ? undefined : await readOrganization(ports.db, id);
    if (id !== undefined && !one) throw notFound('organization');
    const organizations = one
      ? [one]
      : (await everyPage((page) => listOrganizations(ports.db, page))).toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
    return {
      value: undefined,
      lines: [],
      texts: written(ports, organizations, given.flags['secrets-from-env'] === true),
    };
  },
};

/** An organization at a time: all of them may be more than fits into memory comfortably. */
async function* written(
  ports: Ports,
  organizations: Awaited<ReturnType<typeof listOrganizations>>,
  secretsFromEnv: boolean,
): AsyncGenerator<string, void> {
  const options = { secretsFromEnv, told: new Set<string>() };
  yield '{ "organizations": [';
  for (const [index, organization] of organizations.entries()) {
    const kept = { organization, ...(await readConfiguration(ports.db, organization.id)) };
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify(declarationOf(kept, options), null, 2)}`;
  }
  yield '\n] }\n';
}

export const exportCommands: readonly Command[] = [audit, configuration];
