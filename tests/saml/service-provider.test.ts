/** What we are to a provider: metadata that it can read at any time, keys that change without a login lost, requests it can take. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createSamlUpkeep } from '#core/saml-metadata.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';
import { createSamlWorld, type SamlWorld, samlAcme } from './saml-world.ts';

const ADMIN_API_KEY = 'operator-0123456789abcdef0123456789abcdef';
const headers = { authorization: `Bearer ${ADMIN_API_KEY}` };
const PATH = '/v1/auth/sso/acme/saml';

let world: SamlWorld;
beforeAll(async () => {
  world = await createSamlWorld({ environment: { ADMIN_API_KEY } });
});
afterAll(() => world?.close());
beforeEach(() => world.provider.reset());

const metadata = (init?: RequestInit) => world.fetch(`/saml/${world.connectionId}/metadata`, init);
const rotate = (body: object = { force: true }) =>
  world.fetch(`/admin/v1/connections/${world.connectionId}/saml/keys/rotate`, json(body, headers));
const certificates = (text: string) => [...text.matchAll(/<ds:X509Certificate>([^<]+)</g)].map(([, one = '']) => one);

async function signIn() {
  const { redirectUrl, state } = (await read(await world.fetch(PATH))).data;
  const { code } = await world.signIn(redirectUrl);
  return world.fetch(`${PATH}/callback`, json({ code, state }));
}

describe('metadata', () => {
  test('are the same each time, may be cached, and say when they changed', async () => {
    const first = await metadata();
    expect(first.headers.get('content-type')).toBe('application/samlmetadata+xml');
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const etag = first.headers.get('etag') ?? '';
    const text = await first.text();
    expect(await (await metadata()).text()).toBe(text);
    const again = await metadata({ headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    await read(await rotate());
    expect((await metadata({ headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  test('carry both certificates for signing, the next one for encryption, and no private key', async () => {
    const text = await (await metadata()).text();
    const [active, next] = await world.ports.samlKeys.published(world.connectionId);
    expect(certificates(text)).toEqual([active, next, next].map((key) => key?.certificate ?? ''));
    for (const secret of await world.ports.samlKeys.decryptionKeys(world.connectionId))
      expect(text).not.toContain(secret);
  });

  test('are served for a draft that knows no provider yet, and for nothing else', async () => {
    await world.apply(samlAcme(world.apiKey, { slug: 'draft', status: 'draft', redirectUris: [REDIRECT_URI] }));
    const [draft] = await world.sql`select id from connections where slug = 'draft'`;
    const answer = await world.fetch(`/saml/${draft?.['id']}/metadata`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`/saml/${draft?.['id']}/acs`);
    expect((await world.fetch('/saml/0123456789abcdef01234567/metadata')).status).toBe(404);
  });
});

describe('keys', () => {
  test('rotate only when the next certificate was published for a day, unless forced', async () => {
    await read(await rotate());
    const refused = await read(await rotate({}), 409);
    expect(refused.code).toBe('conflict');
    world.clock.moveBy(86_401);
    await read(await rotate({}));
    world.clock.moveBy(-86_401);
  });

  test('leave an audit event that names them', async () => {
    const keys = await read(await rotate());
    const [event] = await world.sql`select * from audit_events where details ->> 'active' = ${keys.active}`;
    expect(event).toMatchObject({
      action: 'connection.keys_rotated',
      actor_type: 'operator',
      target_id: world.connectionId,
      details: keys,
    });
    expect(event?.['organization_id']).toMatch(/^[0-9a-f]{24}$/);
  });

  test('open what is encrypted to the one before, until it is removed', async () => {
    world.provider.faults.encrypt = { content: 'aes256-gcm', keyTransport: 'rsa-oaep-mgf1p', keyPlacement: 'inside' };
    const [active] = await world.ports.samlKeys.published(world.connectionId);
    world.provider.register({ ...ours(), encryptionCertificate: active?.certificate });
    expect((await signIn()).status).toBe(200);
    await read(await rotate());
    expect((await signIn()).status).toBe(200);
    await world.sql`update saml_keys set retired_at = retired_at - interval '31 days' where status = 'previous'`;
    await createSamlUpkeep(world.ports)();
    const { redirectUrl } = (await read(await world.fetch(PATH))).data;
    await expect(world.signIn(redirectUrl)).rejects.toThrow(/400/);
    const [login] = await world.sql`select reason from logins order by created_at desc, id desc limit 1`;
    expect(login?.['reason']).toBe('saml_decryption');
    const [now] = await world.ports.samlKeys.published(world.connectionId);
    world.provider.register({ ...ours(), encryptionCertificate: now?.certificate });
    expect((await signIn()).status).toBe(200);
  });

  test('are the operator’s to rotate', async () => {
    const anonymous = json({ force: true });
    const answer = await world.fetch(`/admin/v1/connections/${world.connectionId}/saml/keys/rotate`, anonymous);
    expect(answer.status).toBe(401);
    const unknown = '/admin/v1/connections/0123456789abcdef01234567/saml/keys/rotate';
    expect((await world.fetch(unknown, json({}, headers))).status).toBe(404);
  });
});

describe('a request', () => {
  test('is signed where the provider wants it, and the provider can verify it', async () => {
    world.provider.faults.wantAuthnRequestsSigned = true;
    const signing = await createSamlWorld({ saml: { signRequests: true } });
    try {
      signing.provider.faults.wantAuthnRequestsSigned = true;
      const { redirectUrl, state } = (await read(await signing.fetch(PATH))).data;
      expect(new URL(redirectUrl).searchParams.has('Signature')).toBe(true);
      const { code } = await signing.signIn(redirectUrl);
      await read(await signing.fetch(`${PATH}/callback`, json({ code, state })));
    } finally {
      await signing.close();
    }
  });

  test('is posted by a page of ours where the provider takes no other', async () => {
    const posting = await createSamlWorld({ saml: { requestBinding: 'post', signRequests: true } });
    try {
      const { redirectUrl, state } = (await read(await posting.fetch(PATH))).data;
      const page = await posting.fetch(redirectUrl);
      expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-/);
      const text = await page.text();
      expect(text).toContain('name="SAMLRequest"');
      expect(text).toContain(`name="RelayState" value="${state}"`);
      const { code } = await posting.signIn(redirectUrl);
      await read(await posting.fetch(`${PATH}/callback`, json({ code, state })));
      const spent = await read(await posting.fetch(redirectUrl), 400);
      expect(spent.code).toBe('state_consumed');
    } finally {
      await posting.close();
    }
  });

  test('asks for what the connection wants, and takes nothing else', async () => {
    const refeds = 'https://refeds.org/profile/mfa';
    const strict = await createSamlWorld({ saml: { forceAuthn: true, authnContexts: [refeds] } });
    try {
      const start = async () => (await read(await strict.fetch(PATH))).data.redirectUrl;
      await strict.signIn(await start());
      expect(strict.provider.requests.at(-1)).toMatchObject({ forceAuthn: true });
      strict.provider.faults.authnContext = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';
      await expect(strict.signIn(await start())).rejects.toThrow(/400/);
      const [login] = await strict.sql`select reason from logins order by created_at desc, id desc limit 1`;
      expect(login?.['reason']).toBe('saml_authn_context');
    } finally {
      await strict.close();
    }
  });
});

function ours() {
  const base = `http://localhost:3000/saml/${world.connectionId}`;
  return { entityId: `${base}/metadata`, acsUrl: `${base}/acs`, sloUrl: `${base}/slo` };
}
