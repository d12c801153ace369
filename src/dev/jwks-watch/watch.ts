/**
 * Independent API servers, as far as one process can play them: each verifies our tokens with jose and nothing but the
 * published key set (RFC 7517 §5), read as often as its kind does. None reads it again at an unknown key, as many
 * libraries do: whatever a rotation leaves to them would show here.
 */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';

export interface PublishedKeySet {
  readonly keySet: JSONWebKeySet;
  /** As its Cache-Control says. */
  readonly maxAgeSeconds: number;
}

export interface WatchOptions {
  readonly issuer: string;
  readonly now: () => Date;
  readonly readKeySet: () => Promise<PublishedKeySet>;
}

export interface FailedVerification {
  readonly at: Date;
  /** `each second` or `cached`. */
  readonly reader: string;
  readonly kid: string | undefined;
  /** jose's code, such as `ERR_JWKS_NO_MATCHING_KEY`. */
  readonly code: string;
}

export interface Watch {
  /** A token that was issued just now: every server verifies it from now on until it expires. */
  add(token: string): void;
  /** One round: reads what is to be read, then verifies every token with every server's key set. */
  round(): Promise<void>;
  readonly summary: Summary;
}

export interface Summary {
  rounds: number;
  tokens: number;
  verifications: number;
  /** How often the key set was fetched. */
  reads: number;
  /** Ids of the keys that signed, in the order they were seen. */
  readonly kids: Set<string>;
  readonly failures: FailedVerification[];
}

interface Reader {
  readonly name: string;
  readonly caches: boolean;
  kept?: { readonly verify: ReturnType<typeof createLocalJWKSet>; readonly until: number };
}

export function createWatch({ issuer, now, readKeySet }: WatchOptions): Watch {
  const readers: Reader[] = [
    { name: 'each second', caches: false },
    { name: 'cached', caches: true },
  ];
  const summary: Summary = { rounds: 0, tokens: 0, verifications: 0, reads: 0, kids: new Set(), failures: [] };
  let tokens: { readonly text: string; readonly expiresAt: number }[] = [];

  async function refresh(reader: Reader): Promise<void> {
    if (reader.kept && now().getTime() < reader.kept.until) return;
    summary.reads += 1;
    const { keySet, maxAgeSeconds } = await readKeySet();
    const keptMs = reader.caches ? maxAgeSeconds * 1000 : 0;
    reader.kept = { verify: createLocalJWKSet(keySet), until: now().getTime() + keptMs };
  }

  async function verify({ name, kept }: Reader, token: string): Promise<void> {
    if (!kept) return;
    summary.verifications += 1;
    await jwtVerify(token, kept.verify, { issuer, currentDate: now() }).catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      summary.failures.push({ at: now(), reader: name, kid: decodeProtectedHeader(token).kid, code });
    });
  }

  return {
    summary,
    add(text) {
      summary.tokens += 1;
      summary.kids.add(String(decodeProtectedHeader(text).kid));
      tokens.push({ text, expiresAt: (decodeJwt(text).exp ?? 0) * 1000 });
    },
    async round() {
      summary.rounds += 1;
      // a second for the time that a round takes
      tokens = tokens.filter(({ expiresAt }) => expiresAt > now().getTime() + 1000);
      for (const reader of readers) {
        await refresh(reader);
        for (const { text } of tokens) await verify(reader, text);
      }
    },
  };
}

/** @throws Error unless the server answers with a key set that says how long it may be kept */
export async function fetchKeySet(call: (path: string) => Promise<Response>): Promise<PublishedKeySet> {
  const answer = await call('/.well-known/jwks.json');
  const maxAge = /max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1];
  if (!answer.ok || maxAge === undefined) throw new Error(`The key set was answered with ${answer.status}`);
  return { keySet: (await answer.json()) as JSONWebKeySet, maxAgeSeconds: Number(maxAge) };
}
