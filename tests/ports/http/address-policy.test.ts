/** Names are judged by every address they resolve to, and the connection goes to what was judged. */
import { describe, expect, test } from 'bun:test';
import { connect } from 'node:net';
import { createLookup, type Resolve } from '#ports/http/address-policy.ts';
import { refusalOf } from './refusal.ts';
import { plain, type Remote, startClient, startRemote, to } from './remote.ts';

const LOOPBACK = '127.0.0.1';
/** Globally routable by the registries, and given to nobody. */
const PUBLIC = '2d00::1';

/** A resolver that gives these answers in turn, the last one for ever. */
function resolver(...answers: string[][]): Resolve & { calls: number } {
  const resolve = Object.assign(
    async () => {
      const answer = answers[Math.min(resolve.calls, answers.length - 1)] ?? [];
      resolve.calls += 1;
      return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    { calls: 0 },
  );
  return resolve;
}

/** Connects as the client does, but to any port. */
function reach(remote: Remote, resolve: Resolve, vet: boolean): Promise<void> {
  return new Promise((done, failed) => {
    const socket = connect({ host: 'idp.example.com', port: remote.port, lookup: createLookup(resolve, vet) });
    socket.on('error', failed);
    socket.on('connect', () => {
      socket.destroy();
      done();
    });
  });
}

describe('a name', () => {
  test.each([
    [LOOPBACK],
    ['10.0.0.7'],
    ['169.254.169.254'],
    ['::1'],
    ['fd00:ec2::254'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::10.0.0.1'],
    ['2002:7f00:1::'],
    ['fe80::1%eth0'],
    ['not an address'],
  ])('that resolves to %s is refused', async (address) => {
    const resolve = resolver([address]);
    const client = startClient({ allow: [], resolve });
    expect(await refusalOf(() => client(to('https://idp.example.com/')))).toEqual({
      code: 'url_not_allowed',
      detail: 'the name resolves to an address that is not public',
    });
    expect(resolve.calls).toBe(1);
  });

  test('reaches nothing if any of its addresses is private', async () => {
    const remote = await startRemote((socket) => socket.write(plain('heard')));
    for (const answer of [[LOOPBACK], ['8.8.8.8', LOOPBACK], [LOOPBACK, PUBLIC], [PUBLIC, '8.8.8.8', '::1']]) {
      expect((await refusalOf(() => reach(remote, resolver(answer), true))).code).toBe('url_not_allowed');
    }
    expect(remote.accepted).toBe(0);

    await reach(remote, resolver([LOOPBACK]), false);
    expect(remote.accepted).toBe(1);
  });

  test('that changes its answer after the check gains nothing', async () => {
    const remote = await startRemote((socket) => socket.write(plain('heard')));
    const resolve = resolver([PUBLIC], [LOOPBACK]);
    await Promise.race([reach(remote, resolve, true).catch(() => {}), Bun.sleep(300)]);
    expect([resolve.calls, remote.accepted]).toEqual([1, 0]);

    const turning = resolver([PUBLIC], [LOOPBACK]);
    const client = startClient({ allow: [], resolve: turning });
    const { code } = await refusalOf(() => client(to('https://idp.example.com/', { deadlineMs: 300 })));
    expect(['idp_connect_timeout', 'idp_unreachable', 'idp_timeout']).toContain(code);
    expect(turning.calls).toBe(1);
  });

  test.each([
    [['8.8.8.8', PUBLIC]],
    // an IPv6-only network's translation of a public IPv4 address
    [['64:ff9b::8.8.8.8']],
  ])('that resolves to %p is connected at those addresses', async (answer) => {
    const lookup = createLookup(resolver(answer), true);
    const addresses = await new Promise((resolve, reject) => {
      lookup('idp.example.com', { all: true }, (error, found) => (error ? reject(error) : resolve(found)));
    });
    expect(addresses).toEqual(answer.map((address) => expect.objectContaining({ address })));
    const first = await new Promise((resolve, reject) => {
      lookup('idp.example.com', {}, (error, found) => (error ? reject(error) : resolve(found)));
    });
    expect(first).toBe(answer[0]);
  });

  test('of the allow-list may resolve to a private address, and is the host that is asked for', async () => {
    const remote = await startRemote((socket) => socket.write(plain('heard')));
    const host = `idp.internal:${remote.port}`;
    const client = startClient({ allow: [host], resolve: resolver([LOOPBACK]) });
    expect((await client(to(`http://${host}/`))).body).toBe('heard');
    expect(remote.requests[0]).toMatch(new RegExp(`^host: ${host}\r$`, 'im'));
  });

  test('is resolved once for a connection that is kept', async () => {
    const remote = await startRemote((socket) => socket.write(plain('heard')));
    const host = `idp.internal:${remote.port}`;
    const resolve = resolver([LOOPBACK]);
    const client = startClient({ allow: [host], resolve });
    for (let call = 0; call < 3; call += 1) await client(to(`http://${host}/`));
    expect([resolve.calls, remote.accepted, remote.requests.length]).toEqual([1, 1, 3]);
  });
});

describe('a resolver', () => {
  test.each([
    ['finds nothing', async () => []],
    ['fails', () => Promise.reject(Object.assign(new Error('queryA ESERVFAIL'), { code: 'ESERVFAIL' }))],
  ])('that %s makes a name that is not found', async (_, resolve) => {
    const client = startClient({ allow: [], resolve });
    expect(await refusalOf(() => client(to('https://idp.example.com/')))).toEqual({
      code: 'idp_name_not_found',
      detail: 'dns',
    });
  });

  test('that never answers is cut at the deadline', async () => {
    const client = startClient({ allow: [], resolve: () => new Promise(() => {}) });
    const { code } = await refusalOf(() => client(to('https://idp.example.com/', { deadlineMs: 50 })));
    expect(code).toBe('idp_timeout');
  });
});
