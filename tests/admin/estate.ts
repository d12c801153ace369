/** Two organizations full of data, and what belongs to one of them, as rows and as texts that tell of it. */
import { ADMIN_API_KEY, type Callers, callersOf } from '#tests/admin/callers.ts';
import { visitProvider } from '#tests/hostile/clients.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';

/** Ids by the folder of the address that they stand in, and the names that filters take. */
export interface Estate {
  readonly ids: Readonly<Record<string, string>>;
  readonly samlConnection: string;
  readonly names: Readonly<Record<string, string>>;
}

export interface Estates {
  readonly stage: Stage;
  readonly callers: Callers;
  readonly acme: Estate;
  readonly globex: Estate;
  /** Ids that nothing has. */
  readonly nobody: Estate;
  /** Every text of Globex that must not reach anybody else. */
  fingerprints(): Promise<Set<string>>;
  /** All rows that tell of an organization. */
  rowsOf(estate: Estate): Promise<string[]>;
}

const SLUGS = ['acme', 'globex'] as const;
const subjectOf = (slug: string) => `sub-${slug}`;

export async function openEstates(): Promise<Estates> {
  const stage = await openStage({ environment: { ADMIN_API_KEY } });
  const callers = callersOf(stage.world);
  await stage.world.apply({ organizations: SLUGS.map((slug) => furnished(slug)) });
  for (const slug of SLUGS) for (const _twice of [1, 2]) await logIn(stage, slug);
  const [acme, globex] = await Promise.all(SLUGS.map((slug) => estateOf(stage, callers, slug)));
  if (!acme || !globex) throw new Error('no estates');
  const rowsOf = (estate: Estate) => rowsThatTell(stage, estate);
  return {
    stage,
    callers,
    acme,
    globex,
    nobody: blankEstate(Object.keys(acme.ids)),
    rowsOf,
    async fingerprints() {
      const ids = [...new Set((await rowsOf(globex)).flatMap((row) => row.match(/"[0-9a-f]{24}"/g) ?? []))];
      const own = new Set((await rowsOf(acme)).flatMap((row) => row.match(/"[0-9a-f]{24}"/g) ?? []));
      return new Set(['globex', 'Globex', 'bravo', ...ids.filter((id) => !own.has(id)).map((id) => id.slice(1, -1))]);
    },
  };
}

function furnished(slug: string) {
  const mark = slug === 'globex' ? 'bravo' : 'alpha';
  return {
    slug,
    name: `${mark} of ${slug}`,
    createdBy: mark,
    institution: { ainame: mark },
    domains: [{ domain: `${mark}.${slug}.test`, verified: true }],
    users: [{ email: `pre@${slug}.test`, firstName: mark, attributes: { pria: { plan: mark } } }],
    connections: [
      { slug: `saml-${mark}`, type: 'saml' as const, status: 'draft' as const, redirectUris: [REDIRECT_URI] },
    ],
  };
}

async function logIn(stage: Stage, slug: string): Promise<void> {
  const path = `/v1/auth/sso/${slug}/oidc`;
  stage.provider.script.user = { ...ADA, sub: subjectOf(slug), email: `ada@${slug}.test`, family_name: `of ${slug}` };
  const { data } = await read(await stage.world.fetch(path));
  const returned = await visitProvider(stage, { url: new URL(data.redirectUrl) });
  await read(await stage.world.fetch(`${path}/callback`, json(returned)));
}

async function estateOf({ world }: Stage, { operator }: Callers, slug: string): Promise<Estate> {
  const [row] = await world.sql`select o.id as organizations, o.name, s.id as sessions, s.user_id as users,
      s.connection_id as connections, s.identity_id as identities, m.id as memberships, m.email, k.id as "api-keys", d.id as domains, d.domain,
      l.id as logins, l.request_id as "requestId", c.id as saml
    from organizations o join sessions s on s.organization_id = o.id
      join memberships m on m.organization_id = o.id and m.user_id = s.user_id join api_keys k on k.organization_id = o.id
      join domains d on d.organization_id = o.id join logins l on l.session_id = s.id
      join connections c on c.organization_id = o.id and c.type = 'saml' where o.slug = ${slug} limit 1`;
  // every column of it is a text
  const { name, email, domain, requestId, saml, ...ids } = row as unknown as Record<string, string>;
  const key = { name: `admin of ${slug}`, organizations: [ids['organizations']], access: 'read' };
  const made = await read(await operator('/admin-keys', json(key)), 201);
  const test = await read(await operator(`/connections/${ids['connections']}/test`, json({})), 201);
  return {
    ids: { ...ids, 'admin-keys': made.id, tests: test.id },
    samlConnection: saml ?? '',
    names: {
      slug,
      subject: subjectOf(slug),
      namePrefix: name ?? '',
      email: email ?? '',
      domain: domain ?? '',
      requestId: requestId ?? '',
    },
  };
}

const FOLDERS =
  'organizations sessions users identities connections memberships api-keys domains logins admin-keys tests'.split(' ');

/** Ids that nothing has. */
export function blankEstate(folders = FOLDERS): Estate {
  const id = () => crypto.getRandomValues(new Uint8Array(12)).toHex();
  return {
    ids: Object.fromEntries(folders.map((name) => [name, id()])),
    samlConnection: id(),
    names: {
      slug: 'nobody',
      subject: subjectOf('nobody'),
      namePrefix: 'nobody',
      email: 'ada@nobody.test',
      domain: 'nobody.test',
      requestId: id(),
    },
  };
}

/** What is kept of callers is theirs, and changes with every call. */
const OF_CALLERS = ['admin_keys', 'idempotency_keys'];

async function rowsThatTell({ world: { sql } }: Stage, { ids, samlConnection }: Estate): Promise<string[]> {
  const tables = await sql`select relname from pg_class where relkind in ('r', 'p') and not relispartition
    and relnamespace = 'public'::regnamespace and relname <> all (${OF_CALLERS})`;
  const rows: string[] = [];
  for (const { relname } of tables) {
    const all = await sql`select row_to_json(t)::text as row from ${sql(String(relname))} t`;
    rows.push(...all.map(({ row }) => `${relname} ${row}`));
  }
  const owners = [ids['organizations'], ids['connections'], ids['users'], samlConnection].filter(
    (id) => id !== undefined,
  );
  return rows.filter((row) => owners.some((id) => row.includes(id))).sort();
}
