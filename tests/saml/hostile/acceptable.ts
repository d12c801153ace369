/** Everything that must be accepted: how providers sign, write and encrypt, and what they say besides. */
import { attributesOf } from '#dev/saml/attributes.ts';
import { DIGESTS, NAME_ID_FORMATS, SIGNATURE_ALGORITHMS, TRANSFORMS } from '#dev/saml/names.ts';
import { insert, replaced, swap, textOf } from './forgery.ts';
import { ALICE, type HonestOptions, honest, type ProviderKeys, type Signing, type Target } from './honest.ts';
import { resigned } from './signed-infos.ts';
import type { Message, Place } from './stage.ts';

export interface Acceptable {
  readonly words: string;
  readonly make: (target: Target) => Promise<string>;
  /** How the text is put into the form; default as it is. */
  readonly send?: ((xml: string) => Message) | undefined;
  readonly place?: Place | undefined;
  /** True where the independent implementation does not know the algorithm. */
  readonly beyondOracle?: boolean | undefined;
  /** Key that signed. */
  readonly key: keyof ProviderKeys;
}

const SIGNINGS: readonly Signing[] = ['assertion', 'response', 'both'];
const STYLES = ['compact', 'pretty', 'default-namespace', 'declarations-on-root'] as const;
const MORE = SIGNATURE_ALGORITHMS;

function accept(words: string, options: HonestOptions = {}, rest: Partial<Acceptable> = {}): Acceptable {
  const { key = 'rsa' } = rest;
  const make = (target: Target) => honest(target, { key: target.keys[key], ...options });
  return { words, make, key, ...rest };
}

const ALGORITHMS: readonly Acceptable[] = SIGNINGS.flatMap((sign) => [
  accept(`RSA with SHA-256 (${sign})`, { sign }),
  accept(`RSA with SHA-384 (${sign})`, { sign, signature: { algorithm: MORE.rsaSha384, digest: DIGESTS.sha384 } }),
  accept(`RSA with SHA-512 (${sign})`, { sign, signature: { algorithm: MORE.rsaSha512, digest: DIGESTS.sha512 } }),
  accept(`ECDSA over P-256 (${sign})`, { sign }, { key: 'p256' }),
  accept(
    `ECDSA over P-384 with SHA-384 (${sign})`,
    { sign, signature: { algorithm: MORE.ecdsaSha384 } },
    { key: 'p384' },
  ),
  accept(
    `ECDSA over P-521 with SHA-512 (${sign})`,
    { sign, signature: { algorithm: MORE.ecdsaSha512 } },
    { key: 'p521' },
  ),
]);

const WRITING: readonly Acceptable[] = SIGNINGS.flatMap((sign) => [
  ...STYLES.map((style) => accept(`written ${style} (${sign})`, { sign, style })),
  ...STYLES.map((style) =>
    accept(`written ${style}, with inclusive namespaces (${sign})`, {
      sign,
      style,
      signature: { prefixList: ['xs', 'xsi', 'saml', '#default'] },
    }),
  ),
  accept(`a signature without prefix (${sign})`, { sign, signature: { prefix: '' } }),
  accept(`a signature under another prefix (${sign})`, { sign, signature: { prefix: 'dsig' } }),
  accept(`base64 in lines (${sign})`, { sign, signature: { lineLength: 64 } }),
  accept(`a signature at the end (${sign})`, { sign, signature: { position: 'last' } }),
  accept(`no KeyInfo (${sign})`, { sign, signature: { keyInfo: null } }),
  accept(`somebody’s KeyInfo (${sign})`, {
    sign,
    signature: { keyInfo: { xml: '<ds:KeyName>anything</ds:KeyName>' } },
  }),
]);

const RESIGNED: readonly Acceptable[] = (['assertion', 'response'] as const).map((sign) =>
  accept(
    `inclusive namespaces of SignedInfo (${sign})`,
    {},
    {
      make: (target) => {
        const list = `<ec:InclusiveNamespaces xmlns:ec="${TRANSFORMS.exclusive}" PrefixList="saml samlp #default"/>`;
        const method = `<ds:CanonicalizationMethod Algorithm="${TRANSFORMS.exclusive}">${list}</ds:CanonicalizationMethod>`;
        const edit = (xml: string) => replaced(xml, 'CanonicalizationMethod', method);
        return resigned(target, sign, edit, ['saml', 'samlp', '']);
      },
    },
  ),
);

const groups = (count: number): HonestOptions => ({ assertion: { attributes: attributesOf(ALICE, 'basic', count) } });
const lines = (xml: string, end: string) => ({
  base64: Buffer.from(xml).toString('base64').replace(/.{76}/g, `$&${end}`),
});
const SAYING: readonly Acceptable[] = [
  ...[5, 150, 500].map((count) => accept(`${count} groups`, groups(count))),
  accept('500 groups, all of it signed twice', { ...groups(500), sign: 'both' }),
  ...(['urn', 'microsoft', 'okta'] as const).map((names) =>
    accept(`attributes named as ${names}`, { assertion: { attributes: attributesOf(ALICE, names) } }),
  ),
  accept('no attributes but the NameID', {
    assertion: { attributes: attributesOf(ALICE).filter(({ name }) => name !== 'email') },
  }),
  accept('a persistent NameID', { assertion: { nameId: { value: ALICE.email, format: NAME_ID_FORMATS.persistent } } }),
  accept(
    'a NameID for us by name',
    { draft: (xml) => xml },
    {
      make: (target) =>
        honest(target, { assertion: { nameId: { value: ALICE.email, spNameQualifier: target.entityId } } }),
    },
  ),
  accept(
    'one restriction to several audiences, us among them',
    {},
    {
      make: (target) =>
        honest(target, {
          assertion: { conditions: { audienceRestrictions: [['https://a.example', target.entityId]] } },
        }),
    },
  ),
  accept(
    'two restrictions that are both for us',
    {},
    {
      make: ({ entityId, ...target }) =>
        honest(
          { entityId, ...target },
          { assertion: { conditions: { audienceRestrictions: [[entityId], [entityId]] } } },
        ),
    },
  ),
  accept('OneTimeUse and ProxyRestriction', {
    assertion: { conditions: { extra: '<saml:OneTimeUse/><saml:ProxyRestriction Count="0"/>' } },
  }),
  accept('conditions without times', { assertion: { conditions: { notBefore: null, notOnOrAfter: null } } }),
  accept('two confirmations, the second of which is for us', {
    assertion: { subjectConfirmations: [{ recipient: 'https://elsewhere.example/acs' }, {}] },
  }),
  accept('a confirmation by holder of key beside the bearer’s', {
    assertion: { subjectConfirmations: [{ method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }, {}] },
  }),
  accept('issuers by the entity format', {
    response: { issuerFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity' },
    assertion: { issuerFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity' },
  }),
  accept('no destination, where the response is not signed', { response: { destination: null } }),
  accept('a message in the status', { response: { statusMessage: 'All is well' } }),
  accept('extensions of the response', {
    response: { extensions: '<samlp:Extensions><x:y xmlns:x="urn:x"/></samlp:Extensions>' },
  }),
  accept(
    'times to the microsecond',
    {},
    {
      make: (target) => {
        const until = `${new Date(target.now.getTime() + 60_000).toISOString().slice(0, -1)}123Z`;
        return honest(target, {
          assertion: { conditions: { notOnOrAfter: until }, subjectConfirmations: [{ notOnOrAfter: until }] },
        });
      },
    },
  ),
  accept('no type of the values', { draft: (xml) => xml.replaceAll(/ xmlns:xsi?="[^"]*"| xsi:type="[^"]*"/g, '') }),
  accept('an attribute that comes twice', {
    draft: (xml) => insert(xml, 'after', 'Attribute', textOf(xml, 'Attribute')),
  }),
  accept('an attribute without values', {
    draft: (xml) => insert(xml, 'last', 'AttributeStatement', '<saml:Attribute Name="none"/>'),
  }),
  accept('white space around the NameID', { draft: (xml) => swap(xml, `>${ALICE.email}<`, `>\n  ${ALICE.email}\n<`) }),
  accept('characters by reference', { draft: (xml) => swap(xml, '>Alice<', '>&#65;lice<') }),
  accept('an XML declaration', {}, { send: (xml) => `<?xml version="1.0" encoding="UTF-8"?>\n${xml}` }),
  accept('a byte order mark', {}, { send: (xml) => `\ufeff${xml}` }),
  accept('white space before and behind', {}, { send: (xml) => `\n  ${xml}\n` }),
  accept('base64 in lines of 76 characters', {}, { send: (xml) => lines(xml, '\r\n') }),
  accept('base64 with spaces', {}, { send: (xml) => lines(xml, ' ') }),
];

const OAEP = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
export const ENCRYPTED: readonly Acceptable[] = SIGNINGS.flatMap((sign) => [
  ...(['aes128-gcm', 'aes256-gcm'] as const).flatMap((content) =>
    (['inside', 'beside'] as const).map((keyPlacement) =>
      accept(`${content}, the key ${keyPlacement} (${sign})`, { sign, encrypt: { content, keyPlacement } }),
    ),
  ),
  ...OAEP.map((digest) =>
    accept(
      `OAEP with ${digest} (${sign})`,
      { sign, encrypt: { keyTransport: 'rsa-oaep', digest, mgf: digest } },
      { beyondOracle: true },
    ),
  ),
  ...(sign === 'assertion'
    ? []
    : (['aes128-cbc', 'aes256-cbc'] as const).flatMap((content) =>
        (['pkcs7', 'iso10126'] as const).map((padding) =>
          accept(
            `${content} padded by ${padding} (${sign})`,
            { sign, encrypt: { content, padding } },
            { place: 'cbc' },
          ),
        ),
      )),
]);

export const PLAIN: readonly Acceptable[] = [...ALGORITHMS, ...WRITING, ...RESIGNED, ...SAYING];
