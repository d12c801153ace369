/**
 * Messages of the Single Logout profile (SAML core §3.7, SAML profiles §4.4). In the POST binding the message carries
 * its signature; in the Redirect binding the query does, and the caller has verified it over the raw query.
 */
import type { VerifiedLogoutMessage } from '#ports/idp/saml/assertion.ts';
import { attributeOf, type Element, holds, nameOf, query, textOf, XmlTree } from './document.ts';
import { readIssuer, readMessage, readStatusCodes, requireUniqueIds } from './envelope.ts';
import { Members } from './members.ts';
import { readNameId } from './reading.ts';
import { MAX_MESSAGE_BYTES, scanChecked } from './scan.ts';
import { type SignatureInput, takeSignature, verifySignature } from './signature.ts';
import { type Outcome, refusal, Trail } from './trail.ts';

const MAX_ELEMENTS = 600;
const KINDS = new Map([
  ['samlp:LogoutRequest', 'LogoutRequest'],
  ['samlp:LogoutResponse', 'LogoutResponse'],
] as const);
const COMMON_MEMBERS = ['saml:Issuer', 'ds:Signature', 'samlp:Extensions'];
const REQUEST_MEMBERS = [...COMMON_MEMBERS, 'saml:NameID', 'samlp:SessionIndex'];
const RESPONSE_MEMBERS = [...COMMON_MEMBERS, 'samlp:Status'];
const HAS_INNER_SIGNATURE = query('boolean(/*/*//ds:Signature)');

export interface LogoutPolicy {
  readonly publicKeys: readonly string[];
  readonly signature: 'enveloped' | 'detached';
}

/** Refusals are part of the outcome; what is thrown is a fault of ours. */
export function verifyLogoutMessage(
  message: Uint8Array,
  policy: LogoutPolicy,
): Promise<Outcome<VerifiedLogoutMessage>> {
  return new Trail().conclude((trail) => verify(message, policy, trail));
}

async function verify(message: Uint8Array, policy: LogoutPolicy, trail: Trail): Promise<VerifiedLogoutMessage> {
  const text = scanChecked(message, { maxBytes: MAX_MESSAGE_BYTES, maxElements: MAX_ELEMENTS }, trail);
  trail.begin('saml.structure');
  const { unsigned, signature } = open(text, policy, trail);
  trail.pass();
  if (policy.signature === 'detached') {
    trail.skip('saml.signature', 'the query of the Redirect binding is what is signed');
    return unsigned;
  }
  trail.begin('saml.signature');
  if (!signature) throw refusal('saml_signature', 'the message is not signed');
  await verifySignature(signature, policy.publicKeys);
  trail.pass({ actual: `${signature.algorithm.name} ${signature.algorithm.hash}` });
  using tree = XmlTree.parse(signature.content);
  return readLogoutMessage(tree.root, true);
}

function open(
  text: Uint8Array,
  policy: LogoutPolicy,
  trail: Trail,
): { unsigned: VerifiedLogoutMessage; signature: SignatureInput | undefined } {
  using tree = XmlTree.parse(text);
  const { root } = tree;
  const unsigned = readLogoutMessage(root, false);
  requireUniqueIds(root);
  if (holds(root, HAS_INNER_SIGNATURE)) throw refusal('saml_structure', 'a signature where the profile has none');
  if (policy.signature === 'detached') return { unsigned, signature: undefined };
  trail.begin('saml.signature');
  const signature = takeSignature(tree, root);
  trail.begin('saml.structure');
  return { unsigned, signature };
}

function readLogoutMessage(root: Element, signed: boolean): VerifiedLogoutMessage {
  const kind = [...KINDS].find(([name]) => name === nameOf(root))?.[1];
  if (!kind) throw refusal('saml_structure', 'the root is neither a samlp:LogoutRequest nor a samlp:LogoutResponse');
  const isRequest = kind === 'LogoutRequest';
  // an encrypted or other identifier than a NameID is no member we know, and refused with the rest
  const members = new Members(root, isRequest ? REQUEST_MEMBERS : RESPONSE_MEMBERS);
  const { issuer } = readIssuer(members);
  const notOnOrAfter = attributeOf(root, 'NotOnOrAfter');
  const nameId = isRequest ? members.required('saml:NameID') : undefined;
  return {
    kind,
    ...readMessage(root),
    ...(issuer === undefined ? {} : { issuer }),
    ...(isRequest && notOnOrAfter !== undefined ? { notOnOrAfter } : {}),
    ...(nameId ? { nameId: readNameId(nameId) } : {}),
    sessionIndexes: members.all('samlp:SessionIndex').map(textOf),
    statusCodes: isRequest ? [] : readLogoutStatus(members),
    signed,
  };
}

function readLogoutStatus(members: Members): readonly string[] {
  const status = members.required('samlp:Status');
  const codes = readStatusCodes(status);
  if (codes.length === 0) {
    throw refusal('saml_structure', 'samlp:Status has not one samlp:StatusCode');
  }
  return codes;
}
