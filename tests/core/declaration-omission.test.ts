/** The one rule for what a file leaves out: it keeps what it is; its empty value clears it. And what the audit says of it. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { type DeclaredOrganization, type DeclaredWorld, openDeclaredWorld } from '#tests/core/declared-world.ts';

let declared: DeclaredWorld;
beforeAll(async () => {
  declared = await openDeclaredWorld();
});
afterAll(() => declared?.close());

const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
const CLIENT_KEY: Record<string, unknown> = { ...(await crypto.subtle.exportKey('jwk', privateKey)) };
const FULL_ORGANIZATION = {
  status: 'disabled',
  picture: 'https://acme.test/logo.png',
  createdBy: 'operator',
  branding: { primaryColor: 'teal' },
  store: { enabled: true },
  configuration: { enforceSSO: true },
  institution: { credits: 5 },
  refreshLifetime: { minSeconds: 600, maxSeconds: 6000 },
} as const;
const FULL_CONNECTION = {
  status: 'draft',
  target: 'store',
  clientKey: CLIENT_KEY,
  clientAuthentication: 'client_secret_post',
  scopes: ['openid', 'email'],
  idTokenAlgs: ['ES256' as const],
  trustedAudiences: ['other'],
  trustedOrigins: ['https://keys.acme.test'],
  tenants: ['t'],
  maxAgeSeconds: 60,
  requireIss: true,
  mapping: { groups: ['roles'] },
  groupRoles: [{ group: 'g', role: 'r' }],
  jit: false,
  defaultRole: 'guest',
  allowedDomains: ['acme.test'],
} as const;
const EXPIRY = '2099-01-01T00:00:00Z';

/** Everything that may be left out is left out. */
function bare(): Declaration {
  const { apiKey } = declared.world;
  return {
    organizations: [
      {
        slug: 'acme',
        name: 'Acme Industries',
        domains: [{ domain: 'acme.test' }],
        connections: [{ slug: 'oidc', type: 'oidc', clientId: 'vestibule', redirectUris: ['https://app.test/'] }],
        apiKeys: [{ name: 'front end', key: apiKey, dialects: ['indee'] }],
      },
    ],
  };
}

function full(): Declaration {
  const { apiKey } = declared.world;
  const apiKeys = [{ name: 'front end', key: apiKey, dialects: ['indee' as const], expiresAt: EXPIRY }];
  const lists = {
    ...FULL_CONNECTION,
    redirectUris: ['https://app.test/'],
    scopes: [...FULL_CONNECTION.scopes],
    idTokenAlgs: [...FULL_CONNECTION.idTokenAlgs],
    trustedAudiences: [...FULL_CONNECTION.trustedAudiences],
    trustedOrigins: [...FULL_CONNECTION.trustedOrigins],
    tenants: [...FULL_CONNECTION.tenants],
    mapping: { groups: ['roles'] },
    groupRoles: [...FULL_CONNECTION.groupRoles],
    allowedDomains: [...FULL_CONNECTION.allowedDomains],
  };
  return declared.declaration({ ...FULL_ORGANIZATION, apiKeys }, lists);
}

const lastEvents = async (action: string) => {
  const { sql } = declared.world;
  const rows = await sql`select details from audit_events where action = ${action} order by created_at desc limit 1`;
  return rows[0]?.['details'];
};

describe('a member that the file leaves out', () => {
  test('keeps what it is, whatever it is', async () => {
    expect(await declared.apply(full())).toEqual({ created: 0, updated: 3, unchanged: 1 });
    const before = await declared.state();
    expect(await declared.apply(full())).toEqual({ created: 0, updated: 0, unchanged: 4 });
    expect(await declared.apply(bare())).toEqual({ created: 0, updated: 0, unchanged: 4 });
    expect(await declared.state()).toEqual(before);
  });

  test('is needed of what is new alone', async () => {
    await declared.apply(full());
    const before = await declared.state();
    const short = {
      slug: 'acme',
      domains: [{ domain: 'acme.test' }],
      connections: [{ slug: 'oidc' }],
      apiKeys: [{ name: 'front end' }],
    };
    expect(await declared.apply({ organizations: [short] })).toEqual({ created: 0, updated: 0, unchanged: 4 });
    expect(await declared.state()).toEqual(before);
    const redirectUris = ['https://app.test/'];
    const key = createApiKey();
    for (const [organization, pointer] of [
      [{ ...short, slug: 'new' }, '/name'],
      [{ ...short, connections: [{ slug: 'new', redirectUris }] }, '/connections/0/type'],
      [{ ...short, connections: [{ redirectUris }] }, '/connections/0/type'],
      [{ ...short, connections: [{ slug: 'new', type: 'saml' as const }] }, '/connections/0/redirectUris'],
      [{ ...short, apiKeys: [{ name: 'new', dialects: ['indee' as const] }] }, '/apiKeys/0/key'],
      [{ ...short, apiKeys: [{ name: 'new', key }] }, '/apiKeys/0/dialects'],
    ] as const)
      await expect(declared.apply({ organizations: [organization as DeclaredOrganization] })).rejects.toThrow(
        `/organizations/0${pointer}: is needed`,
      );
    expect(await declared.state()).toEqual(before);
  });

  test('is cleared by its empty value', async () => {
    await declared.apply(full());
    const [organization] = bare().organizations;
    const [connection] = organization?.connections ?? [];
    const [apiKey] = organization?.apiKeys ?? [];
    if (!organization || !connection || !apiKey) throw new Error('the file lost its parts');
    await declared.apply({
      organizations: [
        {
          ...organization,
          picture: null,
          createdBy: null,
          branding: {},
          store: {},
          configuration: {},
          institution: {},
          refreshLifetime: {},
          domains: [{ domain: 'acme.test', verified: false }],
          connections: [
            {
              ...connection,
              clientKey: {},
              clientSecret: null,
              clientAuthentication: 'none',
              scopes: [],
              idTokenAlgs: [],
              trustedOrigins: [],
              maxAgeSeconds: null,
              mapping: {},
              groupRoles: [],
              allowedDomains: [],
            },
          ],
          apiKeys: [{ ...apiKey, expiresAt: null }],
        },
      ],
    });
    const { organizations, domains, connections, apiKeys } = await declared.state();
    const unset = {
      picture: null,
      created_by: null,
      branding: null,
      store: null,
      configuration: null,
      institution: {},
    };
    expect(organizations?.[0]).toMatchObject({ ...unset, refresh_min_seconds: null, refresh_max_seconds: null });
    expect(domains?.[0]).toMatchObject({ verified_at: null });
    const secrets = { sealed_client_key: null, sealed_client_secret: null, client_authentication: 'none' };
    const lists = { trusted_origins: [], mapping: {}, group_roles: [], allowed_domains: [] };
    const nothing = { scopes: null, id_token_algs: null, max_age_seconds: null };
    expect(connections?.[0]).toMatchObject({ ...secrets, ...lists, ...nothing });
    expect(apiKeys?.[0]).toMatchObject({ expires_at: null });
  });
});

describe('the audit event of a change', () => {
  test('says what it was and what it is', async () => {
    await declared.apply(declared.declaration({ name: 'Acme' }, { defaultRole: 'user' }));
    await declared.apply(declared.declaration({ name: 'Acme & Co' }, { defaultRole: 'post' }));
    const about = { by: 'declaration', name: 'acme', before: { name: 'Acme' }, after: { name: 'Acme & Co' } };
    expect(await lastEvents('organization.updated')).toEqual(about);
    expect(await lastEvents('connection.updated')).toMatchObject({
      before: { defaultRole: 'user' },
      after: { defaultRole: 'post' },
    });
  });

  test('says of a secret that it changed, and no more', async () => {
    const users = [{ email: 'new@acme.test', role: 'admin' }];
    const apiKeys = [{ name: 'second', key: 'a-key-of-another-make-0123456789abcdef', dialects: ['indee' as const] }];
    await declared.apply(
      declared.declaration({ users, apiKeys }, { clientSecret: 'secret-canary', clientKey: CLIENT_KEY }),
    );
    const connection = await lastEvents('connection.updated');
    expect(connection.after).toMatchObject({ sealedClientSecret: 'changed', sealedClientKey: 'changed' });
    expect((await lastEvents('api_key.created')).after).toMatchObject({ name: 'second', keyDigest: 'changed' });
    expect((await lastEvents('user.created')).after).toMatchObject({ email: 'new@acme.test', role: 'admin' });
    const [kept] = await declared.world.sql`select sealed_client_secret as sealed from connections`;
    const { events } = await declared.state();
    const text = JSON.stringify(events);
    for (const secret of [
      'canary',
      String(CLIENT_KEY['d']),
      String(kept?.['sealed']),
      'a-key-of-another-make-0123456789',
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});
