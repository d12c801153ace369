/** Logins that are under way while their connection changes: they finish on the version that they began with. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { startSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { CLIENTS, visitProvider } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { expectWire } from '#tests/hostile/wire.ts';
import { json, read } from '#tests/journey.ts';
import { createSamlWorld, type SamlWorld, samlAcme } from '#tests/saml/saml-world.ts';
import type { World } from '#tests/world.ts';

async function lastLogin({ sql }: Pick<World, 'sql'>) {
  const [row] =
    await sql`select outcome, reason, connection_version from logins order by created_at desc, id desc limit 1`;
  return row;
}

const versionsOf = (world: Pick<World, 'sql'>, slug: string) =>
  world.sql`select v.version, v.state from connection_versions v join connections c on c.id = v.connection_id
    join organizations o on o.id = c.organization_id where o.slug = 'acme' and c.slug = ${slug} order by v.version`;

describe('OpenID Connect', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.honest());
  afterAll(() => stage?.close());

  const version = async () => {
    const [row] = await stage.world
      .sql`select c.version from connections c join organizations o on o.id = c.organization_id
      where c.slug = 'oidc' and o.slug = 'acme'`;
    return Number(row?.['version']);
  };

  test.each([...CLIENTS])(
    '$dialect: it ends at the issuer where it began, the next one at the new issuer',
    async (client) => {
      await stage.reconnect({ issuer: stage.issuer('acme') });
      const before = await version();
      const started = await client.start(stage);
      const returned = await visitProvider(stage, started);
      await stage.reconnect({ issuer: stage.issuer('rival') });
      expect(await version()).toBe(before + 1);

      const answer = await stage.replica.fetch(...client.callback(stage, started, returned));
      client.tokensOf(await read(answer));
      expect(await lastLogin(stage.world)).toMatchObject({ outcome: 'succeeded', connection_version: before });

      const next = await client.start(stage);
      expect(next.url.pathname).toStartWith('/rival/');
      const rows = await versionsOf(stage.world, 'oidc');
      expect(rows.at(-2)).toMatchObject({ version: before, state: 'superseded' });
      expect(rows.at(-1)).toMatchObject({ version: before + 1, state: 'active' });
    },
  );

  test('the same file again makes no version, and a change of the status alone neither', async () => {
    await stage.reconnect({});
    const before = await versionsOf(stage.world, 'oidc');
    await stage.reconnect({});
    await stage.reconnect({ status: 'disabled' });
    await stage.reconnect({ status: 'active' });
    expect(await versionsOf(stage.world, 'oidc')).toEqual(before);
  });

  test.each([...CLIENTS])('$dialect: a connection that was off meanwhile refuses it', async (client) => {
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    await stage.reconnect({ status: 'disabled' });
    await stage.reconnect({ status: 'active' });
    const answer = await stage.world.fetch(...client.callback(stage, started, returned));
    await expectWire(answer, client.dialect, 'connection_disabled');
    const fresh = await client.start(stage);
    const finished = await stage.world.fetch(...client.callback(stage, fresh, await visitProvider(stage, fresh)));
    client.tokensOf(await read(finished));
  });

  test('a connection that was deleted meanwhile refuses it, and the trace says so', async () => {
    const [client] = CLIENTS;
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    stage.provider.script.meanwhile.token = async () => {
      await stage.world.sql`delete from connections where slug = 'oidc'
        and organization_id = (select id from organizations where slug = 'acme')`;
    };
    const answer = await stage.world.fetch(...client.callback(stage, started, returned));
    stage.honest();
    await expectWire(answer, client.dialect, 'connection_disabled');
    expect(await lastLogin(stage.world)).toMatchObject({ outcome: 'failed', reason: 'connection_disabled' });
    const requestId = answer.headers.get('request-id');
    const events = await stage.world.sql`select action, reason from audit_events where request_id = ${requestId}`;
    expect([...events]).toEqual([{ action: 'login.failure', reason: 'connection_disabled' }]);
    await stage.reconnect({});
  });

  test('a version that is not kept any more refuses it', async () => {
    const [client] = CLIENTS;
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    await stage.reconnect({ maxAgeSeconds: 86_400 });
    await stage.world.sql`delete from connection_versions where state = 'superseded'`;
    const answer = await stage.world.fetch(...client.callback(stage, started, returned));
    await expectWire(answer, client.dialect, 'connection_mismatch');
  });

  test('of versions that are out of use, 50 are kept', async () => {
    for (let seconds = 1; seconds <= 53; seconds++) await stage.reconnect({ maxAgeSeconds: 100_000 + seconds });
    const rows = await versionsOf(stage.world, 'oidc');
    expect(rows.length).toBe(51);
    expect(rows.at(-1)).toMatchObject({ state: 'active', version: await version() });
  });
});

describe('SAML', () => {
  let world: SamlWorld;
  beforeAll(async () => {
    world = await createSamlWorld();
  });
  afterAll(() => world?.close());

  test('it ends by the metadata that it began with', async () => {
    const other = await startSamlIdentityProvider();
    const path = '/v1/auth/sso/acme/saml';
    // the metadata of a URL are read by the first login
    const { data } = await read(await world.fetch(path));
    const xml = (await (await fetch(other.metadataUrl)).text()).replaceAll(other.origin, 'https://idp.other.test');
    const saml = { metadataUrl: null, metadataXml: xml, entityId: null };
    await world.apply(samlAcme(world.apiKey, { saml }));
    const { code, state } = await world.signIn(data.redirectUrl);
    await read(await world.fetch(`${path}/callback`, json({ code, state })));
    expect(await lastLogin(world)).toMatchObject({ outcome: 'succeeded', connection_version: 1 });
    const next = await read(await world.fetch(path));
    expect(next.data.redirectUrl).toStartWith('https://idp.other.test');
    await other.stop();
  });
});
