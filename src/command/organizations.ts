/** `vestibule organizations …`, as `/admin/v1/organizations` has them. */
import { createOrganization } from '#core/organization-administration.ts';
import { listOrganizations } from '#ports/db/organizations.ts';
import { organizationModels, presentOrganization } from '#routes/admin/organization-resources.ts';
import { type Command, columns, optionOf } from './command.ts';
import { checked, commandOrigin } from './input.ts';
import { everyPage } from './pages.ts';

const create: Command = {
  name: 'organizations create',
  summary: 'Make an organization.',
  options: {
    slug: { value: 'SLUG', description: 'names it in addresses' },
    name: { value: 'NAME', description: 'what people call it' },
    picture: { value: 'URL', description: 'its picture' },
  },
  examples: ['organizations create --slug acme --name "Acme Industries"'],
  exitCodes: { 1: 'refused, such as when the slug is taken' },
  async run(ports, given) {
    const members = {
      slug: optionOf(given, 'slug'),
      name: optionOf(given, 'name'),
      picture: optionOf(given, 'picture'),
    };
    const names = { slug: '--slug', name: '--name', picture: '--picture' };
    const wanted = checked(organizationModels['Admin.NewOrganization'], members, names);
    const organization = presentOrganization(await createOrganization(ports, wanted, commandOrigin(ports)));
    return { value: organization, lines: [`${organization.slug} is made: ${organization.id}`] };
  },
};

const list: Command = {
  name: 'organizations list',
  summary: 'Show the organizations, newest first.',
  options: {},
  examples: ['organizations list', 'organizations list --json'],
  async run(ports) {
    const rows = await everyPage((page) => listOrganizations(ports.db, page));
    const items = rows.map(presentOrganization);
    const cells = items.map(({ id, slug, name, status }) => [id, slug, name, status]);
    return { value: { items }, lines: columns(['id', 'slug', 'name', 'status'], cells) };
  },
};

export const organizationsCommands: readonly Command[] = [create, list];
