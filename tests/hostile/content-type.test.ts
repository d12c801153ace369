/** OC-25: a callback is read in the content types that its route documents, once, and within limits. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { applivery, bearer, type Client, indee, pria, type Started, visitProvider } from '#tests/hostile/clients.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const CALLBACK = {
  applivery: '/v1/auth/sso/acme/oidc/callback',
  indee: '/v1/admin/auth/sso/login',
  pria: '/api/auth/sso_callback',
} as const;

interface Begun {
  readonly started: Started;
  /** The members that the callback would have as JSON. */
  readonly members: Record<string, unknown>;
}

async function begin(client: Client): Promise<Begun> {
  const started = await client.start(stage);
  const [, { body }] = client.callback(stage, started, await visitProvider(stage, started));
  return { started, members: JSON.parse(String(body)) };
}

function send(client: Client, type: string | undefined, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers = { ...(type && { 'content-type': type }), ...(client === indee && bearer(stage.world.apiKey)) };
  return stage.world.fetch(CALLBACK[client.dialect], { method: 'POST', headers, body });
}

const form = (members: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(members).map(([name, value]) => [name, String(value)])).toString();

/** What every dialect refuses without having read it. */
const BODIES: readonly {
  name: string;
  status: number;
  type?: string;
  write: (json: string) => string | Uint8Array<ArrayBuffer>;
}[] = [
  { name: 'JSON as text/plain', status: 415, type: 'text/plain', write: (json) => json },
  { name: 'JSON as application/xml', status: 415, type: 'application/xml', write: (json) => json },
  { name: 'JSON as multipart/form-data', status: 415, type: 'multipart/form-data; boundary=x', write: (json) => json },
  { name: 'JSON as a type that only begins right', status: 415, type: 'application/json5', write: (json) => json },
  { name: 'JSON that breaks off', status: 400, type: 'application/json', write: (json) => json.slice(0, -1) },
  { name: 'JSON with something behind it', status: 400, type: 'application/json', write: (json) => `${json}{}` },
  { name: 'an array', status: 400, type: 'application/json', write: (json) => `[${json}]` },
  { name: 'null', status: 400, type: 'application/json', write: () => 'null' },
  { name: 'a text', status: 400, type: 'application/json', write: (json) => JSON.stringify(json) },
  { name: 'what is no UTF-8', status: 400, type: 'application/json', write: () => new Uint8Array([0x7b, 0xff, 0x7d]) },
  {
    name: 'a nesting of 40',
    status: 400,
    type: 'application/json',
    write: (json) => `{"x":${'['.repeat(40)}${']'.repeat(40)},${json.slice(1)}`,
  },
  {
    name: '280 KB',
    status: 413,
    type: 'application/json',
    write: (json) => `${json.slice(0, -1)},"x":"${'x'.repeat(280_000)}"}`,
  },
];

describe.each([applivery, indee, pria])('$dialect refuses', (client) => {
  test.each([...BODIES])('$name', async ({ status, type, write }) => {
    const { members } = await begin(client);
    const body = JSON.stringify(members);
    const answer = await send(client, type, write(body));
    expect(answer.status).toBe(status);
    expect(Object.keys(await answer.json()).sort()).toEqual(
      { applivery: ['error', 'status'], indee: ['status_code', 'status_message'], pria: ['message', 'success'] }[
        client.dialect
      ],
    );
    const [row] = await stage.world
      .sql`select count(*)::int as count from authentication_requests where consumed_at is not null and finished_at is null`;
    expect(row).toEqual({ count: 0 });
    await read(await send(client, 'application/json; charset=utf-8', body));
  });

  test.each(['code', 'state'])('a %s that is no text', async (name) => {
    for (const value of [5, true, null, [], {}, { $ne: null }]) {
      const { members } = await begin(client);
      const answer = await send(client, 'application/json', JSON.stringify({ ...members, [name]: value }));
      expect(answer.status).toBe(400);
      await read(await send(client, 'application/json', JSON.stringify(members)));
    }
  });
});

describe('a form', () => {
  test('is a callback for Applivery', async () => {
    const { members } = await begin(applivery);
    await read(await send(applivery, 'application/x-www-form-urlencoded', form(members)));
  });

  test('and so is an error by form', async () => {
    const { started } = await begin(applivery);
    const body = form({ state: started.state, error: 'access_denied', error_description: '<b>' });
    const post = () => send(applivery, 'application/x-www-form-urlencoded', body);
    await expectRefusal(stage, applivery, started, post, { reason: 'idp_access_denied', consumed: true });
  });

  test('that names a parameter twice is refused', async () => {
    const { started, members } = await begin(applivery);
    const post = () => send(applivery, 'application/x-www-form-urlencoded', `${form(members)}&code=other`);
    await expectRefusal(stage, applivery, started, post, { reason: 'input_invalid', consumed: false, traced: false });
  });

  test.each([indee, pria])('is none for $dialect', async (client) => {
    const { members } = await begin(client);
    expect((await send(client, 'application/x-www-form-urlencoded', form(members))).status).toBe(415);
    await read(await send(client, 'application/json', JSON.stringify(members)));
  });
});

test('Indee: error in all the ways that a client writes it', async () => {
  for (const error of [true, 'access_denied', '<b>']) {
    const { started, members } = await begin(indee);
    const body = JSON.stringify({ ...members, code: '', error, error_description: { canary: '<script>' } });
    const post = () => send(indee, 'application/json', body);
    const before = stage.provider.count('token');
    const restore = () => expect(stage.provider.count('token')).toBe(before);
    const reason = error === 'access_denied' ? 'idp_access_denied' : 'idp_error';
    await expectRefusal(stage, indee, started, post, { reason, consumed: true, restore });
  }
  for (const none of [{ error: false }, { error: '' }, { error: false, error_description: null }]) {
    const { members } = await begin(indee);
    await read(await send(indee, 'application/json', JSON.stringify({ ...members, ...none })));
  }
});
