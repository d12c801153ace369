/** The `saml` member of a declared connection: what the operator settles with the identity provider's administrator. */
import { Type } from '@sinclair/typebox';
import { type Static, t } from 'elysia';
import { choice } from '#routes/dialects/fields.ts';
import { clearable, document, httpUrl, redirectUri, text } from './declaration-field.ts';

export const DeclaredSaml = t.Object(
  {
    metadataXml: clearable(document(256 * 1024)),
    metadataUrl: clearable(httpUrl),
    entityId: clearable(text(1024)),
    metadataCertificate: clearable(document(16_384)),
    signRequests: clearable(t.Boolean()),
    requestBinding: clearable(choice(['redirect', 'post'], 'How the request reaches the provider.')),
    wantAssertionsSigned: t.Optional(t.Boolean()),
    wantEncrypted: t.Optional(t.Boolean()),
    allowCbc: t.Optional(t.Boolean()),
    allowIdpInitiated: t.Optional(t.Boolean()),
    forceAuthn: t.Optional(t.Boolean()),
    authnContexts: t.Optional(t.Array(text(1024), { maxItems: 10 })),
    nameIdFormat: clearable(text(1024)),
    subjectAttribute: clearable(text(1024)),
    consumerServiceUrl: clearable(httpUrl),
    logoutRedirectUri: clearable(redirectUri),
    clockSkewSeconds: clearable(Type.Integer({ minimum: 0, maximum: 300 })),
    maxElements: clearable(Type.Integer({ minimum: 600, maximum: 2_000 })),
  },
  { additionalProperties: false },
);
export type DeclaredSaml = Static<typeof DeclaredSaml>;
