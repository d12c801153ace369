/** An identity provider’s metadata from a URL: when they are read, by whom, and what happens while they can't be. */
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { createSamlUpkeep, refreshSamlMetadata } from '#core/saml-metadata.ts';
import { ENTITY, keyNamed, SSO } from '#tests/core/metadata-source.ts';
import { type MetadataWorld, openMetadataWorld } from '#tests/core/metadata-world.ts';
import type { World } from '#tests/world.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let life: MetadataWorld;
beforeEach(async () => {
  life = await openMetadataWorld();
});
afterEach(() => life?.close());

const certificates = async (...names: string[]) =>
  Promise.all(names.map(async (name) => (await keyNamed(name)).certificate));
const inUse = async () => (await life.found()).metadata.document?.certificates.map(({ certificate }) => certificate);
const refresh = (world: World = life.world) => refreshSamlMetadata(world.ports);
/** The longest that a check may be away. */
const nextRound = () => life.world.clock.moveBy(7 * HOUR);
const secondsTo = (date: Date | null) => ((date?.getTime() ?? 0) - life.world.clock.now().getTime()) / 1_000;
const actions = async () => {
  const rows = await life.world
    .sql`select action from audit_events where action like 'connection.metadata%' order by created_at, id`;
  return rows.map(({ action }) => String(action).replace('connection.metadata_', ''));
};

describe('metadata from a URL', () => {
  test('are not fetched when the file is applied, and read by the next round of housekeeping', async () => {
    await life.declare();
    expect(life.source.count).toBe(0);
    await createSamlUpkeep(life.world.ports)();
    const { metadata } = await life.found();
    expect(metadata.document).toMatchObject({
      entityId: ENTITY,
      singleSignOn: [{ binding: 'redirect', location: SSO }],
    });
    expect(await inUse()).toEqual(await certificates('first'));
    expect(secondsTo(metadata.nextCheckAt) / HOUR).toBeWithin(5.3, 6.7);
    expect(await refresh()).toEqual({ checked: 0, failed: 0 });
    expect(life.source.count).toBe(1);
    expect(await actions()).toEqual(['updated']);
    expect(await life.login()).toBe(ENTITY);
  });

  test('are read by the login that comes first, once for all that wait', async () => {
    await life.declare();
    const logins = await Promise.all(Array.from({ length: 20 }, () => life.login()));
    expect(new Set(logins)).toEqual(new Set([ENTITY]));
    expect(life.source.count).toBe(1);
    expect(await refresh()).toEqual({ checked: 0, failed: 0 });
  });

  test('are read by one replica of several', async () => {
    await life.declare();
    const replica = await life.world.replica();
    for (let round = 1; round <= 5; round++) {
      const outcomes = await Promise.all([refresh(), refresh(replica), refresh(), refresh(replica)]);
      expect(outcomes.reduce((sum, { checked }) => sum + checked, 0)).toBe(1);
      expect(life.source.count).toBe(round);
      nextRound();
    }
  });

  test('are read again by another replica when the one that had claimed them is gone', async () => {
    await life.declare();
    const { claimDueMetadata } = await import('#ports/db/saml-metadata.ts');
    expect(await claimDueMetadata(life.world.ports.db, { leaseSeconds: 300, limit: 8 })).toHaveLength(1);
    expect(await refresh()).toMatchObject({ checked: 0 });
    life.world.clock.moveBy(301);
    expect(await refresh()).toEqual({ checked: 1, failed: 0 });
  });

  test.each([
    ['PT1H', undefined, 0.9 * HOUR, 1.1 * HOUR],
    ['PT1S', undefined, 300, 300],
    ['P30D', undefined, 5.3 * HOUR, 6.7 * HOUR],
    ['P30D', 4 * HOUR, 1.75 * HOUR, 2.25 * HOUR],
  ])(
    'are read again after cacheDuration %s and within validUntil %p',
    async (cacheDuration, validSeconds, least, most) => {
      await life.declare();
      const until = new Date(life.world.clock.now().getTime() + (validSeconds ?? 0) * 1_000).toISOString();
      Object.assign(life.source.says, { cacheDuration }, validSeconds ? { validUntil: until } : {});
      await refresh();
      expect(secondsTo((await life.found()).metadata.nextCheckAt)).toBeWithin(least - 5, most + 5);
    },
  );

  test('are not read for a connection or an organization that is disabled', async () => {
    await life.declare(undefined, { status: 'disabled' });
    expect(await refresh()).toMatchObject({ checked: 0 });
    await life.declare(undefined, { status: 'active' });
    await life.world.sql`update organizations set status = 'disabled'`;
    expect(await refresh()).toMatchObject({ checked: 0 });
    await life.world.sql`update organizations set status = 'active'`;
    expect(await refresh()).toMatchObject({ checked: 1 });
  });
});

describe('a source that fails', () => {
  test('leaves the copy in use, is told once, tried later and later, and told again when it is back', async () => {
    await life.declare();
    const upkeep = createSamlUpkeep(life.world.ports);
    await upkeep();
    nextRound();
    const metric = async () =>
      /^vestibule_saml_metadata_stale (\d+)$/m.exec(await life.world.ports.metrics.text())?.[1];
    expect(await metric()).toBe('0');
    life.source.answer = () => new Response('down', { status: 503 });
    const waits: number[] = [];
    for (let failure = 1; failure <= 9; failure++) {
      await upkeep();
      const { metadata } = await life.found();
      expect(metadata).toMatchObject({ failures: failure, failure: 'idp_unavailable' });
      waits.push(secondsTo(metadata.nextCheckAt));
      expect(await life.login()).toBe(ENTITY);
      nextRound();
    }
    for (const [index, wait] of waits.entries()) {
      const expected = Math.min(300 * 2 ** index, 6 * HOUR);
      expect(wait).toBeWithin(Math.max(300, expected * 0.9) - 5, expected * 1.1 + 5);
    }
    expect(await metric()).toBe('1');
    expect(life.world.logLines.filter((line) => line.includes('not refreshed'))).toHaveLength(9);
    expect(await life.events('connection.metadata_failed')).toMatchObject([
      { reason: 'idp_unavailable', details: { detail: 'metadata: 503', keeps: { entityId: ENTITY } } },
    ]);
    life.source.answer = undefined;
    await upkeep();
    expect((await life.found()).metadata).toMatchObject({ failures: 0, failure: null });
    expect(await actions()).toEqual(['updated', 'failed', 'recovered']);
    expect(await metric()).toBe('0');
  });

  test('is used until validUntil and not after', async () => {
    await life.declare();
    const validUntil = new Date(life.world.clock.now().getTime() + DAY * 1_000).toISOString();
    Object.assign(life.source.says, { validUntil });
    await refresh();
    life.source.answer = () => new Response('down', { status: 503 });
    life.world.clock.moveBy(DAY - 60);
    expect(await life.login()).toBe(ENTITY);
    life.world.clock.moveBy(61);
    expect(await life.login()).toBe('idp_unavailable: metadata: 503');
    life.source.answer = undefined;
    life.world.clock.moveBy(5);
    expect(await life.login()).toContain('saml_metadata: EntityDescriptor');
    Object.assign(life.source.says, { validUntil: undefined });
    life.world.clock.moveBy(5);
    expect(await life.login()).toBe(ENTITY);
  });

  test('and was never read lets nobody in, and does not count the attempts of logins', async () => {
    await life.declare();
    life.source.answer = () => new Response('down', { status: 503 });
    expect(await life.login()).toBe('idp_unavailable: metadata: 503');
    expect((await life.found()).metadata.failures).toBe(0);
    life.source.answer = undefined;
    life.world.clock.moveBy(5);
    expect(await life.login()).toBe(ENTITY);
  });

  test('is not called again for every login that somebody starts', async () => {
    await life.declare();
    let calls = 0;
    life.source.answer = () => {
      calls += 1;
      return new Response('down', { status: 500 });
    };
    for (let start = 0; start < 10; start += 1) expect(await life.login()).toStartWith('idp_unavailable');
    expect(calls).toBe(1);
    life.world.clock.moveBy(5);
    expect(await life.login()).toStartWith('idp_unavailable');
    expect(calls).toBe(2);
  });
});
