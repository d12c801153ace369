/** Messages that come by Redirect: verified over the octets as they were sent, and inflated up to a limit. */
import { beforeAll, expect, test } from 'bun:test';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { readRedirectMessage } from '#ports/idp/saml/redirect-binding.ts';

const MESSAGE = '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"/>';
const ALGORITHM = 'http://www.w3.org/2001/04/xmldsig-more#';
const HASHES = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const;
type Hash = keyof typeof HASHES;

interface Signer {
  readonly publicKey: string;
  readonly name: string;
  sign(text: string, hash: Hash): Promise<Uint8Array>;
}

async function rsaSigner(): Promise<Signer> {
  const parameters = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const keys = await crypto.subtle.generateKey({ ...parameters, hash: 'SHA-256' }, true, ['sign', 'verify']);
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    name: 'rsa',
    publicKey: new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)).toBase64(),
    async sign(text, hash) {
      const algorithm = { name: parameters.name, hash: HASHES[hash] };
      const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
      return new Uint8Array(await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(text)));
    },
  };
}

async function ecSigner(namedCurve: string): Promise<Signer> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']);
  return {
    name: 'ecdsa',
    publicKey: new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)).toBase64(),
    async sign(text, hash) {
      const algorithm = { name: 'ECDSA', hash: HASHES[hash] };
      return new Uint8Array(await crypto.subtle.sign(algorithm, keys.privateKey, new TextEncoder().encode(text)));
    },
  };
}

let rsa: Signer;
let other: Signer;
beforeAll(async () => {
  [rsa, other] = await Promise.all([rsaSigner(), rsaSigner()]);
});

const escaped = encodeURIComponent;
const lowerCase = (text: string) => escaped(text).replaceAll(/%../g, (each) => each.toLowerCase());
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

interface Sent {
  readonly signer?: Signer;
  readonly hash?: Hash;
  readonly escaping?: (text: string) => string;
  readonly relayState?: string | undefined;
  readonly message?: Uint8Array;
  readonly name?: string;
  readonly algorithm?: string;
  readonly asSignature?: (signature: Uint8Array) => Uint8Array;
}

/** The parameters of a signed query, each escaped and named, in the order of the binding. */
async function send(sent: Sent = {}) {
  const { signer = rsa, hash = 'sha256', escaping = escaped, relayState = 'state', name = 'SAMLRequest' } = sent;
  const message = sent.message ?? deflateRawSync(MESSAGE);
  const parts = [`${name}=${escaping(base64(message))}`];
  if (relayState) parts.push(`RelayState=${escaping(relayState)}`);
  parts.push(`SigAlg=${escaping(sent.algorithm ?? `${ALGORITHM}${signer.name}-${hash}`)}`);
  const signature = await signer.sign(parts.join('&'), hash);
  return [...parts, `Signature=${escaping(base64(sent.asSignature?.(signature) ?? signature))}`];
}

async function read(
  query: string | string[],
  keys = [rsa.publicKey],
  name: 'SAMLRequest' | 'SAMLResponse' = 'SAMLRequest',
) {
  const { message, relayState } = await readRedirectMessage([query].flat().join('&'), name, keys);
  return { text: new TextDecoder().decode(message), relayState };
}

const refusal = (code: string) => expect.objectContaining({ code });

test.each(Object.keys(HASHES) as Hash[])('RSA and ECDSA with %s', async (hash) => {
  expect(await read(await send({ hash }))).toEqual({ text: MESSAGE, relayState: 'state' });
  for (const curve of ['P-256', 'P-384', 'P-521']) {
    const signer = await ecSigner(curve);
    expect(await read(await send({ hash, signer }), [rsa.publicKey, signer.publicKey])).toMatchObject({
      text: MESSAGE,
    });
  }
});

test('an ECDSA signature in DER means the same two numbers', async () => {
  for (const curve of ['P-256', 'P-384', 'P-521']) {
    const signer = await ecSigner(curve);
    expect(await read(await send({ signer, asSignature: toDer }), [signer.publicKey])).toMatchObject({ text: MESSAGE });
    const changed = (signature: Uint8Array) => toDer(signature.map((byte, index) => (index === 9 ? byte ^ 1 : byte)));
    await expect(read(await send({ signer, asSignature: changed }), [signer.publicKey])).rejects.toEqual(
      refusal('saml_signature'),
    );
  }
});

function toDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  const numbers = [signature.subarray(0, half), signature.subarray(half)].map((digits) => {
    const significant = digits.subarray(
      Math.max(
        0,
        digits.findIndex((byte) => byte !== 0),
      ),
    );
    const content = (significant[0] ?? 0) < 0x80 ? [...significant] : [0, ...significant];
    return [0x02, content.length, ...content];
  });
  const content = numbers.flat();
  return Uint8Array.from([0x30, ...(content.length < 0x80 ? [] : [0x81]), content.length, ...content]);
}

test('without RelayState, and as a response', async () => {
  expect(await read(await send({ relayState: '' }))).toEqual({ text: MESSAGE, relayState: undefined });
  const response = await send({ name: 'SAMLResponse' });
  expect(await read(response, [rsa.publicKey], 'SAMLResponse')).toMatchObject({ text: MESSAGE });
  await expect(read(response)).rejects.toEqual(refusal('saml_structure'));
});

test('escapes in lower case, or more of them than needed, count as they were sent', async () => {
  const needless = (text: string) =>
    escaped(text)
      .replaceAll(/(?<!%|%.)A/g, '%41')
      .replaceAll('.', '%2E');
  for (const escaping of [lowerCase, needless]) {
    expect(await read(await send({ escaping, relayState: 'a/b+c' }))).toEqual({ text: MESSAGE, relayState: 'a/b+c' });
  }
  // the same values escaped otherwise than they were signed
  const parts = await send({ escaping: lowerCase });
  const again = parts.map((part) => part.replaceAll(/%../g, (each) => each.toUpperCase()));
  expect(again).not.toEqual(parts);
  await expect(read(again)).rejects.toEqual(refusal('saml_signature'));
});

test('a blank in RelayState may come as a plus sign', async () => {
  const escaping = (text: string) => escaped(text).replaceAll('%20', '+');
  expect(await read(await send({ escaping, relayState: 'a b' }))).toMatchObject({ relayState: 'a b' });
});

test('the parameters may stand in any order, among others', async () => {
  const parts = await send();
  const query = ['?other=%zz', ...parts.toReversed(), 'another', ''];
  expect(await read(query)).toEqual({ text: MESSAGE, relayState: 'state' });
});

test('signed in another order than the binding’s: refused', async () => {
  const [message, relayState, algorithm] = await send();
  const signature = await rsa.sign([relayState, message, algorithm].join('&'), 'sha256');
  const query = [relayState, message, algorithm, `Signature=${escaped(base64(signature))}`].map(String);
  await expect(read(query)).rejects.toEqual(refusal('saml_signature'));
});

test('unsigned, signed by another, or changed after signing', async () => {
  const parts = await send();
  const [message = '', relayState = '', algorithm = '', signature = ''] = parts;
  expect(await read(parts)).toMatchObject({ text: MESSAGE });
  const otherMessage = `SAMLRequest=${escaped(base64(deflateRawSync(`${MESSAGE} `)))}`;
  const wrong = [
    [message, relayState],
    [message, relayState, algorithm],
    [message, relayState, signature],
    [message, relayState, algorithm, 'Signature='],
    [message, relayState, 'SigAlg=', signature],
    [message, algorithm, signature],
    [message, 'RelayState=other', algorithm, signature],
    [message, 'RelayState=', algorithm, signature],
    [otherMessage, relayState, algorithm, signature],
    [message, relayState, `SigAlg=${escaped(`${ALGORITHM}rsa-sha512`)}`, signature],
  ];
  for (const query of wrong) await expect(read(query)).rejects.toEqual(refusal('saml_signature'));
  await expect(read(await send({ signer: other }))).rejects.toEqual(refusal('saml_signature'));
  await expect(read(parts, [])).rejects.toEqual(refusal('saml_signature'));
  expect(await read(parts, [other.publicKey, rsa.publicKey])).toMatchObject({ text: MESSAGE });
});

test.each(['http://www.w3.org/2000/09/xmldsig#rsa-sha1', `${ALGORITHM}hmac-sha256`, `${ALGORITHM}rsa-sha256x`])(
  'the algorithm %s is not allowed, even over a signature of SHA-256',
  async (algorithm) => {
    await expect(read(await send({ algorithm }))).rejects.toEqual(refusal('saml_algorithm'));
  },
);

test('a parameter that comes twice, or escaped in its name, leaves open which is meant', async () => {
  const parts = await send();
  for (const part of parts) {
    await expect(read([...parts, part])).rejects.toEqual(refusal('saml_structure'));
    await expect(read([...parts, `%53${part.slice(1)}`, `%52${part.slice(1)}`])).rejects.toEqual(
      refusal('saml_structure'),
    );
  }
  for (const [index, part] of parts.entries()) {
    const escapedName = `%53${part.slice(1)}`.replace('%53e', '%52e');
    await expect(read(parts.with(index, escapedName))).rejects.toEqual(refusal('saml_structure'));
  }
  await expect(read([...parts, 'SAMLResponse=x'])).rejects.toEqual(refusal('saml_structure'));
  await expect(read(parts.slice(1))).rejects.toEqual(refusal('saml_structure'));
});

test('DEFLATE may be named, and no other encoding', async () => {
  const named = (encoding: string) =>
    `SAMLEncoding=${escaped(`urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:${encoding}`)}`;
  expect(await read([named('DEFLATE'), ...(await send())])).toMatchObject({ text: MESSAGE });
  await expect(read([named('GZIP'), ...(await send())])).rejects.toEqual(refusal('saml_encoding'));
});

test('signed, but not deflated', async () => {
  const wrong = [
    new TextEncoder().encode(MESSAGE),
    deflateSync(MESSAGE),
    new Uint8Array(0),
    deflateRawSync(''),
    Buffer.concat([deflateRawSync(MESSAGE), Buffer.from('more')]),
  ];
  for (const message of wrong) await expect(read(await send({ message }))).rejects.toEqual(refusal('saml_encoding'));
  await expect(read(await send({ message: deflateRawSync(MESSAGE).subarray(0, -4) }))).rejects.toEqual(
    refusal('saml_encoding'),
  );
});

test('malformed escapes and base64', async () => {
  const [, relayState = '', algorithm = ''] = await send();
  for (const value of ['%zz', '!!!!', 'AAA', '_-_-', '%C3%28']) {
    const parts = [`SAMLRequest=${value}`, relayState, algorithm];
    const signature = base64(await rsa.sign(parts.join('&'), 'sha256'));
    await expect(read([...parts, `Signature=${escaped(signature)}`])).rejects.toEqual(refusal('saml_encoding'));
  }
  await expect(read([...(await send()).slice(0, 3), 'Signature=!'])).rejects.toEqual(refusal('saml_encoding'));
});

test('128 KiB inflated are taken, a byte more is not', async () => {
  const limit = 128 * 1024;
  expect((await read(await send({ message: deflateRawSync('a'.repeat(limit)) }))).text).toHaveLength(limit);
  const over = await send({ message: deflateRawSync('a'.repeat(limit + 1)) });
  await expect(read(over)).rejects.toEqual(refusal('saml_structure'));
});

test('100 MB in 100 kB take no memory', async () => {
  const message = deflateRawSync(Buffer.alloc(100 * 1024 * 1024, 97), { level: 9 });
  const query = await send({ message });
  await expect(read(query)).rejects.toEqual(refusal('saml_structure'));
  Bun.gc(true);
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 5; round++) await expect(read(query)).rejects.toEqual(refusal('saml_structure'));
  Bun.gc(true);
  expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024);
});
