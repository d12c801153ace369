/** Crooked callbacks, through each dialect: OC-02 to OC-05, OC-09, OC-23, OC-26, OC-27. No lie of the provider is needed. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { SsoErrorCode } from '#error';
import { randomToken } from '#ports/keys/random.ts';
import { applivery, CLIENTS, type Client, pria, type Returned, visitProvider } from '#tests/hostile/clients.ts';
import { expectRefusal, type Refused } from '#tests/hostile/refusal.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { json, read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

interface Case {
  readonly name: string;
  readonly change: (returned: Returned) => Returned;
  readonly refused: Refused;
  /** Where a dialect's schema is stricter than the core. */
  readonly indee?: Refused;
}

const unsaved = (reason: SsoErrorCode): Refused => ({ reason, consumed: false });
/** Refused by the schema: no login that a trace could be about. */
const UNREADABLE: Refused = { reason: 'input_invalid', consumed: false, traced: false };

const CASES: readonly Case[] = [
  {
    name: 'OC-02 no state',
    change: ({ state: _gone, ...rest }) => rest,
    refused: unsaved('state_missing'),
    indee: UNREADABLE,
  },
  {
    name: 'OC-03 empty state',
    change: (returned) => ({ ...returned, state: '' }),
    refused: unsaved('state_missing'),
    indee: UNREADABLE,
  },
  {
    name: 'OC-03 unknown state',
    change: (returned) => ({ ...returned, state: randomToken(16) }),
    refused: unsaved('state_invalid'),
  },
  {
    name: 'OC-03 state in another case',
    change: (returned) => ({ ...returned, state: flipCase(returned['state'] ?? '') }),
    refused: unsaved('state_invalid'),
  },
  {
    name: 'OC-03 state with a blank behind it',
    change: (returned) => ({ ...returned, state: `${returned['state']} ` }),
    refused: unsaved('state_invalid'),
  },
  {
    name: 'OC-03 state of SQL, NUL and half a surrogate',
    change: (returned) => ({ ...returned, state: `' or 1=1 --\u0000\ud800` }),
    refused: unsaved('state_invalid'),
  },
  {
    name: 'OC-03 state of 10 kB',
    change: (returned) => ({ ...returned, state: 'x'.repeat(10_240) }),
    refused: UNREADABLE,
  },
  {
    name: 'neither code nor error',
    change: ({ code: _gone, ...rest }) => rest,
    refused: unsaved('code_missing'),
  },
  {
    name: 'OC-05 code and error',
    change: (returned) => ({ ...returned, error: 'access_denied' }),
    refused: { reason: 'response_ambiguous', consumed: true },
    // Indee's clients send every member always: an error says what the code is worth
    indee: { reason: 'idp_access_denied', consumed: true },
  },
  {
    name: 'OC-04 error, with a description of markup',
    change: ({ state }) => ({ state, error: 'access_denied', error_description: '<script>alert(1)</script>' }),
    refused: { reason: 'idp_access_denied', consumed: true },
  },
  {
    name: 'OC-04 error of markup',
    change: ({ state }) => ({ state, error: '<script>alert(1)</script>' }),
    refused: { reason: 'idp_error', consumed: true },
  },
];

describe.each([...CLIENTS])('$dialect refuses', (client) => {
  test.each([...CASES])('$name', async ({ change, refused, indee }) => {
    const started = await client.start(stage);
    const returned = change(await visitProvider(stage, started));
    stage.provider.reset();
    stage.honest();
    const send = () => stage.world.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, started, () => withoutTokenRequest(send), {
      ...refused,
      ...(client.dialect === 'indee' && indee),
    });
  });

  test('a callback ten minutes late', async () => {
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    stage.world.clock.moveBy(601);
    const send = () => stage.world.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, started, () => withoutTokenRequest(send), unsaved('state_expired'));
  });
});

describe('a state of one dialect is no state of another', () => {
  const pairs = CLIENTS.flatMap((from) => CLIENTS.filter((to) => to !== from).map((to) => ({ from, to })));
  test.each(pairs)('$from.dialect at $to.dialect', async ({ from, to }) => {
    const started = await from.start(stage);
    const returned = await visitProvider(stage, started);
    const send = () => stage.world.fetch(...to.callback(stage, started, returned));
    await expectRefusal(stage, to, started, () => withoutTokenRequest(send), {
      reason: 'dialect_mismatch',
      consumed: true,
    });
  });
});

/** OC-09, OC-26: the path names a connection, and the state belongs to another. */
const PATHS: readonly { path: string; reason: SsoErrorCode }[] = [
  { path: 'globex/oidc', reason: 'connection_mismatch' },
  { path: 'globex/rival', reason: 'connection_mismatch' },
  { path: 'acme/saml', reason: 'connection_not_found' },
  { path: 'acme/OIDC', reason: 'connection_not_found' },
  { path: 'acme/__proto__', reason: 'connection_not_found' },
  { path: 'acme/constructor', reason: 'connection_not_found' },
  { path: 'acme/..%2fadmin', reason: 'connection_not_found' },
  { path: 'nobody/oidc', reason: 'organization_not_found' },
];

test.each([...PATHS])('OC-09, OC-26 a state of acme/oidc at $path', async ({ path, reason }) => {
  const started = await applivery.start(stage);
  const returned = await visitProvider(stage, started);
  const send = () => stage.world.fetch(`/v1/auth/sso/${path}/callback`, json(returned));
  await expectRefusal(stage, applivery, started, () => withoutTokenRequest(send), { reason, consumed: true });
});

test('OC-26 a SAML response for an OIDC connection reaches no handler', async () => {
  const started = await applivery.start(stage);
  const { code, state } = await visitProvider(stage, started);
  const answer = await stage.world.fetch(
    ...applivery.callback(stage, started, { SAMLResponse: code, RelayState: state }),
  );
  expect(await read(answer, 400)).toEqual({ status: false, error: { code: 5070, message: 'Saml get profile error' } });
  await read(await stage.world.fetch(...applivery.callback(stage, started, { code, state })));
});

/** OC-27: the configuration changes while the person signs in. */
const DISABLED: readonly { name: string; sql: string; undo: string; reason: SsoErrorCode }[] = [
  ...(['disabled', 'draft'] as const).map((status) => ({
    name: `${status} connection`,
    sql: `update connections set status = '${status}' where slug = 'oidc'`,
    undo: `update connections set status = 'active'`,
    reason: 'connection_disabled' as const,
  })),
  {
    name: 'disabled organization',
    sql: `update organizations set status = 'disabled' where slug = 'acme'`,
    undo: `update organizations set status = 'active'`,
    reason: 'organization_disabled',
  },
];

describe.each([applivery, pria])('OC-27 $dialect finishes on a', (client) => {
  test.each([...DISABLED])('$name', async ({ sql, undo, reason }) => {
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    await stage.world.sql.unsafe(sql);
    const send = () => stage.replica.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, started, () => withoutTokenRequest(send), {
      reason,
      consumed: true,
      restore: async () => void (await stage.world.sql.unsafe(undo)),
    });
  });
});

/** OC-23: who signed in is told by the ID token; what a client adds to its callback is not even read. */
const ADDITIONS: readonly Record<string, unknown>[] = [
  { email: 'victim@acme.test' },
  { email: 5 },
  { nonce: 'of-my-own-choosing' },
  { nonce: { toString: null } },
  { path: { organization: 'globex', connection: 'oidc' } },
  { path: 'globex' },
  { apiKey: { value: 'x'.repeat(40) } },
  { apiKey: 5 },
  { claims: { accountType: 'super' }, extended: true, dialect: 'indee', browser: 'x', origin: { address: '10.0.0.1' } },
  { user: { role: 'owner' }, role: 'owner', sub: 'someone-else', organizationId: '0'.repeat(24) },
];

describe.each([applivery, pria])('OC-23 $dialect ignores', (client: Client) => {
  test.each(ADDITIONS.map((extra) => ({ extra, name: JSON.stringify(extra) })))('$name', async ({ extra }) => {
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    const body = await read(await stage.world.fetch(...client.callback(stage, started, returned, extra)));
    expect(body.data?.user.email ?? body.profile.email).toBe('ada@acme.test');
    const [session] = await stage.world.sql`select address, dialect, role from sessions
      join memberships using (user_id, organization_id) order by sessions.created_at desc limit 1`;
    expect(session).toEqual({ address: null, dialect: client.dialect, role: 'user' });
  });
});

async function withoutTokenRequest(send: () => Promise<Response>): Promise<Response> {
  const before = stage.provider.count('token');
  const answer = await send();
  expect(stage.provider.count('token') - before).toBe(0);
  return answer;
}

function flipCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
