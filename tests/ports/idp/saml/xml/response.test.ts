/** Responses: what is read from a good one, and what makes one be refused before or beside its signature. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import {
  assertionText,
  canonical,
  type KeyPair,
  makeKeys,
  type ResponseParts,
  responseText,
  rsa,
  signed,
} from './signer.ts';
import { accepted, bytesOf, policyFor, verdict } from './verifying.ts';

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status';
let key: KeyPair;

beforeAll(async () => {
  key = await makeKeys(rsa());
});

/** The verdict on a response that says this and is signed in every way. */
async function verdicts(parts: ResponseParts): Promise<Set<string>> {
  const found = new Set<string>();
  for (const ids of [['_a1'], ['_r1'], ['_a1', '_r1']]) {
    found.add(await verdict(await signed(responseText(parts), ids, { key }), policyFor(key)));
  }
  return found;
}

/** Rewrites a response whose assertion is signed; what is changed lies outside of it. */
async function rewritten(from: string | RegExp, to: string): Promise<string> {
  const xml = await signed(responseText(), ['_a1'], { key });
  const changed = xml.replace(from, to);
  expect(changed).not.toBe(xml);
  return verdict(changed, policyFor(key));
}

describe('a good response', () => {
  test('is read whole', async () => {
    const xml = await signed(responseText(), ['_a1'], { key });
    expect(await accepted(xml, policyFor(key))).toEqual({
      encrypted: false,
      response: {
        id: '_r1',
        issueInstant: '2030-01-01T00:00:00Z',
        destination: 'https://sp.test/acs',
        inResponseTo: '_q1',
        issuer: 'https://idp.test',
        signed: false,
      },
      assertion: {
        id: '_a1',
        issueInstant: '2030-01-01T00:00:00Z',
        issuer: 'https://idp.test',
        nameId: {
          value: 'alice',
          format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
          spNameQualifier: 'https://sp.test',
        },
        subjectConfirmations: [
          {
            method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
            inResponseTo: '_q1',
            recipient: 'https://sp.test/acs',
            notOnOrAfter: '2030-01-01T00:05:00Z',
          },
        ],
        conditions: {
          notBefore: '2030-01-01T00:00:00Z',
          notOnOrAfter: '2030-01-01T00:05:00Z',
          audienceRestrictions: [['https://sp.test']],
          unknown: [],
        },
        authnStatements: [
          {
            authnInstant: '2030-01-01T00:00:00Z',
            sessionIndex: 's1',
            sessionNotOnOrAfter: '2030-01-01T08:00:00Z',
            authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
          },
        ],
        attributes: [
          { name: 'email', values: ['alice@x.test'] },
          { name: 'groups', values: ['group-0-engineering', 'group-1-engineering'] },
        ],
      },
    });
  });

  test('says the same however it is signed, and whether the envelope is covered', async () => {
    const inner = await accepted(await signed(responseText(), ['_a1'], { key }), policyFor(key));
    for (const ids of [['_r1'], ['_a1', '_r1']]) {
      const outer = await accepted(await signed(responseText(), ids, { key }), policyFor(key));
      expect(outer.response.signed).toBeTrue();
      expect(outer.assertion).toEqual(inner.assertion);
    }
  });

  test('leaves its checks behind', async () => {
    const outcome = await verifyResponse(bytesOf(await signed(responseText(), ['_a1'], { key })), policyFor(key));
    expect(outcome.checks.map(({ name, outcome: how }) => `${name} ${how}`)).toEqual([
      'saml.encoding passed',
      'saml.status passed',
      'saml.structure passed',
      'saml.signature passed',
      'saml.encryption skipped',
    ]);
  });

  test('is read from octets that are their own canonical form', async () => {
    const xml = (await signed(responseText(), ['_a1'], { key })).replace(/<ds:Signature .*<\/ds:Signature>/, '');
    const octets = canonical(xml, '_a1');
    expect(canonical(octets, '_a1')).toBe(octets);
  });

  test('may be indented, declared and marked', async () => {
    const xml = await signed(responseText().replaceAll('><', '>\n  <'), ['_a1'], { key });
    expect(await verdict(`\ufeff<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`, policyFor(key))).toBe('accepted');
  });
});

describe('the status', () => {
  const status = (inner: string): ResponseParts => ({ status: `<samlp:Status>${inner}</samlp:Status>` });
  const code = (name: string, inner = ''): string => `<samlp:StatusCode Value="${name}">${inner}</samlp:StatusCode>`;
  const success = code(`${STATUS}:Success`);

  test.each([
    ['AuthnFailed', status(code(`${STATUS}:Responder`, code(`${STATUS}:AuthnFailed`)))],
    ['Requester', status(code(`${STATUS}:Requester`))],
    ['unknown', status(code(`${STATUS}:Responder`, code('urn:x:secret')))],
    ['unknown', status(code(`${STATUS}:Responder`, code(`${STATUS}:<b>`.replace('<b>', 'Secret'))))],
    ['AuthnFailed', status(code(`${STATUS}:Success`, code(`${STATUS}:AuthnFailed`)))],
    ['unknown', status(success + success)],
    ['unknown', status('')],
    ['unknown', { status: '' }],
  ])('%s', async (actual, parts) => {
    const outcome = await verifyResponse(
      bytesOf(await signed(responseText(parts), ['_a1', '_r1'], { key })),
      policyFor(key),
    );
    expect(outcome).toMatchObject({ refusal: { code: 'saml_status', check: 'saml.status', actual } });
    expect(JSON.stringify(outcome)).not.toMatch(/secret/i);
  });

  test('a message beside success is fine, two statuses are not', async () => {
    expect(await verdicts(status(`${success}<samlp:StatusMessage>x</samlp:StatusMessage>`))).toEqual(
      new Set(['accepted']),
    );
    const one = `<samlp:Status>${success}</samlp:Status>`;
    expect(await verdicts({ status: one + one })).toEqual(new Set(['saml_structure']));
  });

  test('a failure without assertion is a status', async () => {
    const failed = responseText(status(code(`${STATUS}:Responder`)), '');
    expect(await verdict(await signed(failed, [], { key }), policyFor(key))).toBe('saml_status');
  });
});

describe('the envelope', () => {
  test.each([
    ['another root', /^<samlp:Response(.*)samlp:Response>$/s, '<samlp:Reply$1samlp:Reply>', 'saml_structure'],
    ['version 1.1', 'Version="2.0"', 'Version="1.1"', 'saml_structure'],
    ['no ID', ' ID="_r1"', '', 'saml_structure'],
    ['no date', ' IssueInstant="2030-01-01T00:00:00Z"', '', 'saml_structure'],
    ['two issuers', '<saml:Issuer>', '<saml:Issuer>x</saml:Issuer>$&', 'saml_structure'],
    ['an element in the issuer', '<saml:Issuer>', '$&<x/>', 'saml_structure'],
    ['two extensions', '<samlp:Status>', '<samlp:Extensions/><samlp:Extensions/>$&', 'saml_structure'],
    ['something unknown', '<samlp:Status>', '<x/>$&', 'saml_structure'],
    ['text', '<samlp:Status>', 'x$&', 'saml_structure'],
    ['an undeclared prefix', '<samlp:Status>', '<samlp:Extensions><q:x/></samlp:Extensions>$&', 'saml_structure'],
    ['an attribute twice', ' ID="_r1"', ' ID="_r1" ID="_r2"', 'saml_structure'],
    ['tags that cross', '<samlp:Status>', '<samlp:Extensions><x><y></x></y></samlp:Extensions>$&', 'saml_structure'],
    ['extensions', '<samlp:Status>', '<samlp:Extensions><x/></samlp:Extensions>$&', 'accepted'],
  ])('%s', async (_, from, to, code) => {
    expect(await rewritten(from, to)).toBe(code);
  });

  test.each([
    ['ID', '<x ID="_a1"/>'],
    ['Id', '<x Id="_a1"/>'],
    ['id', '<x id="_a1"/>'],
    ['xml:id', '<x xml:id="_r1"/>'],
    ['two elsewhere', '<x Id="z"/><y ID="z"/>'],
  ])('an ID that occurs twice: %s', async (_, extension) => {
    const put = (inner: string) => rewritten('<samlp:Status>', `<samlp:Extensions>${inner}</samlp:Extensions>$&`);
    expect(await put(extension)).toBe('saml_structure');
    expect(await put(extension.replaceAll('"z"', '"u"').replace('"u"', '"v"').replace(/"_.1"/, '"_new"'))).toBe(
      'accepted',
    );
  });
});

describe('assertions and signatures in other places', () => {
  const evil = assertionText().replace('[[sign _a1]]', '').replaceAll('_a1', '_evil').replaceAll('alice', 'admin');

  test.each([
    ['before', /<saml:Assertion /, `${evil}$&`],
    ['behind', /<\/samlp:Response>/, `${evil}$&`],
    ['in extensions', /<samlp:Status>/, `<samlp:Extensions>${evil}</samlp:Extensions>$&`],
    ['encrypted, behind', /<\/samlp:Response>/, '<saml:EncryptedAssertion/>$&'],
    ['in an advice', /<saml:AuthnStatement /, `<saml:Advice>${evil}</saml:Advice>$&`],
  ])('a second assertion %s', async (_, from, to) => {
    expect(await rewritten(from, to)).toBe('saml_multiple_assertions');
  });

  test('the signed assertion within an evil one, and an evil response around its signature', async () => {
    const xml = await signed(responseText(), ['_a1'], { key });
    const honest = /<saml:Assertion .*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';
    const wrapped = evil.replace('</saml:Assertion>', `<saml:Advice>${honest}</saml:Advice>$&`);
    expect(await verdict(xml.replace(honest, wrapped), policyFor(key))).toBe('saml_multiple_assertions');
    const hidden = xml.replace(honest, `<samlp:Extensions>${honest}</samlp:Extensions>`);
    expect(await verdict(hidden, policyFor(key))).toBe('saml_structure');
  });

  test('a signature that is not its parent’s', async () => {
    const xml = await signed(responseText(), ['_a1'], { key });
    const signature = /<ds:Signature .*<\/ds:Signature>/.exec(xml)?.[0] ?? '';
    const moved = xml.replace(signature, '').replace('<samlp:Status>', `${signature}$&`);
    expect(await verdict(moved, policyFor(key))).toBe('saml_signature');
    const extension = xml.replace(
      '<samlp:Status>',
      '<samlp:Extensions><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></samlp:Extensions>$&',
    );
    expect(await verdict(extension, policyFor(key))).toBe('saml_structure');
  });

  test('an assertion as root, and no assertion at all', async () => {
    const bare = await signed(
      assertionText({ assertionRoot: ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"' }),
      ['_a1'],
      { key },
    );
    expect(await verdict(bare, policyFor(key))).toBe('saml_structure');
    expect(await verdict(await signed(responseText({}, ''), ['_r1'], { key }), policyFor(key))).toBe('saml_structure');
  });
});

test('scan and limits come first, and each refusal names its check', async () => {
  const xml = await signed(responseText(), ['_a1'], { key });
  const few = await verifyResponse(bytesOf(xml), policyFor(key, { maxElements: 20 }));
  expect(few).toMatchObject({ refusal: { code: 'saml_structure', check: 'saml.structure' } });
  const large = xml.replace('<samlp:Status>', `<samlp:Extensions>${' '.repeat(96 * 1024)}</samlp:Extensions>$&`);
  expect(await verdict(large, policyFor(key))).toBe('saml_structure');
  expect(await verdict(`<!DOCTYPE a>${xml}`, policyFor(key))).toBe('saml_dtd');
  expect(await verdict(xml, policyFor(key, { wantEncrypted: true }))).toBe('saml_encryption_required');
});
