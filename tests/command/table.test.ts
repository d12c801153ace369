/** What stands on the command line, and what is told to whoever got it wrong. */
import { expect, test } from 'bun:test';
import { parseInvocation } from '#command/table.ts';
import { runCommandLine } from '#tests/command-line.ts';

test('no command serves, and known ones are found with their options', () => {
  expect(parseInvocation([])).toEqual({ kind: 'serve' });
  expect(parseInvocation(['migrate'])).toEqual({ kind: 'migrate' });
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
  [['migrate', '--json']],
  [['keys', 'list', '--constructor']],
  [['keys', 'list', '--json=x']],
  [['keys', 'list', '--']],
  [['']],
])('%j is answered with the usage', (args) => {
  expect(parseInvocation(args)).toMatchObject({ kind: 'misuse', text: expect.stringContaining('vestibule ') });
});

test('a wrong command ends with 2 and the usage on standard error, whatever the environment', async () => {
  const wrong = await runCommandLine(['kyes'], { PORT: 'none' });
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.error).toContain('There is no command "kyes".');
  expect(wrong.error).toContain('vestibule keys rotate');
  const help = await runCommandLine(['--help'], { PORT: 'none' });
  expect([help.code, help.error]).toEqual([0, '']);
  expect(help.out).toContain('vestibule keys list');
});

const HELP = parseInvocation(['--help']);
const NAMES =
  HELP.kind === 'help'
    ? [...HELP.text.matchAll(/^ {2}vestibule ([a-z][a-z -]*?) {2,}\S/gm)].map(([, name = '']) => name)
    : [];

test.each(NAMES.filter((name) => name !== 'migrate'))('%s has help whose examples can be typed', (name) => {
  const help = parseInvocation([...name.split(' '), '--help']);
  if (help.kind !== 'help') throw new Error('no help');
  expect(help.text).toStartWith(`vestibule ${name}`);
  expect(help.text).toContain('Exit codes\n  0  done\n');
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
