/** Versions of a SAML connection: the provider's metadata come and go with them. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { ADMIN_API_KEY, type Call, callersOf, patch } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import { createSamlWorld, type SamlWorld } from '#tests/saml/saml-world.ts';

const ELSEWHERE = 'https://idp.other.test';
const PATH = '/v1/auth/sso/acme/saml';

let world: SamlWorld;
let operator: Call;
let otherMetadata: string;
beforeAll(async () => {
  world = await createSamlWorld({ environment: { ADMIN_API_KEY } });
  operator = callersOf(world).operator;
  const other = await startSamlIdentityProvider();
  otherMetadata = other.metadataXml().replaceAll(other.origin, ELSEWHERE);
  await other.stop();
});
afterAll(() => world?.close());

const start = async () => (await read(await world.fetch(PATH))).data;
const logIn = async () => {
  const { redirectUrl } = await start();
  const { code, state } = await world.signIn(redirectUrl);
  return read(await world.fetch(`${PATH}/callback`, json({ code, state })));
};
const connection = (path = '', init?: RequestInit) => operator(`/connections/${world.connectionId}${path}`, init);

test('another provider’s metadata wait with their version, are used once it is active, and go with a rollback', async () => {
  await logIn();
  const saml = { metadataXml: otherMetadata, metadataUrl: null, entityId: null };
  const changed = await read(await connection('', patch({ saml })));
  expect(changed).toMatchObject({ version: 2, activeVersion: 1, problems: [] });
  const { configuration } = await read(await connection('/versions/2'));
  expect(configuration.saml.metadata.singleSignOn[0].location).toStartWith(ELSEWHERE);
  // what logins run on has not moved
  await logIn();

  await read(await connection('/activate', json({ force: true })));
  expect((await start()).redirectUrl).toStartWith(ELSEWHERE);
  const live = await read(await connection('/saml'));
  expect(live.inUse.singleSignOn[0].location).toStartWith(ELSEWHERE);

  await read(await connection('/rollback', { method: 'POST' }));
  expect((await start()).redirectUrl).toStartWith(world.provider.origin);
  await logIn();
});

test('a change of something else keeps what the source has said meanwhile', async () => {
  await read(await connection('', patch({ saml: { forceAuthn: true } })));
  await world.sql`update saml_metadata set checked_at = now() where connection_id = ${world.connectionId}`;
  const before = await read(await connection('/saml'));
  expect(before.checkedAt).toBeString();
  await read(await connection('/activate', json({ force: true })));
  const after = await read(await connection('/saml'));
  expect(after.inUse).toEqual(before.inUse);
  expect(after.checkedAt).toBe(before.checkedAt);
  await logIn();
});
