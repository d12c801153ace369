/** What the provider's administrator is told: presets, and the steps with the values of one connection. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { patch } from '#tests/admin/callers.ts';
import { read } from '#tests/journey.ts';
import { PUBLIC_URL, REDIRECT_URI } from '#tests/world.ts';
import { type Desk, openDesk } from './desk.ts';

const TYPES = ['oidc', 'saml', 'google', 'microsoft', 'okta', 'auth0', 'keycloak', 'github', 'gitlab'];

interface Step {
  readonly title: string;
  readonly detail: string;
  readonly enter: readonly { readonly field: string; readonly value: string }[];
  readonly bring: readonly string[];
}

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.stage.close());

test('every type says what it knows and what it wants', async () => {
  const { items } = await read(await desk.operator('/connection-presets'));
  expect(items.map(({ type }: { type: string }) => type).sort()).toEqual([...TYPES].sort());
  for (const { type, name, endpoints, wanted, protocol } of items) {
    expect([type, Boolean(name), wanted.length > 0]).toEqual([type, true, true]);
    expect([type, Boolean(endpoints)]).toEqual([type, type !== 'oidc' && type !== 'saml']);
    if (protocol !== 'saml') expect(wanted).toContain('/clientSecret');
  }
  const keycloak = items.find(({ type }: { type: string }) => type === 'keycloak');
  expect(keycloak).toMatchObject({
    issuer: { needed: true },
    endpoints: { tokenEndpoint: 'https://sso.example.com/realms/acme/protocol/openid-connect/token' },
    mapping: { groups: ['groups', 'realm_access.roles'] },
  });
});

test.each([...TYPES])(
  '%s: the steps hold the connection’s own values, each as it is answered with it',
  async (type) => {
    const second = 'https://app.example.com/second';
    const made = await desk.make({ slug: `setup-${type}`, type, redirectUris: [REDIRECT_URI, second] });
    const { provider, steps } = await read(await desk.operator(`/connections/${made.id}/setup`));
    expect(provider).toBeString();
    expect(steps.every(({ title, detail }: Step) => title && detail)).toBe(true);
    const values = steps.flatMap(({ enter }: Step) => enter.map(({ value }) => value));
    const { redirectUris = [], entityId, consumerServiceUrl, backchannelLogoutUri } = made.atProvider;
    if (type === 'saml') expect(values).toEqual(expect.arrayContaining([entityId, consumerServiceUrl]));
    else expect(values).toEqual(expect.arrayContaining(redirectUris));
    if (['oidc', 'auth0', 'keycloak'].includes(type)) expect(values).toContain(backchannelLogoutUri);
    expect(values.every((value: string) => value.startsWith(PUBLIC_URL) || redirectUris.includes(value))).toBe(true);
    const wanted = steps.flatMap(({ bring }: Step) => bring);
    expect(wanted).toContain(type === 'saml' ? '/saml/metadataUrl' : '/clientId');
  },
);

test('a value that is set later is in the steps from then on', async () => {
  const made = await desk.make(desk.oidc({ type: 'keycloak' }));
  const back = 'https://app.example.com/signed-out';
  const steps = async () => JSON.stringify(await read(await desk.operator(`/connections/${made.id}/setup`)));
  expect(await steps()).not.toContain(back);
  await read(await desk.operator(`/connections/${made.id}`, patch({ logoutRedirectUri: back })));
  expect(await steps()).toContain(back);
});

test('another organization’s steps are not there', async () => {
  const made = await desk.make();
  const theirs = await desk.callers.with({ organizations: [desk.globex] });
  expect((await theirs(`/connections/${made.id}/setup`)).status).toBe(404);
  expect((await theirs('/connection-presets')).status).toBe(200);
});
