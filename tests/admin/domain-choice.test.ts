/** Whom a domain leads to, in the order of choice; and that a login by email goes where the list says. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { ADMIN_API_KEY, type Callers, callersOf, patch } from '#tests/admin/callers.ts';
import { bearer } from '#tests/hostile/clients.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, REDIRECT_URI, type World } from '#tests/world.ts';

type Organization = Declaration['organizations'][number];
type Connection = NonNullable<Organization['connections']>[number];

let world: World;
let callers: Callers;
const keys: Record<string, string> = {};

/** GitHub's addresses are known without asking, so that a start needs no provider. */
const connection = (slug: string, more: Partial<Connection> = {}): Connection => ({
  slug,
  type: 'github',
  clientId: slug,
  clientSecret: 'secret',
  redirectUris: [REDIRECT_URI],
  ...more,
});

function organization(slug: string, connections: Connection[], domains: string[]): Organization {
  keys[slug] = createApiKey();
  return {
    slug,
    name: slug,
    connections,
    domains: domains.map((domain) => ({ domain })),
    apiKeys: [{ name: 'key', key: keys[slug], dialects: ['indee'] }],
  };
}

const SHARED = 'shared.test';

beforeAll(async () => {
  const listing = { allowedDomains: [SHARED, 'more.test'] };
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({
      organizations: [
        organization('late', [connection('a')], [SHARED]),
        organization('unverified', [connection('a')], [SHARED, 'own.test']),
        organization(
          'first',
          [
            connection('off', { status: 'disabled' }),
            connection('open'),
            connection('listing', listing),
            connection('elsewhere', { allowedDomains: ['else.test'] }),
            connection('open-2'),
          ],
          [SHARED],
        ),
        organization('lists', [connection('open'), connection('listing', listing)], []),
        organization('stranger', [connection('a')], ['stranger.test']),
      ],
    }),
    environment: { ADMIN_API_KEY },
  });
  callers = callersOf(world);
  // the oldest organization is not the first to verify
  await world.sql`update organizations set created_at = created_at - interval '1 day' where slug = 'late'`;
  for (const [slug, domain] of [
    ['first', SHARED],
    ['late', SHARED],
    ['unverified', 'own.test'],
    ['stranger', 'stranger.test'],
  ]) {
    const [row] =
      await world.sql`select d.id from domains d join organizations o on o.id = d.organization_id where o.slug = ${slug ?? ''} and d.domain = ${domain ?? ''}`;
    await read(await callers.operator(`/domains/${row?.['id']}`, patch({ verified: true })));
  }
});
afterAll(() => world?.close());

const look = async (domain: string, query = '', call = callers.operator) =>
  read(await call(`/domains?domain=${domain}${query}`));
interface Served {
  readonly items: { organizationSlug: string; connections: { slug: string; because: string }[] }[];
}
const brief = ({ items }: Served) =>
  items.map(({ organizationSlug, connections }) => [
    organizationSlug,
    ...connections.map(({ slug, because }) => `${slug} ${because}`),
  ]);

const ORDER = [
  ['first', 'listing allowed_domains', 'open verified_domain', 'open-2 verified_domain'],
  ['late', 'a verified_domain'],
  ['lists', 'listing allowed_domains', 'open no_domains'],
];

test('who verified it, the first one first; then who lists it', async () => {
  expect(brief(await look(SHARED))).toEqual(ORDER);
  expect(brief(await look('SHARED.test'))).toEqual(ORDER);
  expect(brief(await look('nobody.test'))).toEqual([]);
  expect(brief(await look('own.test'))).toEqual([['unverified', 'a verified_domain']]);
});

test('in pages, and for a limited key what is within its reach', async () => {
  const first = await look(SHARED, '&limit=1');
  expect(brief(first)).toEqual(ORDER.slice(0, 1));
  const second = await look(SHARED, `&limit=1&cursor=${first.nextCursor}`);
  expect(brief(second)).toEqual(ORDER.slice(1, 2));
  const third = await look(SHARED, `&limit=1&cursor=${second.nextCursor}`);
  expect([brief(third), third.nextCursor]).toEqual([ORDER.slice(2), undefined]);
  const rows = await world.sql`select id from organizations where slug in ('late', 'stranger')`;
  const limited = await callers.with({ organizations: rows.map(({ id }) => String(id)), access: 'read' });
  expect(brief(await look(SHARED, '', limited))).toEqual(ORDER.slice(1, 2));
});

test.each([
  ['first', 'listing'],
  ['late', 'a'],
  ['lists', 'listing'],
])('a login by email at %s goes where the list says: %s', async (slug, clientId) => {
  const init = json({ username: `ada@${SHARED}` }, bearer(keys[slug] ?? ''));
  const { redirect } = await read(await world.fetch('/v1/admin/auth/sso/initiate', init));
  expect(new URL(redirect).searchParams.get('client_id')).toBe(clientId);
});

test('an organization that has domains, and not this one verified, serves nobody by it', async () => {
  for (const slug of ['unverified', 'stranger']) {
    const init = json({ username: `ada@${SHARED}` }, bearer(keys[slug] ?? ''));
    await read(await world.fetch('/v1/admin/auth/sso/initiate', init), 401);
  }
});

test('a disabled organization is not told of as served', async () => {
  const [row] = await world.sql`select id from organizations where slug = 'late'`;
  await read(await callers.operator(`/organizations/${row?.['id']}`, patch({ status: 'disabled' })));
  expect(brief(await look(SHARED))).toEqual(ORDER.filter((_row, index) => index !== 1));
  await read(await callers.operator(`/organizations/${row?.['id']}`, patch({ status: 'active' })));
  expect(brief(await look(SHARED))).toEqual(ORDER);
});

test('what is no domain is refused', async () => {
  const problem = await read(await callers.operator('/domains?domain=a%20b'), 422);
  expect(problem.errors).toEqual([{ pointer: '/domain', detail: expect.stringContaining('no domain name') }]);
});
