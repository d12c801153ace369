/** A check that fails shows both sides of what it compared, and of neither more than an operator may see. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Check } from '#core/checks.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import { applivery, type Client, indee, visitProvider } from '#tests/hostile/clients.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

interface Broken {
  readonly client?: Client;
  readonly startedWith?: string;
  readonly user?: Overrides;
  readonly extra?: Record<string, unknown>;
  readonly bend?: () => void;
  readonly path?: string;
}

async function sent({ client = applivery, startedWith, user, extra = {}, bend, path }: Broken): Promise<Response> {
  if (user) stage.provider.script.user = user;
  bend?.();
  const started = await client.start(stage, startedWith);
  const [own, init] = client.callback(stage, started, await visitProvider(stage, started), extra);
  return stage.world.fetch(path ?? own, init);
}

const NONCE = 'n'.repeat(22);
const BROKEN: readonly (readonly [name: string, broken: Broken, expected: string, actual: string])[] = [
  ['email.present', { user: { ...ADA, email: undefined } }, 'an email', 'absent'],
  [
    'email.wellFormed',
    { user: { ...ADA, email: 'ada at acme' } },
    'one address, name@domain',
    'string of 11 characters',
  ],
  ['email.asStarted', { client: indee, startedWith: 'amy@acme.test' }, 'a…@acme.test', 'a…@acme.test, which differs'],
  [
    'request.email',
    { client: indee, extra: { email: 'amy@acme.test' } },
    'a…@acme.test',
    'a…@acme.test, which differs',
  ],
  ['request.email', { client: indee, extra: { email: 'not..one@acme.test' } }, 'a…@acme.test', 'absent'],
  ['request.nonce', { client: indee, extra: { nonce: NONCE } }, 'matches', 'differs'],
  ['request.connection', { path: '/v1/auth/sso/globex/rival/callback' }, 'acme/oidc', 'globex/rival'],
  [
    'idToken.signature',
    {
      bend: () => {
        stage.provider.script.idToken.tamper = (token) => `${token.slice(0, -8)}AAAAAAAA`;
      },
    },
    'a signature by the key KID, RS256',
    'none of that key: the token was changed, or another key signed it',
  ],
];

test.each([...BROKEN])('%s', async (name, broken, expected, actual) => {
  const answer = await sent(broken);
  expect(answer.ok).toBe(false);
  const { sql } = stage.world;
  const [login] = await sql`select checks from logins where request_id = ${answer.headers.get('request-id')}`;
  const checks: Check[] = login?.['checks'] ?? [];
  const failed = checks.find(({ outcome }) => outcome === 'failed');
  const key = checks.find((check) => check.name === 'idToken.key')?.expected?.split('kid ')[1] ?? '';
  expect(failed).toEqual({ name, outcome: 'failed', expected: expected.replace('KID', key), actual });
  expect(JSON.stringify(checks)).not.toMatch(/amy@|ada@|not\.\.one/);
  expect(JSON.stringify(checks)).not.toContain(NONCE);
  stage.honest();
  await read(await sent(broken.client ? { client: broken.client } : {}));
});
