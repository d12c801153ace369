/** JSON Schemas of the OpenAPI document: what TypeBox and Elysia add is taken out, copies become references. */

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

/** Members that only TypeBox and Elysia read. */
const PRIVATE = new Set(['noValidate', 'elysiaMeta', 'trusted', 'config', '$id', 'error']);

/** Elysia reads query and path values as text; a coerced number is documented as the number alone. */
const COERCED = new Set(['numeric', 'integer', 'boolean', 'ObjectString', 'ArrayString', 'ArrayQuery']);

/** Members of a schema that hold values, not schemas. */
const VALUES = new Set(['enum', 'const', 'default', 'examples', 'required']);
/** Members of a schema that map names to schemas. */
const NAMED = new Set(['properties', 'patternProperties', '$defs']);

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema as plain JSON Schema 2020-12. */
export function plainSchema(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const { anyOf, ...around } = schema;
  if (Array.isArray(anyOf)) {
    const own = anyOf.filter(
      (one) => !(isObject(one) && one['type'] === 'string' && COERCED.has(String(one['format']))),
    );
    const [only] = own;
    if (own.length === 1 && own.length < anyOf.length && isObject(only)) return plainSchema({ ...around, ...only });
  }
  const kept = Object.entries(schema).filter(([name]) => !PRIVATE.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, mapWithin(name, value, plainSchema)]));
}

/**
 * A function that replaces every part of a schema that equals a registered model by a reference to it.
 * Only objects count: a string type that happens to equal a model's is not a copy of it.
 */
export function referrer(models: Readonly<Record<string, Json>>): (schema: Json, self?: string) => Json {
  const names = new Map<string, string>();
  for (const [name, model] of Object.entries(models)) {
    const whole = isObject(model) && model['type'] === 'object' && isObject(model['properties'] ?? null);
    if (whole && !names.has(canonical(model))) names.set(canonical(model), name);
  }
  const refer = (schema: Json, self?: string): Json => {
    if (!isObject(schema)) return schema;
    const name = names.get(canonical(schema));
    if (name !== undefined && self === undefined) return { $ref: `#/components/schemas/${name}` };
    return Object.fromEntries(
      Object.entries(schema).map(([member, value]) => [member, mapWithin(member, value, (part) => refer(part))]),
    );
  };
  return refer;
}

function mapWithin(member: string, value: Json, map: (schema: Json) => Json): Json {
  if (VALUES.has(member)) return value;
  if (Array.isArray(value)) return value.map(map);
  if (!isObject(value)) return value;
  if (!NAMED.has(member)) return map(value);
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, map(schema)]));
}

/** The same text for the same schema, in whatever order its members stand. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`)
    .join(',')}}`;
}
