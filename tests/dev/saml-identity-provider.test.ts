/** The SAML identity provider, met by an independent service provider (`@node-saml/node-saml`) over HTTP. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { NAMESPACES } from '#dev/saml/element.ts';
import type { SamlFaults } from '#dev/saml/faults.ts';
import type { RunningSamlIdentityProvider } from '#dev/saml/identity-provider.ts';
import { send } from '#dev/saml/message.ts';
import { BINDINGS, NAME_ID_FORMATS, STATUS } from '#dev/saml/names.ts';
import { answerFor, formOf, signInWithSaml } from '#dev/saml/sign-in.ts';
import { signElement } from '#dev/saml/signature.ts';
import { createSigningKey, pemOf } from '#dev/saml/signing-key.ts';
import { ACS, ADA, type ProviderWorld, RELAY_STATE, SP, startProviderWorld, startUrl } from './saml-provider-world.ts';

let world: ProviderWorld;
let provider: RunningSamlIdentityProvider;
beforeAll(async () => {
  world = await startProviderWorld();
  provider = world.provider;
});
afterEach(() => world.reset());
afterAll(() => provider.stop());

const serviceProvider = (more?: Partial<SamlConfig>) => world.serviceProvider(more);
const login = (sp?: SAML, email?: string) => world.login(sp, email);

describe('a login', () => {
  test('asked for by Redirect', async () => {
    const profile = await login();
    expect(profile).toMatchObject({ nameID: ADA, issuer: provider.entityId, email: ADA, firstName: 'Ada' });
    expect(profile?.['groups']).toEqual(['engineering', 'admins']);
    expect(provider.requests).toHaveLength(1);
    expect(provider.requests[0]).toMatchObject({ issuer: SP, acsUrl: ACS, binding: 'redirect', signature: 'good' });
  });

  test('asked for by POST, from a page', async () => {
    const sp = serviceProvider({ authnRequestBinding: 'HTTP-POST', skipRequestCompression: true });
    const page = await sp.getAuthorizeFormAsync(RELAY_STATE);
    const get = () => new Response(page, { headers: { 'content-type': 'text/html' } });
    const { SAMLResponse } = await answerFor('http://127.0.0.1:9/start', ADA, { get });
    expect((await sp.validatePostResponseAsync({ SAMLResponse })).profile?.nameID).toBe(ADA);
    expect(provider.requests[0]).toMatchObject({ binding: 'post', signature: 'good', relayState: RELAY_STATE });
  });

  test('ends in a code and a state', async () => {
    const posted: string[] = [];
    const result = await signInWithSaml(await startUrl(serviceProvider()), ADA, {
      post: (url, form) => {
        posted.push(url, ...form.keys());
        return new Response(null, {
          status: 303,
          headers: { location: 'https://app.example/callback?code=1&state=2' },
        });
      },
    });
    expect(posted).toEqual([ACS, 'SAMLResponse', 'RelayState']);
    expect(result).toMatchObject({ code: '1', state: '2' });
    expect(result.location.host).toBe('app.example');
    const refused = { post: () => new Response('<p>No &amp; no</p>', { status: 403 }) };
    await expect(signInWithSaml(await startUrl(serviceProvider()), ADA, refused)).rejects.toThrow('answered 403: No');
  });

  test('started by the identity provider', async () => {
    const answer = await answerFor(provider.initiateUrl(SP, 'deep'), ADA);
    expect(answer).toMatchObject({ action: ACS, RelayState: 'deep' });
    const xml = Buffer.from(answer.SAMLResponse, 'base64').toString();
    expect(xml).not.toContain('InResponseTo');
    const sp = serviceProvider({ validateInResponseTo: ValidateInResponseTo.never });
    expect((await sp.validatePostResponseAsync({ SAMLResponse: answer.SAMLResponse })).profile?.nameID).toBe(ADA);
  });

  test('of nobody it knows', async () => {
    await expect(login(serviceProvider(), 'eve@acme.test')).rejects.toThrow('does not know');
  });
});

describe('as vendors differ', () => {
  const ways: Partial<SamlFaults>[] = [
    { sign: 'assertion' },
    { sign: 'response' },
    { style: 'pretty' },
    { style: 'default-namespace', attributeNames: 'microsoft' },
    { style: 'declarations-on-root', sign: 'response' },
    { encrypt: {} },
    { encrypt: { content: 'aes128-cbc', padding: 'iso10126' }, sign: 'response' },
    { encrypt: { content: 'aes128-gcm', keyPlacement: 'inside' }, sign: 'both', style: 'declarations-on-root' },
  ];
  test.each(ways)('%p', async (faults) => {
    Object.assign(provider.faults, faults);
    const { sign } = provider.faults;
    const wanted = { wantAuthnResponseSigned: sign !== 'assertion', wantAssertionsSigned: sign !== 'response' };
    expect((await login(serviceProvider(wanted)))?.nameID).toBe(ADA);
  });

  const formats = Object.values(NAME_ID_FORMATS);
  test.each(formats)('NameID %p', async (identifierFormat) => {
    const [first, second] = [
      await login(serviceProvider({ identifierFormat })),
      await login(serviceProvider({ identifierFormat })),
    ];
    expect(first?.nameIDFormat).toBe(identifierFormat);
    const isTransient = identifierFormat === NAME_ID_FORMATS.transient;
    expect(first?.nameID === second?.nameID).toBe(!isTransient);
    const isEmail = [NAME_ID_FORMATS.emailAddress, NAME_ID_FORMATS.unspecified].some(
      (each) => each === identifierFormat,
    );
    expect(first?.nameID === ADA).toBe(isEmail);
  });

  test('sessions that end, many groups, another method', async () => {
    Object.assign(provider.faults, { sessionSeconds: 600, extraGroups: 150, authnContext: 'urn:example:card' });
    const profile = await login(serviceProvider({ disableRequestedAuthnContext: true }));
    expect(profile?.['groups']).toHaveLength(152);
    expect(profile?.getAssertionXml?.()).toContain('SessionNotOnOrAfter');
    expect(profile?.getAssertionXml?.()).toContain('>urn:example:card<');
  });
});

describe('it refuses, to the service provider', () => {
  const statusOf = async (config: Partial<SamlConfig>) => {
    const { SAMLResponse } = await answerFor(await startUrl(serviceProvider(config)), ADA);
    const xml = Buffer.from(SAMLResponse, 'base64').toString();
    expect(xml).not.toContain('Assertion ');
    return [...xml.matchAll(/StatusCode Value="([^"]+)"/g)].map(([, code]) => code ?? '');
  };

  test('a NameID format and a method that it does not offer', async () => {
    expect(await statusOf({ identifierFormat: 'urn:example' })).toEqual([STATUS.requester, STATUS.invalidNameIdPolicy]);
    expect(await statusOf({ authnContext: ['urn:example'] })).toEqual([STATUS.responder, STATUS.noAuthnContext]);
  });

  test('a passive login of nobody, and not of somebody', async () => {
    expect(await statusOf({ passive: true })).toEqual([STATUS.responder, STATUS.noPassive]);
    const cookies = new Map();
    await answerFor(await startUrl(serviceProvider()), 'grace@acme.test', { cookies });
    const passive = serviceProvider({ passive: true });
    const { SAMLResponse } = await answerFor(await startUrl(passive), ADA, { cookies });
    expect((await passive.validatePostResponseAsync({ SAMLResponse })).profile?.nameID).toBe('grace@acme.test');
  });

  test('a login that was cancelled', async () => {
    const page = await (await fetch(await startUrl(serviceProvider()))).text();
    const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(page) ?? [];
    const cancel = () =>
      fetch(new URL(action, provider.origin), { method: 'POST', body: new URLSearchParams({ cancel: '1' }) });
    const answer = await (await cancel()).text();
    const [, encoded = ''] = /name="SAMLResponse" value="([^"]+)"/.exec(answer) ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toContain(STATUS.authnFailed);
    expect((await cancel()).status).toBe(400);
  });
});

describe('it refuses, to the person', () => {
  test('strangers, other consumer services, and requests that are not signed well', async () => {
    await expect(login()).resolves.toBeTruthy();
    await expect(login(serviceProvider({ issuer: 'http://stranger.example' }))).rejects.toThrow('400');
    await expect(login(serviceProvider({ callbackUrl: 'http://elsewhere.example/acs' }))).rejects.toThrow('400');
    const other = await createSigningKey();
    await expect(login(serviceProvider({ privateKey: pemOf('PRIVATE KEY', other.privateKey) }))).rejects.toThrow('bad');
    const changed = (await startUrl(serviceProvider())).replace('RelayState=r', 'RelayState=R');
    await expect(answerFor(changed, ADA)).rejects.toThrow('bad');
    expect((await fetch(`${provider.origin}/sso`)).status).toBe(400);
    expect((await fetch(`${provider.origin}/sso?SAMLRequest=AAAA`)).status).toBe(400);
    const form = new URLSearchParams({ SAMLRequest: btoa('<a') });
    expect((await fetch(`${provider.origin}/sso`, { method: 'POST', body: form })).status).toBe(400);
  });

  test('requests for elsewhere, for another binding, and none at all', async () => {
    const ask = async (attributes: string, name = 'AuthnRequest') => {
      const declarations = `xmlns:p="${NAMESPACES.protocol}" xmlns:a="${NAMESPACES.assertion}"`;
      const xml = `<p:${name} ${declarations} ID="_1" ${attributes}><a:Issuer>${SP}</a:Issuer></p:${name}>`;
      const step = await send({ binding: 'redirect', location: `${provider.origin}/sso`, name: 'SAMLRequest', xml });
      return step.binding === 'redirect' ? (await fetch(step.url)).status : undefined;
    };
    expect(await ask(`Destination="${provider.origin}/sso" ProtocolBinding="${BINDINGS.post}"`)).toBe(200);
    expect(await ask('Destination="https://elsewhere.example/sso"')).toBe(400);
    expect(await ask(`ProtocolBinding="${BINDINGS.redirect}"`)).toBe(400);
    expect(await ask('', 'LogoutRequest')).toBe(400);
  });

  test('a posted request that was changed after it was signed', async () => {
    const xml = `<p:AuthnRequest xmlns:p="${NAMESPACES.protocol}" ID="_1"><a:Issuer xmlns:a="${NAMESPACES.assertion}">${SP}</a:Issuer></p:AuthnRequest>`;
    const other = await createSigningKey();
    const ask = async (text: string) => {
      const body = new URLSearchParams({ SAMLRequest: btoa(text) });
      return (await fetch(`${provider.origin}/sso`, { method: 'POST', body })).status;
    };
    const signed = await signElement(xml, { id: '_1', key: world.key });
    expect(await ask(signed)).toBe(200);
    expect(provider.requests.at(-1)?.signature).toBe('good');
    expect(await ask(signed.replace('ID="_1"', 'ForceAuthn="true" ID="_1"'))).toBe(400);
    expect(await ask(await signElement(xml, { id: '_1', key: other }))).toBe(400);
    expect(await ask(await signElement(xml, { id: '_1', key: world.key, referenceUri: '' }))).toBe(400);
  });

  test('unsigned requests once they must be signed', async () => {
    const unsigned = () => {
      const { privateKey, ...rest } = serviceProvider().options;
      return new SAML(rest);
    };
    await login(unsigned());
    expect(provider.requests[0]?.signature).toBe('none');
    provider.faults.wantAuthnRequestsSigned = true;
    await expect(login(unsigned())).rejects.toThrow('none');
    await login();
  });
});

describe('each lie is told', () => {
  const lies: [Partial<SamlFaults>, RegExp][] = [
    [{ wrongAudience: true }, /audience/i],
    [{ expired: true }, /subject confirmation/i],
    [{ skewSeconds: 3600 }, /not yet valid/i],
    [{ wrongInResponseTo: true }, /InResponseTo/],
    [{ omitInResponseTo: true }, /InResponseTo/],
    [{ tamperAfterSigning: true }, /signature/i],
    [{ tamperAfterSigning: true, sign: 'assertion' }, /signature/i],
    [{ tamperAfterSigning: true, encrypt: {} }, /signature/i],
    [{ tamperAfterSigning: true, encrypt: {}, sign: 'response' }, /signature/i],
    [{ attackerKey: true }, /signature/i],
    [{ sign: 'none' }, /signature/i],
    [{ status: [STATUS.responder, STATUS.authnFailed] }, /responder|AuthnFailed/i],
  ];
  test.each(lies)('%p', async (faults, reason) => {
    const sp = () => serviceProvider({ wantAssertionsSigned: provider.faults.sign !== 'response' });
    await login(sp());
    Object.assign(provider.faults, faults);
    await expect(login(sp())).rejects.toThrow(reason);
  });

  test('which that service provider does not look for', async () => {
    const xmlOf = async (faults: Partial<SamlFaults>) => {
      provider.reset();
      Object.assign(provider.faults, faults);
      const { SAMLResponse } = await answerFor(await startUrl(serviceProvider()), ADA);
      return Buffer.from(SAMLResponse, 'base64').toString();
    };
    expect(await xmlOf({})).toContain(`>${provider.entityId}</saml:Issuer>`);
    expect(await xmlOf({})).toMatch(new RegExp(`Destination="${ACS}".*Recipient="${ACS}"`));
    expect(await xmlOf({ wrongDestination: true })).toContain('Destination="https://elsewhere.example/acs"');
    expect(await xmlOf({ wrongIssuer: true })).not.toContain(`>${provider.entityId}</saml:Issuer>`);
    expect(await xmlOf({ wrongRecipient: true })).toContain('Recipient="https://elsewhere.example/acs"');
    expect((await xmlOf({ duplicateAssertion: true })).match(/<saml:Assertion /g)).toHaveLength(2);
    const edit: SamlFaults['edit'] = (options) => ({ ...options, response: { ...options.response, version: '1.1' } });
    expect(await xmlOf({ edit })).toContain('Version="1.1"');
  });
});

test('formOf carries what the page would post', () => {
  const form = formOf({ action: ACS, SAMLResponse: 'a+b=', RelayState: undefined });
  expect(String(form)).toBe('SAMLResponse=a%2Bb%3D');
});
