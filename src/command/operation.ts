/** A command that is one request to the admin API: an entry of a table says which, and what is given and shown. */
import type { RefusedMember } from '#error';
import {
  type Administration,
  type AdminRequest,
  openAdministration,
  RefusedError,
  type Resource,
  readList,
} from './administration.ts';
import { type Command, columns, type Given, MisuseError, type Option, type Outcome, optionOf, YES } from './command.ts';
import type { Fault } from './fault.ts';
import { instantOf, numberOf, readInput, readObject } from './input.ts';
import { describeKind, idOf, KINDS, type KindName, notFound } from './names.ts';

/** An option that is a member of the request: of the query of a GET, of the body otherwise, or of the path. */
export interface Parameter extends Option {
  /** Dots lead into objects; left out: the option's name in camel case. */
  readonly member?: string;
  /** How its text is read; a kind is told by its name or id. Left out: as it is. */
  readonly as?: KindName | 'time' | 'number' | 'contents';
}

export interface Operation {
  readonly name: string;
  readonly summary: string;
  readonly method: AdminRequest['method'];
  /** Below `/admin/v1`; `:id` is the argument, `:organization` the option of this name. */
  readonly path: string;
  /** What `:id` is. */
  readonly of?: KindName;
  readonly options?: Readonly<Record<string, Parameter>>;
  /** What every request of it says. */
  readonly body?: Resource;
  readonly examples: readonly string[];
  readonly exitCodes?: Readonly<Record<number, string>>;
  /** Sentences in place of those that speak of HTTP, by reason. */
  readonly sentences?: Readonly<Record<string, string>>;
  /** Whether it seals a secret: then `SECRETS_KEY` has to be the database's. */
  readonly seals?: true;
  /** Options of which one has to be given; `sentences` has the words for `input_invalid`. */
  readonly oneOf?: readonly string[];
  /** What can't be undone. */
  readonly warning?: string;
  /** Of a list: heading and member. */
  readonly columns?: readonly (readonly [heading: string, member: string])[];
  /** How many rows a list has if `--limit` does not say; left out: all. */
  readonly rows?: number;
  /** What a person reads; left out: the members. */
  readonly lines?: (answer: Resource, ask: Administration) => readonly string[] | Promise<readonly string[]>;
  /** Left out: 0. */
  readonly exitCode?: (answer: Resource) => number;
}

export const ORGANIZATION: Parameter = { value: 'SLUG', as: 'organization', description: describeKind('organization') };

/** `--from`, for what no option sets. */
export const fromFile = (what: string): Parameter => ({
  value: 'FILE',
  description: `JSON with any members of ${what}, under those of the options; - is standard input`,
});

const NAMES: Readonly<Record<KindName, string>> = {
  organization: 'ORGANIZATION',
  connection: 'CONNECTION',
  domain: 'DOMAIN',
  user: 'USER',
  apiKey: 'ID',
  adminKey: 'ID',
  session: 'ID',
  login: 'ID',
};

export function commandOf(operation: Operation): Command {
  const { name, summary, of, examples, exitCodes, seals, warning } = operation;
  const options = { ...operation.options, ...(operation.columns ? pagingOf(operation) : {}) };
  const all = { ...operation, options };
  return {
    name,
    summary,
    options: { ...options, ...(warning ? YES : {}) },
    examples,
    ...(of && { arguments: [{ name: NAMES[of], description: describeKind(of) }] }),
    ...(exitCodes && { exitCodes }),
    ...(seals && { seals }),
    ...(warning && {
      // whoever asked wrongly is told so, and not asked
      warn: async (ports, given) => {
        await checkedRequest(all, openAdministration(ports), given);
        return [warning];
      },
    }),
    run: (ports, given) => carryOut(all, openAdministration(ports), given),
  };
}

const pagingOf = ({ rows }: Operation): Record<string, Parameter> => ({
  limit: { value: 'NUMBER', description: `rows at most; left out: ${rows ?? 'all'}` },
  cursor: { value: 'CURSOR', description: '`nextCursor` of the list before, to go on from there' },
});

async function carryOut(operation: Operation, ask: Administration, given: Given): Promise<Outcome> {
  try {
    const request = await requestOf(operation, ask, given);
    if (operation.columns) return await listed(operation, ask, request, given);
    const answer = await ask(request);
    const value = Object.keys(answer).length > 0 ? answer : { id: request.path.split('/').at(2) };
    const lines = (await operation.lines?.(value, ask)) ?? membersOf(value);
    return { value, lines, exitCode: operation.exitCode?.(value) ?? 0 };
  } catch (error) {
    throw error instanceof RefusedError ? inWords(error, operation, given) : error;
  }
}

async function checkedRequest(operation: Operation, ask: Administration, given: Given): Promise<AdminRequest> {
  try {
    return await requestOf(operation, ask, given);
  } catch (error) {
    throw error instanceof RefusedError ? inWords(error, operation, given) : error;
  }
}

/** @throws MisuseError, RefusedError */
export async function requestOf(operation: Operation, ask: Administration, given: Given): Promise<AdminRequest> {
  const { method, of, options = {} } = operation;
  const { oneOf, sentences } = operation;
  if (oneOf?.every((name) => given.values[name] === undefined))
    throw new MisuseError(sentences?.['input_invalid'] ?? `Give one of ${oneOf.join(', ')}.`);
  const from = optionOf(given, 'from');
  const members: Record<string, unknown> = { ...(from === undefined ? {} : await readObject(from)), ...operation.body };
  let path = operation.path;
  if (path.includes(':organization') && !optionOf(given, 'organization'))
    throw new MisuseError([{ at: '--organization', detail: `Missing: ${describeKind('organization')}` }]);
  // names last: what is written wrongly is told without asking whether anything is there
  const isNamed = ({ as }: Parameter) => as !== undefined && Object.hasOwn(KINDS, as);
  const entries = Object.entries(options).filter(([name]) => name !== 'from' && name !== 'limit');
  const ordered = entries.toSorted(([, one], [, other]) => Number(isNamed(one)) - Number(isNamed(other)));
  for (const [name, parameter] of ordered) {
    const value = await givenValue(ask, name, parameter, given);
    if (value === undefined) continue;
    if (path.includes(`:${name}`)) path = path.replace(`:${name}`, String(value));
    else put(members, memberOf(name, parameter), value);
  }
  if (of) path = path.replace(':id', await idOf(ask, of, given.arguments[0] ?? '', NAMES[of]));
  if (method === 'GET') return { method, path, query: members as Record<string, string> };
  return { method, path, ...(method !== 'DELETE' && { body: members }) };
}

async function givenValue(
  ask: Administration,
  name: string,
  { value, repeats, as }: Parameter,
  given: Given,
): Promise<unknown> {
  if (!value) return given.flags[name] || undefined;
  const read = async (text: string) => {
    if (as === undefined) return text;
    if (as === 'time') return instantOf(text, name).toISOString();
    if (as === 'number') return numberOf(text, name);
    // a secret ends with its last character that is seen: editors and `echo` add a line feed
    if (as === 'contents') return (await readInput(text)).trimEnd();
    return idOf(ask, as, text, `--${name}`);
  };
  const texts = given.values[name];
  if (repeats) return texts && Promise.all(texts.map(read));
  return texts?.[0] === undefined ? undefined : read(texts[0]);
}

export const memberOf = (name: string, { member }: Parameter) =>
  member ?? name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());

function put(members: Record<string, unknown>, member: string, value: unknown): void {
  const [first = '', ...rest] = member.split('.');
  if (rest.length === 0) {
    members[first] = value;
    return;
  }
  const inner = { ...(members[first] as Resource | undefined) };
  members[first] = inner;
  put(inner, rest.join('.'), value);
}

async function listed(
  operation: Operation,
  ask: Administration,
  { path, query = {} }: AdminRequest,
  given: Given,
): Promise<Outcome> {
  const text = optionOf(given, 'limit');
  const limit = text === undefined ? operation.rows : numberOf(text, 'limit');
  const { items, nextCursor } = await readList(ask, path, query, limit);
  const shown = operation.columns ?? [];
  const cells = items.map((item) => shown.map(([, member]) => textOf(at(item, member))));
  const more =
    nextCursor === undefined ? [] : ['', `There are more: --cursor ${nextCursor} goes on, --limit shows more.`];
  const headings = shown.map(([heading]) => heading);
  return { value: { items, ...(nextCursor && { nextCursor }) }, lines: [...columns(headings, cells), ...more] };
}

const at = (item: Resource, member: string): unknown =>
  member.split('.').reduce<unknown>((value, name) => (value as Resource | undefined)?.[name], item);

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Every member in a line of its own, those of objects and lists of objects by their path. */
export const membersOf = (resource: Resource): string[] => aligned(rowsOf(resource));

export function rowsOf(resource: Resource, before = ''): [name: string, text: string][] {
  return Object.entries(resource).flatMap(([name, member]) => {
    const isWhole = typeof member !== 'object' || member === null;
    const isList = Array.isArray(member) && member.every((one) => typeof one !== 'object');
    if (isWhole || isList) return [[`${before}${name}`, textOf(member)]];
    return rowsOf(member as Resource, `${before}${name}.`);
  });
}

export function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd());
}

/** The refusal in the words of the command line: options in place of members, commands in place of requests. */
export function inWords(error: RefusedError, operation: Operation, given: Given): Error {
  const { code, members, message } = error;
  if (code === 'not_found' && operation.of && members.length === 0 && message.startsWith('There is nothing'))
    return notFound(operation.of);
  const faults = members.map((member) => faultOf(member, operation, given));
  const sentence = operation.sentences?.[code];
  if (code !== 'input_invalid')
    return new RefusedError(code, sentence ?? message, members, sentence === undefined ? faults : []);
  const isGiven = faults.some(({ at }) => given.values[at.slice(2)] !== undefined);
  return new MisuseError(isGiven || sentence === undefined ? orMessage(faults, message) : sentence);
}

const orMessage = (faults: readonly Fault[], message: string) => (faults.length > 0 ? faults : message);

function faultOf({ pointer, detail }: RefusedMember, { of, options = {} }: Operation, given: Given): Fault {
  if (pointer === '/id' && of) return { at: NAMES[of], detail };
  const isFile = optionOf(given, 'from') !== undefined;
  const option = Object.entries(options).find(([name, parameter]) => {
    const place = `/${memberOf(name, parameter).replaceAll('.', '/')}`;
    return pointer === place || pointer.startsWith(`${place}/`);
  });
  const isGiven = option !== undefined && given.values[option[0]] !== undefined;
  if (!option || (isFile && !isGiven)) return { at: isFile ? `--from at ${pointer || '/'}` : pointer.slice(1), detail };
  const [name, { description }] = option;
  if (!isGiven) return { at: `--${name}`, detail: `Missing: ${description}` };
  // a pattern is for machines
  return {
    at: `--${name}`,
    detail: detail.replace(/^Expected string to match.*/, `Another form is expected: ${description}`),
  };
}
