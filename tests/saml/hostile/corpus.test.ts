/** Forged responses at the wire, one test each; after every refusal the same login by an honest response. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { NAME_ID_FORMATS } from '#dev/saml/names.ts';
import { ALGORITHMS, ENCRYPTION, keyForgeries } from './algorithms.ts';
import { refuses } from './corpus-run.ts';
import { ENCRYPTED_RULES, ENCRYPTED_WRAPPING, STRICT_WRAPPING } from './encrypted-wrapping.ts';
import { BASE64, documentTypes, MARKUP } from './markup.ts';
import { REFERENCES } from './references.ts';
import { MFA } from './saying.ts';
import { SIGNED_INFOS } from './signed-infos.ts';
import { openStage, type Stage } from './stage.ts';
import { STATEMENTS } from './statements.ts';
import { SUBJECT_STATEMENTS } from './subjects.ts';
import { WRAPPING } from './wrapping.ts';

const heard: string[] = [];
const listener = createServer((request, response) => {
  heard.push(request.url ?? '');
  response.end();
});

let stage: Stage;
beforeAll(async () => {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  stage = await openStage({
    connections: {
      strict: { wantAssertionsSigned: true },
      secret: { wantEncrypted: true },
      cbc: { allowCbc: true },
      fresh: { forceAuthn: true },
      context: { authnContexts: [MFA] },
      persistent: { nameIdFormat: NAME_ID_FORMATS.persistent },
    },
    encrypted: ['saml', 'strict', 'secret', 'cbc'],
  });
});
afterAll(async () => {
  await stage?.close();
  listener.close();
});
const opened = () => stage;
const address = () => {
  const at = listener.address();
  return `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
};

describe('signature wrapping', () => refuses(opened, WRAPPING));
describe('wrapping by encryption', () => refuses(opened, ENCRYPTED_WRAPPING));
describe('what is encrypted', () => refuses(opened, ENCRYPTED_RULES));
describe('what a connection insists on', () => refuses(opened, STRICT_WRAPPING));
describe('what the signature covers', () => refuses(opened, REFERENCES));
describe('what the signature says of itself', () => refuses(opened, SIGNED_INFOS));
describe('whose key it is', () => refuses(opened, keyForgeries(address)));
describe('algorithms of signatures', () => refuses(opened, ALGORITHMS));
describe('algorithms of encryption', () => refuses(opened, ENCRYPTION));
describe('document types', () => refuses(opened, documentTypes(address)));
describe('markup that hides, costs, or has no one meaning', () => refuses(opened, MARKUP));
describe('what was signed for somebody else, or for another time', () => refuses(opened, STATEMENTS));
describe('what was signed about nobody', () => refuses(opened, SUBJECT_STATEMENTS));
describe('what the form carries', () => refuses(opened, BASE64));

test('nothing was fetched that a document named', () => {
  expect(heard).toEqual([]);
});
