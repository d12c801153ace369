/** `vestibule api-keys …` and `vestibule admin-keys …`: keys are shown once, when they are made. */
import type { Command } from './command.ts';
import { commandOf, type Operation, ORGANIZATION } from './operation.ts';

const NAME = { value: 'NAME', description: 'what people call it' };
const EXPIRES = {
  value: 'TIME',
  member: 'expiresAt',
  as: 'time',
  description: 'when it stops working, such as 2027-12-31; left out: never',
} as const;
const made: Operation['lines'] = ({ key, name, id }) => [
  String(key),
  `${name} (${id}) is made. The key is not shown again.`,
];
const revoked: Operation['lines'] = ({ id }) => [`${id} is revoked.`];
const DATES = [
  ['expires', 'expiresAt'],
  ['last used', 'lastUsedAt'],
  ['revoked', 'revokedAt'],
] as const;

export const keyOperations: readonly Operation[] = [
  {
    name: 'api-keys list',
    summary: 'Show the API keys of an organization, without the keys.',
    method: 'GET',
    path: '/organizations/:organization/api-keys',
    options: { organization: ORGANIZATION },
    columns: [['id', 'id'], ['name', 'name'], ['prefix', 'prefix'], ['dialects', 'dialects'], ...DATES],
    examples: ['api-keys list --organization acme'],
  },
  {
    name: 'api-keys create',
    summary: 'Make an API key, and show it this once.',
    method: 'POST',
    path: '/organizations/:organization/api-keys',
    options: {
      organization: ORGANIZATION,
      name: NAME,
      dialect: {
        value: 'DIALECT',
        member: 'dialects',
        repeats: true,
        description: 'an API that it may call: applivery, indee or pria',
      },
      expires: EXPIRES,
    },
    lines: made,
    examples: ['api-keys create --organization acme --name "front end" --dialect indee --expires 2027-12-31'],
    exitCodes: { 1: 'refused, such as when the name is taken' },
  },
  {
    name: 'api-keys revoke',
    summary: 'Refuse an API key from now on, on every replica and for good.',
    method: 'DELETE',
    path: '/api-keys/:id',
    of: 'apiKey',
    lines: revoked,
    examples: ['api-keys revoke 6735a1c09f3b2e4d8c7a6b50', 'api-keys revoke "acme/front end"'],
  },
  {
    name: 'admin-keys list',
    summary: 'Show the keys for the admin API, without the keys.',
    method: 'GET',
    path: '/admin-keys',
    columns: [
      ['id', 'id'],
      ['name', 'name'],
      ['prefix', 'prefix'],
      ['access', 'access'],
      ['organizations', 'organizations'],
      ...DATES,
    ],
    examples: ['admin-keys list'],
  },
  {
    name: 'admin-keys create',
    summary: 'Make a key for the admin API, and show it this once.',
    method: 'POST',
    path: '/admin-keys',
    body: { organizations: null },
    options: {
      name: NAME,
      access: { value: 'ACCESS', description: 'read or write' },
      organization: {
        ...ORGANIZATION,
        member: 'organizations',
        repeats: true,
        description: 'slug or id of an organization that it reaches; left out: everything',
      },
      expires: EXPIRES,
    },
    lines: made,
    examples: [
      'admin-keys create --name auditor --access read --expires 2027-01-31',
      'admin-keys create --name acme --access write --organization acme',
    ],
    exitCodes: { 1: 'refused, such as when the name is taken' },
  },
  {
    name: 'admin-keys revoke',
    summary: 'Refuse a key of the admin API from now on, on every replica and for good.',
    method: 'DELETE',
    path: '/admin-keys/:id',
    of: 'adminKey',
    lines: revoked,
    examples: ['admin-keys revoke 6735a1c09f3b2e4d8c7a6b50'],
  },
];

export const apiKeysCommands: readonly Command[] = keyOperations.map(commandOf);
