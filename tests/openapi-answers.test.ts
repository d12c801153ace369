/** The OpenAPI document says all that the application answers: every status, content type and body of every route. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { createApp } from '#app';
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { signIn } from '#dev/sign-in.ts';
import { openDatabase } from '#ports/db/client.ts';
import type { OpenApiDocument } from '#routes/http/openapi-document.ts';
import { type Fetch, json, read, travelApplivery, travelIndee, travelPria } from '#tests/journey.ts';
import {
  type Attempt,
  type Credentials,
  crookedBodies,
  crookedRequests,
  undocumentedTypes,
} from '#tests/openapi-requests.ts';
import { createWitness, type Described, type Witness } from '#tests/openapi-witness.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { createWorld, PUBLIC_URL, type World } from '#tests/world.ts';

const ADMIN_API_KEY = crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: 'base64url' });
const EMAIL = 'ada@acme.test';

let provider: RunningIdentityProvider;
let world: World;
let hurried: World;
let document: OpenApiDocument;
let witness: Witness;
let credentials: Credentials;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const worldWith = (environment: Record<string, string>) =>
  createWorld({
    outboundAllow: [new URL(provider.issuer).host],
    declaration: (apiKey) => acme(provider.issuer, apiKey),
    environment: { ADMIN_API_KEY, ...environment },
  });

beforeAll(async () => {
  provider = await startIdentityProvider({ clients: [CLIENT] });
  [world, hurried] = await Promise.all([
    worldWith({ RATE_LIMIT_PER_MINUTE: '0' }),
    worldWith({ RATE_LIMIT_PER_MINUTE: '1' }),
  ]);
  document = await read(await world.fetch('/openapi.json'));
  witness = createWitness(document);
  credentials = {
    apiKey: bearer(world.apiKey),
    accessToken: bearer(await appliveryToken()),
    xAccessToken: { 'x-access-token': 'none' },
    adminKey: bearer(ADMIN_API_KEY),
  };
});
afterAll(async () => {
  await Promise.all([world?.close(), hurried?.close()]);
  await provider?.stop();
});

async function appliveryToken(): Promise<string> {
  const started = await read(await world.fetch('/v1/auth/sso/acme/oidc'));
  const callback = await signIn(started.data.redirectUrl, EMAIL);
  return (await read(await world.fetch('/v1/auth/sso/acme/oidc/callback', json(callback)))).data.accessToken.token;
}

/** The faults of all the answers, each once. */
async function faultsOf(make: (described: Described) => readonly Attempt[], from = witness): Promise<string[]> {
  const faults: string[] = [];
  for (const described of from.operations) {
    const answered = make(described).map(async ({ path, init }) =>
      from.faults(described, await world.fetch(path, init)),
    );
    faults.push(...(await Promise.all(answered)).flat());
  }
  return [...new Set(faults)];
}

describe('the document names what is answered', () => {
  test('to a good client', async () => {
    const faults: string[] = [];
    const fetch: Fetch = async (path, init) => {
      const answer = await world.fetch(path, init);
      const described = witness.find(init?.method ?? 'GET', path);
      faults.push(...(described ? await witness.faults(described, answer.clone()) : [`${path} is not documented`]));
      return answer;
    };
    const traveller = { fetch, apiKey: world.apiKey, email: EMAIL };
    await travelApplivery(traveller);
    for (const prefix of ['/v1', '/api/v1'] as const) await travelIndee(traveller, prefix);
    for (const start of ['/sso', '/api/auth/sso'] as const) await travelPria(traveller, start);
    const logins = await read(await fetch('/admin/v1/logins', { headers: bearer(ADMIN_API_KEY) }));
    await read(await fetch(`/admin/v1/logins/${logins.items[0].id}`, { headers: bearer(ADMIN_API_KEY) }));
    expect(faults).toEqual([]);
  });

  test('to crooked credentials and addresses', async () => {
    expect(await faultsOf((described) => crookedRequests(described, credentials))).toEqual([]);
  });

  test('to crooked bodies', async () => {
    expect(await faultsOf((described) => crookedBodies(described, credentials))).toEqual([]);
  });

  test('to whoever asks too often', async () => {
    await hurried.fetch('/docs');
    for (const described of witness.operations) {
      const [attempt] = crookedRequests(described, credentials);
      const answer = await hurried.fetch(attempt?.path ?? '', attempt?.init);
      const refused = answer.status === 429;
      expect([described.path, refused]).toEqual([described.path, '429' in described.operation.responses]);
      expect(await witness.faults(described, answer)).toEqual([]);
    }
  });

  test('while the database is away', async () => {
    const { clock } = world.ports;
    const db = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', prepare: false, poolMax: 4, clock });
    const app = createApp({ ...world.ports, db }, { readiness: { check: () => Promise.reject() }, version: 'test' });
    const statuses = new Set<number>();
    for (const described of witness.operations) {
      const [attempt] = crookedRequests(described, credentials);
      const answer = await app.fetch(new Request(new URL(attempt?.path ?? '', PUBLIC_URL), attempt?.init));
      statuses.add(answer.status);
      expect(await witness.faults(described, answer)).toEqual([]);
    }
    expect(statuses).toContain(503);
    await db.close();
  });

  test('and a status, a content type or a member that it lacks is found out', async () => {
    const poorer = structuredClone(document);
    for (const operation of Object.values(poorer.paths).flatMap((methods) => Object.values(methods))) {
      delete operation.responses['400'];
      delete operation.responses['422']?.content?.['application/problem+json'];
    }
    const envelope = poorer.components.schemas['Pria.Error'];
    Object.assign(envelope ?? {}, { required: ['success', 'message', 'code'] });
    const faults = await faultsOf((described) => crookedRequests(described, credentials), createWitness(poorer));
    expect(faults).toContain('GET /v1/users/profile: 400 is not documented');
    expect(faults).toContain('GET /metrics: 422 comes as application/problem+json');
    expect(faults.find((fault) => fault.startsWith('POST /api/auth/signout: 401'))).toContain('code');
  });
});

describe('a content type that is not documented', () => {
  test('is answered 415', async () => {
    const withBody = witness.operations.filter(({ operation }) => operation.requestBody);
    expect(withBody.length).toBeGreaterThan(10);
    for (const described of withBody) {
      for (const { path, init } of undocumentedTypes(described, credentials)) {
        const answer = await world.fetch(path, init);
        expect([path, init.headers['content-type'], answer.status]).toEqual([path, init.headers['content-type'], 415]);
        expect(await witness.faults(described, answer)).toEqual([]);
      }
    }
  });
});

test('every body, refusal and success has an example', () => {
  const without = witness.operations.flatMap(({ method, path, operation }) => {
    const answers = Object.entries(operation.responses).map(([status, { content }]) => ({ part: status, content }));
    const parts = [...answers, { part: 'request', content: operation.requestBody?.content }];
    return parts.flatMap(({ part, content }) =>
      Object.values(content ?? {}).some(({ examples }) => !examples || Object.keys(examples).length === 0)
        ? [`${method} ${path} ${part}`]
        : [],
    );
  });
  expect(without).toEqual([]);
});

test('every error of the three APIs stands in a table at its head', () => {
  const described = new Map(document.tags.map(({ name, description }) => [name, description]));
  const shown = witness.operations.flatMap(({ operation: { tags, responses } }) =>
    Object.values(responses).flatMap(({ content }) =>
      Object.values(content?.['application/json']?.examples ?? {}).flatMap(({ value }) => {
        const { error, status_code, success, message } = Object(value);
        const word = error?.code ?? (success === false ? message : status_code);
        return word === undefined || word === 'A0000' ? [] : [{ tag: tags?.[0] ?? '', word: String(word) }];
      }),
    ),
  );
  expect(new Set(shown.map(({ tag }) => tag))).toEqual(new Set(['Applivery', 'Indee', 'Pria']));
  for (const { tag, word } of shown) expect(described.get(tag)).toContain(`\n| ${word} | `);
});

test('a logout speaks of both protocols that end a session at the provider, with an example of each', () => {
  const logouts = witness.operations.filter(({ path }) => /\/(logout|signout)$/.test(path) && !path.includes('{'));
  expect(logouts.map(({ operation }) => operation.tags?.[0]).sort()).toEqual(['Applivery', 'Indee', 'Indee', 'Pria']);
  for (const { operation } of logouts) {
    expect(operation.description).toMatch(/SAML single logout.*OpenID Connect/);
    const shown = JSON.stringify(operation.responses['200']?.content?.['application/json']?.examples);
    expect(shown).toMatch(/SAMLRequest=/);
    expect(shown).toMatch(/\/oidc\/[0-9a-f]{24}\/logout\?session=/);
  }
});
