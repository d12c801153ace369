/** The outbound client on the wire: what it sends, what it hands back, and what it makes of transport failures. */
import { describe, expect, test } from 'bun:test';
import { refusalOf } from './refusal.ts';
import { plain, type Remote, startClient, startRemote, to } from './remote.ts';

const clientFor = (...remotes: Remote[]) => startClient({ allow: remotes.map((remote) => remote.host) });

test('a POST goes out whole, and its answer comes back', async () => {
  const remote = await startRemote((socket) => {
    socket.write(plain('{"ok":"é"}', { status: '400 Bad Request', headers: 'Content-Type: application/json\r\n' }));
  });
  const client = clientFor(remote);
  const response = await client(
    to(`http://${remote.host}/token?a=b`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Accept-Encoding': 'gzip', Host: 'elsewhere' },
      body: 'code=é',
    }),
  );
  expect(response.status).toBe(400);
  expect(response.body).toBe('{"ok":"é"}');
  expect(response.headers['content-type']).toBe('application/json');

  const [head = '', body] = (remote.requests[0] ?? '').split('\r\n\r\n');
  const lines = head.toLowerCase().split('\r\n');
  expect(lines[0]).toBe('post /token?a=b http/1.1');
  expect(lines).toContain(`host: ${remote.host}`);
  expect(lines).toContain('accept-encoding: identity');
  expect(lines).toContain('content-type: application/x-www-form-urlencoded');
  expect(lines).toContain('content-length: 7');
  expect(lines).toContain('user-agent: vestibule');
  expect(Buffer.from(body ?? '', 'latin1').toString()).toBe('code=é');
});

test('connections are kept and used again', async () => {
  const remote = await startRemote((socket) => socket.write(plain('ok')));
  const client = clientFor(remote);
  for (let call = 0; call < 5; call += 1) await client(to(`http://${remote.host}/`, { method: 'POST', body: 'a' }));
  expect([remote.accepted, remote.requests.length]).toEqual([1, 5]);
});

test('proxy variables are not obeyed', async () => {
  const remote = await startRemote((socket) => socket.write(plain('direct')));
  const proxy = await startRemote((socket) => socket.write(plain('by proxy')));
  const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
  for (const name of names) process.env[name] = `http://${proxy.host}`;
  try {
    expect((await clientFor(remote)(to(`http://${remote.host}/`))).body).toBe('direct');
  } finally {
    for (const name of names) delete process.env[name];
  }
  expect(proxy.accepted).toBe(0);
});

test.each([300, 301, 302, 303, 304, 307, 308])('a redirect with %i is not followed', async (status) => {
  const elsewhere = await startRemote((socket) => socket.write(plain('lured')));
  const remote = await startRemote((socket) => {
    socket.write(plain('', { status: `${status} Moved`, headers: `Location: http://${elsewhere.host}/\r\n` }));
  });
  const client = clientFor(remote, elsewhere);
  expect(await refusalOf(() => client(to(`http://${remote.host}/`)))).toEqual({
    code: 'idp_redirect',
    detail: `status ${status}`,
  });
  expect(elsewhere.accepted).toBe(0);
  expect((await client(to(`http://${elsewhere.host}/`))).body).toBe('lured');
});

describe('a failing transport', () => {
  test('that refuses the connection', async () => {
    const remote = await startRemote(() => {});
    const client = startClient({ allow: ['127.0.0.1:1', remote.host] });
    expect(await refusalOf(() => client(to('http://127.0.0.1:1/')))).toEqual({
      code: 'idp_connection_refused',
      detail: 'refused',
    });
  });

  test.each([
    ['before the answer', ''],
    ['amid the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
    ['amid the chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ])('that hangs up %s', async (_, bytes) => {
    const remote = await startRemote((socket) => socket.end(bytes));
    expect(await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).toEqual({
      code: 'idp_unreachable',
      detail: 'reset',
    });
  });

  test('never shows what the remote said or what was sent', async () => {
    const remote = await startRemote((socket) => socket.end('REMOTE-CANARY is no HTTP\r\n\r\n'));
    const url = `http://${remote.host}/?code=SENT-CANARY`;
    const error: unknown = await clientFor(remote)(to(url, { method: 'POST', body: 'SENT-CANARY' })).catch((e) => e);
    expect(error).toMatchObject({ code: 'idp_bad_response', detail: expect.stringContaining('not HTTP') });
    expect(Bun.inspect(error, { depth: 10 })).not.toContain('CANARY');
  });
});

describe('a retry', () => {
  /** Hangs up on the first `failures` requests. */
  const failing = (failures: number, answer = plain('ok')) =>
    startRemote((socket) => {
      left -= 1;
      if (left >= 0) socket.destroy();
      else socket.write(answer);
    }).then((remote) => {
      left = failures;
      return remote;
    });
  let left = 0;

  test('is made once for a GET that may be repeated', async () => {
    const remote = await failing(1);
    expect((await clientFor(remote)(to(`http://${remote.host}/`, { retry: true }))).body).toBe('ok');
    expect(remote.requests.length).toBe(2);
  });

  test('is not made a second time', async () => {
    const remote = await failing(2);
    const { code } = await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`, { retry: true })));
    expect([code, remote.requests.length]).toEqual(['idp_unreachable', 2]);
  });

  test('is never made unasked, nor for a POST', async () => {
    for (const changes of [{}, { method: 'POST', body: 'code=once', retry: true }] as const) {
      const remote = await failing(1);
      const { code } = await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`, changes)));
      expect([code, remote.requests.length]).toEqual(['idp_unreachable', 1]);
    }
  });

  test.each(['500 Oops', '503 Busy', '429 Slow'])('is not made for the answer %s', async (status) => {
    const remote = await failing(0, plain('', { status }));
    const response = await clientFor(remote)(to(`http://${remote.host}/`, { retry: true }));
    expect([response.status, remote.requests.length]).toEqual([Number.parseInt(status, 10), 1]);
  });
});
