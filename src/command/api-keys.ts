/** `vestibule api-keys …` and `vestibule admin-keys …`: keys are shown once, when they are made. */

import { issueAdminKey } from '#core/admin-key-administration.ts';
import { issueApiKey, revokeApiKey } from '#core/api-key-administration.ts';
import { listApiKeys } from '#ports/db/api-key-administration.ts';
import { adminKeyModels, presentIssuedAdminKey } from '#routes/admin/admin-key-resources.ts';
import { apiKeyAdminModels, presentApiKey, presentIssuedApiKey } from '#routes/admin/api-key-resources.ts';
import { type Command, columns, type Given, optionOf } from './command.ts';
import { checked, commandOrigin, instantOf, organizationOf } from './input.ts';
import { everyPage } from './pages.ts';

const ORGANIZATION = { value: 'SLUG', description: 'slug or id of the organization' };
const EXPIRES = { value: 'TIME', description: 'when it stops working; left out: never' };
const NAMES = { name: '--name', dialects: '--dialect', access: '--access', expiresAt: '--expires' };

const expiryOf = (given: Given) => instantOf(optionOf(given, 'expires'), 'expires');

const create: Command = {
  name: 'api-keys create',
  summary: 'Make an API key, and show it this once.',
  options: {
    organization: ORGANIZATION,
    name: { value: 'NAME', description: 'what people call it' },
    dialect: { value: 'DIALECT', repeats: true, description: 'an API that it may call: applivery, indee or pria' },
    expires: EXPIRES,
  },
  examples: ['api-keys create --organization acme --name "front end" --dialect indee --expires 2027-12-31'],
  exitCodes: { 1: 'refused, such as when the name is taken' },
  async run(ports, given) {
    const members = { name: optionOf(given, 'name'), dialects: given.values['dialect'] };
    const wanted = checked(apiKeyAdminModels['Admin.NewApiKey'], members, NAMES);
    const { id } = await organizationOf(ports, optionOf(given, 'organization'));
    const issued = await issueApiKey(ports, id, { ...wanted, expiresAt: expiryOf(given) }, commandOrigin(ports));
    const shown = presentIssuedApiKey(issued);
    return { value: shown, lines: [shown.key, `${shown.name} (${shown.id}) is made. The key is not shown again.`] };
  },
};

const list: Command = {
  name: 'api-keys list',
  summary: 'Show the API keys of an organization, without the keys.',
  options: { organization: ORGANIZATION },
  examples: ['api-keys list --organization acme'],
  async run(ports, given) {
    const { id: organizationId } = await organizationOf(ports, optionOf(given, 'organization'));
    const rows = await everyPage((page) => listApiKeys(ports.db, { ...page, organizationId }));
    const items = rows.map(presentApiKey);
    const cells = items.map((key) => [
      key.id,
      key.name,
      key.prefix,
      key.dialects.join(' '),
      key.expiresAt ?? '',
      key.lastUsedAt ?? '',
      key.revokedAt ? 'revoked' : '',
    ]);
    return {
      value: { items },
      lines: columns(['id', 'name', 'prefix', 'dialects', 'expires', 'last used', ''], cells),
    };
  },
};

const revoke: Command = {
  name: 'api-keys revoke',
  summary: 'Refuse an API key from now on, on every replica and for good.',
  arguments: [{ name: 'ID', description: 'id of the key' }],
  options: {},
  examples: ['api-keys revoke 6735a1c09f3b2e4d8c7a6b50'],
  exitCodes: { 1: 'there is no such key, or it failed' },
  async run(ports, given) {
    const [id = ''] = given.arguments;
    await revokeApiKey(ports, id, { origin: commandOrigin(ports), seen: null });
    return { value: { id, revoked: true }, lines: [`${id} is revoked.`] };
  },
};

const createAdmin: Command = {
  name: 'admin-keys create',
  summary: 'Make a key for the admin API, and show it this once.',
  options: {
    name: { value: 'NAME', description: 'what people call it' },
    access: { value: 'ACCESS', description: 'read or write' },
    organization: {
      ...ORGANIZATION,
      repeats: true,
      description: 'slug or id of an organization that it reaches; left out: everything',
    },
    expires: EXPIRES,
  },
  examples: [
    'admin-keys create --name auditor --access read --expires 2027-01-31',
    'admin-keys create --name acme --access write --organization acme',
  ],
  exitCodes: { 1: 'refused, such as when the name is taken' },
  async run(ports, given) {
    const named = await Promise.all((given.values['organization'] ?? []).map((name) => organizationOf(ports, name)));
    const organizations = named.length > 0 ? named.map(({ id }) => id) : null;
    const members = { name: optionOf(given, 'name'), access: optionOf(given, 'access'), organizations };
    const wanted = checked(adminKeyModels['Admin.NewAdminKey'], members, NAMES);
    const issued = await issueAdminKey(ports, { ...wanted, expiresAt: expiryOf(given) }, commandOrigin(ports));
    const shown = presentIssuedAdminKey(issued);
    return { value: shown, lines: [shown.key, `${shown.name} (${shown.id}) is made. The key is not shown again.`] };
  },
};

export const apiKeysCommands: readonly Command[] = [create, list, revoke, createAdmin];
