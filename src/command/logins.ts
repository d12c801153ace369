/** `vestibule logins …`: why somebody can't sign in, at a terminal. */
import type { Administration, Resource } from './administration.ts';
import type { Command } from './command.ts';
import { describeKind } from './names.ts';
import { aligned, commandOf, type Operation, ORGANIZATION, rowsOf } from './operation.ts';

interface Check {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly expected?: string;
  readonly actual?: string;
}

const TIME = 'such as 2026-11-01 or 2026-11-01T12:00:00Z';

const list: Operation = {
  name: 'logins list',
  summary: 'Show logins of all outcomes, newest first.',
  method: 'GET',
  path: '/logins',
  options: {
    organization: { ...ORGANIZATION, member: 'organizationId' },
    connection: {
      value: 'CONNECTION',
      member: 'connectionId',
      as: 'connection',
      description: describeKind('connection'),
    },
    user: { value: 'USER', member: 'userId', as: 'user', description: describeKind('user') },
    email: { value: 'EMAIL', description: 'only those that brought this address, or were started with it' },
    subject: { value: 'SUBJECT', description: 'only those of this subject of the provider, such as its `sub`' },
    outcome: { value: 'OUTCOME', description: 'succeeded or failed' },
    reason: { value: 'REASON', description: 'only those refused for it, such as domain_not_allowed' },
    'request-id': { value: 'ID', description: 'the login of this Request-Id' },
    since: { value: 'TIME', member: 'from', as: 'time', description: `only those that ended then or later, ${TIME}` },
    until: { value: 'TIME', member: 'to', as: 'time', description: 'only those that ended before' },
    test: { value: 'BOOLEAN', description: 'true: only tests of connections; false: only real logins' },
  },
  columns: [
    ['id', 'id'],
    ['ended', 'createdAt'],
    ['outcome', 'outcome'],
    ['reason', 'reason'],
    ['dialect', 'dialect'],
    ['who', 'claims.email'],
    ['connection', 'connectionId'],
  ],
  rows: 50,
  examples: [
    'logins list --email ada@acme.example',
    'logins list --organization acme --outcome failed --since 2026-11-01 --limit 20',
  ],
};

const show: Operation = {
  name: 'logins show',
  summary: 'Show one login: every check, what was found out, and what to do about its reason.',
  method: 'GET',
  path: '/logins/:id',
  of: 'login',
  lines: told,
  examples: ['logins show 6735a1c09f3b2e4d8c7a6b50'],
};

/** Shown in a part of their own, or in the first lines. */
const APART = ['id', 'createdAt', 'outcome', 'reason', 'detail', 'checks', 'texts', 'claims', 'calls', 'clockSkews'];

async function told(login: Resource, ask: Administration): Promise<string[]> {
  const { id, createdAt, outcome, reason, detail, texts } = login;
  const facts = Object.entries(login).filter(([name]) => !APART.includes(name));
  const findings = [
    ...(await placeOf(login, ask)),
    ...rowsOf(Object.fromEntries(facts)),
    ...claimsOf(login),
    ...timesOf(login),
  ];
  return [
    `${id} of ${createdAt} ${outcome}${reason ? `: ${reason}` : ''}`,
    ...(detail ? [String(detail)] : []),
    ...part('What to do', rowsOf((texts ?? {}) as Resource)),
    ...part('Checks', checksOf((login['checks'] ?? []) as Check[])),
    ...part('Findings', findings),
  ];
}

type Row = readonly [name: string, text: string];

const part = (heading: string, rows: readonly Row[]) =>
  rows.length > 0 ? ['', heading, ...aligned(rows).map((line) => `  ${line}`)] : [];

/** What failed is seen at a glance. */
const checksOf = (checks: readonly Check[]): Row[] =>
  checks.map(({ name, outcome, expected, actual }) => {
    const said = [name, expected && `expected ${expected}`, actual && `found ${actual}`];
    return [outcome === 'failed' ? 'FAILED' : outcome, said.filter(Boolean).join(' · ')];
  });

/** Slugs, of what is still there. */
async function placeOf({ organizationId, connectionId }: Resource, ask: Administration): Promise<Row[]> {
  const slugAt = async (folder: string, id: unknown) => {
    if (!id) return undefined;
    const found = await ask({ method: 'GET', path: `/${folder}/${id}` }).catch(() => undefined);
    return found?.['slug'];
  };
  const organization = await slugAt('organizations', organizationId);
  const connection = await slugAt('connections', connectionId);
  return organization ? [['connection', [organization, connection].filter(Boolean).join('/')]] : [];
}

function claimsOf({ claims }: Resource): Row[] {
  if (!claims) return [];
  const { received, ...shown } = claims as Resource;
  const names = (received ?? []) as { readonly name: string; readonly kind: string }[];
  const told = names.map(({ name, kind }) => `${name} (${kind})`).join(', ');
  return [...rowsOf({ claims: shown }), ...(told ? [['claims.received', told] as const] : [])];
}

function timesOf({ calls, clockSkews }: Resource): Row[] {
  const asked = (calls ?? []) as { readonly to: string; readonly durationMs: number }[];
  const skews = (clockSkews ?? []) as { readonly source: string; readonly seconds: number }[];
  return [
    ...asked.map(({ to, durationMs }) => [`waited for ${to}`, `${durationMs} ms`] as const),
    ...skews.map(({ source, seconds }) => [`clock skew by ${source}`, `${seconds} s`] as const),
  ];
}

export const loginOperations: readonly Operation[] = [list, show];
export const loginsCommands: readonly Command[] = loginOperations.map(commandOf);
