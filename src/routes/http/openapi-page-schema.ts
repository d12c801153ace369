/** JSON Schemas as HTML tables; a nested object opens in place. */
import { escapeHtml, prose } from './openapi-page-markdown.ts';
import { isObject, type Json, type JsonObject } from './openapi-schema.ts';

/** Models may refer to each other in a circle; a page may not. */
const DEPTH_LIMIT = 8;

/** The members of an object, or the type alone when it is none. */
export function schemaTable(schema: Json, models: Readonly<Record<string, Json>>, depth = 0): string {
  const resolved = resolve(schema, models);
  const members = isObject(resolved) ? resolved['properties'] : undefined;
  if (!isObject(resolved) || !isObject(members) || depth > DEPTH_LIMIT)
    return depth === 0 ? `<p>${typeName(schema)}</p>` : '';
  const required = Array.isArray(resolved['required']) ? resolved['required'] : [];
  const rows = Object.entries(members).map(([name, member]) => {
    const described = resolve(member, models);
    const description = isObject(described) ? String(described['description'] ?? '') : '';
    const nested = schemaTable(itemsOf(described), models, depth + 1);
    const mark = required.includes(name) ? '' : ' <i>optional</i>';
    const row = `<tr><th scope="row"><code>${escapeHtml(name)}</code>${mark}</th><td class="type">${typeName(member)}</td><td>${prose(description)}</td></tr>`;
    return nested
      ? `${row}<tr class="nested"><td colspan="3"><details><summary>Members of <code>${escapeHtml(name)}</code></summary>${nested}</details></td></tr>`
      : row;
  });
  return rows.length > 0 ? `<table>${rows.join('')}</table>` : '';
}

/** A short name: `string (email)`, `array of User`, `"a" | "b"`. */
export function typeName(schema: Json): string {
  if (!isObject(schema)) return 'any';
  const { $ref, type, items, anyOf, format, maxLength } = schema;
  if (typeof $ref === 'string') return escapeHtml($ref.slice($ref.lastIndexOf('/') + 1));
  if (Array.isArray(anyOf)) return anyOf.map(typeName).join(' | ');
  if (Array.isArray(schema['enum']))
    return schema['enum'].map((value) => `<code>${escapeHtml(JSON.stringify(value))}</code>`).join(' | ');
  if ('const' in schema) return `<code>${escapeHtml(JSON.stringify(schema['const']))}</code>`;
  if (type === 'array') return `array of ${typeName(items ?? {})}`;
  const name = Array.isArray(type) ? type.join(' | ') : String(type ?? 'any');
  const limits = [format, typeof maxLength === 'number' ? `≤ ${maxLength}` : undefined].filter(
    (limit) => limit !== undefined,
  );
  return escapeHtml(limits.length > 0 ? `${name} (${limits.join(', ')})` : name);
}

function resolve(schema: Json, models: Readonly<Record<string, Json>>): Json {
  if (!isObject(schema) || typeof schema['$ref'] !== 'string') return schema;
  return models[schema['$ref'].slice(schema['$ref'].lastIndexOf('/') + 1)] ?? schema;
}

/** Of an array its items, else the schema itself. */
function itemsOf(schema: Json): Json {
  const { items }: JsonObject = isObject(schema) && schema['type'] === 'array' ? schema : {};
  return items ?? schema;
}
