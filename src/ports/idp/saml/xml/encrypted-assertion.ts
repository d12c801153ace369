/**
 * An assertion that comes out of its encryption (SAML core §2.3.4): bytes that anyone may have made, since our public
 * key is public. They go through the same scan and the same rules as the message did.
 */
import type { SamlAssertion } from '#ports/idp/saml/assertion.ts';
import type { ResponsePolicy } from '#ports/idp/saml/verifier.ts';
import { decrypt } from './decryption.ts';
import { childrenOf, type Element, find, nameOf, query, XmlTree } from './document.ts';
import type { EncryptedInput } from './encryption.ts';
import { requirePlacedSignatures, requireUniqueIds } from './envelope.ts';
import { readAssertion } from './reading.ts';
import { MAX_MESSAGE_BYTES, scanMessage } from './scan.ts';
import { type SignatureInput, takeSignature } from './signature.ts';
import { refusal } from './trail.ts';

const NESTED = query('.//saml:Assertion | .//saml:EncryptedAssertion');

export interface OpenedAssertion {
  /** The assertion's own signature, not verified yet. */
  readonly signature: SignatureInput | undefined;
  /** Reads the assertion, from the signed octets if there are any. Only after the signature was verified. */
  readonly read: () => SamlAssertion;
}

/**
 * @param ids the IDs of the message around it
 * @throws SsoError `saml_decryption`, `saml_encoding`, `saml_dtd`, `saml_structure`, `saml_multiple_assertions`,
 * `saml_algorithm`, `saml_signature`
 */
export async function openEncrypted(
  input: EncryptedInput,
  policy: ResponsePolicy,
  ids: ReadonlySet<string>,
): Promise<OpenedAssertion> {
  const plaintext = await decrypt(input, policy.decryptionKeys);
  const text = wrap(scanPlaintext(plaintext, input, policy), input.scope);
  using tree = XmlTree.parse(text);
  const assertion = onlyAssertion(tree.root);
  requireUniqueIds(tree.root, ids);
  requirePlacedSignatures(tree.root);
  const signature = takeSignature(tree, assertion);
  return { signature, read: () => (signature ? readSigned(signature) : readUnsigned(text)) };
}

/** AES-CBC gives garbage where it should fail: that it is garbage is part of the same failure. */
function scanPlaintext(plaintext: Uint8Array, input: EncryptedInput, policy: ResponsePolicy): Uint8Array {
  try {
    return scanMessage(plaintext, { maxBytes: MAX_MESSAGE_BYTES, maxElements: policy.maxElements });
  } catch (error) {
    if (input.algorithm.name === 'AES-GCM') throw error;
    throw refusal('saml_decryption', 'none of our keys opens the assertion');
  }
}

/**
 * An element around the plaintext, for the namespaces that it may have inherited: some providers encrypt without
 * declaring them again (XML Encryption §4.3.1). The scan saw to it that the plaintext can't close it.
 */
function wrap(plaintext: Uint8Array, scope: Readonly<Record<string, string>>): Uint8Array {
  const declarations = Object.entries(scope)
    .filter(([prefix]) => prefix !== 'xml')
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`);
  const encoder = new TextEncoder();
  const [head, tail] = [encoder.encode(`<plaintext${declarations.join('')}>`), encoder.encode('</plaintext>')];
  const text = new Uint8Array(head.length + plaintext.length + tail.length);
  text.set(head);
  text.set(plaintext, head.length);
  text.set(tail, head.length + plaintext.length);
  return text;
}

function escapeAttribute(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function onlyAssertion(wrapper: Element): Element {
  const [assertion, second] = childrenOf(wrapper);
  if (!assertion || second || nameOf(assertion) !== 'saml:Assertion') {
    throw refusal('saml_structure', 'the encrypted content is not one saml:Assertion');
  }
  if (find(assertion, NESTED).length > 0) {
    throw refusal('saml_multiple_assertions', 'an assertion within the encrypted assertion');
  }
  return assertion;
}

function readSigned(signature: SignatureInput): SamlAssertion {
  using tree = XmlTree.parse(signature.content);
  return readAssertion(tree.root);
}

function readUnsigned(text: Uint8Array): SamlAssertion {
  using tree = XmlTree.parse(text);
  return readAssertion(onlyAssertion(tree.root));
}
