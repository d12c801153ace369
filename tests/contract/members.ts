/** The members of a JSON value or of a schema as paths: `data.user.organizations[].id`. */
import type { TSchema } from '@sinclair/typebox';

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

export function membersOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => membersOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [join(path, name), ...membersOf(item, join(path, name))]);
}

export function schemaMembersOf(schema: TSchema, path = ''): string[] {
  if (schema['type'] === 'array') return schemaMembersOf(schema['items'], `${path}[]`);
  const properties: Record<string, TSchema> = schema['properties'] ?? {};
  return Object.entries(properties).flatMap(([name, member]) => [
    join(path, name),
    ...schemaMembersOf(member, join(path, name)),
  ]);
}

/** JSON type of every leaf: a member may be absent, but never of another type. */
export function typesOf(value: unknown, path = ''): Record<string, string> {
  if (Array.isArray(value)) return Object.assign({}, ...value.map((item) => typesOf(item, `${path}[]`)));
  if (typeof value !== 'object' || value === null) return { [path]: value === null ? 'null' : typeof value };
  return Object.assign({}, ...Object.entries(value).map(([name, item]) => typesOf(item, join(path, name))));
}
