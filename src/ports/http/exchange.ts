/**
 * One HTTP/1.1 exchange over `node:http` and `node:https`, bounded in time and size, without following
 * redirects, retrying or decompressing. (`fetch` can't be told which address to connect to, and on Bun it also
 * reads `file:` and obeys proxy variables.)
 */
import { Buffer } from 'node:buffer';
import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { SsoError } from '#error';
import type { OutboundRequest, OutboundResponse } from './outbound.ts';
import { RedirectError } from './redirect-error.ts';
import { connectionFailure, transportError } from './transport-error.ts';

/** Size and number of the answer's headers. */
const MAX_HEADER_BYTES = 16_384;
const MAX_HEADERS = 100;
/** Name resolution, TCP and TLS together; a host that is down is noticed well before the deadline. */
const CONNECT_MS = 2_000;

export interface Exchange {
  /** Vetted. */
  readonly url: URL;
  readonly request: OutboundRequest;
  /** What is left of the deadline, milliseconds. */
  readonly remainingMs: number;
  /** The pool and the lookup hook to connect with. */
  readonly transport: Required<Pick<RequestOptions, 'agent' | 'lookup'>>;
}

/** @throws SsoError as `Outbound`, but for `idp_busy` */
export function exchange({ url, request, remainingMs, transport }: Exchange): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const isTls = url.protocol === 'https:';
    const outgoing = (isTls ? requestHttps : requestHttp)(requestOptions(url, request, transport));
    const deadline = setTimeout(() => fail(new SsoError('idp_timeout')), remainingMs);
    const connecting = watchConnecting(outgoing, isTls, () => fail(connectionFailure('connect timeout')));

    function settle(): void {
      clearTimeout(deadline);
      connecting.stop();
    }
    function fail(error: SsoError): void {
      settle();
      reject(error);
      outgoing.destroy();
    }

    outgoing.on('error', (error) => fail(transportError(error, connecting.isHandshaking)));
    outgoing.on('upgrade', () => fail(new SsoError('idp_bad_response', { detail: 'protocol switched' })));
    outgoing.on('response', (incoming) => {
      readResponse(incoming, url, request.maxBytes).then((response) => {
        settle();
        resolve(response);
      }, fail);
    });
    outgoing.end(request.body);
  });
}

interface Connecting {
  /** Between TCP and the end of the TLS handshake. */
  isHandshaking: boolean;
  stop(): void;
}

/** Follows a request from getting its socket to being connected, for at most `CONNECT_MS`. */
function watchConnecting(outgoing: ClientRequest, isTls: boolean, onTimeout: () => void): Connecting {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connecting = { isHandshaking: false, stop: () => clearTimeout(timer) };
  outgoing.on('socket', (socket) => {
    // Deno (2.9) sends a request again, unasked and even when it was destroyed, if the kept connection that it
    // went out on closes without an answer. A code must go out once, so the request says it is on a new one.
    outgoing.reusedSocket = false;
    if (!socket.connecting) return;
    timer = setTimeout(onTimeout, CONNECT_MS);
    socket.once('connect', () => {
      connecting.isHandshaking = isTls;
    });
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      connecting.isHandshaking = false;
      connecting.stop();
    });
  });
  return connecting;
}

function requestOptions(url: URL, request: OutboundRequest, transport: Exchange['transport']): RequestOptions {
  const headers: Record<string, string> = { 'user-agent': 'vestibule' };
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  headers['host'] = url.host;
  headers['accept-encoding'] = 'identity';
  if (request.body !== undefined) headers['content-length'] = String(Buffer.byteLength(request.body));
  return {
    ...transport,
    method: request.method ?? 'GET',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    path: url.pathname + url.search,
    headers,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
}

async function readResponse(incoming: IncomingMessage, url: URL, maxBytes: number): Promise<OutboundResponse> {
  const status = incoming.statusCode ?? 0;
  if (status >= 300 && status < 400) throw new RedirectError(status, incoming.headers.location, url);
  if (incoming.rawHeaders.length / 2 > MAX_HEADERS) throw badResponse('too many headers');
  // We ask for plain bytes. Whoever compresses all the same is refused, so that nothing can inflate here.
  const encoding = incoming.headers['content-encoding'];
  if (encoding && encoding.toLowerCase() !== 'identity') throw badResponse('compressed');
  if (Number(incoming.headers['content-length']) > maxBytes) throw badResponse('too large');
  const bytes = await readBytes(incoming, maxBytes);
  return { status, headers: flatten(incoming.headers), body: decode(bytes) };
}

function readBytes(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) reject(badResponse('too large'));
      else chunks.push(chunk);
    });
    incoming.on('end', () => {
      if (incoming.complete) resolve(Buffer.concat(chunks, size));
      else reject(connectionFailure('reset'));
    });
    incoming.on('error', (error) => reject(transportError(error, false)));
    incoming.on('close', () => {
      if (!incoming.complete) reject(connectionFailure('reset'));
    });
  });
}

function flatten(headers: IncomingMessage['headers']): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw badResponse('not UTF-8');
  }
}

function badResponse(detail: string): SsoError {
  return new SsoError('idp_bad_response', { detail });
}
