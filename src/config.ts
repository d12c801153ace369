/**
 * The environment as one schema, and the only reader of it. Every problem is reported at once, by name
 * and never by value. The README's table is made from this file (`bun run docs`).
 */
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { SHORTEST_IDLE_SECONDS } from '#ports/db/session-state.ts';
import { isServerAddress } from '#ports/dns.ts';
import { parseAllowList } from '#ports/http/url-policy.ts';

const text = (description: string, options: object = {}) => Type.String({ description, ...options });
const seconds = (fallback: number, description: string) => Type.Integer({ minimum: 1, default: fallback, description });
const idle = (description: string) =>
  Type.Optional(
    Type.Integer({
      minimum: SHORTEST_IDLE_SECONDS,
      description: `${description}. Unset: only its absolute end counts.`,
    }),
  );
const flag = (fallback: boolean, description: string) => Type.Boolean({ default: fallback, description });
const list = (description: string) => Type.Array(Type.String({ minLength: 1 }), { default: [], description });

/** 32 bytes, base64 or base64url. */
const SECRETS_KEY_FORM = '^[A-Za-z0-9+/_-]{43}=?$';
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const ConfigSchema = Type.Object({
  NODE_ENV: Type.Union([Type.Literal('development'), Type.Literal('production'), Type.Literal('test')], {
    default: 'development',
    description: '`production` makes `DATABASE_URL`, `SECRETS_KEY` and `PUBLIC_URL` required.',
  }),
  DATABASE_URL: Type.Optional(
    text('Postgres. Unset: a real embedded Postgres under `.data/`.', { pattern: '^postgres(ql)?://' }),
  ),
  DATABASE_PREPARE: flag(true, 'Prepared statements. Off behind a pooler in transaction mode that lacks them.'),
  DATABASE_POOL_MAX: Type.Integer({ minimum: 1, maximum: 200, default: 10, description: 'Database connections.' }),
  HOST: text('Listen address.', { default: '127.0.0.1', minLength: 1 }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 3000, description: 'Listen port; 0 takes a free one.' }),
  PUBLIC_URL: text(
    'The origin put into every URL, issuer, entity id and cookie. Never taken from a request. Unset: 127.0.0.1 and `PORT`.',
    {
      default: 'http://127.0.0.1:3000',
      pattern: '^https?://[^/?#@\\s]+$',
    },
  ),
  SECRETS_KEY: Type.Optional(
    text(
      '32 bytes, base64: seals client secrets, private keys, verifiers. Unset outside production: drawn and kept under `.data/`.',
      { pattern: SECRETS_KEY_FORM },
    ),
  ),
  SECRETS_KEY_PREVIOUS: Type.Array(Type.String({ pattern: SECRETS_KEY_FORM }), {
    default: [],
    description:
      'Further keys, comma separated, that open and never seal: while `SECRETS_KEY` is replaced (see `docs/keys.md`).',
  }),
  ADMIN_API_KEY: Type.Optional(
    text('The operator’s bearer key for `/admin/v1`, at least 32 characters of a bearer token (RFC 6750 §2.1).', {
      pattern: '^[A-Za-z0-9._~+/-]{32,}=*$',
    }),
  ),
  TRUSTED_PROXY_HOPS: Type.Integer({
    minimum: 0,
    maximum: 10,
    default: 0,
    description: 'How many proxies to believe in `X-Forwarded-For`.',
  }),
  ALLOWED_ORIGINS: list('CORS origins, comma separated.'),
  OUTBOUND_ALLOW: list('Comma-separated `host:port` that outbound calls may reach although private or plain http.'),
  DNS_SERVERS: list(
    'Comma-separated `address` or `address:port` of DNS servers that domains are verified with. Unset: the system’s.',
  ),
  DOMAIN_CHALLENGE_SECONDS: seconds(
    7 * DAY,
    'How long the TXT record of a domain that is to be verified is waited for.',
  ),
  VESTIBULE_SEED: Type.Optional(
    text('A JSON file of organizations, domains, connections, API keys and users; applied at start.'),
  ),
  MIGRATE_ON_START: flag(true, 'Whether `start` migrates the database first.'),
  LOG_LEVEL: Type.Union(
    (['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const).map((level) => Type.Literal(level)),
    { default: 'info', description: 'Least level that is logged.' },
  ),
  SIGNING_ALGORITHM: Type.Union([Type.Literal('ES256'), Type.Literal('EdDSA'), Type.Literal('RS256')], {
    default: 'ES256',
    description:
      'Algorithm of our tokens. A change takes effect once a key of the new one has been published for a while.',
  }),
  SIGNING_KEY_ROTATION_SECONDS: Type.Integer({
    minimum: DAY,
    default: 90 * DAY,
    description: 'Age at which a signing key is replaced; a day at least.',
  }),
  AUTHENTICATION_REQUEST_SECONDS: seconds(10 * MINUTE, 'How long a started login may take.'),
  CALLBACK_REPEAT_SECONDS: seconds(60, 'How long the very same callback gets the very same answer.'),
  APPLIVERY_ACCESS_TOKEN_SECONDS: seconds(15 * MINUTE, 'Life of an Applivery access token.'),
  APPLIVERY_REFRESH_TOKEN_SECONDS: seconds(30 * DAY, 'Absolute life of an Applivery session.'),
  APPLIVERY_REFRESH_IDLE_SECONDS: seconds(7 * DAY, 'An Applivery session that is not renewed for this long ends.'),
  INDEE_ACCESS_TOKEN_SECONDS: seconds(15 * MINUTE, 'Life of an Indee access token.'),
  INDEE_REFRESH_TOKEN_SECONDS: seconds(
    DAY,
    'Life of an Indee refresh token, within the organization’s minimum and maximum.',
  ),
  INDEE_IDLE_SECONDS: idle('An Indee session that is not used for this long ends'),
  PRIA_ACCESS_TOKEN_SECONDS: seconds(DAY, 'Life of a Pria token.'),
  PRIA_SESSION_SECONDS: seconds(30 * DAY, 'Absolute life of a Pria session, however often it slides.'),
  PRIA_IDLE_SECONDS: idle('A Pria session that is not used for this long ends'),
  SESSIONS_PER_USER: Type.Integer({
    minimum: 0,
    default: 50,
    description: 'Live sessions of one user in one organization; beyond it the oldest ends. 0: any number.',
  }),
  REFRESH_GRACE_SECONDS: Type.Integer({
    minimum: 0,
    maximum: 60,
    default: 10,
    description: 'How long the previous refresh token still gets the same successor.',
  }),
  RATE_LIMIT_PER_MINUTE: Type.Integer({
    minimum: 0,
    default: 0,
    description: 'Requests that one address may send to one replica in a minute; 0: no limit (a proxy has one).',
  }),
  API_KEY_FAILURES_PER_MINUTE: Type.Integer({
    minimum: 0,
    default: 30,
    description: 'Wrong API keys that one address may send to one replica in a minute; 0: any number.',
  }),
  LOGIN_RETENTION_SECONDS: seconds(30 * DAY, 'How long login traces are kept.'),
  AUDIT_RETENTION_SECONDS: seconds(400 * DAY, 'How long audit events are kept.'),
});

export type Config = Static<typeof ConfigSchema>;

/** Thrown with every problem at once; holds names and reasons, never values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

const REQUIRED_IN_PRODUCTION = ['DATABASE_URL', 'SECRETS_KEY', 'PUBLIC_URL'] as const;

/** Key material that documents and tutorials print; a production server refuses to run on it. */
const ALL_SAME = /^(.)\1*=?$/;

/**
 * Reads and checks the environment.
 * @throws ConfigError naming every variable that is missing or malformed
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(ConfigSchema.properties)) {
    const raw = environment[name]?.trim();
    if (raw)
      given[name] =
        schema.type === 'array'
          ? raw
              .split(',')
              .map((part) => part.trim())
              .filter(Boolean)
          : raw;
  }
  const missing = given['NODE_ENV'] === 'production' ? REQUIRED_IN_PRODUCTION.filter((name) => !given[name]) : [];
  // what a developer opens, unless said otherwise; production has to say it
  if (given['PORT'] && given['PORT'] !== '0') given['PUBLIC_URL'] ??= `http://127.0.0.1:${given['PORT']}`;
  const converted = Value.Convert(ConfigSchema, Value.Default(ConfigSchema, given));
  const problems = [
    ...missing.map((name) => `${name} is required in production`),
    ...[...Value.Errors(ConfigSchema, converted)].map((error) => `${error.path.split('/')[1]}: ${error.message}`),
  ];
  if (problems.length === 0) problems.push(...weaknesses(converted as Config));
  if (problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return Value.Decode(ConfigSchema, converted);
}

function weaknesses(config: Config): string[] {
  const problems: string[] = [];
  if (config.SECRETS_KEY && ALL_SAME.test(config.SECRETS_KEY)) problems.push('SECRETS_KEY: is not random');
  if (config.SECRETS_KEY_PREVIOUS.some((key) => ALL_SAME.test(key))) {
    problems.push('SECRETS_KEY_PREVIOUS: is not random');
  }
  if (config.ADMIN_API_KEY && ALL_SAME.test(config.ADMIN_API_KEY)) problems.push('ADMIN_API_KEY: is not random');
  const url = isOrigin(config.PUBLIC_URL) ? new URL(config.PUBLIC_URL) : undefined;
  if (!url) problems.push('PUBLIC_URL: must be an origin in its plain form, such as https://login.example.com');
  else if (config.NODE_ENV === 'production' && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    problems.push('PUBLIC_URL: must be https in production');
  }
  try {
    parseAllowList(config.OUTBOUND_ALLOW);
  } catch {
    problems.push('OUTBOUND_ALLOW: must be host:port entries, comma separated');
  }
  if (!config.DNS_SERVERS.every(isServerAddress)) {
    problems.push('DNS_SERVERS: must be IP addresses, each with or without :port (IPv6 with a port in brackets)');
  }
  if (config.ALLOWED_ORIGINS.some((origin) => !isOrigin(origin))) {
    problems.push('ALLOWED_ORIGINS: must be origins such as https://app.example.com, without path or wildcard');
  }
  return problems;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
