/** The end of a provider’s certificates: told in time, once, by one replica, and nobody is locked out. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { createSamlUpkeep, refreshSamlMetadata, reportCertificateExpiry } from '#core/saml-metadata.ts';
import { createSigningKey } from '#dev/saml/signing-key.ts';
import { ENTITY } from '#tests/core/metadata-source.ts';
import { type MetadataWorld, openMetadataWorld } from '#tests/core/metadata-world.ts';
import type { World } from '#tests/world.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let life: MetadataWorld;
beforeEach(async () => {
  life = await openMetadataWorld();
});
afterEach(() => life?.close());

const inUse = async () => (await life.found()).metadata.document?.certificates.map(({ certificate }) => certificate);
const refresh = (world: World = life.world) => refreshSamlMetadata(world.ports);
/** The longest that a check may be away. */
const nextRound = () => life.world.clock.moveBy(7 * HOUR);

describe('a certificate in use', () => {
  const expiring = async (days: number) => {
    const notAfter = new Date(life.world.clock.now().getTime() + days * DAY * 1_000);
    return (await createSigningKey({ type: 'ec', notAfter })).certificate;
  };
  const gauges = async () =>
    [...(await life.world.ports.metrics.text()).matchAll(/^vestibule_saml_certificates_(\w+) (\d+)$/gm)].map(
      ([, name, value]) => `${name} ${value}`,
    );

  test('is reported 30 days before it expires, and when it has expired, once each; and goes on verifying', async () => {
    Object.assign(life.source.says, { certificates: [await expiring(31), await expiring(365)] });
    await life.declare();
    const replica = await life.world.replica();
    await refresh();
    const report = async () => {
      await Promise.all([life.world, replica, life.world].map(({ ports }) => reportCertificateExpiry(ports)));
      await createSamlUpkeep(life.world.ports)();
      const count = async (action: string) => (await life.events(action)).length;
      return [await count('connection.certificate_expiring'), await count('connection.certificate_expired')];
    };
    expect(await report()).toEqual([0, 0]);
    expect(await gauges()).toEqual(['expiring 0', 'expired 0']);
    life.world.clock.moveBy(1.5 * DAY);
    for (let round = 0; round < 2; round++) expect(await report()).toEqual([1, 0]);
    expect(await gauges()).toEqual(['expiring 1', 'expired 0']);
    life.world.clock.moveBy(30 * DAY);
    for (let round = 0; round < 2; round++) expect(await report()).toEqual([1, 1]);
    expect(await gauges()).toEqual(['expiring 0', 'expired 1']);
    expect(await life.events('connection.certificate_expired')).toMatchObject([
      { details: { fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), notAfter: expect.any(String) } },
    ]);
    expect(await life.login()).toBe(ENTITY);
    expect(await inUse()).toHaveLength(2);
  });

  test('is reported at once when it comes into use too late, and no row is written again without news', async () => {
    Object.assign(life.source.says, { certificates: [await expiring(20)] });
    await life.declare();
    await refresh();
    const report = () => reportCertificateExpiry(life.world.ports);
    expect([await report(), await report()]).toEqual([1, 0]);
    nextRound();
    Object.assign(life.source.says, { certificates: [await expiring(5)] });
    await life.declare({ metadataUrl: `${life.source.url}?other` });
    await refresh();
    expect([await report(), await report()]).toEqual([1, 0]);
    expect(await life.events('connection.certificate_expiring')).toHaveLength(2);
  });

  test('that was reported is not reported again when another one of the connection is', async () => {
    Object.assign(life.source.says, { certificates: [await expiring(20), await expiring(35)] });
    await life.declare();
    await refresh();
    await reportCertificateExpiry(life.world.ports);
    life.world.clock.moveBy(10 * DAY);
    await reportCertificateExpiry(life.world.ports);
    const told = (await life.events('connection.certificate_expiring')).map(({ details }) => details['fingerprint']);
    expect(told).toHaveLength(2);
    expect(new Set(told).size).toBe(2);
  });
});
