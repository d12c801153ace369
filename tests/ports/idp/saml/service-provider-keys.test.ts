/** Our key pairs on a real database: made once, whoever asks first, opened in their place, and rotated as one. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { dropPreviousSamlKeys } from '#ports/db/saml-keys.ts';
import { readCertificate } from '#ports/idp/saml/certificate.ts';
import { createServiceProviderKeys, type ServiceProviderKeys } from '#ports/idp/saml/service-provider-keys.ts';
import { createId } from '#ports/keys/identifier.ts';
import { acme } from '#tests/organizations.ts';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
let replica: World;
let connectionId: string;
let keys: ServiceProviderKeys;

const keysOf = ({ ports }: World) =>
  createServiceProviderKeys({ db: ports.db, sealer: ports.keys, clock: ports.clock });

beforeAll(async () => {
  world = await createWorld({ outboundAllow: [], declaration: (key) => acme('https://idp.example', key) });
  replica = await world.replica();
  const [connection] = await world.sql`select id from connections`;
  connectionId = String(connection?.['id']);
});
afterAll(() => world?.close());
beforeEach(() => {
  keys = keysOf(world);
});
afterEach(async () => {
  await world.sql`delete from saml_keys`;
});

const operator = (successorId: string | undefined) => ({
  successorId: successorId ?? '',
  auditId: createId(new Date()),
  actorType: 'operator' as const,
  actorId: null,
  address: '192.0.2.7',
  userAgent: 'test',
  requestId: createId(new Date()),
});

const rows = () =>
  world.sql`select id, status, certificate, sealed_private_key, retired_at from saml_keys order by status`;

/** Signs with the active key and verifies with the certificate that goes by it. */
async function signs(from: ServiceProviderKeys): Promise<string> {
  const signer = await from.signingKey(connectionId);
  const data = Uint8Array.of(1, 2, 3);
  const spki = Uint8Array.fromBase64((await readCertificate(signer.certificate)).publicKey);
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
  const signature = new Uint8Array(await signer.sign(data));
  expect(await crypto.subtle.verify(algorithm.name, key, signature, data)).toBe(true);
  return signer.certificate;
}

test('the first call makes an active and a next key; later ones find them', async () => {
  expect(await rows()).toHaveLength(0);
  const published = await keys.published(connectionId);
  expect(published.map(({ status }) => status)).toEqual(['active', 'next']);
  expect(await keys.published(connectionId)).toEqual(published);
  expect(await keysOf(replica).published(connectionId)).toEqual(published);
  expect(await signs(keys)).toBe(published[0]?.certificate ?? '');
  expect(await keys.decryptionKeys(connectionId)).toHaveLength(2);
  const stored = JSON.stringify(await rows());
  for (const privateKey of await keys.decryptionKeys(connectionId)) expect(stored).not.toContain(privateKey);
});

test('two replicas at once end with the same keys', async () => {
  const replicas = [keys, keysOf(replica), keysOf(world), keysOf(replica)];
  const published = await Promise.all(replicas.map((each) => each.published(connectionId)));
  expect(new Set(published.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(await rows()).toHaveLength(2);
});

test('a connection that is not there gets none', async () => {
  await expect(keys.published('66f000000000000000000000')).rejects.toMatchObject({ code: 'connection_not_found' });
  expect(await rows()).toHaveLength(0);
});

test('without an active key the next one, which the provider knows, takes over', async () => {
  const [, next] = await keys.published(connectionId);
  await world.sql`delete from saml_keys where status = 'active'`;
  const [active, newNext] = await keys.published(connectionId);
  expect(active).toMatchObject({ id: next?.id ?? '', status: 'active' });
  expect(newNext?.id).not.toBe(next?.id);
});

test('rotation: next signs, active only opens, previous is gone', async () => {
  const [first, second] = await keys.published(connectionId);
  const before = await keys.decryptionKeys(connectionId);
  const rotation = await keys.rotate(connectionId, operator(second?.id));
  expect(rotation).toMatchObject({ retired: first?.id ?? '', active: second?.id ?? '' });
  const after = await keys.published(connectionId);
  expect(after.map(({ id }) => id)).toEqual([second?.id ?? '', rotation?.next ?? '']);
  expect(await signs(keys)).toBe(second?.certificate ?? '');
  expect(await signs(keysOf(replica))).toBe(second?.certificate ?? '');
  const opening = await keys.decryptionKeys(connectionId);
  expect(opening).toHaveLength(3);
  expect(opening).toEqual(expect.arrayContaining(before));
  expect(opening[0]).not.toBe(before[0]);

  expect(await keys.rotate(connectionId, operator(second?.id))).toBeUndefined();
  await keys.rotate(connectionId, operator(rotation?.next));
  const last = await rows();
  expect(last.map(({ status }) => status)).toEqual(['active', 'next', 'previous']);
  expect(last.map(({ id }) => id)).not.toContain(first?.id);
});

test('of two rotations at once one happens', async () => {
  const [, second] = await keys.published(connectionId);
  const rotations = await Promise.all([
    keys.rotate(connectionId, operator(second?.id)),
    keysOf(replica).rotate(connectionId, operator(second?.id)),
  ]);
  const done = rotations.filter((rotation) => rotation !== undefined);
  // whoever comes second meant a key that is not the next one any more
  expect(done.map(({ active }) => active)).toEqual([second?.id ?? '']);
  const statuses = (await rows()).map(({ status }) => status);
  expect(statuses).toEqual(['active', 'next', 'previous']);
});

test('a previous key is dropped when its time is over, by the database’s clock', async () => {
  const [, next] = await keys.published(connectionId);
  await keys.rotate(connectionId, operator(next?.id));
  const [, , previous] = await rows();
  expect(await dropPreviousSamlKeys(world.ports.db, 3600)).toEqual([]);
  world.clock.moveBy(3601);
  expect(await dropPreviousSamlKeys(world.ports.db, 3600)).toEqual([String(previous?.['id'])]);
  expect((await rows()).map(({ status }) => status)).toEqual(['active', 'next']);
  expect(await keys.decryptionKeys(connectionId)).toHaveLength(2);
});

test('a private key that was moved or changed does not open, and publishing goes on', async () => {
  const published = await keys.published(connectionId);
  await signs(keys);
  await world.sql`update saml_keys set sealed_private_key =
    (select sealed_private_key from saml_keys where status = 'next') where status = 'active'`;
  await expect(keys.signingKey(connectionId)).rejects.toMatchObject({ code: 'signing_unavailable' });
  await expect(keys.decryptionKeys(connectionId)).rejects.toMatchObject({ code: 'signing_unavailable' });
  expect(await keys.published(connectionId)).toEqual(published);
});

test('keys go with their connection', async () => {
  await keys.published(connectionId);
  const gone = world.sql.begin(async (sql) => {
    await sql`delete from connections where id = ${connectionId}`;
    const [left] = await sql`select count(*)::int as count from saml_keys`;
    expect(left).toEqual({ count: 0 });
    throw new Error('put back');
  });
  await expect(gone).rejects.toThrow('put back');
});
