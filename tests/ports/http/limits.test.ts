/** A hostile or broken remote costs a bounded time, a bounded size and no socket. */
import { describe, expect, test } from 'bun:test';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { refusalOf } from './refusal.ts';
import { plain, type Remote, startClient, startRemote, to, until, writeForever } from './remote.ts';

const clientFor = (remote: Remote) => startClient({ allow: [remote.host] });
const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const names = (count: number) => Array.from({ length: count }, (_, index) => `x-${index}: v\r\n`).join('');

describe('the deadline', () => {
  const slow: [string, (socket: Socket) => void][] = [
    ['never answers', () => {}],
    [
      'never ends its headers',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx: ');
        writeForever(socket, 'v');
      },
    ],
    [
      'sends its body byte by byte',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        writeForever(socket, 'z');
      },
    ],
    ['only ever says 100 Continue', (socket) => writeForever(socket, 'HTTP/1.1 100 Continue\r\n\r\n')],
    [
      'never ends its trailers',
      (socket) => {
        socket.write(`${chunked}2\r\nok\r\n0\r\n`);
        writeForever(socket, 'x: v\r\n');
      },
    ],
  ];

  test.each(slow)('cuts off a remote that %s', async (_, answer) => {
    const remote = await startRemote((socket, request) => {
      if (request.startsWith('GET /slow')) answer(socket);
      else socket.write(plain('ok'));
    });
    const client = clientFor(remote);
    const call = () => client(to(`http://${remote.host}/slow`, { deadlineMs: 150 }));
    expect((await refusalOf(call)).code).toBe('idp_timeout');
    await until(() => remote.open === 0);

    // the same on a connection that was used before
    expect((await client(to(`http://${remote.host}/`))).body).toBe('ok');
    expect((await refusalOf(call)).code).toBe('idp_timeout');
    await until(() => remote.open === 0);
  });
});

describe('the size limit', () => {
  const withBytes = (count: number) => startRemote((socket) => socket.write(plain('z'.repeat(count))));

  test('lets exactly as much pass', async () => {
    const remote = await withBytes(1_024);
    expect((await clientFor(remote)(to(`http://${remote.host}/`))).body).toHaveLength(1_024);
  });

  test('refuses one byte more', async () => {
    const remote = await withBytes(1_025);
    expect(await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).toEqual({
      code: 'idp_bad_response',
      detail: 'too large',
    });
    await until(() => remote.open === 0);
  });

  test('believes an announced size before reading', async () => {
    const remote = await startRemote((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n'),
    );
    expect((await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).detail).toBe('too large');
  });

  test('cuts off chunks that never end', async () => {
    const remote = await startRemote((socket) => {
      socket.write(chunked);
      writeForever(socket, `100\r\n${'z'.repeat(256)}\r\n`);
    });
    expect((await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).detail).toBe('too large');
    await until(() => remote.open === 0);
  });

  test.each(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'identity, gzip'])(
    'lets nothing inflate: %s',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(500_000));
      const remote = await startRemote((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${bomb.length}\r\n\r\n`);
        socket.write(bomb);
      });
      expect(await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).toEqual({
        code: 'idp_bad_response',
        detail: 'compressed',
      });
    },
  );

  test('takes an answer that says it is not compressed', async () => {
    const remote = await startRemote((socket) =>
      socket.write(plain('ok', { headers: 'Content-Encoding: Identity\r\n' })),
    );
    expect((await clientFor(remote)(to(`http://${remote.host}/`))).body).toBe('ok');
  });
});

describe('headers', () => {
  test('of a common number and size pass', async () => {
    const remote = await startRemote((socket) =>
      socket.write(plain('ok', { headers: `${names(90)}y: ${'v'.repeat(8_000)}\r\n` })),
    );
    expect((await clientFor(remote)(to(`http://${remote.host}/`))).headers['x-89']).toBe('v');
  });

  test('beyond a hundred are refused', async () => {
    const remote = await startRemote((socket) => socket.write(plain('ok', { headers: names(101) })));
    expect((await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).detail).toBe('too many headers');
  });

  test.each([
    ['10,000 of them', plain('ok', { headers: names(10_000) })],
    ['one of 30 KB', plain('ok', { headers: `x: ${'v'.repeat(30_000)}\r\n` })],
  ])('beyond 16 KiB are refused: %s', async (_, answer) => {
    const remote = await startRemote((socket) => socket.write(answer));
    expect((await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).code).toBe('idp_bad_response');
    await until(() => remote.open === 0);
  });

  test('that never end are cut off', async () => {
    const remote = await startRemote((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      writeForever(socket, names(100));
    });
    expect((await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).code).toBe('idp_bad_response');
    await until(() => remote.open === 0);
  });
});

describe('an answer that is no answer', () => {
  test.each([
    ['garbage', 'lorem ipsum dolor sit amet\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ])('is refused: %s', async (_, answer) => {
    const remote = await startRemote((socket) => socket.write(answer));
    expect((await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).code).toBe('idp_bad_response');
    await until(() => remote.open === 0);
  });

  test('does not become the next call’s answer', async () => {
    const remote = await startRemote((socket, request) => {
      const isFirst = request.startsWith('GET /first');
      socket.write(isFirst ? plain('first') + plain('smuggled') : plain('second'));
    });
    const client = clientFor(remote);
    expect((await client(to(`http://${remote.host}/first`))).body).toBe('first');
    expect((await client(to(`http://${remote.host}/second`))).body).toBe('second');
  });
});

describe('text', () => {
  const withBytes = (...bytes: number[]) =>
    startRemote((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n`);
      socket.write(new Uint8Array(bytes));
    });

  test.each([
    ['Latin-1', [0x7b, 0xe9, 0x7d]],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a character cut in half', [0x7b, 0xc3]],
  ])('that is not UTF-8 is refused: %s', async (_, bytes) => {
    const remote = await withBytes(...bytes);
    expect(await refusalOf(() => clientFor(remote)(to(`http://${remote.host}/`)))).toEqual({
      code: 'idp_bad_response',
      detail: 'not UTF-8',
    });
  });

  test('keeps its byte order mark for the reader to refuse', async () => {
    const remote = await withBytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d);
    const { body } = await clientFor(remote)(to(`http://${remote.host}/`));
    expect(body).toBe('\uFEFF{}');
    expect(() => JSON.parse(body)).toThrow();
  });
});
