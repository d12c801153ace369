/** What the tests of this folder ask of the verifier. */
import type { VerifiedResponse } from '#ports/idp/saml/assertion.ts';
import type { ResponsePolicy } from '#ports/idp/saml/verifier.ts';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import type { Outcome } from '#ports/idp/saml/xml/trail.ts';
import type { KeyPair } from './signer.ts';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function policyFor(key: KeyPair, changes: Partial<ResponsePolicy> = {}): ResponsePolicy {
  return {
    issuer: 'https://idp.test',
    publicKeys: [key.spki],
    decryptionKeys: [],
    wantAssertionsSigned: false,
    wantEncrypted: false,
    allowCbc: false,
    maxElements: 600,
    ...changes,
  };
}

/** The code of the refusal, or `accepted`. */
export function codeOf(outcome: Outcome<unknown>): string {
  return 'refusal' in outcome ? outcome.refusal.code : 'accepted';
}

export async function verdict(xml: string, policy: ResponsePolicy): Promise<string> {
  return codeOf(await verifyResponse(bytesOf(xml), policy));
}

export async function accepted(xml: string, policy: ResponsePolicy): Promise<VerifiedResponse> {
  const outcome = await verifyResponse(bytesOf(xml), policy);
  if ('refusal' in outcome) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return structuredClone(outcome.verified);
}
