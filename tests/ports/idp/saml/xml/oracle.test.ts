/** Debian's xmlsec1 as an independent judge: what we accept, it verifies; what it rejects, we refuse. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyPair, makeKeys, responseText, rsa, type SignOptions, signed } from './signer.ts';
import { policyFor, verdict } from './verifying.ts';

const XMLSEC = '/usr/bin/xmlsec1';
const hasOracle = existsSync(XMLSEC);
if (!hasOracle) console.warn(`\n*** ${XMLSEC} is missing: NO independent check of signatures was made ***\n`);

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const ecdsa = (namedCurve: string, hash: string) => ({
  kind: { name: 'ECDSA', namedCurve },
  options: { algorithm: `${MORE}ecdsa-${hash.replace('-', '').toLowerCase()}`, sign: { name: 'ECDSA', hash } },
});
const VARIANTS: readonly { kind: RsaHashedKeyGenParams | EcKeyGenParams; options: Partial<SignOptions> }[] = [
  { kind: rsa(), options: {} },
  { kind: rsa(), options: { prefixes: ['xs', 'x'] } },
  {
    kind: rsa('SHA-512'),
    options: {
      algorithm: `${MORE}rsa-sha512`,
      digest: 'SHA-512',
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha512',
    },
  },
  ecdsa('P-256', 'SHA-256'),
  ecdsa('P-384', 'SHA-384'),
  ecdsa('P-521', 'SHA-512'),
];
const ROOT = ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:x="urn:x"';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oracle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether xmlsec1 finds the signature of every one of these elements good. */
function isGood(xml: string, key: KeyPair, elements: readonly string[]): boolean {
  const [document, pem] = [join(folder, 'response.xml'), join(folder, 'key.pem')];
  writeFileSync(document, xml);
  writeFileSync(pem, `-----BEGIN PUBLIC KEY-----\n${key.spki.replace(/.{64}/g, '$&\n')}\n-----END PUBLIC KEY-----\n`);
  return elements.every((element) => {
    const ids = ['assertion:Assertion', 'protocol:Response'].flatMap((name) => [
      '--id-attr:ID',
      `urn:oasis:names:tc:SAML:2.0:${name}`,
    ]);
    const path = `//*[local-name()='${element}']/*[local-name()='Signature']`;
    const { status } = spawnSync(XMLSEC, ['--verify', ...ids, '--node-xpath', path, '--pubkey-pem', pem, document], {
      timeout: 10_000,
    });
    return status === 0;
  });
}

describe('xmlsec1 agrees', () => {
  for (const [index, { kind, options }] of VARIANTS.entries()) {
    test(`variant ${index}: ${options.algorithm ?? 'rsa-sha256'} ${options.prefixes ?? ''}`, async () => {
      if (!hasOracle) return;
      const key = await makeKeys(kind);
      for (const ids of [['_a1'], ['_r1'], ['_a1', '_r1']]) {
        const xml = await signed(responseText({ root: ROOT }), ids, { key, ...options });
        const elements = ids.map((id) => (id === '_a1' ? 'Assertion' : 'Response'));
        expect([await verdict(xml, policyFor(key)), isGood(xml, key, elements)]).toEqual(['accepted', true]);
        const changed = xml.replace('alice', 'admin');
        expect([await verdict(changed, policyFor(key)), isGood(changed, key, elements)]).toEqual([
          'saml_signature',
          false,
        ]);
      }
    });
  }
});
