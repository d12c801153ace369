/** The listening socket, on whichever runtime this is. The application itself only knows `Request` and `Response`. */

/** Larger than any body we read, so that our own limit answers first, in the caller's dialect. */
const BODY_CEILING = 64 * 1024 * 1024;
const IDLE_SECONDS = 30;

export type Handler = (request: Request, address: string | undefined) => Response | Promise<Response>;

export interface Listener {
  readonly port: number;
  /** Accepts no more connections and resolves when the open requests are answered. */
  close(): Promise<void>;
}

interface DenoServer {
  readonly addr: { readonly port: number };
  shutdown(): Promise<void>;
}
interface DenoRuntime {
  serve(
    options: { hostname: string; port: number; onListen: () => void },
    handler: (request: Request, info: { remoteAddr: { hostname: string } }) => Response | Promise<Response>,
  ): DenoServer;
}

/** @throws the runtime's error when the address can't be had */
export function listen(handler: Handler, address: { readonly host: string; readonly port: number }): Listener {
  const deno = (globalThis as { Deno?: DenoRuntime }).Deno;
  return deno ? listenOnDeno(deno, handler, address) : listenOnBun(handler, address);
}

function listenOnBun(handler: Handler, { host, port }: { host: string; port: number }): Listener {
  const server = Bun.serve({
    hostname: host,
    port,
    maxRequestBodySize: BODY_CEILING,
    idleTimeout: IDLE_SECONDS,
    fetch: (request, bun) => handler(request, bun.requestIP(request)?.address),
  });
  return { port: server.port ?? port, close: () => server.stop() };
}

function listenOnDeno(deno: DenoRuntime, handler: Handler, { host, port }: { host: string; port: number }): Listener {
  const server = deno.serve({ hostname: host, port, onListen: () => {} }, (request, info) =>
    handler(request, info.remoteAddr.hostname),
  );
  return { port: server.addr.port, close: () => server.shutdown() };
}
