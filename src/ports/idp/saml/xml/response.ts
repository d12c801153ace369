/**
 * Verifies a response of the Web Browser SSO profile (SAML profiles §4.1.4.2 and §4.1.4.3, SAML core §5).
 *
 * The order: scan, structure, status, then signatures, then decryption. Trees are opened, read into plain data and
 * octets, and closed before anything is awaited. What comes out was parsed afresh from octets that a signature covers.
 */
import type { SamlAssertion, SamlResponse, VerifiedResponse } from '#ports/idp/saml/assertion.ts';
import type { ResponsePolicy } from '#ports/idp/saml/verifier.ts';
import { type Element, nameOf, XmlTree } from './document.ts';
import { openEncrypted } from './encrypted-assertion.ts';
import { type EncryptedInput, readEncrypted } from './encryption.ts';
import {
  readEnvelope,
  requireOneAssertion,
  requirePlacedSignatures,
  requireSuccess,
  requireUniqueIds,
} from './envelope.ts';
import { readAssertion } from './reading.ts';
import { MAX_MESSAGE_BYTES, scanChecked } from './scan.ts';
import { type SignatureInput, takeSignature, verifySignature } from './signature.ts';
import { type Outcome, refusal, Trail } from './trail.ts';

/** Refusals are part of the outcome; what is thrown is a fault of ours. */
export function verifyResponse(message: Uint8Array, policy: ResponsePolicy): Promise<Outcome<VerifiedResponse>> {
  return new Trail().conclude((trail) => verify(message, policy, trail));
}

/** The message as it came: plain data, nothing of it verified but its structure. */
interface Opened {
  readonly response: SamlResponse;
  readonly ids: ReadonlySet<string>;
  readonly responseSignature: SignatureInput | undefined;
  readonly assertionSignature: SignatureInput | undefined;
  readonly encrypted: EncryptedInput | undefined;
  readonly isEncrypted: boolean;
}

async function verify(message: Uint8Array, policy: ResponsePolicy, trail: Trail): Promise<VerifiedResponse> {
  const text = scanChecked(message, { maxBytes: MAX_MESSAGE_BYTES, maxElements: policy.maxElements }, trail);
  const opened = open(text, policy, trail);
  const { responseSignature, assertionSignature, isEncrypted } = opened;
  trail.begin('saml.signature');
  if (responseSignature) await verifySignature(responseSignature, policy.publicKeys);
  if (isEncrypted) return verifyEncrypted(opened, policy, trail);
  if (assertionSignature) await verifySignature(assertionSignature, policy.publicKeys);
  requireSignatures(opened, assertionSignature !== undefined, policy);
  trail.pass({ actual: describe(opened, assertionSignature) });
  trail.skip('saml.encryption', 'the assertion is not encrypted');

  if (responseSignature) {
    const { response, content } = readSigned(responseSignature, readAssertion);
    return { response, assertion: content, encrypted: false };
  }
  if (!assertionSignature) throw refusal('saml_signature', 'neither response nor assertion is signed');
  using tree = XmlTree.parse(assertionSignature.content);
  return { response: opened.response, assertion: readAssertion(tree.root), encrypted: false };
}

function open(text: Uint8Array, policy: ResponsePolicy, trail: Trail): Opened {
  trail.begin('saml.structure');
  using tree = XmlTree.parse(text);
  const { root } = tree;
  const { response, members } = readEnvelope(root, false);
  trail.begin('saml.status');
  requireSuccess(members);
  trail.pass({ actual: 'Success' });
  requireIssuer(response, policy.issuer, trail);

  trail.begin('saml.structure');
  const assertion = requireOneAssertion(root, members);
  const ids = requireUniqueIds(root);
  requirePlacedSignatures(root);
  const isEncrypted = nameOf(assertion) === 'saml:EncryptedAssertion';
  trail.pass();
  if (policy.wantEncrypted && !isEncrypted) {
    trail.begin('saml.encryption');
    throw refusal('saml_encryption_required', 'the assertion is not encrypted');
  }

  trail.begin('saml.signature');
  // the response first: its octets include the assertion's signature, which is taken out next
  const responseSignature = takeSignature(tree, root);
  const assertionSignature = isEncrypted ? undefined : takeSignature(tree, assertion);
  const encrypted = isEncrypted && !responseSignature ? readUnsigned(assertion, trail) : undefined;
  return { response, ids, responseSignature, assertionSignature, encrypted, isEncrypted };
}

/** Nothing is believed here: a response of another provider is told as what it is, before any key is tried on it. */
function requireIssuer({ issuer }: SamlResponse, expected: string, trail: Trail): void {
  if (issuer === undefined || issuer === expected) return;
  trail.begin('saml.issuer');
  throw refusal('saml_issuer', 'the response names another issuer', { expected, actual: issuer.slice(0, 200) });
}

function readUnsigned(assertion: Element, trail: Trail): EncryptedInput {
  trail.begin('saml.encryption');
  return readEncrypted(assertion, false);
}

/** The envelope, and what `read` makes of the assertion within it, from the octets of a signed response. */
function readSigned<T>(
  signature: SignatureInput,
  read: (assertion: Element) => T,
): { response: SamlResponse; content: T } {
  using tree = XmlTree.parse(signature.content);
  const { response, members } = readEnvelope(tree.root, true);
  return { response, content: read(requireOneAssertion(tree.root, members)) };
}

async function verifyEncrypted(opened: Opened, policy: ResponsePolicy, trail: Trail): Promise<VerifiedResponse> {
  const { responseSignature } = opened;
  trail.begin('saml.encryption');
  const signed =
    responseSignature && readSigned(responseSignature, (element) => readEncrypted(element, policy.allowCbc));
  const encrypted = signed?.content ?? opened.encrypted;
  if (!encrypted) throw refusal('saml_decryption', 'there is nothing to decrypt');
  const { signature, read } = await openEncrypted(encrypted, policy, opened.ids);
  trail.pass({ actual: encrypted.algorithm.name });

  trail.begin('saml.signature');
  if (signature) await verifySignature(signature, policy.publicKeys);
  requireSignatures(opened, signature !== undefined, policy);
  trail.pass({ actual: describe(opened, signature) });
  const assertion: SamlAssertion = read();
  return { response: signed?.response ?? opened.response, assertion, encrypted: true };
}

function requireSignatures(opened: Opened, assertionSigned: boolean, policy: ResponsePolicy): void {
  if (!assertionSigned && policy.wantAssertionsSigned) throw refusal('saml_signature', 'the assertion is not signed');
  if (!assertionSigned && !opened.responseSignature) {
    throw refusal('saml_signature', 'neither response nor assertion is signed');
  }
}

function describe(opened: Opened, assertionSignature: SignatureInput | undefined): string {
  const named = [
    ['response', opened.responseSignature],
    ['assertion', assertionSignature],
  ] as const;
  return named
    .flatMap(([name, input]) => (input ? [`${name}: ${input.algorithm.name} ${input.algorithm.hash}`] : []))
    .join(', ');
}
