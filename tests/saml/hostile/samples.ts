/** Honest documents for tests that ask the verifier itself, and what must be true of whatever it accepts. */
import { expect } from 'bun:test';
import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { createSigningKey } from '#dev/saml/signing-key.ts';
import type { VerifiedResponse } from '#ports/idp/saml/assertion.ts';
import type { ResponsePolicy } from '#ports/idp/saml/verifier.ts';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import type { Outcome } from '#ports/idp/saml/xml/trail.ts';
import { asAdmin, unsigned } from './forgery.ts';
import { createProviderKeys, type HonestOptions, honest, type Target } from './honest.ts';

export interface Sample {
  readonly words: string;
  readonly xml: string;
  /** The same about somebody else, signed by nobody who counts. */
  readonly evil: string;
  readonly verified: VerifiedResponse;
  /** Canonical octets of what is signed, without its signature: of the response, of the assertion, or of both. */
  readonly octets: readonly (string | undefined)[];
}

export interface Samples {
  readonly target: Target;
  readonly policy: ResponsePolicy;
  readonly all: readonly Sample[];
}

const STYLES: Readonly<Record<string, HonestOptions>> = {
  'the assertion is signed': { sign: 'assertion' },
  'the response is signed': { sign: 'response' },
  'both are signed': { sign: 'both' },
  'prefixes are missing': { sign: 'assertion', style: 'default-namespace' },
  'namespaces stand on the root': { sign: 'both', style: 'declarations-on-root' },
  'it is indented': { sign: 'assertion', style: 'pretty' },
  'namespaces are inclusive': { sign: 'assertion', signature: { prefixList: ['xs', 'xsi', 'saml'] } },
  'the assertion is encrypted': { sign: 'assertion', encrypt: {} },
  'the assertion is encrypted in a signed response': { sign: 'response', encrypt: { content: 'aes128-gcm' } },
  'everything is done': { sign: 'both', encrypt: { keyPlacement: 'beside' } },
};

/** @param names of {@link STYLES}; default all */
export async function makeSamples(names: readonly string[] = Object.keys(STYLES)): Promise<Samples> {
  const [keys, own] = await Promise.all([createProviderKeys(), createSigningKey()]);
  const target: Target = {
    entityId: 'https://sp.example/metadata',
    acsUrl: 'https://sp.example/acs',
    issuer: 'https://idp.example/metadata',
    requestId: '_request',
    keys,
    encryptionCertificate: own.certificate,
    now: new Date(),
  };
  const policy: ResponsePolicy = {
    issuer: target.issuer,
    publicKeys: [keys.rsa.publicKey, keys.p256.publicKey],
    decryptionKeys: [own.privateKey],
    wantAssertionsSigned: false,
    wantEncrypted: false,
    allowCbc: false,
    maxElements: 600,
  };
  const all: Sample[] = [];
  for (const words of names) {
    const options = STYLES[words];
    const xml = await honest(target, options);
    const outcome = await verifyResponse(new TextEncoder().encode(xml), policy);
    if (!('verified' in outcome)) throw new Error(`${words}: ${JSON.stringify(outcome.refusal)}`);
    const evil = asAdmin(await honest(target, { ...options, key: keys.attacker, encrypt: undefined }));
    // of two signatures the outer one may be taken off: the inner one covers what is read
    const octets = [signedOctets(xml), signedOctets(unsigned(xml, 'Response'))];
    all.push({ words, xml, evil, verified: outcome.verified, octets });
  }
  return { target, policy, all };
}

/**
 * Nobody but alice comes out, and nothing but what was signed: the octets that the accepted document has at the place
 * of its signature are, canonicalised by another call of the library, those of the honest one.
 * @returns whether it was accepted
 */
export function expectHonest(outcome: Outcome<VerifiedResponse>, xml: string, sample: Sample): boolean {
  if ('refusal' in outcome) {
    expect(outcome.refusal.code).toMatch(/^saml_/);
    return false;
  }
  const { response, assertion } = outcome.verified;
  expect(assertion).toEqual(sample.verified.assertion);
  if (response.signed) expect(response).toEqual(sample.verified.response);
  expect(sample.octets).toContain(signedOctets(xml));
  return true;
}

/** @returns undefined where the outermost signature is within what is encrypted */
function signedOctets(xml: string): string | undefined {
  using document = XmlDocument.fromString(xml.replace(/^\ufeff/, ''));
  const [signature] = document.find(
    '/*/*[local-name()="Signature"] | /*/*[local-name()="Assertion"]/*[local-name()="Signature"]',
  );
  if (!(signature instanceof XmlElement)) return undefined;
  const parent = signature.parent;
  // read now: the memory of what is removed is gone
  const prefixes = signature.find('.//*[local-name()="Reference"]//@PrefixList')[0]?.content.split(' ');
  signature.remove();
  if (!parent) return undefined;
  const options = {
    mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
    ...(prefixes && { inclusiveNamespacePrefixes: prefixes }),
  } as const;
  try {
    return parent.canonicalizeToString(options);
  } catch {
    // what stands around it has no canonical form: by itself it must have one
    const part = XmlDocument.create();
    part.root = parent;
    return part.root.canonicalizeToString(options);
  }
}
