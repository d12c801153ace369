/** Keys that anybody with some patience can have too: no connection takes them, and the verifier believes none. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { generateKeyPairSync, sign } from 'node:crypto';
import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { SIGNATURE_ALGORITHMS } from '#dev/saml/names.ts';
import { createSigningKey } from '#dev/saml/signing-key.ts';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import { REDIRECT_URI } from '#tests/world.ts';
import { swap } from './forgery.ts';
import { honest } from './honest.ts';
import { makeSamples, type Samples } from './samples.ts';
import { metadataOf, openStage, type Stage } from './stage.ts';

let samples: Samples;
beforeAll(async () => {
  samples = await makeSamples([]);
});

async function verdict(xml: string, publicKeys: readonly string[]): Promise<string> {
  const outcome = await verifyResponse(new TextEncoder().encode(xml), { ...samples.policy, publicKeys });
  return 'refusal' in outcome ? outcome.refusal.code : 'accepted';
}

describe('the verifier', () => {
  test('takes no signature by an RSA key of 1,024 bits, although it is told to', async () => {
    const [weak, strong] = await Promise.all([createSigningKey({ bits: 1_024 }), createSigningKey({ bits: 3_072 })]);
    const by = (key: typeof weak) => honest(samples.target, { key });
    expect(await verdict(await by(weak), [weak.publicKey])).toBe('saml_signature');
    expect(await verdict(await by(strong), [weak.publicKey, strong.publicKey])).toBe('accepted');
  });

  test.each(['secp224r1', 'prime256v1'])('knows the curves of the profile: %s', async (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const { ecdsaSha256 } = SIGNATURE_ALGORITHMS;
    const xml = await honest(samples.target, { signature: { algorithm: ecdsaSha256 } });
    const octets = signedInfoOctets(xml);
    const value = sign('sha256', octets, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
    const signed = swap(xml, /(?<=<ds:SignatureValue>)[^<]*/, value);
    expect(await verdict(signed, [spki])).toBe(namedCurve === 'prime256v1' ? 'accepted' : 'saml_signature');
  });
});

function signedInfoOctets(xml: string): Buffer {
  using document = XmlDocument.fromString(xml);
  const signedInfo = document.get('//*[local-name()="SignedInfo"]');
  if (!(signedInfo instanceof XmlElement)) throw new Error('no SignedInfo');
  return Buffer.from(signedInfo.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }));
}

describe('a connection', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage?.close());

  test('is not declared with an RSA key of 1,024 bits', async () => {
    const [weak, strong] = await Promise.all([createSigningKey({ bits: 1_024 }), createSigningKey()]);
    const declared = (key: typeof weak) => ({
      organizations: [
        {
          slug: 'initech',
          name: 'Initech',
          connections: [
            {
              slug: 'saml',
              type: 'saml' as const,
              redirectUris: [REDIRECT_URI],
              saml: { metadataXml: metadataOf([key]) },
            },
          ],
        },
      ],
    });
    await expect(stage.world.apply(declared(weak))).rejects.toThrow();
    await stage.world.apply(declared(strong));
  });
});
