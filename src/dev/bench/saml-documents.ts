/** The documents that the SAML part verifies: honest ones of two sizes, and the costliest that the profile lets through or stops. */
import { attributesOf } from '#dev/saml/attributes.ts';
import { buildResponse, newId } from '#dev/saml/document.ts';
import { signElement } from '#dev/saml/signature.ts';
import { createSigningKey, type SigningKey } from '#dev/saml/signing-key.ts';
import type { ResponsePolicy } from '#ports/idp/saml/verifier.ts';

export const IDENTITY_PROVIDER = 'https://idp.bench.example/metadata';
export const SERVICE = { entityId: 'https://sp.bench.example/metadata', acsUrl: 'https://sp.bench.example/acs' };
/** The limits that connections have unless they say otherwise. */
const LIMITS = { bytes: 96 * 1024, elements: 600 };

export interface SamlDocument {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface SamlDocuments {
  readonly key: SigningKey;
  readonly policy: ResponsePolicy;
  readonly honest: readonly SamlDocument[];
  readonly hostile: readonly SamlDocument[];
}

export async function createDocuments(): Promise<SamlDocuments> {
  const [key, foreign] = await Promise.all([createSigningKey(), createSigningKey()]);
  const policy: ResponsePolicy = {
    issuer: IDENTITY_PROVIDER,
    publicKeys: [key.publicKey],
    decryptionKeys: [],
    wantAssertionsSigned: true,
    wantEncrypted: false,
    allowCbc: false,
    maxElements: LIMITS.elements,
  };
  const honest = [5, 150].map(async (groups) => document(`${groups} groups`, await response(groups, key)));
  return { key, policy, honest: await Promise.all(honest), hostile: await hostileDocuments(foreign) };
}

/** @param key of whoever signs the assertion */
async function response(groups: number, key: SigningKey, advice?: string): Promise<string> {
  const id = newId();
  const person = { subject: 'someone', email: 'someone@bench.example', givenName: 'Some', familyName: 'One' };
  const xml = buildResponse({
    idp: { entityId: IDENTITY_PROVIDER },
    sp: SERVICE,
    person,
    request: { id: newId() },
    assertion: { id, attributes: attributesOf(person, 'basic', groups), advice },
  });
  return signElement(xml, { id, key });
}

async function hostileDocuments(foreign: SigningKey): Promise<SamlDocument[]> {
  const small = await response(5, foreign);
  const within = (inside: string) => small.replace('</saml:Issuer>', `</saml:Issuer>${inside}`);
  const comments = 'x<!-- -->'.repeat(Math.floor((159 * 1024 - small.length) / 9));
  return [
    document(`${LIMITS.elements} elements, as large as allowed, signed by a foreign key`, await largest(foreign)),
    document('96 KiB, almost all white space', within(' '.repeat(LIMITS.bytes - small.length))),
    document('159 KiB of comments', within(comments)),
    document('96 KiB of comments', within(comments.slice(0, LIMITS.bytes - small.length))),
    document('nested 8,000 deep', within('<a>'.repeat(8_000) + '</a>'.repeat(8_000))),
    document('nested 35 deep, as allowed', within('<a>'.repeat(35) + '</a>'.repeat(35))),
    document('32 attributes on each of 300 elements', within(attributed(300))),
    document('96 KiB of one open tag', `<a ${'b="" '.repeat(LIMITS.bytes / 5 - 1)}`),
    document('96 KiB of <', '<'.repeat(LIMITS.bytes)),
  ];
}

/** Fills up both limits at once, with namespaces that canonicalisation must keep. */
async function largest(key: SigningKey): Promise<string> {
  const plain = await response(1, key);
  const count = (xml: string) => xml.match(/<[a-zA-Z]/g)?.length ?? 0;
  const room = LIMITS.elements - count(plain);
  const length = Math.floor((LIMITS.bytes - plain.length - 512) / room);
  const element = (index: number) => `<n${index}:a xmlns:n${index}="urn:x:${index}">`;
  const filled = Array.from({ length: room - 1 }, (_, index) => {
    const start = element(index);
    return `${start}${'y'.repeat(Math.max(0, length - start.length - `</n${index}:a>`.length))}</n${index}:a>`;
  });
  return response(
    1,
    key,
    `<saml:Advice xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${filled.join('')}</saml:Advice>`,
  );
}

function attributed(elements: number): string {
  const attributes = Array.from({ length: 32 }, (_, index) => ` a${index}=""`).join('');
  return `<a${attributes}/>`.repeat(elements);
}

function document(name: string, xml: string): SamlDocument {
  return { name, bytes: new TextEncoder().encode(xml) };
}
