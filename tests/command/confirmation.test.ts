/** What can't be undone wants the operator's word: on a terminal an answer, anywhere else `--yes`. Nothing else is done. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { createSealer } from '#ports/keys/sealer.ts';
import { runCommandLine } from '#tests/command-line.ts';
import { createWorld, type World } from '#tests/world.ts';

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;
const newKey = () => crypto.getRandomValues(new Uint8Array(32)).toBase64();

let world: World;
let environment: Record<string, string>;
beforeEach(async () => {
  world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  await world.ports.keys.canSign();
  const { DATABASE_URL = '', SECRETS_KEY = '' } = world.ports.config;
  environment = { DATABASE_URL, SECRETS_KEY };
});
afterEach(() => world?.close());

/** The command on a terminal, where a person answers its question. */
async function onTerminal(args: string[], answer: string): Promise<{ code: number; shown: string }> {
  let shown = '';
  let answered = false;
  const child = Bun.spawn([process.execPath, MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    terminal: {
      data(terminal, bytes) {
        shown += new TextDecoder().decode(bytes);
        if (answered || !shown.includes('[y/N]')) return;
        answered = true;
        terminal.write(answer);
      },
    },
  });
  return { code: await child.exited, shown };
}

interface Row {
  readonly id: string;
  readonly status: string;
  readonly sealed_private_jwk: string;
}
const signingKeys = async () =>
  (await world.sql<Row[]>`select id, status, sealed_private_jwk from signing_keys order by id`).map((row) => ({
    ...row,
  }));

describe('secrets rotate under a key that has sealed nothing yet', () => {
  let keyId: string;
  beforeEach(async () => {
    const [mistyped, right] = [newKey(), environment['SECRETS_KEY'] ?? ''];
    environment = { ...environment, SECRETS_KEY: mistyped, SECRETS_KEY_PREVIOUS: right };
    keyId = (await createSealer(mistyped)).keyIds[0] ?? '';
  });
  const sealedUnderIt = async () =>
    (await signingKeys()).filter((key) => key.sealed_private_jwk.startsWith(`v1.${keyId}.`)).length;

  test('is said and not done', async () => {
    const before = await signingKeys();
    const { code, out, error } = await runCommandLine(['secrets', 'rotate'], environment);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(`Nothing in this database is sealed under SECRETS_KEY (${keyId}) yet`);
    expect(error).toContain('2 values');
    expect(error).toContain('--yes');
    const told = await runCommandLine(['secrets', 'rotate', '--json'], environment);
    expect([told.code, told.out, JSON.parse(told.error)]).toMatchObject([2, '', { code: 'confirmation_needed' }]);
    expect(await signingKeys()).toEqual(before);
    const events = await world.sql`select from audit_events where action = 'secrets.resealed'`;
    expect(events).toHaveLength(0);
    // only looking is no risk
    expect(await runCommandLine(['secrets', 'rotate', '--dry-run'], environment)).toMatchObject({ code: 1, error: '' });
  });

  test('is done with --yes, and asked no more once it has sealed something', async () => {
    const next = (await signingKeys()).find(({ status }) => status === 'next');
    expect(await runCommandLine(['secrets', 'rotate', '--yes'], environment)).toMatchObject({ code: 0, error: '' });
    expect(await sealedUnderIt()).toBe(2);
    await world.sql`update signing_keys set sealed_private_jwk = ${next?.sealed_private_jwk ?? ''} where status = 'next'`;
    expect(await sealedUnderIt()).toBe(1);
    expect(await runCommandLine(['secrets', 'rotate'], environment)).toMatchObject({ code: 0, error: '' });
  });

  test.each([
    ['y\r', 0, 2],
    ['n\r', 1, 0],
    ['\r', 1, 0],
    ['\u0004', 1, 0],
  ])('on a terminal %j ends with %d', async (answer, code, sealed) => {
    const asked = await onTerminal(['secrets', 'rotate'], answer);
    expect(asked.shown).toContain(keyId);
    expect({ code: asked.code, sealed: await sealedUnderIt() }).toEqual({ code, sealed });
  });
});

describe.each([
  ['--force', 'The next key signs from now on'],
  ['--compromised', 'everybody signs in again'],
])('keys rotate %s', (option, warning) => {
  test('says what it does, and does it with --yes', async () => {
    const before = await signingKeys();
    const refused = await runCommandLine(['keys', 'rotate', option], environment);
    expect(refused).toMatchObject({ code: 2, out: '', error: expect.stringContaining(warning) });
    expect(await signingKeys()).toEqual(before);
    expect(await runCommandLine(['keys', 'rotate', option, '--yes'], environment)).toMatchObject({ code: 0 });
    expect(await signingKeys()).not.toEqual(before);
  });
});

test('with --json a refusal says what is missing, and what was done leaves standard error empty', async () => {
  const rotate = ['keys', 'rotate', '--force', '--json'];
  const { code, error } = await runCommandLine(rotate, environment);
  const { code: reason, message } = JSON.parse(error);
  expect([code, reason, message]).toEqual([2, 'confirmation_needed', expect.stringContaining('--yes')]);
  expect(await runCommandLine([...rotate, '--yes'], environment)).toMatchObject({ code: 0, error: '' });
});

test('what is asked wrongly is not asked about', async () => {
  const { code, error } = await runCommandLine(['sessions', 'end-all'], environment);
  expect([code, error]).toEqual([2, expect.stringContaining('Give --user')]);
  const [unknown, right] = ['6735a1c09f3b2e4d8c7a6b50', 'acme'];
  await world.sql`insert into organizations (id, slug, name) values (${unknown}, ${right}, 'Acme')`;
  const ended = (slug: string) => runCommandLine(['sessions', 'end-all', '--organization', slug], environment);
  expect(await ended('none')).toMatchObject({ code: 1, error: expect.stringContaining('organizations list') });
  expect(await ended(right)).toMatchObject({ code: 2, error: expect.stringContaining('All of them end at once') });
});

test('what waits for the next key asks nothing', async () => {
  expect(await runCommandLine(['keys', 'rotate'], environment)).toMatchObject({ code: 0, error: '' });
});
