/** A member that the type of a connection can't honour is refused where it is set, and told beforehand. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { patch } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import { type Desk, openDesk, problem } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
afterAll(() => desk?.stage.close());

const SET = {
  tenants: ['t1'],
  maxAgeSeconds: 60,
  idTokenAlgs: ['RS256'],
  trustedAudiences: ['api'],
  trustedOrigins: ['https://elsewhere.example'],
  requireIss: true,
  logoutRedirectUri: 'https://app.example.com/bye',
  fetchGroups: true,
  saml: { wantEncrypted: true },
} as const;

test.each(['github', 'gitlab'])('%s has no ID tokens to limit', async (type) => {
  const made = await desk.make(desk.oidc({ type }));
  for (const [name, value] of Object.entries(SET)) {
    const refused = { code: 'input_invalid', errors: [expect.objectContaining({ pointer: `/${name}` })] };
    const body = desk.oidc({ type, [name]: value });
    expect(await problem(await desk.operator(`/organizations/${desk.acme}/connections`, json(body)), 422)).toEqual(
      refused,
    );
    expect(await problem(await desk.operator(`/connections/${made.id}`, patch({ [name]: value })), 422)).toEqual(
      refused,
    );
  }
  const cleared = { tenants: [], maxAgeSeconds: null, requireIss: false, logoutRedirectUri: null, fetchGroups: null };
  await read(await desk.operator(`/connections/${made.id}`, patch(cleared)));
});

test('each type says what it can’t honour, and takes the rest', async () => {
  const { items } = await read(await desk.operator('/connection-presets'));
  for (const { type, unsupported } of items) {
    if (type === 'saml') continue;
    for (const [name, value] of Object.entries(SET)) {
      const body = desk.oidc({ type, ...(type === 'google' && { issuer: null }), [name]: value });
      const { status } = await desk.operator(`/organizations/${desk.globex}/connections`, json(body));
      expect([type, name, status]).toEqual([type, name, unsupported.includes(name) ? 422 : 201]);
    }
  }
});

test('a declared file is refused likewise', async () => {
  const declared = { type: 'github', clientId: 'x', clientSecret: 'y', redirectUris: ['https://app.example.com/cb'] };
  const file = (more: object) => ({
    organizations: [{ slug: 'acme', name: 'Acme', connections: [{ ...declared, ...more }] }],
  });
  // biome-ignore lint/suspicious/noExplicitAny: a file may hold what its type forbids, and this one does
  const apply = (more: object) => desk.stage.world.apply(file(more) as any);
  await expect(apply({ tenants: ['t1'] })).rejects.toThrow('/organizations/0/connections/0/tenants');
  await apply({});
  const [kept] = await desk.stage.world.sql`select 1 from connections where type = 'github' and slug = 'github'`;
  expect(kept).toBeDefined();
});
