/** The `saml` member of a declared connection: what the operator settles with the identity provider's administrator. */
import { Type } from '@sinclair/typebox';
import { type Static, t } from 'elysia';
import { choice, flag } from '#routes/dialects/fields.ts';
import { clearable, document, httpUrl, redirectUri, text } from './declaration-field.ts';

export const DeclaredSaml = t.Object(
  {
    metadataXml: clearable(document(256 * 1024), 'The provider’s metadata as a document; not answered again.'),
    metadataUrl: clearable(httpUrl, 'Where the provider’s metadata are read, again and again.'),
    entityId: clearable(text(1024), 'The provider’s entity id, pinned; left out: that of the first copy.'),
    metadataCertificate: clearable(document(16_384), 'PEM or base64: the metadata have to be signed by its key.'),
    signRequests: clearable(t.Boolean(), 'Whether requests are signed; left out: if the metadata want it.'),
    requestBinding: clearable(choice(['redirect', 'post'], 'A binding.'), 'How the request reaches the provider.'),
    wantAssertionsSigned: t.Optional(flag('Whether the assertion itself has to be signed.')),
    wantEncrypted: t.Optional(flag('Whether the assertion has to be encrypted.')),
    allowCbc: t.Optional(flag('Whether AES-CBC is taken within a signed response.')),
    allowIdpInitiated: t.Optional(flag('Whether responses are taken that no login asked for.')),
    forceAuthn: t.Optional(flag('Whether the person has to sign in anew there.')),
    authnContexts: t.Optional(
      t.Array(text(1024), { maxItems: 10, description: 'Methods to ask for; one of them has to come back.' }),
    ),
    nameIdFormat: clearable(text(1024), 'NameID format to ask for, and the only one taken then.'),
    subjectAttribute: clearable(text(1024), 'Attribute that names the person in place of the NameID.'),
    consumerServiceUrl: clearable(httpUrl, 'A front end’s own consumer service; left out: ours.'),
    logoutRedirectUri: clearable(redirectUri, 'Where a browser goes after a logout.'),
    clockSkewSeconds: clearable(Type.Integer({ minimum: 0, maximum: 300 }), 'How far the clocks may differ (180).'),
    maxElements: clearable(Type.Integer({ minimum: 600, maximum: 2_000 }), 'XML elements of a message (600).'),
  },
  { additionalProperties: false, description: 'Of type `saml` alone.' },
);
export type DeclaredSaml = Static<typeof DeclaredSaml>;
