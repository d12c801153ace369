/** Which methods an address answers, read from the application's own routes: for `Allow` (RFC 9110 §10.2.1). */
import { SsoError } from '#error';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly handler: unknown;
}

interface RouteTable {
  /** Whose routes they are, those that are mounted later included. */
  readFrom(app: { readonly routes: readonly Route[] }): void;
  /** For a request that no route takes: `method_not_allowed` where another method would be, else `not_found`. */
  refusalOf(request: Request): SsoError;
}

/** A preflight is the browser's question about other methods, and is answered for all addresses in one place. */
const PREFLIGHT = 'OPTIONS';

export function createRouteTable(): RouteTable {
  let routes: () => readonly Route[] = () => [];
  return {
    readFrom(app) {
      routes = () => app.routes;
    },
    refusalOf(request) {
      // routes answer with a slash at the end as well
      const segments = new URL(request.url).pathname.replace(/(?<=.)\/$/, '').split('/');
      const taken = routes().filter(
        ({ method, path, handler }) => method !== PREFLIGHT && handler !== refuseMethod && fits(path, segments),
      );
      const allow = [...new Set(taken.map(({ method }) => method))].toSorted();
      return allow.length > 0 ? new SsoError('method_not_allowed', { allow }) : new SsoError('not_found');
    },
  };
}

function fits(path: string, segments: readonly string[]): boolean {
  const wanted = path.split('/');
  return (
    wanted.length === segments.length &&
    wanted.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}

/**
 * The handler of a GET where only a POST is taken: said in the words of the address, instead of as one that does
 * not exist.
 * @throws SsoError `method_not_allowed`
 */
export function refuseMethod(): never {
  throw new SsoError('method_not_allowed', { allow: ['POST'] });
}
