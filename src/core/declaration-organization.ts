/** The columns of an organization, from what a declaration or the admin API says of it. */
import type { Organization } from '#ports/db/schema.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { contradiction, requireSlug } from './declaration-place.ts';

type Declared = Declaration['organizations'][number];
type Own = Omit<Declared, 'domains' | 'connections' | 'apiKeys' | 'users'>;

/** Members that are undefined keep what they are; null clears what may be cleared. */
export type OrganizationMembers = { readonly [Name in keyof Own]?: Own[Name] | null | undefined };

/**
 * @param at where the organization stands, a JSON pointer
 * @throws ContradictionError
 */
export function organizationColumns(members: OrganizationMembers, at: string) {
  const { slug, name, status, picture, createdBy, refreshLifetime } = members;
  const { minSeconds, maxSeconds } = refreshLifetime ?? {};
  if (slug) requireSlug(slug, `${at}/slug`);
  if (minSeconds && maxSeconds && minSeconds > maxSeconds)
    contradiction(`${at}/refreshLifetime`, 'minSeconds is above maxSeconds');
  return {
    slug: slug ?? undefined,
    name: name ?? undefined,
    status: status ?? undefined,
    picture,
    createdBy,
    branding: emptyAsNull(members.branding),
    store: emptyAsNull(members.store),
    configuration: emptyAsNull(members.configuration),
    institution: members.institution === null ? {} : members.institution,
    sessionLifetimes: lifetimesOf(members.sessionLifetimes),
    refreshMinSeconds: refreshLifetime === undefined ? undefined : (minSeconds ?? null),
    refreshMaxSeconds: refreshLifetime === undefined ? undefined : (maxSeconds ?? null),
  };
}

function lifetimesOf(lifetimes: OrganizationMembers['sessionLifetimes']) {
  return (lifetimes === null ? {} : lifetimes) as Organization['sessionLifetimes'] | undefined;
}

/** An empty object is not set: it is left out of answers. */
function emptyAsNull<T extends object>(value: T | null | undefined): T | null | undefined {
  return value && Object.keys(value).length === 0 ? null : value;
}
