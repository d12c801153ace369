/** The field types that the declarative file is written with. */
import type { TNull, TObject, TOptional, TSchema, TUnion } from '@sinclair/typebox';
import { t } from 'elysia';
import { WRITTEN_LINE } from '#routes/dialects/fields.ts';

export const text = (maxLength = 256) => t.String({ minLength: 1, maxLength, pattern: WRITTEN_LINE });
/** A text of many lines that another program wrote, and that is parsed before it is kept. */
export const document = (maxLength: number) => t.String({ minLength: 1, maxLength });
export const httpUrl = t.String({ pattern: '^https?://[^\\s#]+$', maxLength: 2048 });
/** Exact URIs, no fragment (RFC 6749 §3.1.2); a native app's own scheme is fine. */
export const redirectUri = t.String({
  pattern: '^(?!(javascript|data|vbscript|blob|file|about):)[a-z][a-z0-9+.-]*:[^\\s#]+$',
  maxLength: 2048,
});

/** Checked by its pattern. */
export function instantOf(text: string | null | undefined): Date | null | undefined {
  return typeof text === 'string' ? new Date(text) : text;
}

/** A single value that `null` takes away again. */
export const clearable = <Schema extends TSchema>(schema: Schema, description?: string) =>
  t.Optional(t.Union([schema, t.Null()], description === undefined ? {} : { description }));

export const slug = t.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$',
  description: 'Lower-case letters, digits, hyphens.',
});

type Mergeable<Schema> =
  Schema extends TObject<infer Members>
    ? TObject<{ [Name in keyof Members]: TOptional<TUnion<[Mergeable<Members[Name]> & TSchema, TNull]>> }>
    : Schema;

/** An object as a merge patch names it (RFC 7396): every member, at any depth, may be left out, or taken away by `null`. */
export function mergeable<Schema extends TSchema>(schema: Schema): Mergeable<Schema> & TSchema {
  if (schema['type'] !== 'object' || !schema['properties']) return schema as Mergeable<Schema> & TSchema;
  // looked at just now; what the result is called follows the schema's type, which a walk over its members can't show the compiler
  const { properties, required: _none, ...around } = schema as unknown as TObject;
  const members = Object.entries(properties).map(([name, member]) => [name, removable(member)]);
  return t.Object(Object.fromEntries(members), around) as unknown as Mergeable<Schema> & TSchema;
}

function removable(schema: TSchema): TSchema {
  const kinds: TSchema[] = Array.isArray(schema['anyOf']) ? schema['anyOf'] : [];
  if (kinds.some(({ type }) => type === 'null')) return schema;
  const { description, ...plain } = schema;
  return clearable(mergeable(plain as TSchema), description);
}
