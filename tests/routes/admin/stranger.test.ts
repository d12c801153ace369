/** Who has no operator's key makes the server read nothing: the body of such a request stays where it is. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { acme } from '#tests/organizations.ts';
import { createWorld, PUBLIC_URL, type World } from '#tests/world.ts';

const KEY = 'operator-key-of-the-test-0123456789abcdef';
let world: World;
beforeAll(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: (apiKey) => acme('https://login.acme.test', apiKey),
    environment: { ADMIN_API_KEY: KEY },
  });
});
afterAll(() => world?.close());

interface Sent {
  readonly status: number;
  readonly bodyRead: boolean;
}

async function send(method: string, path: string, authorization?: string): Promise<Sent> {
  let bodyRead = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        bodyRead = true;
        controller.enqueue(new TextEncoder().encode('{"broken":'));
        controller.close();
      },
    },
    // nothing is asked for in advance
    { highWaterMark: 0 },
  );
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  const { status } = await world.app.fetch(new Request(new URL(path, PUBLIC_URL), { method, headers, body }));
  return { status, bodyRead };
}

test('no route of the admin API reads a body before it knows who sends it', async () => {
  const document = await (await world.fetch('/openapi.json')).json();
  const operations = Object.entries<Record<string, { requestBody?: object }>>(document.paths)
    .filter(([path]) => path.startsWith('/admin/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { requestBody }]) => requestBody)
        .map(([method]) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'f'.repeat(24))] as const),
    );
  expect(operations.length).toBeGreaterThanOrEqual(8);
  for (const [method, path] of operations) {
    for (const authorization of [undefined, 'Bearer wrong', 'Basic b3BlcmF0b3I6', `Bearer ${world.apiKey}`])
      expect([path, await send(method, path, authorization)]).toEqual([path, { status: 401, bodyRead: false }]);
    expect([path, await send(method, path, `Bearer ${KEY}, Bearer ${KEY}`)]).toEqual([
      path,
      { status: 422, bodyRead: false },
    ]);
    expect([path, await send(method, path, `Bearer ${KEY}`)]).toEqual([path, { status: 422, bodyRead: true }]);
  }
});
