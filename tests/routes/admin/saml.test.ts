/** The operator sees how a SAML connection stands, and has the last word on new keys. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { refreshSamlMetadata } from '#core/saml-metadata.ts';
import { ENTITY, keyNamed, SSO } from '#tests/core/metadata-source.ts';
import { ADMIN_API_KEY, type MetadataWorld, openMetadataWorld } from '#tests/core/metadata-world.ts';
import { json, read } from '#tests/journey.ts';
import { createWitness } from '#tests/openapi-witness.ts';
import { PUBLIC_URL } from '#tests/world.ts';

const headers = { authorization: `Bearer ${ADMIN_API_KEY}` };
let life: MetadataWorld;
let path: string;
beforeAll(async () => {
  life = await openMetadataWorld();
  await life.declare();
  path = `/admin/v1/connections/${(await life.found()).connection.id}/saml`;
});
afterAll(() => life?.close());

const approve = (copy: unknown, at = path) => life.world.fetch(`${at}/metadata/approve`, json({ copy }, headers));
const witnessed = async (answer: Response) => {
  const witness = createWitness(await read(await life.world.fetch('/openapi.json')));
  const described = witness.operations.find(({ operation }) => operation.operationId === 'readSamlConnection');
  return described ? witness.faults(described, answer.clone()) : ['not documented'];
};

test('what to give the provider’s administrator, before anything is known of the provider', async () => {
  const answer = await life.world.fetch(path, { headers });
  expect(await witnessed(answer)).toEqual([]);
  const ours = `${PUBLIC_URL}/saml/${(await life.found()).connection.id}`;
  expect(await read(answer)).toMatchObject({
    serviceProvider: {
      entityId: `${ours}/metadata`,
      metadataUrl: `${ours}/metadata`,
      consumerServiceUrl: `${ours}/acs`,
      logoutUrl: `${ours}/slo`,
    },
    metadataUrl: life.source.url,
    failures: 0,
  });
});

test('what the provider says, what waits, and the approval of just that', async () => {
  await refreshSamlMetadata(life.world.ports);
  const first = await read(await life.world.fetch(path, { headers }));
  expect(first).toMatchObject({
    inUse: { entityId: ENTITY, singleSignOn: [{ binding: 'redirect', location: SSO }], singleLogout: [] },
  });
  expect(first.pending).toBeUndefined();
  const keys = ['first', 'second'].map(async (name) => (await keyNamed(name)).certificate);
  Object.assign(life.source.says, { certificates: await Promise.all(keys) });
  life.world.clock.moveBy(7 * 3_600);
  await refreshSamlMetadata(life.world.ports);
  const answer = await life.world.fetch(path, { headers });
  expect(await witnessed(answer)).toEqual([]);
  const { inUse, pending } = await read(answer);
  expect(inUse).toEqual(first.inUse);
  expect(pending.metadata.certificates).toHaveLength(2);
  expect(pending.added).toEqual({ certificates: [pending.metadata.certificates[1].fingerprint], endpoints: [] });
  expect(pending.removed).toEqual({ certificates: [], endpoints: [] });

  expect(await read(await approve('x'.repeat(43)), 409)).toMatchObject({ code: 'conflict' });
  expect(await read(await approve('short'), 422)).toMatchObject({ code: 'input_invalid' });
  const elsewhere = '/admin/v1/connections/ffffffffffffffffffffffff/saml';
  expect(await read(await approve(pending.copy, elsewhere), 404)).toMatchObject({ code: 'not_found' });
  const approved = await read(await approve(pending.copy));
  expect(approved).toMatchObject({ inUse: pending.metadata });
  expect(approved.pending).toBeUndefined();
  expect(await read(await approve(pending.copy), 409)).toMatchObject({ code: 'conflict' });
  const audit = await read(
    await life.world.fetch('/admin/v1/audit-events?action=connection.metadata_approved', { headers }),
  );
  expect(audit.items).toMatchObject([
    {
      actorType: 'operator',
      requestId: expect.stringMatching(/^[0-9a-f]{24}$/),
      details: { before: { entityId: ENTITY } },
    },
  ]);
});

test('nobody else sees or approves', async () => {
  expect(await read(await life.world.fetch(path), 401)).toMatchObject({ code: 'token_missing' });
  const answer = await life.world.fetch(`${path}/metadata/approve`, json({ copy: 'x'.repeat(43) }));
  expect(await read(answer, 401)).toMatchObject({ code: 'token_missing' });
  const other = { headers: { authorization: 'Bearer x' } };
  expect(await read(await life.world.fetch(path, other), 401)).toMatchObject({ code: 'token_invalid' });
});
