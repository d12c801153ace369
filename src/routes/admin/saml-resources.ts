/** The admin API's wire for SAML connections: what to tell the provider's administrator, and what the provider says of itself. */

import { type Static, t } from 'elysia';
import type { SamlConnection } from '#ports/db/saml-metadata.ts';
import type { IdpMetadata } from '#ports/db/saml-schema.ts';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { additions, copyDigest } from '#ports/idp/saml/metadata-change.ts';
import { answer, choice, closed, count, dateTime, flag, objectId, text, texts, url } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';

const SamlParams = t.Object({ id: objectId('Connection id.') });
const SamlApproval = closed('Which copy is approved.', {
  copy: text('`pending.copy` as it was read.', 43, { pattern: '^[A-Za-z0-9_-]{43}$' }),
});

const ServiceProvider = closed('Our names and addresses on this connection, for the provider’s administrator.', {
  entityId: url('Our entity id.'),
  metadataUrl: url('Our metadata, with our certificates.'),
  consumerServiceUrl: url('Where responses are posted.'),
  logoutUrl: url('Where logout messages are sent.'),
});
const Endpoint = closed('One address of the provider.', {
  binding: choice(['redirect', 'post'], 'How the browser is sent there.'),
  location: url('The address.'),
  responseLocation: t.Optional(url('Where answers go, if elsewhere.')),
});
const Certificate = closed('One signing certificate of the provider.', {
  fingerprint: text('SHA-256, lower-case hex.', 64),
  notBefore: dateTime('Valid from.'),
  notAfter: dateTime('Valid until. An expired one still verifies: the key is trusted, the date is a warning.'),
});
const Metadata = closed('What the provider says of itself.', {
  entityId: text('Its entity id.', 1024),
  singleSignOn: t.Array(Endpoint, { description: 'Where logins go.' }),
  singleLogout: t.Array(Endpoint, { description: 'Where logouts go.' }),
  certificates: t.Array(Certificate, { description: 'What responses are verified with.' }),
  wantAuthnRequestsSigned: flag('Whether it wants our requests signed.'),
  nameIdFormats: texts('NameID formats it announces.', 1024),
  validUntil: t.Optional(dateTime('From when on this copy may not be used any more.')),
});
const Difference = closed('Part of what differs from the copy in use.', {
  certificates: texts('Fingerprints.', 64),
  endpoints: texts('Service, binding and addresses.', 4200),
});
const Pending = closed('A copy that names new keys or addresses, and is not used before it is approved.', {
  copy: text('Names this copy for the approval.', 43),
  added: Difference,
  removed: Difference,
  metadata: Metadata,
});
const SamlConnectionModel = answer('The SAML side of a connection.', {
  connectionId: objectId('Connection id.'),
  organizationId: objectId('Its organization.'),
  serviceProvider: ServiceProvider,
  metadataUrl: t.Optional(url('Where the provider’s metadata are read; absent when they were given as a document.')),
  inUse: t.Optional(Metadata),
  pending: t.Optional(Pending),
  checkedAt: t.Optional(dateTime('When the copy in use was last confirmed by its source.')),
  readAt: t.Optional(dateTime('When the source was last asked.')),
  nextCheckAt: t.Optional(dateTime('When the source is read next.')),
  failures: count('Checks in a row that failed.'),
  failure: t.Optional(text('Reason of the last failure.', 64)),
});

const SamlRotation = closed('How our key pair is rotated.', {
  force: t.Optional(flag('Rotate although the next certificate is new: the provider has to be told at once.')),
});
const SamlKeysModel = answer('Our keys after a rotation.', {
  retired: objectId('The key that was active.'),
  active: objectId('The key that signs now.'),
  next: objectId('The key that is published and will sign next.'),
});

export const samlAdminModels = {
  'Admin.SamlRotation': SamlRotation,
  'Admin.SamlKeys': SamlKeysModel,
  'Admin.SamlParams': SamlParams,
  'Admin.SamlApproval': SamlApproval,
  'Admin.SamlMetadata': Metadata,
  'Admin.SamlConnection': SamlConnectionModel,
};

/** @param publicUrl the origin that our names are made of */
export async function presentSamlConnection(
  { connection, metadata }: SamlConnection,
  publicUrl: string,
): Promise<Static<typeof SamlConnectionModel>> {
  const { document, pending, checkedAt, readAt, nextCheckAt, failures, failure } = metadata;
  const ours = serviceProvider(publicUrl, connection.id);
  return known({
    connectionId: connection.id,
    organizationId: connection.organizationId,
    serviceProvider: {
      entityId: ours.entityId,
      metadataUrl: ours.entityId,
      consumerServiceUrl: connection.saml?.consumerServiceUrl ?? ours.consumerServiceUrl,
      logoutUrl: ours.logoutUrl,
    },
    metadataUrl: connection.saml?.metadataUrl,
    inUse: document && presentMetadata(document),
    pending: pending && (await presentPending(document, pending)),
    checkedAt: checkedAt?.toISOString(),
    readAt: readAt?.toISOString(),
    nextCheckAt: nextCheckAt?.toISOString(),
    failures,
    failure,
  });
}

async function presentPending(document: IdpMetadata | null, pending: IdpMetadata): Promise<Static<typeof Pending>> {
  const before = document ?? { ...pending, certificates: [], singleSignOn: [], singleLogout: [] };
  const shown = (from: IdpMetadata, to: IdpMetadata) => {
    const { certificates, endpoints } = additions(from, to);
    return { certificates: [...certificates], endpoints: [...endpoints] };
  };
  return {
    copy: await copyDigest(pending),
    added: shown(before, pending),
    removed: shown(pending, before),
    metadata: presentMetadata(pending),
  };
}

export function presentMetadata(metadata: IdpMetadata): Static<typeof Metadata> {
  const { entityId, singleSignOn, singleLogout, wantAuthnRequestsSigned, nameIdFormats, validUntil } = metadata;
  return known({
    entityId,
    singleSignOn: singleSignOn.map((endpoint) => ({ ...endpoint })),
    singleLogout: singleLogout.map((endpoint) => ({ ...endpoint })),
    certificates: metadata.certificates.map(({ fingerprint, notBefore, notAfter }) => ({
      fingerprint,
      notBefore,
      notAfter,
    })),
    wantAuthnRequestsSigned,
    nameIdFormats: [...nameIdFormats],
    validUntil,
  });
}
