/** A remote on loopback that answers with the bytes it is told to, and counts who came. */
import { afterEach } from 'bun:test';
import { createServer, type Server, type Socket } from 'node:net';
import { createOutbound, type OutboundClient, type OutboundOptions } from '#ports/http/client.ts';
import type { OutboundRequest } from '#ports/http/outbound.ts';

export interface Remote {
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly port: number;
  /** Connections accepted so far, and those still open. */
  accepted: number;
  open: number;
  /** The text of each request, in order of arrival. */
  readonly requests: string[];
}

const openings: { close(): void }[] = [];
afterEach(() => {
  for (const opening of openings.splice(0)) opening.close();
});

/** Starts a remote for this test. `answer` is called once a request has arrived. */
export async function startRemote(answer: (socket: Socket, request: string) => void): Promise<Remote> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    remote.accepted += 1;
    remote.open += 1;
    socket.on('close', () => {
      sockets.delete(socket);
      remote.open -= 1;
    });
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      requests.push(bytes.toString('latin1'));
      answer(socket, bytes.toString('latin1'));
    });
  });
  const port = await listen(server);
  const remote: Remote = { host: `127.0.0.1:${port}`, port, accepted: 0, open: 0, requests };
  openings.push({
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  return remote;
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export function closeAfterTest(opening: { close(): void }): void {
  openings.push(opening);
}

/** A client for this test. */
export function startClient(options: OutboundOptions): OutboundClient {
  const client = createOutbound(options);
  openings.push(client);
  return client;
}

/** A request with limits that suit most tests. */
export function to(url: string, changes: Partial<OutboundRequest> = {}): OutboundRequest {
  return { url, deadlineMs: 5_000, maxBytes: 1_024, circuit: 'connection', ...changes };
}

/** An answer with a body of known length. */
export function plain(body: string, { status = '200 OK', headers = '' } = {}): string {
  return `HTTP/1.1 ${status}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Writes until the other side hangs up. */
export function writeForever(socket: Socket, chunk: string): void {
  const timer = setInterval(() => socket.write(chunk), 5);
  socket.on('close', () => clearInterval(timer));
}

/** Waits for what another party has yet to notice. */
export async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 500 && !condition(); round += 1) await Bun.sleep(10);
  if (!condition()) throw new Error('waited in vain');
}
