/** Texts and dates of the declarative file: what can't be kept, or names nothing, is refused where it stands. */
import { describe, expect, test } from 'bun:test';
import { createApiKey } from '#ports/keys/api-key.ts';
import { DeclarationError, parseDeclaration } from '#routes/admin/declaration.ts';

const at = '/organizations/0';
const file = (changed: object) => JSON.stringify({ organizations: [{ slug: 'acme', name: 'Acme', ...changed }] });
const key = createApiKey();
const apiKey = (changed: object) => ({ apiKeys: [{ name: 'a', key, dialects: ['indee'], ...changed }] });
const user = (changed: object) => ({ users: [{ email: 'ada@acme.test', ...changed }] });
const attributes = (pria: object) => user({ attributes: { pria } });
const saml = (changed: object) => ({
  connections: [{ type: 'saml', redirectUris: ['https://app.test/callback'], saml: changed }],
});

type Row = readonly [name: string, pointer: string, refused: object, accepted: object];

const ROWS: readonly Row[] = [
  [
    'an expiry on 31 February',
    `${at}/apiKeys/0/expiresAt`,
    apiKey({ expiresAt: '2100-02-31T00:00:00Z' }),
    apiKey({ expiresAt: '2104-02-29T00:00:00Z' }),
  ],
  [
    'an expiry in the year 0',
    `${at}/apiKeys/0/expiresAt`,
    apiKey({ expiresAt: '0000-01-01T00:00:00Z' }),
    apiKey({ expiresAt: '0001-01-01T00:00:00Z' }),
  ],
  [
    'a trial until 31 April',
    `${at}/users/0/attributes/pria/trial_end`,
    attributes({ trial_end: '2100-04-31T00:00:00Z' }),
    attributes({ trial_end: '2100-04-30T00:00:00Z' }),
  ],
  ['a name of white space', `${at}/name`, { name: ' \u3000' }, { name: ' Acme \u3000 Industries' }],
  ['an API key of no name that is seen', `${at}/apiKeys/0/name`, apiKey({ name: '\u200b' }), apiKey({ name: '鍵' })],
  [
    'a person’s name with a control character',
    `${at}/users/0/firstName`,
    user({ firstName: 'A\u0007da' }),
    user({ firstName: 'Åda 🔑' }),
  ],
  [
    'an attribute with half a surrogate pair',
    `${at}/users/0/attributes/pria/plan`,
    attributes({ plan: 'gold \ud83d' }),
    attributes({ plan: '' }),
  ],
  [
    'an attribute in a list with U+0000',
    `${at}/users/0/attributes/pria/permissions/1`,
    attributes({ permissions: ['a', 'b\u0000'] }),
    attributes({ permissions: ['a', 'b'] }),
  ],
  [
    'another system’s id that turns the line around',
    `${at}/users/0/attributes/pria/customerId`,
    attributes({ customerId: 'cus\u202e1' }),
    attributes({ customerId: 'cus_1' }),
  ],
  [
    'an entity id of two lines',
    `${at}/connections/0/saml/entityId`,
    saml({ entityId: 'https://idp.test\n' }),
    saml({ entityId: 'https://idp.test', metadataCertificate: '-----BEGIN CERTIFICATE-----\nMII\n' }),
  ],
];

test('what is missing is told in one sentence', () => {
  const parse = () => parseDeclaration(file({ domains: [{ verified: true }], users: [{}] }));
  expect(parse).toThrow(DeclarationError);
  try {
    parse();
  } catch (error) {
    const { problems } = error as DeclarationError;
    expect(problems.map((problem) => problem.split(': ', 2).join(': '))).toEqual([
      `${at}/domains/0/domain: Missing`,
      `${at}/users/0/email: Missing`,
    ]);
  }
});

describe('refused where it stands', () => {
  test.each([...ROWS])('%s', (_name, pointer, refused, accepted) => {
    let told = '';
    try {
      parseDeclaration(file(refused));
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error;
      told = error.message;
    }
    expect(told.match(/^ {2}- (\S+):/gm)).toEqual([`  - ${pointer}:`]);
    expect(parseDeclaration(file(accepted)).organizations).toHaveLength(1);
  });
});
