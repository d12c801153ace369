/**
 * A TCP proxy before Postgres that counts what the server is asked to execute (PostgreSQL frontend/backend protocol,
 * "Message Formats"): `Bind` and simple `Query` are executions, `Sync` and `Query` are round trips.
 */
import { connect, createServer, type Socket } from 'node:net';

export interface Wiretap {
  /** The database's URL through the proxy. */
  readonly url: string;
  /** What `work` had executed. */
  count(work: () => Promise<unknown>): Promise<{ executions: number; roundTrips: number }>;
  /** Breaks the connection at the `nth` execution from now: before the server gets it, or before its answer is seen. */
  cut(nth: number, when: 'before' | 'after'): void;
  close(): Promise<void>;
}

export async function openWiretap(databaseUrl: string): Promise<Wiretap> {
  const target = new URL(databaseUrl);
  const seen = { executions: 0, roundTrips: 0 };
  let cut: { at: number; when: 'before' | 'after' } | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const tally = countMessages((type) => {
      if (type === 'B' || type === 'Q') seen.executions++;
      if (type === 'S' || type === 'Q') seen.roundTrips++;
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk: Buffer) => {
      tally(chunk);
      if (cut?.when === 'before' && seen.executions >= cut.at) {
        cut = undefined;
        upstream.destroy();
      } else upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (cut?.when === 'after' && seen.executions >= cut.at) {
        // the answer has come, so the server has committed
        cut = undefined;
        client.destroy();
      } else client.write(chunk);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the wiretap has no port');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    async count(work) {
      const before = { ...seen };
      await work();
      return { executions: seen.executions - before.executions, roundTrips: seen.roundTrips - before.roundTrips };
    },
    cut(nth, when) {
      cut = { at: seen.executions + nth, when };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Reads a stream of frontend messages; the first one of a connection has no type byte. */
function countMessages(note: (type: string) => void): (chunk: Buffer) => void {
  let buffer = Buffer.alloc(0);
  let isStarted = false;
  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const typeBytes = isStarted ? 1 : 0;
      if (buffer.length < typeBytes + 4) return;
      const end = typeBytes + buffer.readUInt32BE(typeBytes);
      if (buffer.length < end) return;
      if (isStarted) note(String.fromCharCode(buffer[0] ?? 0));
      isStarted = true;
      buffer = buffer.subarray(end);
    }
  };
}
