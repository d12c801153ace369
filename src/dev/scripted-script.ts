/** What a test may have the scripted provider do wrong. An empty script is an honest provider. */
import type { ScriptedKey } from './scripted-keys.ts';

export type Endpoint = 'discovery' | 'jwks' | 'authorize' | 'token' | 'userinfo' | 'emails' | 'groups';

/** Members put over the honest ones; `undefined` takes the honest one away. */
export type Overrides = Readonly<Record<string, unknown>>;

/** An answer in place of the honest one; what is left out stays honest (status 200, JSON). */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is. Absent: the honest body. */
  readonly body?: string | Uint8Array;
  readonly delayMs?: number;
  /** Takes the request and never answers. */
  readonly hang?: boolean;
  /** Sends spaces without end. */
  readonly endless?: boolean;
  /** How many requests get it before the honest answer is back; all of them when absent. */
  readonly times?: number;
}

export interface IdTokenScript {
  claims: Overrides;
  /** The whole payload, byte for byte, over `claims`. */
  payload?: string;
  header: Overrides;
  /** Which of the provider's keys signs: RS256. */
  alg: string;
  /** Signs with this key, announced or not. */
  key?: ScriptedKey;
  /** Makes the signature over `header.payload` itself. */
  sign?: (input: string, key: ScriptedKey) => Uint8Array;
  /** Runs right before the token is signed, for instance to rotate the keys. */
  before?: () => void;
  /** Has the last word on the finished token. */
  tamper?: (token: string) => string;
}

export interface Script {
  /** Who signs in when `login_hint` is no key of `users`. */
  user: Overrides;
  users: Readonly<Record<string, Overrides>>;
  answers: Partial<Record<Endpoint, ScriptedAnswer>>;
  /** Happens between an endpoint's work and its answer. */
  meanwhile: Partial<Record<Endpoint, () => Promise<void>>>;
  discovery: Overrides;
  /** The one path at which there is a discovery document; any when absent. */
  only?: string;
  /** The whole JWK Set. */
  jwks?: unknown;
  /** Query of the redirect back: `code`, `state`, `iss`. */
  authorizationResponse: Overrides;
  tokenResponse: Overrides;
  idToken: IdTokenScript;
  userinfo: Overrides;
  /** What Microsoft Graph lists of a person, in pages of this size. */
  memberOf: { entries: readonly Overrides[]; pageSize: number; nextLink?: string };
  /** GitHub's list of addresses. */
  emails?: unknown;
}

/** The person that every login is about unless told otherwise. */
const ALICE: Overrides = {
  sub: 'alice',
  email: 'alice@example.com',
  email_verified: true,
  given_name: 'Alice',
  family_name: 'Archer',
  name: 'Alice Archer',
  picture: 'https://example.com/alice.png',
  locale: 'en',
};

export function honestScript(): Script {
  return {
    user: ALICE,
    users: {},
    answers: {},
    meanwhile: {},
    discovery: {},
    authorizationResponse: {},
    tokenResponse: {},
    idToken: { claims: {}, header: {}, alg: 'RS256' },
    userinfo: {},
    memberOf: { entries: [], pageSize: 100 },
  };
}

/** The honest members with the overrides over them. */
export function override(honest: Overrides, overrides: Overrides): Record<string, unknown> {
  const entries = Object.entries({ ...honest, ...overrides });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
