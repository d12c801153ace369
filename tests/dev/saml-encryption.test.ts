/** What the development identity provider encrypts, opened by Debian's `xmlsec1`, and by `openssl` what that one lacks. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PEOPLE } from '#dev/people.ts';
import { buildResponse, type ResponseOptions } from '#dev/saml/document.ts';
import type { Style } from '#dev/saml/element.ts';
import { type ContentEncryption, type EncryptionOptions, encryptAssertion, encryptText } from '#dev/saml/encryption.ts';
import type { OaepHash } from '#dev/saml/oaep.ts';
import { signElement } from '#dev/saml/signature.ts';
import { createSigningKey, pemOf, type SigningKey } from '#dev/saml/signing-key.ts';
import { decryptWithXmlsec, hasXmlsec, verifiesWithXmlsec } from './saml-xmlsec.ts';

const OPENSSL = '/usr/bin/openssl';
const hasOpenssl = existsSync(OPENSSL);
if (!hasOpenssl) console.warn(`\n!!! ${OPENSSL} is missing: OAEP with other hashes than SHA-1 is NOT judged !!!\n`);

const [ada = { subject: '', email: '', givenName: '', familyName: '' }] = PEOPLE;
const options: ResponseOptions = {
  idp: { entityId: 'https://idp.example/metadata' },
  sp: { entityId: 'https://sp.example/metadata', acsUrl: 'https://sp.example/acs' },
  person: ada,
  assertion: { id: '_assertion' },
};
const STYLES: Style[] = ['compact', 'pretty', 'default-namespace', 'declarations-on-root'];

let key: SigningKey;
let other: SigningKey;
beforeAll(async () => {
  [key, other] = await Promise.all([createSigningKey(), createSigningKey({ type: 'ec' })]);
});

const encrypted = (more: EncryptionOptions, style: Style = 'compact') =>
  encryptAssertion(buildResponse({ ...options, style }), { certificate: key.certificate, ...more });

describe.skipIf(!hasXmlsec)('xmlsec1 opens', () => {
  const contents: ContentEncryption[] = ['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'];
  test.each(contents)('%p with every key transport', async (content) => {
    const ways: EncryptionOptions[] = [
      { keyTransport: 'rsa-oaep-mgf1p' },
      { keyTransport: 'rsa-1_5' },
      { padding: 'iso10126' },
      { keyPlacement: 'beside' },
    ];
    for (const way of ways) {
      const xml = await encrypted({ content, ...way });
      expect(xml).not.toContain('ada@acme.test');
      expect(await decryptWithXmlsec(xml, key.privateKey)).toContain('ada@acme.test');
    }
  });

  test.each(STYLES)('an assertion that stays signed, written %p', async (style) => {
    for (const prefixList of [[], ['xs']]) {
      const xml = buildResponse({ ...options, style });
      const signed = await signElement(xml, { id: '_assertion', key: other, prefixList });
      for (const verbatim of [false, true]) {
        const opened = await decryptWithXmlsec(
          await encryptAssertion(signed, { publicKey: key.publicKey, verbatim }),
          key.privateKey,
        );
        expect(await verifiesWithXmlsec(opened, other.certificate, '_assertion')).toBe(true);
      }
    }
  });

  test('with the right key only', async () => {
    const stranger = await createSigningKey();
    const xml = await encrypted({});
    expect(await decryptWithXmlsec(xml, key.privateKey)).toContain('ada@acme.test');
    await expect(decryptWithXmlsec(xml, stranger.privateKey)).rejects.toThrow();
  });

  test('anything that was put in its place', async () => {
    const evil = await encryptText('<a>anything</a>', { publicKey: key.publicKey });
    expect(evil).not.toContain('anything');
    expect(await decryptWithXmlsec(evil, key.privateKey)).toContain('<a>anything</a>');
  });

  test('what is declared, and not what is only named', async () => {
    const xml = await encrypted({ contentUri: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' });
    await expect(decryptWithXmlsec(xml, key.privateKey)).rejects.toThrow();
  });
});

describe.skipIf(!hasOpenssl)('openssl opens the key', () => {
  const ways: [EncryptionOptions, OaepHash, OaepHash][] = [
    [{ keyTransport: 'rsa-oaep' }, 'SHA-256', 'SHA-256'],
    [{ keyTransport: 'rsa-oaep', digest: 'SHA-1' }, 'SHA-1', 'SHA-1'],
    [{ keyTransport: 'rsa-oaep', digest: 'SHA-512', mgf: 'SHA-256' }, 'SHA-512', 'SHA-256'],
    [{ keyTransport: 'rsa-oaep-mgf1p', digest: 'SHA-256' }, 'SHA-256', 'SHA-1'],
  ];
  test.each(ways)('of %p', async (way, digest, mgf) => {
    const xml = await encrypted({ content: 'aes128-gcm', ...way });
    const [, carried = ''] = /<xenc:CipherValue>([^<]+)/.exec(xml) ?? [];
    expect(await opensslDecrypt(carried, digest, mgf)).toHaveLength(16);
    expect(await opensslDecrypt(carried, digest, mgf === 'SHA-1' ? 'SHA-384' : 'SHA-1')).toHaveLength(0);
    expect(xml.includes('<xenc11:MGF ')).toBe(way.keyTransport === 'rsa-oaep');
  });
});

async function opensslDecrypt(base64: string, digest: OaepHash, mgf: OaepHash): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'openssl-'));
  const named = (hash: OaepHash) => hash.replace('-', '').toLowerCase();
  try {
    await writeFile(join(folder, 'key.pem'), pemOf('PRIVATE KEY', key.privateKey));
    await writeFile(join(folder, 'data'), Uint8Array.fromBase64(base64));
    const settings = ['rsa_padding_mode:oaep', `rsa_oaep_md:${named(digest)}`, `rsa_mgf1_md:${named(mgf)}`];
    const child = Bun.spawn(
      [
        OPENSSL,
        'pkeyutl',
        '-decrypt',
        '-inkey',
        'key.pem',
        '-in',
        'data',
        ...settings.flatMap((each) => ['-pkeyopt', each]),
      ],
      { cwd: folder, stdout: 'pipe', stderr: 'ignore' },
    );
    return new Uint8Array(await new Response(child.stdout).arrayBuffer());
  } finally {
    await rm(folder, { recursive: true });
  }
}
