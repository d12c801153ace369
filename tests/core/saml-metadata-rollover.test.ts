/** A provider changes its key, as a real one does it: announces the next, signs with it, drops the old. And fails. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { approveSamlMetadata, refreshSamlMetadata } from '#core/saml-metadata.ts';
import type { MetadataFault } from '#dev/saml/faults.ts';
import { type RunningSamlIdentityProvider, startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { copyDigest } from '#ports/idp/saml/metadata-change.ts';
import { keyNamed } from '#tests/core/metadata-source.ts';
import { type MetadataWorld, openMetadataWorld } from '#tests/core/metadata-world.ts';

const ORIGIN = { actorId: null, address: null, userAgent: null, requestId: '6735a1c09f3b2e4d8c7a6b50' };

let provider: RunningSamlIdentityProvider;
let life: MetadataWorld;
beforeEach(async () => {
  provider = await startSamlIdentityProvider({ key: await keyNamed('provider') });
  life = await openMetadataWorld({ allowed: () => [new URL(provider.origin).host] });
});
afterEach(async () => {
  await life?.close();
  await provider?.stop();
});

const refresh = async () => {
  life.world.clock.moveBy(7 * 3_600);
  return refreshSamlMetadata(life.world.ports);
};
/** Whether a response that the provider signs now would verify. */
const trustsSigner = async () => {
  const { connection } = await life.found();
  const { certificates } = await life.world.ports.samlMetadata.readProviderMetadata(connection);
  return certificates.some(({ publicKey }) => publicKey === provider.key.publicKey);
};

test('an announced key waits for approval; afterwards the provider may sign with it and drop the old one', async () => {
  await life.declare({ metadataUrl: provider.metadataUrl });
  await refresh();
  expect(await life.login()).toBe(provider.entityId);
  await provider.announceKey();
  await refresh();
  expect(await trustsSigner()).toBe(true);
  const { connection, metadata } = await life.found();
  if (!metadata.pending) throw new Error('nothing is pending');
  const copy = await copyDigest(metadata.pending);
  const approval = { connectionId: connection.id, copy };
  await approveSamlMetadata(life.world.ports, approval, ORIGIN);
  await provider.rotateKey({ keep: false });
  expect(await trustsSigner()).toBe(true);
  expect(await refresh()).toEqual({ checked: 1, failed: 0 });
  expect(await trustsSigner()).toBe(true);
  expect((await life.found()).metadata.document?.certificates).toHaveLength(1);
});

test('a key that nobody approved is not trusted, whatever the provider signs with', async () => {
  await life.declare({ metadataUrl: provider.metadataUrl });
  await refresh();
  await provider.rotateKey({ keep: false });
  await refresh();
  expect(await trustsSigner()).toBe(false);
});

test('under a pinned metadata certificate a key is followed without anybody’s word', async () => {
  provider.faults.signMetadata = true;
  await life.declare({ metadataUrl: provider.metadataUrl, metadataCertificate: provider.certificate });
  await refresh();
  await provider.announceKey();
  expect(await refresh()).toEqual({ checked: 1, failed: 0 });
  await provider.rotateKey({ keep: true });
  expect(await trustsSigner()).toBe(true);
});

describe('while the metadata are served wrongly', () => {
  const faults: readonly [MetadataFault, string | null][] = [
    ['html', 'saml_dtd'],
    ['error', 'idp_unavailable'],
    ['slow', 'idp_timeout'],
    ['huge', 'idp_bad_response'],
    ['dtd', 'saml_dtd'],
    ['other-entity', 'saml_entity_id_mismatch'],
    ['redirect', 'idp_redirect'],
    ['new-key', null],
  ];
  test.each(faults)(
    '%s: logins go on with the copy in use',
    async (fault, failure) => {
      await life.declare({ metadataUrl: provider.metadataUrl });
      await refresh();
      provider.faults.metadata = fault;
      expect(await refresh()).toEqual({ checked: 1, failed: failure === null ? 0 : 1 });
      const { metadata } = await life.found();
      expect({ failure: metadata.failure, isPending: metadata.pending !== null }).toEqual({
        failure,
        isPending: failure === null,
      });
      expect(await life.login()).toBe(provider.entityId);
      expect(await trustsSigner()).toBe(true);
      provider.faults.metadata = undefined;
      expect(await refresh()).toEqual({ checked: 1, failed: 0 });
      expect((await life.found()).metadata).toMatchObject({ failures: 0, failure: null, pending: null });
    },
    30_000,
  );
});
