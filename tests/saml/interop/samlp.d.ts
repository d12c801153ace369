/** The part of auth0's `samlp` that the tests use; the package has no types. */
declare module 'samlp' {
  export interface Request {
    readonly method: string;
    readonly protocol: string;
    readonly originalUrl: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
    readonly body: Readonly<Record<string, string>>;
  }
  export interface Response {
    set(name: string, value: string): void;
    send(body: string | number, more?: unknown): void;
    redirect(location: string): void;
  }
  export type Middleware = (request: Request, response: Response, next: (error?: unknown) => void) => void;
  type Options = Readonly<Record<string, unknown>>;

  export function auth(options: Options): Middleware;
  export function logout(options: Options): Middleware;
  export function metadata(options: Options): Middleware;
}
