/** What the trace of a refused login shows of what was compared: enough to know which of two sides is to be changed. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { answerFor, formOf, type PostedAnswer } from '#dev/saml/sign-in.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { ADMIN_API_KEY, callersOf } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import { PUBLIC_URL, REDIRECT_URI } from '#tests/world.ts';
import { createSamlWorld, type SamlWorld } from './saml-world.ts';

const EMAIL = 'ada@acme.test';
let world: SamlWorld;
beforeAll(async () => {
  world = await createSamlWorld({ environment: { ADMIN_API_KEY }, saml: { allowIdpInitiated: true } });
});
afterAll(() => world?.close());

const POST_SERVICE = /<[\w:]*SingleSignOnService[^>]*HTTP-POST[^>]*?(\/>|><\/[^>]+>)/;

/** The provider's metadata, but for one address. */
async function withoutPost(): Promise<string> {
  const xml = await (await fetch(world.provider.metadataUrl)).text();
  expect(xml).toMatch(POST_SERVICE);
  return xml.replace(POST_SERVICE, '');
}

/** The last check of the last trace, and its reason. */
async function lastTrace() {
  const [row] = await world.sql`select reason, checks from logins order by created_at desc, id desc limit 1`;
  return { reason: row?.['reason'], ...row?.['checks'].at(-1) };
}

async function make(slug: string, saml: object): Promise<string> {
  const { operator } = callersOf(world);
  const [row] = await world.sql`select id from organizations where slug = 'acme'`;
  const body = {
    slug,
    type: 'saml',
    redirectUris: [REDIRECT_URI],
    saml: { metadataUrl: world.provider.metadataUrl, ...saml },
  };
  const { id } = await read(await operator(`/organizations/${row?.['id']}/connections`, json(body)), 201);
  await read(await operator(`/connections/${id}/activate`, json({ force: true })));
  return id;
}

const deliver = (answer: PostedAnswer, connectionId = world.connectionId) =>
  world.fetch(serviceProvider(PUBLIC_URL, connectionId).consumerServiceUrl, {
    method: 'POST',
    body: formOf(answer),
    redirect: 'manual',
  });

test.each([
  [
    'another entity id than the pinned one',
    async () => ({ entityId: 'https://other.example' }),
    () => ({ reason: 'saml_entity_id_mismatch', expected: 'https://other.example', actual: world.provider.entityId }),
  ],
  [
    'a binding that the metadata lack',
    async () => ({ metadataUrl: undefined, metadataXml: await withoutPost(), requestBinding: 'post' }),
    () => ({ reason: 'saml_binding_unsupported', expected: 'post', actual: 'redirect' }),
  ],
])('%s', async (what, saml, found) => {
  const slug = what.replaceAll(' ', '-').slice(0, 30);
  await make(slug, await saml());
  expect((await world.fetch(`/v1/auth/sso/acme/${slug}`)).status).toBe(400);
  expect(await lastTrace()).toMatchObject({ outcome: 'failed', ...found() });
});

test('an assertion that was used', async () => {
  const { entityId } = serviceProvider(PUBLIC_URL, world.connectionId);
  const answer = await answerFor(world.provider.initiateUrl(entityId), EMAIL);
  expect((await deliver(answer)).status).toBe(303);
  expect((await deliver(answer)).status).toBe(400);
  expect(await lastTrace()).toMatchObject({
    reason: 'saml_replay',
    name: 'saml.replay',
    expected: 'an assertion that was not used before',
    actual: expect.stringMatching(/^_\S+ was used$/),
  });
});

test('the consumer service of another connection', async () => {
  const other = await make('other', {});
  const { data } = await read(await world.fetch('/v1/auth/sso/acme/saml'));
  const answer = await answerFor(data.redirectUrl, EMAIL);
  expect((await deliver(answer, other)).status).toBe(400);
  expect(await lastTrace()).toMatchObject({
    reason: 'connection_mismatch',
    name: 'request.connection',
    expected: world.connectionId,
    actual: other,
  });
});
