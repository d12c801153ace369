/** The audit as others read it: the head and the export over HTTP, the commands, and a verification with nothing of ours. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readFile } from 'node:fs/promises';
import { chainSettled } from '#ports/db/chaining.ts';
import { runCommandLine } from '#tests/command-line.ts';
import { createWorld, type World } from '#tests/world.ts';
import { pastTriggers } from './append-only.ts';

const ADMIN_API_KEY = 'operator-key-of-these-tests-0123456789';
const EVENTS = 1_203;

let world: World;
let environment: Record<string, string>;
beforeAll(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({ organizations: [] }),
    environment: { ADMIN_API_KEY },
  });
  await world.ports.keys.canSign();
  const { DATABASE_URL = '', SECRETS_KEY = '' } = world.ports.config;
  environment = { DATABASE_URL, SECRETS_KEY };
  await pastTriggers(world.sql, (query) => query`truncate audit_events`);
  await world.sql`insert into audit_events (id, organization_id, action, actor_type, details, created_at)
    select lpad(to_hex(n), 24, '0'), lpad((n % 2)::text, 24, '0'), 'test', 'system',
      jsonb_build_object('zürich', n, 'a', jsonb_build_array(true, null, 'é"\\', n)), '2026-01-01'::timestamptz + n * interval '1 second'
    from generate_series(1, ${EVENTS}) n`;
  for (let tries = 0; tries < 200 && (await chainSettled(world.ports)).position < EVENTS; tries++) await Bun.sleep(25);
  await world.sql`insert into audit_events (id, action, actor_type) values (${'f'.repeat(24)}, 'audit.tail', 'system')`;
});
afterAll(() => world?.close());

const get = (path: string, key = ADMIN_API_KEY) =>
  world.fetch(`/admin/v1${path}`, { headers: { authorization: `Bearer ${key}` } });

interface Line {
  readonly position?: number;
  readonly hash?: string;
  readonly event: { readonly id: string; readonly organizationId?: string; readonly action: string };
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

test('the head is told to the operator alone', async () => {
  const answer = await get('/audit-chain/head');
  expect(await answer.json()).toEqual({
    position: EVENTS,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    chainedAt: expect.any(String),
  });
  expect((await get('/audit-chain/head', 'x'.repeat(40))).status).toBe(401);
  expect((await get('/audit-events/export', 'x'.repeat(40))).status).toBe(401);
});

test('the export has every event in order with its record, filtered as the list is, the tail last', async () => {
  const answer = await get('/audit-events/export');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f]{24}$/);
  const lines = linesOf(await answer.text());
  expect(lines.map(({ position }) => position)).toEqual([
    ...Array.from({ length: EVENTS }, (_, n) => n + 1),
    undefined,
  ]);
  expect(lines.at(-1)).toEqual({ event: expect.objectContaining({ action: 'audit.tail' }) });
  const half = linesOf(await (await get(`/audit-events/export?organizationId=${'1'.padStart(24, '0')}`)).text());
  expect(half.length).toBe(602);
  expect(half.every(({ event }) => event.organizationId?.endsWith('1'))).toBe(true);
  expect(linesOf(await (await get('/audit-events/export?action=audit.tail')).text()).length).toBe(1);
  expect((await get('/audit-events/export?organizationId=x')).status).toBe(422);
});

test('a key that is limited to an organization gets its events alone, and no head', async () => {
  const organization = '1'.padStart(24, '0');
  await world.sql`insert into organizations (id, slug, name) values (${organization}, 'one', 'One')`;
  const made = await world.fetch('/admin/v1/admin-keys', {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'auditor', access: 'read', organizations: [organization] }),
  });
  const { key } = (await made.json()) as { key: string };
  const lines = linesOf(await (await get('/audit-events/export', key)).text());
  expect([lines.length, lines.every(({ event }) => event.organizationId === organization)]).toEqual([602, true]);
  const other = '0'.padStart(24, '0');
  expect(await (await get(`/audit-events/export?organizationId=${other}`, key)).text()).toBe('');
  expect((await get('/audit-chain/head', key)).status).toBe(403);
});

test('a caller that goes away stops the reading', async () => {
  const answer = await get('/audit-events/export');
  const reader = answer.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect((await get('/audit-chain/head')).status).toBe(200);
});

test('a page of documentation is enough to verify it with another tool', async () => {
  const python = Bun.which('python3');
  if (!python) return console.warn('NOT RUN: there is no python3 to verify the export with');
  const [, program = ''] =
    /```python\n([\s\S]*?)```/.exec(await readFile(new URL('../../docs/audit.md', import.meta.url), 'utf8')) ?? [];
  const text = await (await get('/audit-events/export')).text();
  const { hash } = (await (await get('/audit-chain/head')).json()) as { hash: string };
  const verify = async (input: string) => {
    const child = Bun.spawn([python, '-c', program], { stdin: new Blob([input]), stdout: 'pipe', stderr: 'pipe' });
    const [out, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
    return { code: await child.exited, said: `${out}${error}`.trim() };
  };
  expect(await verify(text)).toEqual({ code: 0, said: hash });
  expect(await verify(text.replace('"zürich":700', '"zürich":701'))).toEqual({
    code: 1,
    said: 'position 700 is not what was written',
  });
});

test('the command exports the same, verifies with 0, and with 1 names what was changed', async () => {
  const exported = await runCommandLine(['export', 'audit'], environment);
  expect([exported.code, exported.error]).toEqual([0, '']);
  expect(exported.out).toBe(await (await get('/audit-events/export')).text());
  const unknown = await runCommandLine(['export', 'audit', '--organization', 'nobody'], environment);
  expect([unknown.code, unknown.out]).toEqual([1, '']);
  const { hash } = (await (await get('/audit-chain/head')).json()) as { hash: string };
  const good = await runCommandLine(['audit', 'verify', '--anchor', hash], environment);
  expect([good.code, good.error]).toEqual([0, '']);
  expect(good.out).toContain(`${EVENTS} events are good, up to position ${EVENTS} (${hash}).`);
  expect(good.out).toContain('2 events are not chained yet');
  await pastTriggers(
    world.sql,
    (query) => query`update audit_events set action = 'x' where id = ${(700).toString(16).padStart(24, '0')}`,
  );
  const bad = await runCommandLine(['audit', 'verify', '--json'], environment);
  expect(bad.code).toBe(1);
  expect(JSON.parse(bad.out)).toMatchObject({ ok: false, verified: 699, fault: { kind: 'changed', position: 700 } });
  expect((await runCommandLine(['audit', 'verify'], environment)).out).toContain(
    'at position 700, event 0000000000000000000002bc',
  );
});

test.each([[['--since', 'yesterday']], [['--anchor', 'abc']]])('audit verify %j is asked wrongly', async (args) => {
  const wrong = await runCommandLine(['audit', 'verify', ...args], environment);
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.error).toContain('vestibule audit verify --help');
});
