/**
 * A TCP proxy that makes bad weather: it slows bytes down, loses them, cuts and resets connections. What understands
 * the protocol that passes is a tap; see `postgres-proxy.ts` and `front.ts`.
 */
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is done to everything that passes; a member changes as soon as it is set. */
export interface Weather {
  /** One way, each way. */
  latencyMs: number;
  bytesPerSecond: number;
  /** Takes the bytes and hands them to nobody, as a lost route does. */
  swallow: 'none' | 'requests' | 'answers' | 'all';
  /** New connections are accepted and closed without a byte, as a balancer does that has nobody behind it. */
  slam: boolean;
}

/** One connection through the proxy. */
export interface Link {
  /** Ends both sides in good order (FIN). */
  cut(): void;
  /** Ends both sides with RST. */
  reset(): void;
  /** Ends only what goes to the client: it can still send, and is never answered. */
  halfClose(): void;
}

/** Hands bytes on, through the weather. */
type Pass = (bytes: Buffer) => Promise<void>;

/** Sees every chunk of one direction and passes on what it likes; the next chunk waits for it. */
export type Tap = (chunk: Buffer, pass: Pass) => Promise<void>;

export interface Taps {
  readonly request: Tap;
  readonly answer: Tap;
}

export interface TcpProxy {
  readonly port: number;
  readonly weather: Weather;
  /** The connections that are open. */
  readonly links: ReadonlySet<Link>;
  /** Nobody listens any more (connections that are open stay) … */
  refuse(): Promise<void>;
  /** … and at the same port somebody does. */
  accept(): Promise<void>;
  close(): Promise<void>;
}

const FAIR: Weather = { latencyMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY, swallow: 'none', slam: false };
const plain: Tap = (chunk, pass) => pass(chunk);

export async function openProxy(
  target: { readonly port: number },
  tapsOf: (link: Link) => Taps = () => ({ request: plain, answer: plain }),
): Promise<TcpProxy> {
  const weather = { ...FAIR };
  const links = new Set<Link>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (weather.slam) {
      client.destroy();
      return;
    }
    const upstream = connect({ port: target.port, host: '127.0.0.1', allowHalfOpen: true });
    const link = linkOf(client, upstream);
    const taps = tapsOf(link);
    links.add(link);
    client.once('close', () => links.delete(link));
    pump(client, upstream, taps.request, passTo(upstream, 'requests', weather));
    pump(upstream, client, taps.answer, passTo(client, 'answers', weather));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const { port } = address;
  // `close` calls back only when the last connection has gone
  const stopListening = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return {
    port,
    weather,
    links,
    async refuse() {
      void stopListening();
    },
    accept: () => listen(port),
    async close() {
      const closed = server.listening ? stopListening() : Promise.resolve();
      for (const link of links) link.reset();
      await closed;
    },
  };
}

function linkOf(client: Socket, upstream: Socket): Link {
  return {
    cut() {
      client.destroy();
      upstream.destroy();
    },
    reset() {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    },
    halfClose() {
      client.end();
    },
  };
}

/** Bytes of one direction, one chunk after the other; the end of one side comes behind the last of them. */
function pump(from: Socket, to: Socket, tap: Tap, pass: (bytes: Buffer, arrivedAt: number) => Promise<void>): void {
  let passed = Promise.resolve();
  const next = (work: () => unknown) => {
    passed = passed.then(async () => void (await work())).catch(() => void to.destroy());
  };
  from.on('data', (chunk: Buffer) => {
    const arrivedAt = performance.now();
    next(() => tap(chunk, (bytes) => pass(bytes, arrivedAt)));
  });
  from.on('end', () => next(() => to.end()));
  from.on('error', () => next(() => to.resetAndDestroy()));
  from.on('close', () => next(() => to.destroy()));
}

/** Slices a second when bytes are to come slowly. */
const SLICES = 20;

function passTo(to: Socket, direction: 'requests' | 'answers', weather: Weather) {
  return async (bytes: Buffer, arrivedAt: number): Promise<void> => {
    const wait = arrivedAt + weather.latencyMs - performance.now();
    if (wait > 0) await sleep(wait);
    const size = Math.max(1, Math.floor(weather.bytesPerSecond / SLICES));
    for (let from = 0; from < bytes.length; from += size) {
      if (weather.swallow === 'all' || weather.swallow === direction) return;
      if (to.writable) to.write(bytes.subarray(from, from + size));
      if (from + size < bytes.length) await sleep(1000 / SLICES);
    }
  };
}
