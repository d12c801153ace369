/** Examples of SAML connections for the OpenAPI document: one with a copy that awaits approval, and the approval. */
const id = '507f1f77bcf86cd799439029';
const ours = `https://login.example.com/saml/${id}`;
const fingerprint = '3f5a9c0d1e2b4a6870c1d2e3f4a5b6c7d8e9f00112233445566778899aabbccd';
const nextFingerprint = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';

const inUse = {
  entityId: 'https://idp.acme.example/saml',
  singleSignOn: [{ binding: 'redirect', location: 'https://idp.acme.example/saml/sso' }],
  singleLogout: [],
  certificates: [{ fingerprint, notBefore: '2024-03-01T00:00:00.000Z', notAfter: '2027-03-01T00:00:00.000Z' }],
  wantAuthnRequestsSigned: false,
  nameIdFormats: ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
};
const next = {
  fingerprint: nextFingerprint,
  notBefore: '2026-01-15T00:00:00.000Z',
  notAfter: '2029-01-15T00:00:00.000Z',
};
const copy = 'q3Jx0m1Zb7y2Vt8sR5nKfW4uPz9cLdEa6gHiTjQoXwY';

const connection = {
  connectionId: id,
  organizationId: '507f1f77bcf86cd799439024',
  serviceProvider: {
    entityId: `${ours}/metadata`,
    metadataUrl: `${ours}/metadata`,
    consumerServiceUrl: `${ours}/acs`,
    logoutUrl: `${ours}/slo`,
  },
  metadataUrl: 'https://idp.acme.example/saml/metadata',
  checkedAt: '2026-02-03T09:12:00.123Z',
  readAt: '2026-02-03T09:12:00.123Z',
  nextCheckAt: '2026-02-03T15:02:00.123Z',
  failures: 0,
};

export const approval = { copy };
export const samlConnection = {
  ...connection,
  inUse,
  pending: {
    copy,
    added: { certificates: [nextFingerprint], endpoints: [] },
    removed: { certificates: [], endpoints: [] },
    metadata: { ...inUse, certificates: [...inUse.certificates, next] },
  },
};
export const approvedConnection = { ...connection, inUse: { ...inUse, certificates: [...inUse.certificates, next] } };

export const rotation = { force: false };
export const rotatedKeys = {
  retired: '507f1f77bcf86cd799439031',
  active: '507f1f77bcf86cd799439032',
  next: '507f1f77bcf86cd799439033',
};
