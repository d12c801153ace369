/** What stands on the command line, and what is told to whoever got it wrong. */
import { expect, test } from 'bun:test';
import { keyOperations } from '#command/api-keys.ts';
import { connectionOperations } from '#command/connections.ts';
import { loginOperations } from '#command/logins.ts';
import { memberOf } from '#command/operation.ts';
import { resourceOperations } from '#command/resources.ts';
import { parseInvocation } from '#command/table.ts';
import { openapiDocument } from '#dev/openapi-document.ts';
import type { OpenApiDocument } from '#routes/http/openapi-document.ts';
import { runCommandLine } from '#tests/command-line.ts';
import { cloneDatabase } from '#tests/database.ts';

test('no command serves, and known ones are found with their options', () => {
  expect(parseInvocation([])).toEqual({ kind: 'serve' });
  expect(parseInvocation(['migrate'])).toMatchObject({ kind: 'command', command: { name: 'migrate' } });
  expect(parseInvocation(['keys', 'rotate', '--force', '--json'])).toMatchObject({
    kind: 'command',
    command: { name: 'keys rotate' },
    given: { flags: { force: true, json: true } },
  });
});

test.each([[['--help']], [['help']], [['keys', 'rotate', '--help']]])('%j prints the usage', (args) => {
  expect(parseInvocation(args)).toMatchObject({ kind: 'help', text: expect.stringContaining('vestibule ') });
});

test.each([
  [['kyes']],
  [['keys']],
  [['keys', 'rotate', 'now']],
  [['keys', 'list', '--force']],
  [['keys', 'rotate', '-f']],
  [['--json']],
  [['migrate', 'now']],
  [['keys', 'list', '--constructor']],
  [['keys', 'list', '--json=x']],
  [['keys', 'list', '--']],
  [['']],
])('%j is answered with the usage', (args) => {
  expect(parseInvocation(args)).toMatchObject({ kind: 'misuse', usage: expect.stringContaining('vestibule ') });
});

test('a wrong command ends with 2 and the usage on standard error, whatever the environment', async () => {
  const wrong = await runCommandLine(['kyes'], { PORT: 'none' });
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.error).toContain('There is no command "kyes".');
  expect(wrong.error).toContain('vestibule keys rotate');
  const json = await runCommandLine(['kyes', '--json'], { PORT: 'none' });
  expect([json.code, JSON.parse(json.error)]).toEqual([2, { code: 'misuse', message: 'There is no command "kyes".' }]);
  const environment = await runCommandLine(['keys', 'list', '--json'], { PORT: 'none' });
  expect([environment.code, environment.out, JSON.parse(environment.error)]).toMatchObject([
    1,
    '',
    { code: 'environment_invalid', message: expect.stringContaining('PORT') },
  ]);
  const help = await runCommandLine(['--help'], { PORT: 'none' });
  expect([help.code, help.error]).toEqual([0, '']);
  expect(help.out).toContain('vestibule keys list');
});

const HELP = parseInvocation(['--help']);
const NAMES =
  HELP.kind === 'help'
    ? [...HELP.text.matchAll(/^ {2}vestibule ([a-z][a-z -]*?) {2,}\S/gm)].map(([, name = '']) => name)
    : [];

test.each(NAMES)('%s has help whose examples can be typed', (name) => {
  const help = parseInvocation([...name.split(' '), '--help']);
  if (help.kind !== 'help') throw new Error('no help');
  expect(help.text).toStartWith(`vestibule ${name}`);
  expect(help.text).toMatch(/Exit codes\n {2}0 +done\n/);
  const [, examples = ''] = /Examples\n([\s\S]*?)\n\n/.exec(help.text) ?? [];
  const lines = examples.split('\n').map((line) => line.trim().replace(/ [<>] .*$/, ''));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].slice(1).map(([, quoted, plain]) => quoted ?? plain ?? '');
    expect(parseInvocation(args)).toMatchObject({ kind: 'command', command: { name } });
  }
});

test('the help names every command', () => {
  expect(NAMES).toContain('apply');
  expect(NAMES.length).toBeGreaterThan(15);
});

test('migrate makes an empty database new, again changes nothing, and says what it could not reach', async () => {
  const database = await cloneDatabase(async () => {});
  const environment = {
    DATABASE_URL: database.url,
    SECRETS_KEY: crypto.getRandomValues(new Uint8Array(32)).toBase64(),
  };
  const early = await runCommandLine(['organizations', 'list'], environment);
  expect([early.code, early.error]).toEqual([1, expect.stringContaining('vestibule migrate')]);
  for (let time = 0; time < 2; time++)
    expect(await runCommandLine(['migrate', '--json'], environment)).toEqual({
      code: 0,
      out: '{"migrated":true}\n',
      error: '',
    });
  expect((await runCommandLine(['organizations', 'list'], environment)).code).toBe(0);
  await database.drop();
  const away = await runCommandLine(['migrate'], {
    ...environment,
    DATABASE_URL: 'postgres://nobody:canary@127.0.0.1:1/none',
  });
  expect([away.code, away.out]).toEqual([1, '']);
  expect(away.error).toContain('Does the Postgres of DATABASE_URL answer?');
  expect(away.error).not.toMatch(/canary| at /);
}, 240_000);

const OPERATIONS = [...resourceOperations, ...connectionOperations, ...loginOperations, ...keyOperations];

test('every request of a command is one of the admin API, and its options are members that this takes', async () => {
  const { paths, components } = JSON.parse(await openapiDocument()) as OpenApiDocument;
  const schemaOf = (schema: Schema | undefined): Schema => {
    const named = schema?.$ref?.split('/').at(-1);
    return named === undefined ? (schema ?? {}) : schemaOf(components.schemas[named] as Schema);
  };
  const has = (schema: Schema, [first = '', ...rest]: string[]): boolean => {
    const known = [schema, ...(schema.anyOf ?? [])].map((one) => schemaOf(one).properties?.[first]);
    const found = known.find((member) => member !== undefined);
    if (found === undefined || rest.length === 0) return found !== undefined;
    return has(schemaOf(found), rest);
  };
  const unknown = OPERATIONS.flatMap((operation) => {
    const { name, method, options = {}, body = {} } = operation;
    const path = `/admin/v1${operation.path.replace(/:organization|:id/g, '{id}')}`;
    const documented = paths[path]?.[method.toLowerCase()];
    if (!documented) return [`${name}: ${method} ${path}`];
    const inQuery = documented.parameters?.filter((one) => one.in === 'query').map((one) => one.name) ?? [];
    const schema = schemaOf(documented.requestBody?.content['application/json']?.schema as Schema);
    const members = Object.entries(options)
      .filter(([option]) => option !== 'from' && !operation.path.includes(`:${option}`))
      .map(([option, parameter]) => memberOf(option, parameter));
    return [...members, ...Object.keys(body)].flatMap((member) =>
      (method === 'GET' ? inQuery.includes(member) : has(schema, member.split('.'))) ? [] : [`${name}: ${member}`],
    );
  });
  expect(unknown).toEqual([]);
  expect(OPERATIONS.length).toBeGreaterThan(25);
});

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}
