/** The environment is checked as a whole, and no answer shows what stands in it. */
import { expect, test } from 'bun:test';
import { ConfigError, readConfig } from '#config';
import { configurationTable } from '#dev/configuration-table.ts';

const KEY = crypto.getRandomValues(new Uint8Array(32)).toBase64();
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db/vestibule',
  SECRETS_KEY: KEY,
  PUBLIC_URL: 'https://login.example.com',
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.split(/[: ]/)[0] ?? '');
  }
}

test('nothing set is a development server on loopback', () => {
  expect(readConfig({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, ALLOWED_ORIGINS: [], DATABASE_PREPARE: true });
});

test('lists, numbers and booleans are read from text', () => {
  const config = readConfig({
    OUTBOUND_ALLOW: ' 127.0.0.1:4000 , idp.test:8443',
    PORT: '0',
    DATABASE_PREPARE: 'false',
  });
  expect(config).toMatchObject({
    OUTBOUND_ALLOW: ['127.0.0.1:4000', 'idp.test:8443'],
    PORT: 0,
    DATABASE_PREPARE: false,
  });
});

test('production needs what it can’t invent, all of it said at once', () => {
  expect(problemsOf({ NODE_ENV: 'production' })).toEqual(['DATABASE_URL', 'SECRETS_KEY', 'PUBLIC_URL']);
  expect(problemsOf(PRODUCTION)).toEqual([]);
});

test.each([
  ['SECRETS_KEY', 'c2hvcnQ='],
  ['SECRETS_KEY', `${'A'.repeat(43)}=`],
  ['SECRETS_KEY_PREVIOUS', `${KEY},c2hvcnQ=`],
  ['SECRETS_KEY_PREVIOUS', `${'A'.repeat(43)}=`],
  ['ADMIN_API_KEY', 'short'],
  ['ADMIN_API_KEY', 'x'.repeat(40)],
  ['PUBLIC_URL', 'http://login.example.com'],
  ['PUBLIC_URL', 'https://login.example.com/path'],
  ['PUBLIC_URL', 'https://LOGIN.example.com'],
  ['PUBLIC_URL', 'https://login.example.com:443'],
  ['PORT', '70000'],
  ['PORT', 'many'],
  ['ALLOWED_ORIGINS', '*'],
  ['OUTBOUND_ALLOW', 'no port'],
  ['SIGNING_ALGORITHM', 'HS256'],
  ['REFRESH_GRACE_SECONDS', '61'],
])('%s=%s is refused', (name, value) => {
  expect(problemsOf({ ...PRODUCTION, [name]: value })).toEqual([name]);
});

test('no problem shows a value', () => {
  const secret = 'secret-that-must-not-be-printed';
  const environment = {
    ...PRODUCTION,
    SECRETS_KEY: secret,
    ADMIN_API_KEY: secret,
    DATABASE_URL: `mysql://user:${secret}@db`,
  };
  expect(() => readConfig(environment)).toThrow(ConfigError);
  try {
    readConfig(environment);
  } catch (error) {
    expect(String(error)).not.toContain(secret);
  }
});

test('the README’s table is the one that the schema makes', async () => {
  expect(await Bun.file('README.md').text()).toContain(configurationTable());
});
