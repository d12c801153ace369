/** The typed clients of the package: their examples against a server that listens, and types that are those of today. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readFile } from 'node:fs/promises';
import { createClient } from 'vestibule/client';
import { openapiTypes } from '#dev/openapi-types.ts';
import * as eden from '#examples/eden.ts';
import * as openapi from '#examples/openapi.ts';
import { type Listener, listen } from '#ports/http/listener.ts';
import { createWorld, type World } from '#tests/world.ts';

const ADMIN_API_KEY = 'operator-key-of-these-tests-0123456789';

let world: World;
let listener: Listener;
let origin: string;
beforeAll(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({ organizations: [] }),
    environment: { ADMIN_API_KEY },
  });
  listener = listen((request) => world.app.fetch(request), { host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${listener.port}`;
});
afterAll(async () => {
  await listener?.close();
  await world?.close();
});

test.each([
  ['vestibule/client', eden, 'acme-eden'],
  ['vestibule/openapi', openapi, 'acme-openapi'],
] as const)('the example of %s does what it says', async (_name, { renameOrganization }, slug) => {
  expect(await renameOrganization(origin, ADMIN_API_KEY)).toEqual(['Acme Industries']);
  const [row] = await world.sql`select name from organizations where slug = ${slug}`;
  expect(row?.['name']).toBe('Acme Industries');
  // the slug is taken by now, and a refusal is told
  await expect(renameOrganization(origin, ADMIN_API_KEY)).rejects.toThrow(/^(refused: 409|conflict: )/);
});

test('a time is the text that the types say', async () => {
  const vestibule = createClient(origin, { headers: { authorization: `Bearer ${ADMIN_API_KEY}` } });
  const { data } = await vestibule.admin.v1.organizations.get();
  expect(data?.items.map(({ createdAt }) => typeof createdAt)).toContain('string');
  expect(data?.items.map(({ createdAt }) => typeof createdAt)).not.toContain('object');
});

test('the types are those of the document: `bun run types` makes them anew', async () => {
  const kept = await readFile(new URL('../../src/client/openapi.d.ts', import.meta.url), 'utf8');
  // not by a matcher, which would print both
  expect(kept === (await openapiTypes()) ? 'of today' : 'stale: run `bun run types`').toBe('of today');
});
