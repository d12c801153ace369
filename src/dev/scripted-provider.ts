/**
 * An OpenID provider with switchable faults, for tests and for trying things out: real keys, real HTTP on
 * loopback, a code flow that checks PKCE and client authentication, and a script that bends it.
 *
 * ```ts
 * const provider = await startScriptedProvider({ clients: [{ clientId: 'vestibule', clientSecret: 'secret' }] });
 * provider.script.idToken.claims = { iss: 'https://elsewhere.example' };
 * // … a login that must be refused …
 * provider.reset();   // … and the same one that must not
 * ```
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ScriptedClient } from './scripted-clients.ts';
import { type Reply, ScriptedEndpoints } from './scripted-endpoints.ts';
import { ScriptedKeys } from './scripted-keys.ts';
import { routeOf } from './scripted-routes.ts';
import { type Endpoint, honestScript, type Script, type ScriptedAnswer } from './scripted-script.ts';

export interface ScriptedProviderOptions {
  readonly clients: readonly ScriptedClient[];
  /** Its idea of the time, for tests that move theirs. */
  readonly now?: () => Date;
}

/** What one request carried, for tests that look at the wire. */
export interface SeenRequest {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ScriptedProvider {
  /** Its address; any path under it is an issuer too. */
  readonly origin: string;
  readonly keys: ScriptedKeys;
  /** The faults in force. */
  readonly script: Script;
  /** Every request since the last reset, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  count(endpoint: Endpoint): number;
  /** Honest again, and nothing seen yet. Keys, codes and tokens stay. */
  reset(): void;
  close(): Promise<void>;
}

export async function startScriptedProvider(options: ScriptedProviderOptions): Promise<ScriptedProvider> {
  const keys = new ScriptedKeys();
  const endpoints = new ScriptedEndpoints(keys, options.clients, options.now ?? (() => new Date()));
  const requests: SeenRequest[] = [];
  const script = honestScript();
  const count = (endpoint: Endpoint) => requests.filter((request) => request.endpoint === endpoint).length;

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request);
    const route = routeOf(url.pathname);
    const isElsewhere = route?.endpoint === 'discovery' && (script.only ?? url.pathname) !== url.pathname;
    if (!route || isElsewhere) return send(response, { status: 404, body: { error: 'not_found' } });
    const { endpoint } = route;
    requests.push({ endpoint, path: url.pathname, headers: request.headers, body });
    const { authorization } = request.headers;
    const issuer = origin + route.issuerPath;
    // the honest answer is made first: a fault may only hide it
    const honest = await endpoints.answer(
      { route, issuer, url, authorization, form: new URLSearchParams(body) },
      script,
    );
    await script.meanwhile[endpoint]?.();
    const fault = script.answers[endpoint];
    const isOver = fault?.times !== undefined && count(endpoint) > fault.times;
    await send(response, honest, isOver ? undefined : fault);
  }

  const origin = await listen(server);
  function reset(): void {
    for (const name of Object.keys(script)) Reflect.deleteProperty(script, name);
    Object.assign(script, honestScript());
    requests.length = 0;
  }
  return { origin, keys, script, requests, count, reset, close: () => close(server) };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the scripted provider has no port');
  return `http://127.0.0.1:${address.port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let body = '';
  for await (const chunk of request) body += decoder.decode(chunk as Uint8Array, { stream: true });
  return body;
}

async function send(response: ServerResponse, honest: Reply, fault: ScriptedAnswer = {}): Promise<void> {
  if (fault.hang) return;
  if (fault.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...honest.headers,
    ...fault.headers,
  };
  response.writeHead(fault.status ?? honest.status, headers);
  if (fault.endless) return stream(response);
  response.end(fault.body ?? (typeof honest.body === 'string' ? honest.body : JSON.stringify(honest.body)));
}

/** Spaces until the other side has had enough. */
function stream(response: ServerResponse): void {
  const chunk = ' '.repeat(16 * 1024);
  const timer = setInterval(() => response.write(chunk), 1);
  response.on('close', () => clearInterval(timer));
}
