/** Which members of a request were refused (RFC 9457 §3.2), within limits: a request may be wrong in thousands of places. */
import { type ValueError, ValueErrorType } from '@sinclair/typebox/value';
import { ValidationError } from 'elysia';
import type { RefusedMember } from '#error';

const MOST_MEMBERS = 20;
const LONGEST_POINTER = 200;
/** Of a longer list its description has to say where it stands. */
const LONGEST_LIST = 20;
export const UNKNOWN = 'Unexpected property: leave it out, or take its right name from /openapi.json';

/** At any depth: of objects that the model closes. */
export function* unknownWithin(errors: Iterable<ValueError>): Iterable<RefusedMember> {
  for (const { type, path, errors: nested } of errors) {
    if (type === ValueErrorType.ObjectAdditionalProperties) yield { pointer: path, detail: UNKNOWN };
    // of a value that may be null, what is wrong with the object alone
    const [first] = nested;
    if (first) yield* unknownWithin(first);
  }
}

/** RFC 6901 §3. */
export function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The first of each pointer; one that is longer than a name of ours can be stands for the whole request. */
export function limitMembers(members: Iterable<RefusedMember>): RefusedMember[] {
  const kept = new Map<string, RefusedMember>();
  for (const { pointer, detail } of members) {
    if (kept.size === MOST_MEMBERS) break;
    const told = pointer.length <= LONGEST_POINTER ? pointer : '';
    if (!kept.has(told)) kept.set(told, { pointer: told, detail });
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
  const list: unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  if (list.length > LONGEST_LIST) return `Not one of the list: ${wanted}`;
  if (list.length > 0) return `Expected one of ${list.join(', ')}`;
  // a pattern is for machines where words say the same
  if (type === ValueErrorType.StringPattern && wanted) return `Another form is expected: ${wanted}`;
  return wanted ? `${message}: ${wanted}` : message;
}
