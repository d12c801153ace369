/** What cannot be opened is refused in one way, so that nobody learns from us what a ciphertext holds (XML Encryption 1.1 §6.1). */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { rotateSamlKeys } from '#core/saml-keys.ts';
import { encryptText } from '#dev/saml/encryption.ts';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import { replaced, swap, textOf } from './forgery.ts';
import { forged, honest, type Signing } from './honest.ts';
import { makeSamples, type Samples } from './samples.ts';
import { expectAlice, openStage, post, type Stage } from './stage.ts';

const MUTATIONS = 1_000;
const ORIGIN = { actorId: null, address: null, userAgent: null, requestId: '0'.repeat(24) };

type Bytes = Uint8Array<ArrayBuffer>;

/** Ways to spoil a ciphertext; the number chooses where. */
const SPOILS: readonly ((cipher: Bytes, at: number) => Bytes)[] = [
  (cipher, at) => cipher.map((byte, index) => (index === at % cipher.length ? byte ^ (1 << (at % 8)) : byte)),
  (cipher, at) => cipher.slice(0, Math.max(1, cipher.length - 1 - (at % 64))),
  (cipher, at) => cipher.slice(1 + (at % 15)),
  (cipher) => cipher.toReversed(),
  (cipher) => crypto.getRandomValues(new Uint8Array(cipher.length)),
  (cipher) => new Uint8Array(cipher.length),
  (_cipher, at) => crypto.getRandomValues(new Uint8Array(1 + (at % 40))),
  (cipher) => new Uint8Array([...cipher, ...cipher.subarray(0, 16)]),
];

/** @param which 0: the content's key, 1: the content. */
function spoiled(xml: string, which: 0 | 1, step: number): string {
  const values = [...xml.matchAll(/(?<=<xenc:CipherValue>)[^<]*/g)];
  const value = values[which];
  if (!value) throw new Error('nothing is encrypted there');
  const spoil = SPOILS[step % SPOILS.length] ?? SPOILS[0];
  const cipher = spoil?.(Uint8Array.fromBase64(value[0]), step * 7919) ?? new Uint8Array();
  return xml.slice(0, value.index) + cipher.toBase64() + xml.slice(value.index + value[0].length);
}

describe('the verifier', () => {
  let samples: Samples;
  beforeAll(async () => {
    samples = await makeSamples(['the assertion is encrypted']);
  });

  test('says the same of a thousand spoiled ciphertexts', async () => {
    const [sample] = samples.all;
    const said = new Set<string>();
    for (let step = 0; step < MUTATIONS; step += 1) {
      const xml = spoiled(sample?.xml ?? '', step % 2 === 0 ? 0 : 1, Math.floor(step / 2));
      said.add(JSON.stringify(await verifyResponse(new TextEncoder().encode(xml), samples.policy)));
    }
    expect(said.size).toBe(1);
    expect([...said][0]).toContain('"code":"saml_decryption"');
  });

  test('says the same where the padding of AES-CBC is wrong, and where it is right and the text is none', async () => {
    const { target, policy } = samples;
    const said = new Set<string>();
    for (let step = 0; step < 200; step += 1) {
      const between = (xml: string) => spoiled(xml, 1, step);
      const xml = await honest(target, { sign: 'response', encrypt: { content: 'aes128-cbc' }, between });
      const outcome = await verifyResponse(new TextEncoder().encode(xml), { ...policy, allowCbc: true });
      // what is spoiled at the very end may still be what was signed, up to its padding
      said.add('refusal' in outcome ? JSON.stringify(outcome.refusal) : 'verified');
    }
    expect([...said].filter((each) => !each.includes('"saml_decryption"'))).toEqual([]);
    expect(said.size).toBe(1);
  });

  test('opens a content key of the right length alone', async () => {
    const { target, policy } = samples;
    const other = await honest(target, { encrypt: { content: 'aes128-gcm' } });
    const renamed = swap(other, 'aes128-gcm', 'aes256-gcm');
    const outcome = await verifyResponse(new TextEncoder().encode(renamed), policy);
    expect('refusal' in outcome && outcome.refusal.code).toBe('saml_decryption');
  });

  test('is given no keys and opens nothing', async () => {
    const [sample] = samples.all;
    const bytes = new TextEncoder().encode(sample?.xml);
    const outcome = await verifyResponse(bytes, { ...samples.policy, decryptionKeys: [] });
    expect('refusal' in outcome && outcome.refusal.code).toBe('saml_decryption');
  });
});

describe('at the wire', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ connections: { roll: {} }, encrypted: ['saml', 'roll'] });
  });
  afterAll(() => stage?.close());

  test('refusals of spoiled ciphertexts are alike in code and length', async () => {
    const shapes = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      const started = await stage.start();
      const xml = await honest(started.target, { encrypt: {} });
      const answer = await post(
        stage.world,
        started,
        spoiled(xml, step % 2 === 0 ? 0 : 1, Math.floor(step / 2)),
        started.state,
      );
      const text = await answer.text();
      shapes.add(`${answer.status} ${text.length} ${JSON.parse(text).code}`);
    }
    // encrypted well, to somebody else
    const started = await stage.start();
    const { keys, target } = started;
    const xml = forged(target);
    const elsewhere = await encryptText(textOf(xml, 'Assertion'), { certificate: keys.rsa.certificate });
    const answer = await post(stage.world, started, replaced(xml, 'Assertion', elsewhere), started.state);
    const text = await answer.text();
    shapes.add(`${answer.status} ${text.length} ${JSON.parse(text).code}`);
    expect([...shapes].map((shape) => shape.replace(/ \d+ /, ' '))).toEqual(['400 saml_decryption']);
    await stage.control('saml', { encrypt: {} });
  });

  test('what was encrypted to the key before is opened until the key is gone', async () => {
    const { id } = stage.connection('roll');
    const { ports } = stage.world;
    const outcome = async (sign: Signing = 'assertion') => {
      const started = await stage.start('roll');
      const answer = await post(
        stage.replica,
        started,
        await honest(started.target, { sign, encrypt: {} }),
        started.state,
      );
      if (answer.status !== 303) return (await answer.json()).code;
      await expectAlice(stage.world, started, answer);
      return 'accepted';
    };
    expect(await outcome()).toBe('accepted');
    await rotateSamlKeys(ports, { connectionId: id, force: true }, ORIGIN);
    expect([await outcome(), await outcome('both')]).toEqual(['accepted', 'accepted']);
    await rotateSamlKeys(ports, { connectionId: id, force: true }, ORIGIN);
    expect([await outcome(), await outcome('both')]).toEqual(['saml_decryption', 'saml_decryption']);
  });
});
