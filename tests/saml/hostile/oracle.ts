/** Debian's `xmlsec1`: another implementation, which decrypts and verifies what we accept. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pemOf, type SigningKey } from '#dev/saml/signing-key.ts';
import { elementsOf } from '#dev/saml/source.ts';

const XMLSEC = '/usr/bin/xmlsec1';
export const hasOracle = existsSync(XMLSEC);

export interface Oracle {
  /**
   * Whether every signature in the document is good by this key; an assertion that is encrypted is opened first.
   * @param decryptionKeys base64 DER, PKCS #8, one of which opens it
   */
  approves(xml: string, key: SigningKey, decryptionKeys?: readonly string[]): boolean;
  close(): void;
}

export function openOracle(): Oracle {
  if (!hasOracle) console.warn(`\n*** ${XMLSEC} is missing: NO independent check of what was accepted ***\n`);
  const folder = mkdtempSync(join(tmpdir(), 'xmlsec-'));
  const place = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const run = (...args: string[]) => spawnSync(XMLSEC, args, { timeout: 10_000, encoding: 'utf8' });
  const decrypted = (xml: string, decryptionKey: string): string | undefined => {
    const own = place('own.pem', pemOf('PRIVATE KEY', decryptionKey));
    const id = ['--id-attr:Id', 'http://www.w3.org/2001/04/xmlenc#:EncryptedKey'];
    const cipher = ['--node-xpath', `//*[local-name()='EncryptedData']`];
    const { status, stdout } = run('--decrypt', '--privkey-pem', own, ...id, ...cipher, place('document.xml', xml));
    return status === 0 ? stdout : undefined;
  };
  return {
    approves(xml, key, decryptionKeys = []) {
      const pem = place('key.pem', pemOf('PUBLIC KEY', key.publicKey));
      const verifies = (text: string, element: 'Assertion' | 'Response') => {
        const path = `//*[local-name()='${element}']/*[local-name()='Signature']`;
        const ids = ['assertion:Assertion', 'protocol:Response'].flatMap((name) => [
          '--id-attr:ID',
          `urn:oasis:names:tc:SAML:2.0:${name}`,
        ]);
        const { status } = run(
          '--verify',
          ...ids,
          '--node-xpath',
          path,
          '--pubkey-pem',
          pem,
          place('document.xml', text),
        );
        return status === 0;
      };
      const signed = signedElements(xml);
      if (decryptionKeys.length === 0) return signed.length > 0 && signed.every((name) => verifies(xml, name));
      const opened = decryptionKeys.map((each) => decrypted(xml, each)).find((text) => text !== undefined);
      if (opened === undefined) return false;
      const inside = signedElements(opened).filter((name) => name === 'Assertion');
      const outside = signed.filter((name) => name === 'Response');
      return (
        inside.length + outside.length > 0 &&
        outside.every((name) => verifies(xml, name)) &&
        inside.every((name) => verifies(opened, name))
      );
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

function signedElements(xml: string): ('Assertion' | 'Response')[] {
  const elements = elementsOf(xml);
  return elements
    .filter(({ localName }) => localName === 'Signature')
    .map(({ depth }) => (depth === 1 ? 'Response' : 'Assertion'));
}
