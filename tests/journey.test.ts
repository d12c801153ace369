/** The three dialects against the application in this process, over the development identity provider. */
import { afterAll, beforeAll, describe, test } from 'bun:test';
import { type RunningIdentityProvider, startIdentityProvider } from '#dev/identity-provider.ts';
import { type Traveller, travelApplivery, travelIndee, travelPria } from '#tests/journey.ts';
import { acme, CLIENT } from '#tests/organizations.ts';
import { createWorld, type World } from '#tests/world.ts';

let provider: RunningIdentityProvider;
let world: World;
let traveller: Traveller;

beforeAll(async () => {
  provider = await startIdentityProvider({ clients: [CLIENT] });
  world = await createWorld({
    outboundAllow: [new URL(provider.issuer).host],
    declaration: (apiKey) => acme(provider.issuer, apiKey),
  });
  traveller = { fetch: world.fetch, apiKey: world.apiKey, email: 'ada@acme.test' };
});
afterAll(async () => {
  await world?.close();
  await provider?.stop();
});

describe('an API client signs a person in', () => {
  test('over Applivery', () => travelApplivery(traveller));
  test('over Indee under /v1', () => travelIndee(traveller, '/v1'));
  test('over Indee under /api/v1', () => travelIndee(traveller, '/api/v1'));
  test('over Pria from /sso', () => travelPria(traveller, '/sso'));
  test('over Pria from /api/auth/sso', () => travelPria(traveller, '/api/auth/sso'));
});
