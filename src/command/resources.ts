/** Organizations, domains, users and sessions by command, as `/admin/v1` has them. */
import type { Command } from './command.ts';
import { describeKind } from './names.ts';
import { commandOf, fromFile, membersOf, type Operation, ORGANIZATION } from './operation.ts';

const STATUS = { value: 'STATUS', description: 'active or disabled' };
const PERSON_STATUS = { value: 'STATUS', description: 'active or deactivated' };

const organizationOptions = {
  slug: { value: 'SLUG', description: 'names it in addresses' },
  name: { value: 'NAME', description: 'what people call it' },
  picture: { value: 'URL', description: 'its picture' },
};

const organizations: readonly Operation[] = [
  {
    name: 'organizations list',
    summary: 'Show the organizations, newest first.',
    method: 'GET',
    path: '/organizations',
    options: {
      status: { ...STATUS, description: 'only active or disabled ones' },
      'name-prefix': { value: 'TEXT', description: 'only those whose name begins so' },
    },
    columns: [
      ['id', 'id'],
      ['slug', 'slug'],
      ['name', 'name'],
      ['status', 'status'],
    ],
    examples: ['organizations list', 'organizations list --status disabled --json'],
  },
  {
    name: 'organizations show',
    summary: 'Show one organization.',
    method: 'GET',
    path: '/organizations/:id',
    of: 'organization',
    examples: ['organizations show acme'],
  },
  {
    name: 'organizations create',
    summary: 'Make an organization.',
    method: 'POST',
    path: '/organizations',
    options: { ...organizationOptions, from: fromFile('an organization') },
    lines: ({ slug, id }) => [`${slug} is made: ${id}`],
    examples: ['organizations create --slug acme --name "Acme Industries"'],
    exitCodes: { 1: 'refused, such as when the slug is taken' },
  },
  {
    name: 'organizations update',
    summary: 'Change an organization; disabled, nobody signs in there and its sessions end.',
    method: 'PATCH',
    path: '/organizations/:id',
    of: 'organization',
    options: { ...organizationOptions, status: STATUS, from: fromFile('an organization') },
    lines: ({ slug, status }) => [`${slug} is changed (${status}).`],
    examples: ['organizations update acme --name Acme', 'organizations update acme --status disabled'],
  },
  {
    name: 'organizations delete',
    summary: 'Remove a disabled organization with everything that belongs to it alone.',
    method: 'DELETE',
    path: '/organizations/:id',
    of: 'organization',
    warning:
      'Its domains, connections, API keys, members and sessions are removed, and the users who belong to no other.',
    sentences: { conflict: 'It is in use: vestibule organizations update … --status disabled comes first.' },
    lines: ({ id }) => [`${id} is removed.`],
    examples: ['organizations delete acme --yes'],
  },
];

const domains: readonly Operation[] = [
  {
    name: 'domains list',
    summary: 'Show the domains of an organization, newest first.',
    method: 'GET',
    path: '/organizations/:organization/domains',
    options: { organization: ORGANIZATION },
    columns: [
      ['id', 'id'],
      ['domain', 'domain'],
      ['verified', 'verifiedAt'],
      ['by', 'verifiedBy'],
    ],
    examples: ['domains list --organization acme'],
  },
  {
    name: 'domains show',
    summary: 'Show one domain, with the TXT record that proves it.',
    method: 'GET',
    path: '/domains/:id',
    of: 'domain',
    examples: ['domains show acme/acme.example'],
  },
  {
    name: 'domains add',
    summary: 'Add a domain, and say which TXT record proves it.',
    method: 'POST',
    path: '/organizations/:organization/domains',
    options: {
      organization: ORGANIZATION,
      domain: { value: 'DOMAIN', description: 'such as acme.example' },
      verified: { description: 'on your word: no record is looked for' },
    },
    lines: membersOf,
    examples: ['domains add --organization acme --domain acme.example'],
  },
  {
    name: 'domains verify',
    summary: 'Look for the TXT record of a domain now.',
    method: 'POST',
    path: '/domains/:id/verify',
    of: 'domain',
    lines: ({ domain, outcome, fix }) => [`${domain}: ${outcome}`, String(fix)],
    examples: ['domains verify acme/acme.example'],
  },
  {
    name: 'domains remove',
    summary: 'Take a domain away from its organization.',
    method: 'DELETE',
    path: '/domains/:id',
    of: 'domain',
    warning: 'The organization’s connections no longer speak for addresses of the domain.',
    lines: ({ id }) => [`${id} is removed.`],
    examples: ['domains remove acme/acme.example --yes'],
  },
];

const users: readonly Operation[] = [
  {
    name: 'users list',
    summary: 'Show the users of an organization, newest member first.',
    method: 'GET',
    path: '/organizations/:organization/users',
    options: {
      organization: ORGANIZATION,
      email: { value: 'EMAIL', description: 'only the member with this address' },
      status: { ...PERSON_STATUS, description: 'only active or deactivated ones' },
    },
    columns: [
      ['id', 'id'],
      ['email', 'email'],
      ['given name', 'firstName'],
      ['family name', 'lastName'],
      ['status', 'status'],
    ],
    rows: 50,
    examples: ['users list --organization acme', 'users list --organization acme --email ada@acme.example --json'],
  },
  {
    name: 'users show',
    summary: 'Show one user, with the memberships.',
    method: 'GET',
    path: '/users/:id',
    of: 'user',
    examples: ['users show acme/ada@acme.example'],
  },
  {
    name: 'users create',
    summary: 'Make a user who may sign in from now on, also where no connection creates anybody.',
    method: 'POST',
    path: '/organizations/:organization/users',
    options: {
      organization: ORGANIZATION,
      email: { value: 'EMAIL', description: 'the address, by which the first login finds the user' },
      role: { value: 'ROLE', description: 'role in the organization' },
      'first-name': { value: 'NAME', description: 'given name' },
      'last-name': { value: 'NAME', description: 'family name' },
      from: fromFile('a user'),
    },
    lines: ({ email, id }) => [`${email} is made: ${id}`],
    examples: ['users create --organization acme --email ada@acme.example --role admin'],
    exitCodes: { 1: 'refused, such as when another member has the address' },
  },
  {
    name: 'users deactivate',
    summary: 'Refuse a user’s logins, in every organization, and end the sessions.',
    method: 'PATCH',
    path: '/users/:id',
    of: 'user',
    body: { status: 'deactivated' },
    lines: ({ email }) => [`${email} is deactivated.`],
    examples: ['users deactivate acme/ada@acme.example'],
  },
  {
    name: 'users activate',
    summary: 'Let a deactivated user sign in again.',
    method: 'PATCH',
    path: '/users/:id',
    of: 'user',
    body: { status: 'active' },
    lines: ({ email }) => [`${email} is active.`],
    examples: ['users activate acme/ada@acme.example'],
  },
];

const OWNERS = {
  user: { value: 'USER', member: 'userId', as: 'user', description: describeKind('user') },
  organization: { ...ORGANIZATION, member: 'organizationId' },
  connection: {
    value: 'CONNECTION',
    member: 'connectionId',
    as: 'connection',
    description: describeKind('connection'),
  },
} as const;

const sessions: readonly Operation[] = [
  {
    name: 'sessions list',
    summary: 'Show the sessions of a user, an organization or a connection, newest first.',
    method: 'GET',
    path: '/sessions',
    options: { ...OWNERS, state: { value: 'STATE', description: 'only live, expired or ended ones' } },
    columns: [
      ['id', 'id'],
      ['email', 'email'],
      ['dialect', 'dialect'],
      ['state', 'state'],
      ['begun', 'createdAt'],
      ['last used', 'lastUsedAt'],
      ['expires', 'expiresAt'],
    ],
    rows: 50,
    sentences: { input_invalid: 'Give at least one of --user, --organization and --connection.' },
    examples: ['sessions list --organization acme --state live', 'sessions list --user acme/ada@acme.example'],
  },
  {
    name: 'sessions show',
    summary: 'Show one session.',
    method: 'GET',
    path: '/sessions/:id',
    of: 'session',
    examples: ['sessions show 6735a1c09f3b2e4d8c7a6b50'],
  },
  {
    name: 'sessions end',
    summary: 'End one session.',
    method: 'DELETE',
    path: '/sessions/:id',
    of: 'session',
    lines: ({ id }) => [`${id} is over.`],
    examples: ['sessions end 6735a1c09f3b2e4d8c7a6b50'],
  },
  {
    name: 'sessions end-all',
    summary: 'End all sessions of a user, of an organization, or over a connection.',
    method: 'POST',
    path: '/sessions/end',
    options: OWNERS,
    oneOf: Object.keys(OWNERS),
    warning: 'All of them end at once: who had one signs in again.',
    sentences: {
      input_invalid: 'Give --user (with --organization: in that one alone), --organization, or --connection.',
    },
    lines: ({ sessions: count }) => [`${count} sessions are over.`],
    examples: ['sessions end-all --user acme/ada@acme.example --yes', 'sessions end-all --organization acme'],
  },
];

export const resourceOperations: readonly Operation[] = [...organizations, ...domains, ...users, ...sessions];
export const resourceCommands: readonly Command[] = resourceOperations.map(commandOf);
