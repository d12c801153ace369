/** Debian's `xmlsec1` as an independent judge of what the development identity provider signs and encrypts. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pemOf } from '#dev/saml/signing-key.ts';

const XMLSEC = '/usr/bin/xmlsec1';
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';
const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';

export const hasXmlsec = existsSync(XMLSEC);
if (!hasXmlsec)
  console.warn(`\n!!! ${XMLSEC} is missing: what is signed and encrypted is NOT judged by a second party !!!\n`);

/** Whether the first signature below the element is good; the key is the certificate's. */
export async function verifiesWithXmlsec(xml: string, certificate: string, id: string): Promise<boolean> {
  const { code } = await run(xml, pemOf('CERTIFICATE', certificate), (document, key) => [
    '--verify',
    '--pubkey-cert-pem',
    key,
    ...idAttributes(),
    '--node-xpath',
    `//*[@ID='${id}']/*[local-name()='Signature']`,
    document,
  ]);
  return code === 0;
}

/** @returns the decrypted document. @throws Error with what xmlsec1 says */
export async function decryptWithXmlsec(xml: string, privateKey: string): Promise<string> {
  const { code, out, error } = await run(xml, pemOf('PRIVATE KEY', privateKey), (document, key) => [
    '--decrypt',
    '--privkey-pem',
    key,
    '--id-attr:Id',
    'http://www.w3.org/2001/04/xmlenc#:EncryptedKey',
    '--id-attr:Id',
    'http://www.w3.org/2001/04/xmlenc#:EncryptedData',
    document,
  ]);
  if (code !== 0) throw new Error(error);
  return out;
}

function idAttributes(): string[] {
  const messages = ['Response', 'LogoutRequest', 'LogoutResponse', 'AuthnRequest'];
  const names = [
    `${ASSERTION}:Assertion`,
    `${METADATA}:EntityDescriptor`,
    ...messages.map((name) => `${PROTOCOL}:${name}`),
  ];
  return names.flatMap((name) => ['--id-attr:ID', name]);
}

async function run(xml: string, key: string, command: (document: string, key: string) => string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'xmlsec-'));
  try {
    const [document, keyFile] = [join(folder, 'document.xml'), join(folder, 'key.pem')];
    await Promise.all([writeFile(document, xml), writeFile(keyFile, key)]);
    const child = Bun.spawn([XMLSEC, ...command(document, keyFile)], { stdout: 'pipe', stderr: 'pipe' });
    const [out, error, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ]);
    return { out, error, code };
  } finally {
    await rm(folder, { recursive: true });
  }
}
