/** Certificates: which keys will do, what is said of them, and the ones that we make. Node's reader has the second opinion. */
import { expect, test } from 'bun:test';
import { X509Certificate } from 'node:crypto';
import { createCertificate, readCertificate, toBase64Der } from '#ports/idp/saml/certificate.ts';
import { NOT_USABLE, USABLE } from './certificates.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const bytesOf = (certificate: string) => Uint8Array.fromBase64(certificate);
const pemOf = (certificate: string) =>
  `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** What Node's reader says, in our form. */
function secondOpinion(certificate: string) {
  const read = new X509Certificate(bytesOf(certificate));
  return {
    publicKey: read.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    fingerprint: read.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: new Date(read.validFrom).toISOString(),
    notAfter: new Date(read.validTo).toISOString(),
  };
}

test.each(Object.entries(USABLE))('an EC key on %s will do', async (_curve, certificate) => {
  expect(await readCertificate(certificate)).toEqual({ certificate, ...secondOpinion(certificate) });
});

test('our own certificate is well-formed, signed by its key, and matches its private key', async () => {
  const { certificate, privateKey } = await createCertificate('Vestibule 0123', 3650, NOW);
  const read = new X509Certificate(bytesOf(certificate));
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.subject).toBe('CN=Vestibule 0123');
  expect(read.ca).toBe(false);
  expect(await readCertificate(certificate)).toEqual({ certificate, ...secondOpinion(certificate) });
  const der = Uint8Array.fromBase64(privateKey);
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const data = Uint8Array.of(1, 2, 3);
  const signature = await crypto.subtle.sign(algorithm.name, key, data);
  const { publicKey } = await readCertificate(certificate);
  const spki = await crypto.subtle.importKey('spki', bytesOf(publicKey), algorithm, false, ['verify']);
  expect(await crypto.subtle.verify(algorithm.name, spki, signature, data)).toBe(true);
});

test('serial numbers differ, and certificates past 2050 say so', async () => {
  const [one, other] = await Promise.all([createCertificate('a', 1, NOW), createCertificate('a', 36_500, NOW)]);
  const [first, second] = [
    new X509Certificate(bytesOf(one.certificate)),
    new X509Certificate(bytesOf(other.certificate)),
  ];
  expect(first.serialNumber).not.toBe(second.serialNumber);
  expect((await readCertificate(other.certificate)).notAfter).toBe('2126-10-29T08:00:00.000Z');
  expect(new Date(second.validTo).toISOString()).toBe('2126-10-29T08:00:00.000Z');
});

test('an expired certificate will do, and its dates are told', async () => {
  const { certificate } = await createCertificate('old', 1, new Date('1999-12-31T00:00:00Z'));
  expect(await readCertificate(certificate)).toMatchObject({
    notBefore: '1999-12-31T00:00:00.000Z',
    notAfter: '2000-01-01T00:00:00.000Z',
  });
});

test.each(Object.entries(NOT_USABLE))('refused, saying: %s', async (said, certificate) => {
  await expect(readCertificate(certificate)).rejects.toMatchObject({
    code: 'saml_metadata',
    detail: expect.stringContaining(said),
  });
});

test('an RSA key whose exponent is one is refused: every message would be its own signature', async () => {
  const { certificate } = await createCertificate('exponent', 1, NOW);
  const hex = bytesOf(certificate).toHex();
  expect(hex).toContain('0203010001');
  const changed = Uint8Array.fromHex(hex.replace('0203010001', '0203000001')).toBase64();
  await expect(readCertificate(changed)).rejects.toMatchObject({ detail: expect.stringContaining('exponent') });
});

test('what is no certificate is refused, wherever it is cut or changed', async () => {
  const whole = bytesOf(USABLE['P-256']);
  const cases = [
    ...Array.from({ length: whole.length - 1 }, (_, index) => whole.subarray(0, index + 1)),
    Uint8Array.of(...whole, 0),
    Uint8Array.of(...whole, 5, 0),
    Uint8Array.of(0x30, 0x80, 0, 0),
    new Uint8Array(200).fill(0x30),
    bytesOf((await readCertificate(USABLE['P-256'])).publicKey),
  ];
  for (const der of cases) {
    await expect(readCertificate(der.toBase64())).rejects.toMatchObject({
      code: 'saml_metadata',
      detail: 'the certificate can not be parsed',
    });
  }
  // a point that is not on the curve
  const offCurve = Uint8Array.fromHex(
    whole.toHex().replace(/(03420004)(..)/, (_all, head, byte) => head + (byte === '00' ? '01' : '00')),
  );
  await expect(readCertificate(offCurve.toBase64())).rejects.toMatchObject({ code: 'saml_metadata' });
});

test('PEM and wrapped base64 become base64 DER in one line', () => {
  const certificate = USABLE['P-256'];
  const wrapped = certificate.replaceAll(/.{76}/g, '$&\r\n');
  for (const text of [
    certificate,
    pemOf(certificate),
    `\n  ${wrapped}\n`,
    pemOf(certificate).replaceAll('\n', '\r\n'),
  ]) {
    expect(toBase64Der(text)).toBe(certificate);
  }
});

test.each([
  ['nothing', '', 'is not base64'],
  ['no base64', 'not a certificate!', 'is not base64'],
  ['the URL-safe alphabet', '_-8=', 'is not base64'],
  ['a missing padding', 'AAA', 'is not base64'],
  [
    'two certificates',
    pemOf(USABLE['P-256']) + pemOf(USABLE['P-384']),
    'is not one PEM block of the label CERTIFICATE',
  ],
  [
    'another label',
    pemOf(USABLE['P-256']).replaceAll('CERTIFICATE', 'PUBLIC KEY'),
    'is not one PEM block of the label CERTIFICATE',
  ],
])('%s is no certificate', (_what, text, said) => {
  const refusal = expect.objectContaining({ code: 'saml_metadata', detail: `the certificate ${said}` });
  expect(() => toBase64Der(text)).toThrow(refusal);
});
