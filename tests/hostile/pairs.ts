/** Applivery's rotating pair, as its client keeps it. */
import { keepTokens, type Scene, type Tokens } from '#tests/hostile/clients.ts';
import { type Fetch, json, read } from '#tests/journey.ts';

export interface Pair extends Tokens {
  readonly refresh: string;
}

export function asPair({ access, refresh }: Tokens): Pair {
  if (!refresh) throw new Error('a pair without its second half');
  return { access, refresh };
}

export function sendPair(fetch: Fetch, { access, refresh }: Pair): Promise<Response> {
  const init = json({ lastAccessToken: access, refreshToken: refresh }, { 'user-agent': 'rotation test' });
  return fetch('/v1/auth/refresh', init);
}

export async function readPair(stage: Scene, answer: Response): Promise<Pair> {
  const { data } = await read(answer);
  const pair = { access: data.accessToken.token, refresh: data.refreshToken.token };
  keepTokens(stage, pair);
  return pair;
}

/** The successor of a pair. */
export async function rotate(stage: Scene, pair: Pair, fetch: Fetch = stage.world.fetch): Promise<Pair> {
  return readPair(stage, await sendPair(fetch, pair));
}

/** Status and `error.code` of a refused pair. */
export async function refusalOf(fetch: Fetch, pair: Pair): Promise<[number, number]> {
  const answer = await sendPair(fetch, pair);
  const body = (await answer.json()) as { error?: { code: number } };
  return [answer.status, body.error?.code ?? 0];
}

/** Spent, unknown, halves of two pairs, or of a session that is over: the wire does not tell which. */
export const STALE: [number, number] = [401, 4011];

/** What an access token says. */
export function claimsOf({ access }: Tokens): { readonly sid: string; readonly iat: number; readonly exp: number } {
  const payload = access.split('.')[1] ?? '';
  return JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(payload, { alphabet: 'base64url' })));
}

/** The session that an access token names. */
export const sessionOf = (tokens: Tokens): string => claimsOf(tokens).sid;
