/** A file that contradicts itself, or what is kept, is refused whole: where it does, and never what stands there. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { type Declaration, parseDeclaration } from '#routes/admin/declaration.ts';
import {
  type DeclaredConnection,
  type DeclaredOrganization,
  type DeclaredWorld,
  openDeclaredWorld,
} from '#tests/core/declared-world.ts';

let declared: DeclaredWorld;
beforeAll(async () => {
  declared = await openDeclaredWorld();
});
afterAll(() => declared?.close());

const KEY = createApiKey();
const OTHER_KEY = createApiKey();
const SLUG = '0123456789abcdef01234567';
const apiKey = (name: string, key: string) => ({ name, key, dialects: ['indee' as const] });
const acme = (changed: Partial<DeclaredOrganization>) => declared.declaration(changed);
const other = (changed: Partial<DeclaredOrganization> = {}): DeclaredOrganization => ({
  slug: 'other',
  name: 'Other',
  ...changed,
});
const beside = (...organizations: DeclaredOrganization[]): Declaration => ({ organizations });
const withConnections = (...changes: Partial<DeclaredConnection>[]): Declaration => {
  const connections = changes.flatMap(
    (changed) => declared.declaration({}, changed).organizations[0]?.connections ?? [],
  );
  return beside(other({ connections }));
};

type Row = readonly [name: string, pointer: string, refused: () => Declaration, accepted: () => Declaration];

const ROWS: readonly Row[] = [
  ['one slug of two organizations', '/organizations/1/slug', () => beside(other(), other()), () => beside(other())],
  [
    'a slug that looks like an id',
    '/organizations/0/slug',
    () => beside(other({ slug: SLUG })),
    () => beside(other({ slug: `${SLUG}a` })),
  ],
  [
    'one slug of two connections',
    '/organizations/0/connections/1/slug',
    () => withConnections({}, {}),
    () => withConnections({}, { slug: 'second' }),
  ],
  [
    'a connection slug that looks like an id',
    '/organizations/0/connections/0/slug',
    () => withConnections({ slug: SLUG }),
    () => withConnections({ slug: 'x' }),
  ],
  [
    'one address of two users',
    '/organizations/0/users/1/email',
    () => acme({ users: [{ email: 'a@acme.test' }, { email: 'A@ACME.test' }] }),
    () => acme({ users: [{ email: 'a@acme.test' }, { email: 'b@acme.test' }] }),
  ],
  [
    'a domain twice',
    '/organizations/0/domains/1/domain',
    () => acme({ domains: [{ domain: 'x.test' }, { domain: 'X.test' }] }),
    () => acme({ domains: [{ domain: 'x.test' }] }),
  ],
  [
    'one name of two API keys',
    '/organizations/0/apiKeys/1/name',
    () => acme({ apiKeys: [apiKey('a', KEY), apiKey('a', createApiKey())] }),
    () => acme({ apiKeys: [apiKey('a', KEY)] }),
  ],
  [
    'one API key under two names',
    '/organizations/0/apiKeys/1/key',
    () => acme({ apiKeys: [apiKey('a', KEY), apiKey('b', KEY)] }),
    () => acme({ apiKeys: [apiKey('a', KEY), apiKey('b', createApiKey())] }),
  ],
  [
    'one API key of two organizations',
    '/organizations/1/apiKeys/0/key',
    () =>
      beside(other({ apiKeys: [apiKey('b', OTHER_KEY)] }), other({ slug: 'third', apiKeys: [apiKey('b', OTHER_KEY)] })),
    () => beside(other(), other({ slug: 'third' })),
  ],
  [
    'an API key that is kept in another organization',
    '/organizations/0/apiKeys/0/key',
    () => beside(other({ apiKeys: [apiKey('b', declared.world.apiKey)] })),
    () => beside(other({ apiKeys: [apiKey('b', createApiKey())] })),
  ],
  [
    'an API key with a typing error',
    '/organizations/0/apiKeys/0/key',
    () => acme({ apiKeys: [apiKey('c', `${createApiKey().slice(0, -8)}00000000`)] }),
    () => acme({ apiKeys: [apiKey('c', createApiKey())] }),
  ],
  [
    'an issuer on plain http',
    '/organizations/0/connections/0/issuer',
    () => withConnections({ issuer: 'http://login.example.com' }),
    () => withConnections({ issuer: 'https://login.example.com' }),
  ],
  [
    'an issuer inside the network',
    '/organizations/0/connections/0/issuer',
    () => withConnections({ issuer: 'https://10.0.0.7' }),
    () => withConnections({ issuer: declared.provider.issuer }),
  ],
  [
    'an issuer taken away',
    '/organizations/0/connections/0/issuer',
    () => withConnections({ issuer: null }),
    () => withConnections({}),
  ],
  [
    'a secret taken away',
    '/organizations/0/connections/0/clientSecret',
    () => withConnections({ clientSecret: null }),
    () => withConnections({ clientSecret: null, clientAuthentication: 'none' }),
  ],
];

describe('refused, and its neighbour accepted', () => {
  test.each(ROWS)('%s', async (_name, pointer, refused, accepted) => {
    const before = await declared.state();
    const error = await declared.apply(refused()).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    const { name, message } = error instanceof Error ? error : new Error();
    expect(name).toBe('ContradictionError');
    expect(message).toStartWith(`${pointer}: `);
    expect(message).not.toMatch(
      /insert|update|select|constraint|index|vst_|acme\.test|example\.com|10\.0\.0\.7|x\.test/i,
    );
    expect(await declared.state()).toEqual(before);
    await declared.apply(accepted());
  });
});

test('two addresses of one member are refused: which of them is meant?', async () => {
  await declared.apply(acme({ users: [{ email: 'old@acme.test' }] }));
  await declared.world.sql`update memberships set email = 'new@acme.test' where email = 'old@acme.test'`;
  const both = acme({ users: [{ email: 'old@acme.test' }, { email: 'new@acme.test' }] });
  await expect(declared.apply(both)).rejects.toThrow(
    '/organizations/0/users/1/email: belongs to the same member as that of /organizations/0/users/0/email',
  );
});

test('the sentence about an issuer says what to do', async () => {
  await expect(declared.apply(withConnections({ issuer: 'http://10.0.0.7:8080' }))).rejects.toThrow(
    /https.*OUTBOUND_ALLOW/,
  );
});

test('a clearable value is told what is wrong with it, as any other', () => {
  const file = (picture: unknown) => JSON.stringify({ organizations: [{ slug: 'a', name: 'A', picture }] });
  expect(() => parseDeclaration(file('ftp://x'))).toThrow('/organizations/0/picture: Expected string to match');
  expect(parseDeclaration(file(null)).organizations).toHaveLength(1);
});

test('attributes of one user are named once, though the user is a member of two organizations', async () => {
  const { sql } = declared.world;
  const users = (plan: string) => [{ email: 'both@acme.test', attributes: { pria: { plan } } }];
  const [first] = acme({ users: users('team') }).organizations;
  if (!first) throw new Error('the file lost its organization');
  await declared.apply(beside(first, other()));
  await sql`insert into memberships (id, organization_id, user_id, email, role)
    select 'ffffffffffffffffffffffff', o.id, u.id, u.email, 'user' from organizations o, users u
    where o.slug = 'other' and u.email = 'both@acme.test'`;
  await expect(declared.apply(beside(first, other({ users: users('solo') })))).rejects.toThrow(
    '/organizations/1/users/0/attributes: are of the same user',
  );
  await declared.apply(beside(first, other({ users: [{ email: 'both@acme.test' }] })));
});

test('a person whom a login provisions at the same moment is no contradiction', async () => {
  const { sql } = declared.world;
  const email = 'race@acme.test';
  const login = await sql.reserve();
  await login`begin`;
  await login`insert into users (id, email) values ('eeeeeeeeeeeeeeeeeeeeeeee', ${email})`;
  await login`insert into memberships (id, organization_id, user_id, email, role)
    select 'dddddddddddddddddddddddd', id, 'eeeeeeeeeeeeeeeeeeeeeeee', ${email}, 'user' from organizations where slug = 'acme'`;
  const applied = declared.apply(acme({ users: [{ email, role: 'admin' }] }));
  let waiting = false;
  while (!waiting) {
    const rows =
      await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    waiting = rows.length > 0;
  }
  await login`commit`;
  login.release();
  expect(await applied).toMatchObject({ created: 0, updated: 1 });
  const rows = await sql`select user_id, role from memberships where email = ${email}`;
  expect([...rows]).toEqual([{ user_id: 'eeeeeeeeeeeeeeeeeeeeeeee', role: 'admin' }]);
});
