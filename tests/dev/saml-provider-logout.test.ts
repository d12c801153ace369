/** The SAML identity provider's single logout, met by an independent service provider. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { createVerify } from 'node:crypto';
import type { SAML } from '@node-saml/node-saml';
import type { RunningSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import type { StartedLogout } from '#dev/saml/logout.ts';
import { readLogout } from '#dev/saml/logout-message.ts';
import { readRedirect } from '#dev/saml/message.ts';
import { STATUS } from '#dev/saml/names.ts';
import { pemOf } from '#dev/saml/signing-key.ts';
import { ADA, type ProviderWorld, RELAY_STATE, SLO, startProviderWorld } from './saml-provider-world.ts';

let world: ProviderWorld;
let provider: RunningSamlIdentityProvider;
beforeAll(async () => {
  world = await startProviderWorld();
  provider = world.provider;
});
afterEach(() => world.reset());
afterAll(() => provider.stop());

describe('single logout', () => {
  const posted = (step: StartedLogout) => {
    if (step.binding !== 'post') throw new Error('not posted');
    return { SAMLRequest: step.form.get('SAMLRequest') ?? '' };
  };
  const signedIn = async (sp: SAML) => {
    const profile = await world.login(sp);
    if (!profile) throw new Error('nobody signed in');
    return profile;
  };

  test('asked for by the service provider: its session ends, and the answer is signed', async () => {
    const sp = world.serviceProvider();
    const profile = await signedIn(sp);
    const before = provider.sessions.length;
    const url = await sp.getLogoutUrlAsync(profile, RELAY_STATE, {});
    const bent = url.replace(/Signature=..../, 'Signature=AAAA');
    expect((await fetch(bent, { redirect: 'manual' })).status).toBe(400);
    expect(provider.sessions).toHaveLength(before);
    const response = await fetch(url, { redirect: 'manual' });
    const back = new URL(response.headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(SLO);
    expect(back.searchParams.get('RelayState')).toBe(RELAY_STATE);
    expect(isSignedBy(provider.certificate, back)).toBe(true);
    expect(provider.sessions).toHaveLength(before - 1);
    expect(provider.logouts.at(-1)).toMatchObject({ kind: 'LogoutRequest', nameId: ADA, signature: 'good' });
    const answer = readLogout(readRedirect(back.search.slice(1)), 'none');
    expect(answer).toMatchObject({ kind: 'LogoutResponse', inResponseTo: provider.logouts.at(-1)?.id });
    expect(answer.statusCodes).toEqual([STATUS.success]);
  });

  test('asked for about another session, or another person, ends none', async () => {
    const sp = world.serviceProvider();
    const profile = await signedIn(sp);
    const before = provider.sessions.length;
    for (const more of [{ sessionIndex: '_other' }, { nameID: 'grace@acme.test' }]) {
      const response = await fetch(await sp.getLogoutUrlAsync({ ...profile, ...more }, RELAY_STATE, {}), {
        redirect: 'manual',
      });
      expect(response.status).toBe(302);
      expect(provider.sessions).toHaveLength(before);
    }
  });

  test('asked for by the identity provider, by POST, and answered', async () => {
    const sp = world.serviceProvider();
    await signedIn(sp);
    const started = await provider.startLogout(ADA, { binding: 'post' });
    const { loggedOut, profile } = await sp.validatePostRequestAsync(posted(started));
    if (!profile) throw new Error('no logout was asked for');
    expect([loggedOut, profile.nameID]).toEqual([true, ADA]);
    const response = await fetch(await sp.getLogoutResponseUrlAsync(profile, RELAY_STATE, {}, true));
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('Success')]);
    expect(provider.logouts.at(-1)).toMatchObject({ kind: 'LogoutResponse', inResponseTo: started.id });
    const unsigned = await provider.startLogout(ADA, { binding: 'post', signed: false });
    await expect(sp.validatePostRequestAsync(posted(unsigned))).rejects.toThrow('signature');
  });

  test('asked for by the identity provider, by Redirect', async () => {
    await signedIn(world.serviceProvider());
    const started = await provider.startLogout(ADA, { relayState: 'a b' });
    if (started.binding !== 'redirect') throw new Error('not redirected');
    expect(isSignedBy(provider.certificate, started.url)).toBe(true);
    const request = readLogout(readRedirect(started.url.search.slice(1)), 'none');
    expect(request).toMatchObject({
      id: started.id,
      nameId: ADA,
      sessionIndexes: [started.session.index],
      destination: SLO,
    });
    const unsigned = await provider.startLogout(ADA, { signed: false });
    expect(unsigned.binding === 'redirect' && unsigned.url.searchParams.has('Signature')).toBe(false);
    await expect(provider.startLogout('nobody@acme.test')).rejects.toThrow('not signed in');
  });
});

/** SAML bindings §3.4.4.1, looked at without the code that reads it; `openssl` underneath. */
function isSignedBy(certificate: string, url: URL): boolean {
  const [octets = '', signature = ''] = url.search.slice(1).split('&Signature=');
  const verifier = createVerify('RSA-SHA256').update(octets);
  return verifier.verify(pemOf('CERTIFICATE', certificate), decodeURIComponent(signature), 'base64');
}
