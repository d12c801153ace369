/** The SAML identity provider's metadata: its keys, its faults, and that of service providers. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import type { RunningSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { pemOf } from '#dev/saml/signing-key.ts';
import { ACS, ADA, type ProviderWorld, SLO, SP, startProviderWorld } from './saml-provider-world.ts';
import { hasXmlsec, verifiesWithXmlsec } from './saml-xmlsec.ts';

let world: ProviderWorld;
let provider: RunningSamlIdentityProvider;
beforeAll(async () => {
  world = await startProviderWorld();
  provider = world.provider;
});
afterEach(() => world.reset());
afterAll(() => provider.stop());

describe('metadata', () => {
  const fetched = async () => {
    const response = await fetch(provider.metadataUrl, { redirect: 'manual' });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  test('names endpoints and keys, through a change of keys', async () => {
    const before = provider.certificate;
    expect((await fetched()).type).toBe('application/samlmetadata+xml');
    const next = await provider.announceKey();
    expect((await fetched()).text).toContain(next.certificate);
    await world.login();
    expect(provider.certificate).toBe(before);
    await provider.rotateKey();
    expect(provider.certificate).toBe(next.certificate);
    await world.login();
    expect((await fetched()).text).toContain(before);
    await provider.rotateKey({ keep: false });
    expect(provider.metadataXml().match(/X509Certificate>/g)).toHaveLength(2);
  });

  test('with its faults', async () => {
    const honest = (await fetched()).text;
    expect(honest).toContain(`entityID="${provider.entityId}"`);
    provider.faults.metadata = 'html';
    expect(await fetched()).toMatchObject({ status: 200, type: 'text/html' });
    provider.faults.metadata = 'error';
    expect((await fetched()).status).toBe(500);
    provider.faults.metadata = 'redirect';
    expect((await fetched()).status).toBe(302);
    provider.faults.metadata = 'dtd';
    expect((await fetched()).text).toContain('<!DOCTYPE');
    provider.faults.metadata = 'other-entity';
    expect((await fetched()).text).not.toContain(`entityID="${provider.entityId}"`);
    provider.faults.metadata = 'new-key';
    expect((await fetched()).text).not.toContain(provider.certificate);
  });

  test.skipIf(!hasXmlsec)('signed', async () => {
    provider.faults.signMetadata = true;
    const { text } = await fetched();
    const [, id = ''] = / ID="([^"]+)"/.exec(text) ?? [];
    expect(await verifiesWithXmlsec(text, provider.certificate, id)).toBe(true);
    expect(await verifiesWithXmlsec(text.replace('/sso"', '/sos"'), provider.certificate, id)).toBe(false);
  });

  test('of a service provider is taken', async () => {
    const cert = pemOf('CERTIFICATE', world.key.certificate);
    const xml = world.serviceProvider({ logoutCallbackUrl: SLO }).generateServiceProviderMetadata(cert, cert);
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response(xml) });
    try {
      const taken = await provider.registerMetadata(server.url);
      expect(taken).toMatchObject({ entityId: SP, acsUrl: ACS, sloUrl: SLO, sloBindings: ['post'] });
      expect(taken.signingCertificate).toEqual([world.key.certificate]);
      provider.faults.encrypt = {};
      expect((await world.login())?.nameID).toBe(ADA);
    } finally {
      await server.stop(true);
    }
  });
});
