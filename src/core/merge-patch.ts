/**
 * JSON Merge Patch (RFC 7396 §2): what a `PATCH` of the admin API does to a member that is an object. Members of it that are
 * not named stay, `null` removes one, objects are merged at any depth; a list is a value, and takes the place of the one there.
 */

type Json = Readonly<Record<string, unknown>>;

/** What a patch may say of `Target`. */
export type Patch<Target> = Target extends readonly unknown[]
  ? Target
  : Target extends object
    ? { readonly [Name in keyof Target]?: Patch<Target[Name]> | null | undefined }
    : Target;

/**
 * @param target as it is; null and undefined are an empty object
 * @param patch undefined says nothing, null removes all
 * @returns undefined where nothing is said
 */
export function mergePatch<Target extends object>(
  target: Target | null | undefined,
  patch: Patch<Target> | null | undefined,
): Target | undefined {
  if (patch === undefined) return undefined;
  return (patch === null ? {} : merged(target, patch as Json)) as Target;
}

function merged(target: unknown, patch: Json): Json {
  const members = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) members.delete(name);
    else if (value !== undefined) members.set(name, isObject(value) ? merged(members.get(name), value) : value);
  }
  return Object.fromEntries(members);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
