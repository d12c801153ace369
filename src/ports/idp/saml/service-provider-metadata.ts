/**
 * What we say of ourselves to the identity provider of a connection (SAML metadata §2.3.2 and §2.4.4). It holds no
 * dates and nothing random: it changes with the keys and the settings only.
 */
import type { SamlSettings } from '#ports/db/saml-settings.ts';
import { serviceProvider } from './endpoints.ts';
import { element, type OutgoingElement, writeElement } from './message-writer.ts';
import type { PublishedKey } from './service-provider-keys.ts';

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:';
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#';

/** Offered where the connection asks for no format of its own. */
const NAME_ID_FORMATS = [
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
];
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

export interface PresentedMetadata {
  readonly publicUrl: string;
  readonly connectionId: string;
  /** The active key first, then the next one. */
  readonly keys: readonly Pick<PublishedKey, 'status' | 'certificate'>[];
  readonly authnRequestsSigned: boolean;
  readonly settings: Pick<
    SamlSettings,
    'wantAssertionsSigned' | 'allowCbc' | 'nameIdFormat' | 'subjectAttribute' | 'consumerServiceUrl'
  >;
}

/** @returns the document, `application/samlmetadata+xml` in UTF-8 */
export function presentMetadata(metadata: PresentedMetadata): string {
  const { publicUrl, connectionId, keys, authnRequestsSigned, settings } = metadata;
  const { entityId, consumerServiceUrl, logoutUrl } = serviceProvider(publicUrl, connectionId);
  // the front end's own comes first, since requests name it
  const consumers = [...new Set([settings.consumerServiceUrl ?? consumerServiceUrl, consumerServiceUrl])];
  const descriptor = element(
    'md:SPSSODescriptor',
    {
      AuthnRequestsSigned: String(authnRequestsSigned),
      WantAssertionsSigned: String(settings.wantAssertionsSigned),
      protocolSupportEnumeration: PROTOCOL,
    },
    ...keys.map(({ certificate }) => keyDescriptor('signing', certificate)),
    ...encryptionKeys(keys).map((certificate) =>
      keyDescriptor('encryption', certificate, encryptionMethods(settings.allowCbc)),
    ),
    ...['HTTP-Redirect', 'HTTP-POST'].map((binding) =>
      element('md:SingleLogoutService', { Binding: BINDING + binding, Location: logoutUrl }),
    ),
    ...nameIdFormats(settings).map((format) => element('md:NameIDFormat', {}, format)),
    ...consumers.map((location, index) =>
      element('md:AssertionConsumerService', {
        Binding: `${BINDING}HTTP-POST`,
        Location: location,
        index: String(index),
        isDefault: index === 0 ? 'true' : undefined,
      }),
    ),
  );
  return writeElement(element('md:EntityDescriptor', { entityID: entityId }, descriptor));
}

/**
 * One, since a provider encrypts to one and some can't choose; the next, since it will open for the longest. All of
 * our keys open what is encrypted to us.
 */
function encryptionKeys(keys: PresentedMetadata['keys']): string[] {
  const lasting = keys.find(({ status }) => status === 'next') ?? keys[0];
  return lasting ? [lasting.certificate] : [];
}

/** Transient identifiers name nobody, unless an attribute does. */
function nameIdFormats({ nameIdFormat, subjectAttribute }: PresentedMetadata['settings']): readonly string[] {
  if (nameIdFormat !== null) return [nameIdFormat];
  return subjectAttribute === null ? NAME_ID_FORMATS : [...NAME_ID_FORMATS, TRANSIENT];
}

function keyDescriptor(use: string, certificate: string, methods: readonly OutgoingElement[] = []): OutgoingElement {
  const data = element('ds:X509Data', {}, element('ds:X509Certificate', {}, certificate));
  return element('md:KeyDescriptor', { use }, element('ds:KeyInfo', {}, data), ...methods);
}

/**
 * In order of preference (SAML metadata §2.4.1.1, XML Encryption 1.1 §5.2.4 and §5.5.2). The newer RSA-OAEP is taken as
 * well but not named: its mask generation would have to be, in an element that the schema of metadata can't judge.
 */
function encryptionMethods(allowCbc: boolean): OutgoingElement[] {
  const cbc = allowCbc ? [`${XMLENC}aes256-cbc`, `${XMLENC}aes128-cbc`] : [];
  const content = [`${XMLENC11}aes256-gcm`, `${XMLENC11}aes128-gcm`, ...cbc];
  const sha1 = element('ds:DigestMethod', { Algorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' });
  return [
    ...content.map((algorithm) => element('md:EncryptionMethod', { Algorithm: algorithm })),
    element('md:EncryptionMethod', { Algorithm: `${XMLENC}rsa-oaep-mgf1p` }, sha1),
  ];
}
