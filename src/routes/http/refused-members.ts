/** Which members of a request were refused (RFC 9457 §3.2), within limits: a request may be wrong in thousands of places. */
import type { TObject } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { type ValueError, ValueErrorType } from '@sinclair/typebox/value';
import { ValidationError } from 'elysia';
import { type RefusedMember, SsoError } from '#error';

const MOST_MEMBERS = 20;
const LONGEST_POINTER = 200;
const UNKNOWN = 'Unexpected property: leave it out, or take its right name from /openapi.json';

/**
 * A route's `transform`: members that the model does not name are told, where Elysia would drop them in silence.
 * Runs after the caller is known and before the schema is looked at.
 * @throws SsoError `input_invalid`
 */
export function refuseUnknown(model: TObject): (context: { body: unknown }) => void {
  return ({ body }) => {
    const unknown = Object.keys(Object(body)).filter((name) => !Object.hasOwn(model.properties, name));
    if (unknown.length === 0) return;
    const members = unknown.map((name) => ({ pointer: pointerTo(name), detail: UNKNOWN }));
    throw new SsoError('input_invalid', { members: limitMembers(members) });
  };
}

/** As `refuseUnknown`, at any depth: of objects that the model closes. */
export function refuseUnknownWithin(model: TObject): (context: { body: unknown }) => void {
  const checked = TypeCompiler.Compile(model);
  return ({ body }) => {
    const unknown = [...unknownWithin(checked.Errors(body))];
    if (unknown.length > 0) throw new SsoError('input_invalid', { members: limitMembers(unknown) });
  };
}

function* unknownWithin(errors: Iterable<ValueError>): Iterable<RefusedMember> {
  for (const { type, path, message, errors: nested } of errors) {
    if (type === ValueErrorType.ObjectAdditionalProperties) yield { pointer: path, detail: message };
    // of a value that may be null, what is wrong with the object alone
    const [first] = nested;
    if (first) yield* unknownWithin(first);
  }
}

/** RFC 6901 §3. */
function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The first of each pointer; those that are longer than a name of ours can be are left out. */
function limitMembers(members: Iterable<RefusedMember>): RefusedMember[] {
  const kept = new Map<string, RefusedMember>();
  for (const member of members) {
    if (kept.size === MOST_MEMBERS) break;
    if (member.pointer.length <= LONGEST_POINTER && !kept.has(member.pointer)) kept.set(member.pointer, member);
  }
  return [...kept.values()];
}

/** What the schema says and wants, which holds nothing of the input but the names of its members. */
export function refusedMembers(error: unknown, request: Request): RefusedMember[] {
  if (!(error instanceof ValidationError)) return [];
  if ('Errors' in error.validator) return limitMembers(schemaErrors(error.validator.Errors(error.value)));
  return error.valueError ? limitMembers(numbersOf(request, error.value, error.valueError)) : [];
}

/** A number of the address that is out of its range: Elysia says what was wanted, and not of which parameter. */
function numbersOf(request: Request, value: unknown, error: ValueError): RefusedMember[] {
  const detail = sentenceOf(error);
  const names = [...new URL(request.url).searchParams].filter(([, text]) => Number(text) === value);
  const members = names.map(([name]) => ({ pointer: pointerTo(name), detail }));
  return members.length > 0 ? members : [{ pointer: '', detail }];
}

/** What is wrong, with its place, in words. */
export function* schemaErrors(errors: Iterable<ValueError>): Iterable<RefusedMember> {
  for (const error of errors) {
    // what is wrong with a value that null may clear is what is wrong with the value
    const inner = error.type === ValueErrorType.Union ? [...(error.errors[0] ?? [])] : [];
    if (inner.length > 0) yield* schemaErrors(inner);
    else yield { pointer: error.path, detail: sentenceOf(error) };
  }
}

function sentenceOf({ type, message, schema }: ValueError): string {
  if (type === ValueErrorType.ObjectAdditionalProperties) return UNKNOWN;
  const wanted = typeof schema['description'] === 'string' ? schema['description'] : undefined;
  if (type === ValueErrorType.ObjectRequiredProperty)
    return `Missing: give ${wanted ? `this: ${wanted}` : 'this member'}`;
  if (Array.isArray(schema['enum'])) return `Expected one of ${schema['enum'].join(', ')}`;
  // a pattern is for machines where words say the same
  if (type === ValueErrorType.StringPattern && wanted) return `Another form is expected: ${wanted}`;
  return wanted ? `${message}: ${wanted}` : message;
}
