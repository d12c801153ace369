/**
 * pysaml2, and what is built on it (SATOSA), calls its signatures `Signature1`, the one of the response and the one of
 * the assertion within its encryption alike. They are two documents, and no reference of ours leads to a signature.
 */
import { beforeAll, expect, test } from 'bun:test';
import { encrypt, oaepKeys } from '#tests/ports/idp/saml/xml/encryptor.ts';
import { assertionText, type KeyPair, makeKeys, responseText, rsa, signed } from '#tests/ports/idp/saml/xml/signer.ts';
import { policyFor, verdict } from '#tests/ports/idp/saml/xml/verifying.ts';

const SAML = ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
let key: KeyPair;
let us: KeyPair;
beforeAll(async () => {
  [key, us] = await Promise.all([makeKeys(rsa()), makeKeys(oaepKeys(), ['encrypt', 'decrypt'])]);
});

const policy = () => policyFor(key, { decryptionKeys: [us.pkcs8], wantAssertionsSigned: true });
const named = (id: string) => ({ key, signature: (text: string) => text.replace('<ds:Signature ', `$&Id="${id}" `) });

/** Both signed; the assertion's signature is within the encryption. */
async function encrypted(inner: string, outer: string): Promise<string> {
  const assertion = await signed(assertionText({ assertionRoot: SAML }), ['_a1'], named(inner));
  return signed(responseText({}, await encrypt(assertion, { recipients: [us] })), ['_r1'], named(outer));
}

test('two signatures of one name are accepted where one of them was encrypted', async () => {
  expect(await verdict(await encrypted('Signature2', 'Signature1'), policy())).toBe('accepted');
  expect(await verdict(await encrypted('Signature1', 'Signature1'), policy())).toBe('accepted');
});

test('not with the name of what is signed', async () => {
  expect(await verdict(await encrypted('_r1', 'Signature1'), policy())).toBe('saml_structure');
  expect(await verdict(await encrypted('_a1', 'Signature1'), policy())).toBe('saml_structure');
});

test('nor in one document', async () => {
  const plain = (inner: string) =>
    signed(responseText(), ['_a1', '_r1'], (id) => named(id === '_a1' ? inner : 'Signature1'));
  expect(await verdict(await plain('Signature2'), policy())).toBe('accepted');
  expect(await verdict(await plain('Signature1'), policy())).toBe('saml_structure');
});
