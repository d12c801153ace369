/** Which URLs may be called: every spelling of a private place is refused, and only the allow-list excepts. */
import { describe, expect, test } from 'bun:test';
import { assertUrlAllowed, parseAllowList } from '#ports/http/url-policy.ts';
import { refusalOf } from './refusal.ts';
import { plain, startClient, startRemote, to } from './remote.ts';

const NONE = parseAllowList([]);
const refuse = (url: string) => refusalOf(() => assertUrlAllowed(url, NONE));

test.each([
  'https://idp.example.com',
  'https://idp.example.com:443/token?a=b',
  'https://idp.example.com:8443/',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'https://bücher.example/',
  'https://localhost.example.com/',
])('%s may be called', (url) => {
  expect(assertUrlAllowed(url, NONE).href).toStartWith(new URL(url).origin);
});

test.each([
  ...['127.0.0.1', '0.0.0.0', '[::1]', '[::]', '0177.0.0.1', '2130706433', '0x7f.1', '127.1', '0', '①②⑦.⓪.⓪.①'],
  ...['127.0.0.1.', '[::ffff:127.0.0.1]', '[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[0:0:0:0:0:0:0:1]', '%31%32%37.1'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '100.64.0.1', '169.254.169.254', '198.18.0.1'],
  ...['192.0.0.8', '192.0.2.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '[fd00:ec2::254]'],
  ...['[fc00::1]', '[fe80::1]', '[fec0::1]', '[ff02::1]', '[64:ff9b::808:808]', '[64:ff9b:1::1]', '[2002:808:808::]'],
  ...['[::ffff:8.8.8.8]', '[2001::1]', '[2001:db8::1]', '[3fff::1]', '[100::1]', '[5f00::1]', '[4000::1]'],
])('the address %s is refused', async (host) => {
  expect(await refuse(`https://${host}/`)).toEqual({ code: 'url_not_allowed', detail: 'address not allowed' });
});

test.each([
  ['name', 'https://localhost/'],
  ['name', 'https://LOCALHOST/'],
  ['name', 'https://foo.localhost/'],
  ['name', 'https://localhost./'],
  ['name', 'https://idp.example.com./'],
  ['name', 'https://printer.local/'],
  ['name', 'https://metadata.google.internal/'],
  ['name', 'https://nas.home.arpa/'],
  ['name', 'https://postgres/'],
  ['scheme', 'http://idp.example.com/'],
  ['scheme', 'file:///etc/passwd'],
  ['scheme', 'data:application/json,{}'],
  ['scheme', 'blob:https://idp.example.com/1'],
  ['scheme', 'ftp://idp.example.com/'],
  ['scheme', 'gopher://idp.example.com/'],
  ['scheme', 'unix:/var/run/docker.sock'],
  ['userinfo', 'https://ok@127.0.0.1/'],
  ['userinfo', 'https://user:secret@idp.example.com/'],
  ['fragment', 'https://idp.example.com/token#fragment'],
  ['port', 'https://idp.example.com:22/'],
  ['port', 'https://idp.example.com:25/'],
  ['port', 'https://idp.example.com:80/'],
  ['port', 'https://idp.example.com:5432/'],
  ['port', 'https://idp.example.com:6379/'],
  ['port', 'https://idp.example.com:0/'],
  ['malformed', 'https://idp.example.com:65536/'],
  ['malformed', 'https://127.0.0.1%00/'],
  ['malformed', 'https://ok\\@127.0.0.1/'],
  ['malformed', 'https://idp.exa\tmple.com/'],
  ['malformed', 'https://idp.example.com/\n'],
  ['malformed', ' https://idp.example.com/'],
  ['malformed', 'https://idp.example.com/\u0000'],
  ['malformed', `https://idp.example.com/${'a'.repeat(9_000)}`],
  ['malformed', '//idp.example.com/'],
  ['malformed', ''],
])('%s: %j is refused', async (rule, url) => {
  expect(await refuse(url)).toEqual({ code: 'url_not_allowed', detail: `${rule} not allowed` });
});

describe('the allow-list', () => {
  test('excepts exactly one host and port, whatever its spelling', async () => {
    const allow = parseAllowList(['127.0.0.1:9000', '[::1]:9001', 'IdP.internal:80', 'localhost:9002']);
    for (const url of [
      'http://127.0.0.1:9000/',
      'http://0x7f.1:9000/',
      'https://[0::1]:9001/',
      'http://idp.internal/',
      'http://LOCALHOST:9002/',
    ]) {
      expect(assertUrlAllowed(url, allow)).toBeInstanceOf(URL);
    }
    for (const url of [
      'http://127.0.0.1:9001/',
      'http://127.0.0.2:9000/',
      'https://idp.internal/',
      'ftp://127.0.0.1:9000/',
    ]) {
      expect((await refusalOf(() => assertUrlAllowed(url, allow))).code).toBe('url_not_allowed');
    }
  });

  test.each([
    'idp.internal',
    'idp.internal:0',
    'idp.internal:99999',
    'http://idp.internal:80',
    'a@b:80',
    'a:80/x',
    ':80',
    '',
  ])('does not take %j for host and port', (entry) => {
    expect(() => parseAllowList([entry])).toThrow(RangeError);
  });

  test('decides whether a listener on loopback hears of a call', async () => {
    const remote = await startRemote((socket) => socket.write(plain('heard')));
    const closed = startClient({ allow: [] });
    for (const host of [
      '127.0.0.1',
      'localhost',
      '0x7f.1',
      '127.1',
      '2130706433',
      '0',
      '①②⑦.⓪.⓪.①',
      '[::ffff:127.0.0.1]',
    ]) {
      for (const scheme of ['http', 'https']) {
        const { code } = await refusalOf(() => closed(to(`${scheme}://${host}:${remote.port}/`)));
        expect(code).toBe('url_not_allowed');
      }
    }
    expect(remote.accepted).toBe(0);

    const opened = startClient({ allow: [remote.host] });
    expect((await opened(to(`http://0x7f.1:${remote.port}/`))).body).toBe('heard');
    expect(remote.accepted).toBe(1);
  });

  test('is asked by the client for URLs that are only saved', async () => {
    const client = startClient({ allow: ['127.0.0.1:9000'] });
    expect(() => client.assertUrlAllowed('http://127.0.0.1:9000/token')).not.toThrow();
    expect((await refusalOf(() => client.assertUrlAllowed('https://169.254.169.254/'))).code).toBe('url_not_allowed');
  });
});
