/** TLS to a provider: the certificate is checked against the name that was asked for, and nothing switches that off. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { createServer, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { type GenerateResult, generate } from 'selfsigned';
import { refusalOf } from './refusal.ts';
import { closeAfterTest, listen, plain, startClient, startRemote, to, until } from './remote.ts';

const NAME = 'idp.internal';

function certify(names: string[], dates: { notBeforeDate?: Date; notAfterDate?: Date } = {}): Promise<GenerateResult> {
  const altNames = names.map((value) => ({ type: 2 as const, value }));
  const extensions = [
    { name: 'basicConstraints' as const, cA: true },
    { name: 'subjectAltName' as const, altNames },
  ];
  return generate([{ name: 'commonName', value: NAME }], { keyType: 'ec', algorithm: 'sha256', extensions, ...dates });
}

let certificate: GenerateResult;
beforeAll(async () => {
  certificate = await certify([NAME]);
});

/** A provider that answers with the names it was called by. */
async function startProvider(options: ServerOptions = {}, pems = certificate) {
  const counts = { accepted: 0, open: 0, served: 0 };
  const server = createServer({ key: pems.private, cert: pems.cert, ...options }, (request, response) => {
    counts.served += 1;
    const { servername } = request.socket as TLSSocket;
    response.end(JSON.stringify({ host: request.headers.host, servername }));
  });
  server.on('secureConnection', (socket) => {
    counts.accepted += 1;
    counts.open += 1;
    socket.on('close', () => {
      counts.open -= 1;
    });
  });
  server.on('tlsClientError', () => {});
  closeAfterTest(server);
  return { counts, port: await listen(server) };
}

function clientFor(port: number, names: string[] = [NAME], certificateAuthorities = certificate.cert) {
  const allow = names.map((name) => `${name}:${port}`);
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  return startClient({ allow, resolve, certificateAuthorities });
}

test('the connection goes to the resolved address under the name’s SNI and Host, and is kept', async () => {
  const { counts, port } = await startProvider();
  const client = clientFor(port);
  const request = to(`https://${NAME}:${port}/token`, { method: 'POST', body: 'a=b' });
  for (let call = 0; call < 3; call += 1) {
    const { body } = await client(request);
    expect(JSON.parse(body)).toEqual({ host: `${NAME}:${port}`, servername: NAME });
  }
  expect([counts.accepted, counts.served]).toEqual([1, 3]);
});

describe('a certificate', () => {
  test('that nobody we trust has signed is refused', async () => {
    const { counts, port } = await startProvider();
    const stranger = await certify([NAME]);
    const { code, detail } = await refusalOf(() =>
      clientFor(port, [NAME], stranger.cert)(to(`https://${NAME}:${port}/`)),
    );
    expect([code, counts.served]).toEqual(['idp_certificate_untrusted', 0]);
    expect(detail).toStartWith('tls_error (');
  });

  test('is refused by the runtime’s own authorities, whatever the environment says', async () => {
    const { counts, port } = await startProvider();
    const allow = [`${NAME}:${port}`];
    const client = startClient({ allow, resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await refusalOf(() => client(to(`https://${NAME}:${port}/`)))).detail).toStartWith('tls_error (');
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(counts.served).toBe(0);
  });

  test('for another name is refused', async () => {
    const { counts, port } = await startProvider();
    const client = clientFor(port, ['other.internal']);
    expect(await refusalOf(() => client(to(`https://other.internal:${port}/`)))).toEqual({
      code: 'idp_certificate_name',
      detail: 'tls_error (ERR_TLS_CERT_ALTNAME_INVALID)',
    });
    expect(counts.served).toBe(0);
  });

  test.each([
    ['a.b.idp.internal', '*.idp.internal'],
    ['idp.internal', '*'],
  ])('does not cover %s by %s', async (name, pattern) => {
    const pems = await certify([pattern]);
    const { counts, port } = await startProvider({}, pems);
    const { detail } = await refusalOf(() => clientFor(port, [name], pems.cert)(to(`https://${name}:${port}/`)));
    expect([detail, counts.served]).toEqual(['tls_error (ERR_TLS_CERT_ALTNAME_INVALID)', 0]);
  });

  test('covers one label by a wildcard', async () => {
    const pems = await certify(['*.idp.internal']);
    const { port } = await startProvider({}, pems);
    const { status } = await clientFor(port, ['a.idp.internal'], pems.cert)(to(`https://a.idp.internal:${port}/`));
    expect(status).toBe(200);
  });

  test('that has expired is refused', async () => {
    const pems = await certify([NAME], { notBeforeDate: new Date('2020-01-01'), notAfterDate: new Date('2021-01-01') });
    const { counts, port } = await startProvider({}, pems);
    const refusal = await refusalOf(() => clientFor(port, [NAME], pems.cert)(to(`https://${NAME}:${port}/`)));
    expect(refusal).toEqual({ code: 'idp_certificate_expired', detail: 'tls_error (CERT_HAS_EXPIRED)' });
    expect(counts.served).toBe(0);
  });

  test('that begins in the future is refused', async () => {
    const pems = await certify([NAME], { notBeforeDate: new Date('2090-01-01'), notAfterDate: new Date('2091-01-01') });
    const { counts, port } = await startProvider({}, pems);
    const refusal = await refusalOf(() => clientFor(port, [NAME], pems.cert)(to(`https://${NAME}:${port}/`)));
    expect(refusal).toEqual({ code: 'idp_certificate_not_yet_valid', detail: 'tls_error (CERT_NOT_YET_VALID)' });
    expect(counts.served).toBe(0);
  });
});

test('versions before TLS 1.2 are refused', async () => {
  const old = await startProvider({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' });
  const { code, detail } = await refusalOf(() => clientFor(old.port)(to(`https://${NAME}:${old.port}/`)));
  expect([code, detail]).toEqual(['idp_tls_failed', expect.stringContaining('PROTOCOL_VERSION')]);
  const current = await startProvider({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
  expect((await clientFor(current.port)(to(`https://${NAME}:${current.port}/`))).status).toBe(200);
  expect([old.counts.served, current.counts.served]).toEqual([0, 1]);
});

test('a port that speaks plain http is told from a wrong certificate', async () => {
  const remote = await startRemote((socket) => socket.end(plain('no TLS here')));
  const { code, detail } = await refusalOf(() => clientFor(remote.port)(to(`https://${NAME}:${remote.port}/`)));
  expect([code, detail]).toEqual(['idp_tls_failed', expect.stringContaining('WRONG_VERSION_NUMBER')]);
});

test('a client certificate that is asked for is none of the certificate’s faults', async () => {
  const { port } = await startProvider({ requestCert: true, rejectUnauthorized: true });
  const { code } = await refusalOf(() => clientFor(port)(to(`https://${NAME}:${port}/`)));
  expect(code).toBe('idp_tls_failed');
});

test('a handshake that never ends is given up before the deadline', async () => {
  const remote = await startRemote(() => {});
  const { code, detail } = await refusalOf(() => clientFor(remote.port)(to(`https://${NAME}:${remote.port}/`)));
  expect([code, detail]).toEqual(['idp_connect_timeout', 'connect timeout']);
  await until(() => remote.open === 0);
});

test('closing the client closes the connections it kept', async () => {
  const { counts, port } = await startProvider();
  const client = clientFor(port);
  await client(to(`https://${NAME}:${port}/`));
  expect(counts.open).toBe(1);
  client.close();
  await until(() => counts.open === 0);
});
