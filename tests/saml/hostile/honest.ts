/**
 * Honest answers to a login, in every way that providers make them: the base that each forgery starts from, and the
 * control that must be accepted right after it (SAML profiles §4.1.4.2).
 */
import { type AssertionParts, buildResponse, newId, type ResponseParts } from '#dev/saml/document.ts';
import type { Style } from '#dev/saml/element.ts';
import { type EncryptionOptions, encryptAssertion } from '#dev/saml/encryption.ts';
import { type SignatureOptions, signElement } from '#dev/saml/signature.ts';
import { createSigningKey, type SigningKey } from '#dev/saml/signing-key.ts';
import { elementsOf } from '#dev/saml/source.ts';

/** All keys of one provider. Its metadata name the first four. */
export interface ProviderKeys {
  readonly rsa: SigningKey;
  readonly p256: SigningKey;
  readonly p384: SigningKey;
  readonly p521: SigningKey;
  /** In no metadata. */
  readonly attacker: SigningKey;
}

/** Whom a response is for, from whom, and which request it answers. */
export interface Target {
  readonly entityId: string;
  readonly acsUrl: string;
  /** Entity id of the provider. */
  readonly issuer: string;
  /** ID of our AuthnRequest; undefined makes an unsolicited response. */
  readonly requestId: string | undefined;
  readonly keys: ProviderKeys;
  /** Base64 DER; needed for encryption. */
  readonly encryptionCertificate?: string | undefined;
  readonly now: Date;
}

export type Signing = 'assertion' | 'response' | 'both' | 'none';

export interface HonestOptions {
  /** Default `assertion`. */
  readonly sign?: Signing | undefined;
  /** Default the provider's RSA key. */
  readonly key?: SigningKey | Uint8Array<ArrayBuffer> | undefined;
  /** How the signatures are made, both of them. */
  readonly signature?: Partial<SignatureOptions> | undefined;
  readonly style?: Style | undefined;
  readonly encrypt?: Omit<EncryptionOptions, 'certificate' | 'publicKey'> | undefined;
  readonly response?: ResponseParts | undefined;
  readonly assertion?: AssertionParts | undefined;
  /** Rewrites the text before anything is signed: what comes out is signed well. */
  readonly draft?: ((xml: string) => string) | undefined;
  /** Rewrites the text when the assertion is signed and the response is not yet. */
  readonly between?: ((xml: string) => string | Promise<string>) | undefined;
}

export const ALICE = {
  subject: 'alice',
  email: 'alice@acme.test',
  givenName: 'Alice',
  familyName: 'Liddell',
  groups: ['engineering', 'readers'],
} as const;

/** Whom every forgery would rather be. The names stand nowhere else: an answer that holds one has echoed the input. */
export const ADMIN = {
  subject: 'mallory-admin',
  email: 'mallory-admin@acme.test',
  givenName: 'Mallory-canary',
  familyName: 'Superuser-canary',
  groups: ['admins-canary'],
} as const;

export async function createProviderKeys(): Promise<ProviderKeys> {
  const [rsa, p256, p384, p521, attacker] = await Promise.all([
    createSigningKey(),
    createSigningKey({ type: 'ec', curve: 'P-256' }),
    createSigningKey({ type: 'ec', curve: 'P-384' }),
    createSigningKey({ type: 'ec', curve: 'P-521' }),
    createSigningKey({ subject: 'Somebody else' }),
  ]);
  return { rsa, p256, p384, p521, attacker };
}

/** @returns the XML text of a response about alice */
export async function honest(target: Target, options: HonestOptions = {}): Promise<string> {
  const { sign = 'assertion', draft, between, encrypt } = options;
  let xml = unsigned(target, options);
  if (draft) xml = draft(xml);
  if (sign === 'assertion' || sign === 'both') xml = await signed(target, xml, 'Assertion', options);
  if (encrypt) xml = await encryptAssertion(xml, { ...encrypt, certificate: certificateOf(target) });
  if (between) xml = await between(xml);
  if (sign === 'response' || sign === 'both') xml = await signed(target, xml, 'Response', options);
  return xml;
}

/** The same about somebody who never signed in, with nothing signed. */
export function forged(target: Target, options: HonestOptions = {}): string {
  return unsigned(target, options, ADMIN);
}

/** Signs the first element of that name. */
export function signed(
  target: Target,
  xml: string,
  name: 'Assertion' | 'Response',
  { key = target.keys.rsa, signature }: Pick<HonestOptions, 'key' | 'signature'> = {},
): Promise<string> {
  return signElement(xml, { id: idOf(xml, name), key, ...signature });
}

export function idOf(xml: string, name: string): string {
  const id = elementsOf(xml).find(({ localName }) => localName === name)?.attributes['ID'];
  if (id === undefined) throw new Error(`no ${name} with an ID`);
  return id;
}

export function certificateOf({ encryptionCertificate }: Target): string {
  if (encryptionCertificate === undefined) throw new Error('the target publishes no certificate');
  return encryptionCertificate;
}

function unsigned(target: Target, options: HonestOptions, person: typeof ALICE | typeof ADMIN = ALICE): string {
  const { entityId, acsUrl, issuer, requestId, now } = target;
  const { style, response, assertion } = options;
  return buildResponse({
    idp: { entityId: issuer },
    sp: { entityId, acsUrl },
    person,
    request: requestId === undefined ? undefined : { id: requestId },
    now,
    style,
    response: { id: newId(), ...response },
    assertion: { id: newId(), ...assertion },
  });
}
