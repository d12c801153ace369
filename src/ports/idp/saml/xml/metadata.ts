/**
 * The identity provider's side of a metadata document (SAML metadata §2.3 and §2.4). Certificates come out as text:
 * what is in them, and whether dates and addresses will do, is for others to say.
 */
import type { IdpMetadata } from '#ports/db/saml-schema.ts';
import { attributeOf, type Element, find, findTexts, nameOf, query, XmlTree } from './document.ts';
import { requireUniqueIds } from './envelope.ts';
import { metadataRefusal, readCertificates, readEndpoints, readValidity } from './metadata-members.ts';
import { scanChecked } from './scan.ts';
import { type SignatureInput, takeSignature, verifySignature } from './signature.ts';
import { type Outcome, refusal, Trail } from './trail.ts';

/** As written, before certificates and dates are understood. */
export interface MetadataReading extends Omit<IdpMetadata, 'certificates' | 'validUntil' | 'cacheSeconds'> {
  /** Base64 DER of the signing certificates, without white space. */
  readonly certificates: readonly string[];
  /** As written; the earliest that holds for the entity, or one that is no date. */
  readonly validUntil: string | null;
  /** xs:duration as written, of the innermost element that has one. */
  readonly cacheDuration: string | null;
}

export interface MetadataChoice {
  readonly entityId?: string | undefined;
  /** Base64 DER, SubjectPublicKeyInfo: the document must be signed by this key. */
  readonly publicKey?: string | undefined;
}

const LIMITS = { maxBytes: 256 * 1024, maxElements: 20_000, comments: true };
const MAX_ENTITY_ID = 1024;
/** Characters of names that a trace shows. */
const SHOWN = 200;
const SAML2 = 'urn:oasis:names:tc:SAML:2.0:protocol';
const ENTITIES = query('descendant-or-self::md:EntityDescriptor');
const ROLES = query('md:IDPSSODescriptor');
const NAME_ID_FORMATS = query('md:NameIDFormat');

/** Refusals are part of the outcome; what is thrown is a fault of ours. */
export function readMetadata(document: Uint8Array, choice: MetadataChoice): Promise<Outcome<MetadataReading>> {
  return new Trail().conclude((trail) => read(document, choice, trail));
}

async function read(document: Uint8Array, choice: MetadataChoice, trail: Trail): Promise<MetadataReading> {
  const text = scanChecked(document, LIMITS, trail);
  trail.begin('saml.metadata');
  if (choice.publicKey === undefined) {
    using tree = XmlTree.parse(text);
    return readChosen(tree.root, choice.entityId);
  }
  trail.begin('saml.signature');
  const signature = takeMetadataSignature(text, choice);
  await verifySignature(signature, [choice.publicKey]);
  trail.pass();
  trail.begin('saml.metadata');
  using verified = XmlTree.parse(signature.content);
  return readChosen(verified.root, choice.entityId);
}

/** Of the whole document, or else of the entity within. */
function takeMetadataSignature(text: Uint8Array, choice: MetadataChoice): SignatureInput {
  using tree = XmlTree.parse(text);
  requireUniqueIds(tree.root);
  const signature = takeSignature(tree, tree.root) ?? takeSignature(tree, chooseEntity(tree.root, choice.entityId));
  if (!signature) throw refusal('saml_signature', 'the metadata are not signed');
  return signature;
}

function readChosen(root: Element, entityId: string | undefined): MetadataReading {
  const entity = chooseEntity(root, entityId);
  const role = chooseRole(entity);
  const path = 'EntityDescriptor/IDPSSODescriptor';
  const singleSignOn = readEndpoints(role, 'SingleSignOnService', path);
  if (singleSignOn.length === 0)
    throw metadataRefusal(`${path}/SingleSignOnService`, 'none of HTTP-Redirect or HTTP-POST');
  return {
    entityId: entityIdOf(entity),
    singleSignOn,
    singleLogout: readEndpoints(role, 'SingleLogoutService', path),
    certificates: readCertificates(role, path),
    wantAuthnRequestsSigned: ['true', '1'].includes(attributeOf(role, 'WantAuthnRequestsSigned') ?? ''),
    nameIdFormats: findTexts(role, NAME_ID_FORMATS).map((format) => format.trim()),
    ...readValidity(role),
  };
}

function chooseEntity(root: Element, entityId: string | undefined): Element {
  const name = nameOf(root);
  if (name !== 'md:EntityDescriptor' && name !== 'md:EntitiesDescriptor') {
    throw metadataRefusal('/', 'the root is neither an EntityDescriptor nor an EntitiesDescriptor');
  }
  const entities = find(root, ENTITIES);
  const chosen =
    entityId === undefined
      ? entities.filter((entity) => find(entity, ROLES).length > 0)
      : entities.filter((entity) => attributeOf(entity, 'entityID') === entityId);
  const [entity, second] = chosen;
  if (!entity) {
    if (entityId === undefined) throw metadataRefusal('EntityDescriptor', 'no entity is an identity provider');
    const names = entities.map((each) => attributeOf(each, 'entityID') ?? '').join(' ');
    const evidence = { expected: entityId.slice(0, SHOWN), actual: names.slice(0, SHOWN) };
    throw refusal('saml_entity_id_mismatch', 'EntityDescriptor/@entityID: the wanted entity is not there', evidence);
  }
  if (second) throw metadataRefusal('EntityDescriptor', 'more than one entity to choose from');
  return entity;
}

function entityIdOf(entity: Element): string {
  const entityId = attributeOf(entity, 'entityID') ?? '';
  if (entityId.length >= 1 && entityId.length <= MAX_ENTITY_ID) return entityId;
  throw metadataRefusal('EntityDescriptor/@entityID', `is not of 1 to ${MAX_ENTITY_ID} characters`);
}

function chooseRole(entity: Element): Element {
  const roles = find(entity, ROLES).filter((role) =>
    (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(SAML2),
  );
  const [role, second] = roles;
  const path = 'EntityDescriptor/IDPSSODescriptor';
  if (!role) throw metadataRefusal(path, 'there is none for SAML 2.0');
  if (second) throw metadataRefusal(path, 'there is more than one for SAML 2.0');
  return role;
}
