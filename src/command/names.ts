/** What people call things on the command line, and their ids: `acme`, `acme/oidc`, `acme/ada@acme.example`. */
import { type Administration, RefusedError, type Resource, readList } from './administration.ts';
import { MisuseError } from './command.ts';

interface Kind {
  /** As a sentence calls it. */
  readonly called: string;
  /** Where it is listed below its organization, and the member that names it; without, it has an id alone. */
  readonly listed?: { readonly folder: string; readonly name: string; readonly example: string };
  /** The command that shows them. */
  readonly list: string;
}

export const KINDS = {
  organization: { called: 'organization', list: 'organizations list' },
  connection: {
    called: 'connection',
    listed: { folder: 'connections', name: 'slug', example: 'acme/oidc' },
    list: 'connections list',
  },
  domain: {
    called: 'domain',
    listed: { folder: 'domains', name: 'domain', example: 'acme/acme.example' },
    list: 'domains list',
  },
  user: {
    called: 'user',
    listed: { folder: 'users', name: 'email', example: 'acme/ada@acme.example' },
    list: 'users list',
  },
  apiKey: {
    called: 'API key',
    listed: { folder: 'api-keys', name: 'name', example: '"acme/front end"' },
    list: 'api-keys list',
  },
  adminKey: { called: 'admin key', list: 'admin-keys list' },
  session: { called: 'session', list: 'sessions list' },
  login: { called: 'login', list: 'logins list' },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

const ID = /^[0-9a-f]{24}$/;

export function describeKind(name: KindName): string {
  if (name === 'organization') return 'slug or id of the organization';
  const { called, listed }: Kind = KINDS[name];
  return listed ? `the ${called}: its id, or as in ${listed.example}` : `id of the ${called}`;
}

/**
 * @param where the option or argument that it was given as
 * @throws MisuseError when it can be no name of this kind
 * @throws RefusedError `not_found`
 */
export async function idOf(ask: Administration, kind: KindName, name: string, where: string): Promise<string> {
  if (kind === 'organization') return organizationId(ask, name);
  if (ID.test(name)) return name;
  const { called, listed, list }: Kind = KINDS[kind];
  const slash = name.indexOf('/');
  if (!listed || slash < 1) {
    const names = listed ? `, or organization and ${listed.name} as in ${listed.example}` : '';
    throw new MisuseError([
      { at: where, detail: `Expected an id (24 hex digits)${names}: vestibule ${list} shows them` },
    ]);
  }
  const wanted = name.slice(slash + 1);
  const path = `/organizations/${await organizationId(ask, name.slice(0, slash))}/${listed.folder}`;
  const { items } = await readList(ask, path, kind === 'user' ? { email: wanted } : {});
  const isMeant = (item: Resource) => kind === 'user' || item[listed.name] === wanted;
  const found = items.find((item) => isMeant(item) && item['revokedAt'] === undefined);
  if (!found) throw notFound(kind, `The organization has no such ${called}`);
  return String(found['id']);
}

async function organizationId(ask: Administration, name: string): Promise<string> {
  const { items } = await ask({
    method: 'GET',
    path: '/organizations',
    query: { slug: name.slice(0, 64), limit: '1' },
  });
  const [found] = items as Resource[];
  if (found) return String(found['id']);
  if (!ID.test(name)) throw notFound('organization');
  await ask({ method: 'GET', path: `/organizations/${name}` }).catch(() => {
    throw notFound('organization');
  });
  return name;
}

export function notFound(kind: KindName, sentence = `There is no such ${KINDS[kind].called}`): RefusedError {
  return new RefusedError('not_found', `${sentence}: vestibule ${KINDS[kind].list} shows them.`);
}
