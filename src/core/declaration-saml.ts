/**
 * What a declared connection says of SAML: the settings, always whole, and where the identity provider's metadata come
 * from. Naming a source is the operator's word: what it says first is taken, whatever was in use before.
 */
import { asSsoError } from '#error';
import type { ConfigurationStore } from '#ports/db/declaration.ts';
import type { RowChange } from '#ports/db/row-change.ts';
import type { MetadataWrite } from '#ports/db/saml-metadata.ts';
import type { IdpMetadata, SamlMetadata } from '#ports/db/saml-schema.ts';
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { AllowList } from '#ports/http/url-policy.ts';
import { readCertificate } from '#ports/idp/saml/certificate.ts';
import { sameMetadata, summaryOf } from '#ports/idp/saml/metadata-change.ts';
import type { Ports } from '#ports/ports.ts';
import type { DeclaredSaml } from '#routes/admin/declaration-saml.ts';
import type { DeclaredConnection } from './declaration-connection.ts';
import { contradiction, requireUrlAllowed } from './declaration-place.ts';

const DEFAULTS: SamlSettings = {
  metadataUrl: null,
  metadataCertificate: null,
  signRequests: null,
  requestBinding: null,
  wantAssertionsSigned: false,
  wantEncrypted: false,
  allowCbc: false,
  allowIdpInitiated: false,
  forceAuthn: false,
  authnContexts: [],
  nameIdFormat: null,
  subjectAttribute: null,
  consumerServiceUrl: null,
  logoutRedirectUri: null,
  clockSkewSeconds: 180,
  maxElements: 600,
};

const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

/** Every setting put back to its default. */
export const SAML_CLEARED = Object.fromEntries(
  [...Object.keys(DEFAULTS), 'metadataXml', 'entityId'].map((name) => [name, null]),
) as DeclaredSaml;

/** Whole settings: what is left out stays as it was or gets its default, and `null` is the default again. */
export function samlSettings(
  declared: DeclaredSaml | undefined,
  before: SamlSettings | null | undefined,
): SamlSettings {
  const { metadataXml, entityId: _issuer, ...named } = declared ?? {};
  const kept: SamlSettings = { ...DEFAULTS, ...before };
  const changed = Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value ?? DEFAULTS[name as keyof SamlSettings]]],
  );
  // a document takes the place of a URL
  return { ...kept, ...Object.fromEntries(changed), ...(metadataXml && { metadataUrl: null }) };
}

/**
 * The columns that only SAML connections have, and those that they share in another sense: `issuer` is the
 * pinned entity id of the provider.
 * @throws ContradictionError
 */
export async function samlColumns(
  declared: DeclaredConnection,
  before: Connection | undefined,
  allow: AllowList | undefined,
  at: string,
): Promise<{ saml?: SamlSettings | null; issuer?: string | null | undefined }> {
  const wasSaml = before?.type === 'saml';
  if (declared.type !== 'saml') return wasSaml ? { saml: null, issuer: declared.issuer ?? null } : {};
  const { metadataUrl, metadataXml, metadataCertificate, entityId } = declared.saml ?? {};
  if (metadataUrl && metadataXml)
    contradiction(`${at}/saml/metadataXml`, 'stands beside metadataUrl: the metadata come from one of them');
  if (metadataUrl && allow) requireUrlAllowed(metadataUrl, allow, `${at}/saml/metadataUrl`);
  const certificate = metadataCertificate
    ? { metadataCertificate: await derOf(metadataCertificate, `${at}/saml/metadataCertificate`) }
    : {};
  const saml = samlSettings({ ...declared.saml, ...certificate }, before?.saml);
  requireConsistent(saml, declared.requireBrowser ?? before?.requireBrowser ?? false, at);
  return {
    saml,
    // what was the issuer of another type is no entity id
    issuer: entityId === undefined && !wasSaml ? null : entityId,
  };
}

function requireConsistent(saml: SamlSettings, requireBrowser: boolean, at: string): void {
  if (saml.nameIdFormat === TRANSIENT && saml.subjectAttribute === null)
    contradiction(`${at}/saml/subjectAttribute`, 'is needed with a transient nameIdFormat, which names nobody twice');
  if (saml.allowIdpInitiated && requireBrowser)
    contradiction(`${at}/requireBrowser`, 'refuses every login that the provider begins: allowIdpInitiated is set');
}

async function derOf(text: string, pointer: string): Promise<string> {
  try {
    return (await readCertificate(text)).certificate;
  } catch (error) {
    const { detail = 'is no certificate' } = asSsoError(error);
    contradiction(pointer, detail, error);
  }
}

export interface SamlScope {
  readonly ports: Pick<Ports, 'clock' | 'samlMetadata'>;
  readonly store: Pick<ConfigurationStore, 'findSamlMetadata' | 'keepSamlMetadata' | 'removeSamlMetadata'>;
  readonly organizationId: string;
}

/**
 * Keeps the row of metadata as the file wants it, after the connection itself was written.
 *
 * @param kept the connection as it is now
 * @returns what changed of the document in use; its own row, not the connection's
 * @throws ContradictionError
 */
export async function applySamlMetadata(
  scope: SamlScope,
  declared: DeclaredConnection,
  { before, kept }: { before: Connection | undefined; kept: Connection },
  at: string,
): Promise<Pick<RowChange, 'before' | 'after'> | undefined> {
  const { store } = scope;
  const { id, saml, status } = kept;
  if (!saml) {
    if (before?.saml) await store.removeSamlMetadata(id);
    return undefined;
  }
  const row = await store.findSamlMetadata(id);
  const columns = declared.saml?.metadataXml
    ? await documentColumns(scope, declared.saml.metadataXml, { kept, saml, row }, at)
    : sourceColumns(scope, declared.saml ?? {}, { before, kept, saml, row }, at);
  const document = columns.document === undefined ? (row?.document ?? null) : columns.document;
  if (status === 'active' && !document && !saml.metadataUrl)
    contradiction(`${at}/saml`, 'needs metadataXml or metadataUrl: only a draft may do without');
  await store.keepSamlMetadata(id, columns);
  return documentChange(row?.document ?? null, document);
}

interface Standing {
  readonly kept: Connection;
  readonly saml: SamlSettings;
  readonly row: SamlMetadata | undefined;
}

const UNFAILED = { failures: 0, failure: null, pending: null } as const;

/** Metadata given as a document: read at once, and in use from now on. */
async function documentColumns(
  { ports, organizationId }: SamlScope,
  xml: string,
  { kept, saml, row }: Standing,
  at: string,
): Promise<MetadataWrite['columns']> {
  const policy = { entityId: kept.issuer ?? undefined, certificate: saml.metadataCertificate ?? undefined };
  const before = row?.document ?? null;
  const found = await ports.samlMetadata.readDocument(xml, policy, organizationId, before).catch((thrown: unknown) => {
    const error = asSsoError(thrown);
    if (!error.code.startsWith('saml_') || error.retryAfterSeconds !== undefined) throw error;
    const isSaid = error.code === 'saml_metadata' || error.code === 'saml_entity_id_mismatch';
    const said = isSaid ? [] : [error.message];
    contradiction(`${at}/saml/metadataXml`, [...said, error.detail ?? 'is not usable'].join(' '), error);
  });
  const settled = { ...UNFAILED, nextCheckAt: null };
  if (before && sameMetadata(before, found)) return row?.nextCheckAt ? settled : {};
  return { ...settled, document: found, checkedAt: ports.clock.now(), expiryReportedAt: null };
}

/** Metadata from a URL are read by the next refresh, or by the first login if that comes sooner. */
function sourceColumns(
  { ports }: SamlScope,
  declared: DeclaredSaml,
  { before, kept, saml, row }: Standing & { before: Connection | undefined },
  at: string,
): MetadataWrite['columns'] {
  const isForeign = Boolean(row?.document && kept.issuer !== null && row.document.entityId !== kept.issuer);
  const forgotten = isForeign ? { document: null, checkedAt: null, pending: null } : {};
  if (saml.metadataUrl === null) {
    const isTakenAway = Boolean(before?.saml?.metadataUrl) || declared.metadataXml === null;
    if (isTakenAway) return row?.document || row?.nextCheckAt ? NOTHING : {};
    if (isForeign) contradiction(`${at}/saml/entityId`, 'is not the entity id of the metadata that are kept');
    return {};
  }
  const dueNow = { ...UNFAILED, nextCheckAt: ports.clock.now() };
  if (before?.saml?.metadataUrl !== saml.metadataUrl) return { ...dueNow, checkedAt: null, readAt: null, ...forgotten };
  const isPinnedAnew =
    before.issuer !== kept.issuer || before.saml.metadataCertificate !== saml.metadataCertificate || !row;
  return isPinnedAnew ? { ...dueNow, ...forgotten } : {};
}

const NOTHING = {
  ...UNFAILED,
  document: null,
  checkedAt: null,
  readAt: null,
  nextCheckAt: null,
  expiryReportedAt: null,
} as const;

function documentChange(
  before: IdpMetadata | null,
  after: IdpMetadata | null,
): Pick<RowChange, 'before' | 'after'> | undefined {
  const isSame = before && after ? sameMetadata(before, after) : before === after;
  if (isSame) return undefined;
  const shown = (document: IdpMetadata | null) => ({
    metadata: document && { ...summaryOf(document), validUntil: document.validUntil },
  });
  return { before: shown(before), after: shown(after) };
}
