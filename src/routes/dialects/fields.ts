/**
 * The field types that wire models are written with: one description each, limits and formats in one place.
 *
 * What we accept is open (unknown members are ignored, RFC 6749 §3.1) and checked; what we answer is
 * closed: a member that no model names never leaves. Answers carry `noValidate`, so Elysia strips and
 * does not check them: a stored value that a format dislikes must not turn a login into a 500. The
 * contract tests check the answers instead.
 */
import { FormatRegistry, type StringOptions, type TProperties, Type } from '@sinclair/typebox';
import { t } from 'elysia';

/** RFC 6531 as far as a form can tell: one `@`, something on both sides, no blanks or controls. Linear. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const IDN_EMAIL = /^[^\s@\u0000-\u001f\u007f]+@[^\s@\u0000-\u001f\u007f]+$/;
FormatRegistry.Set('idn-email', (value) => IDN_EMAIL.test(value));

const DATE_TIME =
  /^(?!0000)(\d{4}-(?:0[1-9]|1[0-2])-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/**
 * RFC 3339 §5.6, less what JavaScript or Postgres can't keep: leap seconds, the year 0. Elysia's own format takes days that
 * no calendar has, which `Date` moves into the next month.
 */
FormatRegistry.Set('date-time', (value) => {
  const [, date] = DATE_TIME.exec(value) ?? [];
  if (date === undefined) return false;
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
});

export const text = (description: string, maxLength: number, options: StringOptions = {}) =>
  t.String({ description, maxLength, ...options });

/**
 * A character of a line: no control (C0, DEL, C1), no invisible mark that changes the direction of text, and no half of a
 * surrogate pair, which Postgres can't keep. Written to mean the same with and without the flag `u`, by which readers differ.
 */
const LINE_CHARACTER =
  '(?:[^\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])';
/** Something that is seen: white space and characters without width alone name nothing. */
const SEEN = '(?=.*[^\\s\\u00ad\\u200b-\\u200d\\u2060\\u3164])';
/** A pattern for what somebody writes into one line. */
export const WRITTEN_LINE = `^${SEEN}${LINE_CHARACTER}+$`;

/** One line that an operator sets; empty is not set. */
export const line = (description: string, maxLength: number) =>
  t.String({ description, maxLength, pattern: `${WRITTEN_LINE}|^$` });

/** An address as a person typed it; the core normalises and validates strictly. 254: RFC 5321 §4.5.3.1.3. */
export const typedEmail = (description: string) =>
  t.String({
    description: `${description} The part before the @ is ASCII; the domain may be any.`,
    format: 'idn-email',
    pattern: '^[!-~]+@.+$',
    minLength: 3,
    maxLength: 254,
  });

export const email = (description: string) => t.String({ description, format: 'email', maxLength: 254 });
export const url = (description: string) => t.String({ description, format: 'uri', maxLength: 2048 });
/** An authorization request; providers with many parameters outgrow 2048. */
export const authorizationUrl = () =>
  t.String({ description: 'Authorization request: open it in the person’s browser.', format: 'uri', maxLength: 8192 });
/** Signed requests outgrow 2048 too. */
export const logoutUrl = () =>
  t.Optional(
    t.String({
      description:
        'Ends the session at the identity provider too, of SAML or OpenID Connect: open it in the person’s browser. Absent where the provider does not offer that.',
      format: 'uri',
      maxLength: 8192,
    }),
  );
export const uuid = (description: string) => t.String({ description, format: 'uuid' });
export const dateTime = (description: string) => t.String({ description, format: 'date-time' });
export const utcDateTime = (description: string) => t.String({ description, format: 'date-time', pattern: 'Z$' });
/** ISO 8601 UTC to the second, as the published examples are: a parser made for them may refuse a fraction. */
export function instant(moment: Date | string): string {
  return (typeof moment === 'string' ? moment : moment.toISOString()).replace(/\.\d+Z$/, 'Z');
}

export const flag = (description: string) => t.Boolean({ description });
/** TypeBox's own: Elysia's `t.Integer` also takes the number as text. */
export const count = (description: string) => Type.Integer({ description, minimum: 0 });
export const amount = (description: string) => t.Number({ description });
export const token = (description: string) => t.String({ description, minLength: 1, maxLength: 8192 });

/** 24 lowercase hex digits: every id of ours. */
export const objectId = (description: string) => t.String({ description, pattern: '^[0-9a-f]{24}$' });

/** An id that the operator set and another system made. */
export const foreignId = (description: string) => line(description, 128);

/** One of a closed list. Elysia's `UnionEnum` puts a default into the schema, which nothing here means. */
export function choice<const V extends readonly [string, ...string[]]>(values: V, description: string) {
  const { default: _none, ...schema } = t.UnionEnum(values, { description });
  return schema;
}

export const texts = (description: string, maxLength = 256) =>
  t.Array(t.String({ maxLength, pattern: WRITTEN_LINE }), { description, maxItems: 1000 });

/** A request: unknown members are ignored. The examples are shown in the OpenAPI document. */
export const request = <P extends TProperties>(description: string, properties: P, ...examples: readonly unknown[]) =>
  t.Object(properties, { description, additionalProperties: true, ...shown(examples) });

/** An object that only has the members named here. */
export const closed = <P extends TProperties>(description: string, properties: P) =>
  t.Object(properties, { description, additionalProperties: false });

/** A whole answer: stripped to its members, and not checked again on its way out. */
export const answer = <P extends TProperties>(description: string, properties: P, ...examples: readonly unknown[]) =>
  t.Object(properties, { description, additionalProperties: false, noValidate: true, ...shown(examples) });

const shown = (examples: readonly unknown[]) => (examples.length > 0 ? { examples } : {});
