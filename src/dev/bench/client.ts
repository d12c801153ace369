/** What an API client sends: the load driver's side of each operation, over HTTP. */
import { emailOf, subjectOf } from './population.ts';
import { CONNECTION, ORGANIZATION } from './server.ts';
import { writeCode } from './stub-provider.ts';

export type BenchDialect = 'applivery' | 'indee' | 'pria';

/** A started login, and the request that will finish it. */
export interface Started {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Client {
  /** Starts a login of this person. */
  start(dialect: BenchDialect, person: number): Promise<Started>;
  /** Posts the callback. */
  finish(dialect: BenchDialect, started: Started): Promise<unknown>;
  refresh(pair: Pair): Promise<Pair>;
  profile(accessToken: string): Promise<unknown>;
}

/** @throws Error when an operation is answered with anything but 200: a benchmark of refusals is none */
export function createClient(origin: string, apiKey: string): Client {
  async function call(path: string, init: RequestInit = {}): Promise<unknown> {
    const answer = await fetch(`${origin}${path}`, init);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const key = { authorization: `Bearer ${apiKey}` };

  const starts: Record<BenchDialect, (person: number) => Promise<Started>> = {
    async applivery(person) {
      const path = `/v1/auth/sso/${ORGANIZATION}/${CONNECTION}`;
      const answer = await call(path);
      const signedIn = authorize(textAt(answer, 'data', 'redirectUrl'), person);
      return { path: `${path}/callback`, body: signedIn };
    },
    async indee(person) {
      const email = emailOf(person);
      const answer = await post('/v1/admin/auth/sso/initiate', { username: email }, key);
      const signedIn = authorize(textAt(answer, 'redirect'), person);
      const body = { ...signedIn, nonce: textAt(answer, 'nonce'), email, error: false };
      return { path: '/v1/admin/auth/sso/login', body };
    },
    async pria(person) {
      const answer = await call(`/sso/${ORGANIZATION}`, { headers: { accept: 'application/json' } });
      return { path: '/api/auth/sso_callback', body: authorize(textAt(answer, 'redirectUrl'), person) };
    },
  };

  return {
    start: (dialect, person) => starts[dialect](person),
    finish: (dialect, { path, body }) => post(path, body, dialect === 'indee' ? key : {}),
    async refresh({ accessToken, refreshToken }) {
      return pairOf(await post('/v1/auth/refresh', { lastAccessToken: accessToken, refreshToken }));
    },
    profile: (accessToken) => call('/v1/users/profile', { headers: { authorization: `Bearer ${accessToken}` } }),
  };
}

/** The pair of an Applivery answer. */
export function pairOf(answer: unknown): Pair {
  return {
    accessToken: textAt(answer, 'data', 'accessToken', 'token'),
    refreshToken: textAt(answer, 'data', 'refreshToken', 'token'),
  };
}

/** What the provider's authorization endpoint would send back with the browser. */
function authorize(redirectUrl: string, person: number): { code: string; state: string } {
  const { searchParams } = new URL(redirectUrl);
  const nonce = searchParams.get('nonce') ?? '';
  const code = writeCode({ nonce, subject: subjectOf(person), email: emailOf(person) });
  return { code, state: searchParams.get('state') ?? '' };
}

function textAt(value: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
  if (typeof found !== 'string') throw new Error(`an answer without ${path.join('.')}`);
  return found;
}
