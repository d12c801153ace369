/**
 * The cheapest OpenID provider that a login can be finished with, so that the benchmark measures us and not
 * it. Discovery and JWKS are made once; the token endpoint (OpenID Connect Core §3.1.3.3) reads who signed in
 * and the nonce out of the code itself, asks for no credentials, and signs one ES256 ID token. Never for
 * anything else: whoever writes a code is believed.
 *
 * A process of its own: started with an IPC channel, it tells its port there and ends with its parent.
 */
import { createSign, generateKeyPairSync } from 'node:crypto';

/** What a code of this provider says. */
export interface CodeContent {
  readonly nonce: string;
  readonly subject: string;
  readonly email: string;
}

export const CLIENT_ID = 'vestibule-benchmark';
const KEY_ID = 'benchmark';
const LIFE_SECONDS = 300;
const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** Stands for the visit to the authorization endpoint: the load driver writes its codes itself. */
export function writeCode(content: CodeContent): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** Listens on a free port of 127.0.0.1. @returns the port */
export function serveStubProvider(): number {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'ES256', use: 'sig' }] };
  const header = encode({ alg: 'ES256', kid: KEY_ID, typ: 'JWT' });
  const sign = (data: string) =>
    createSign('sha256').update(data).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');

  let issuer = '';
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    routes: {
      '/.well-known/openid-configuration': () => Response.json(discovery(issuer)),
      '/jwks': () => Response.json(jwks),
      '/token': {
        async POST(request) {
          const { code, nonce, subject, email } = readCode(await request.text());
          const payload = encode(claims(issuer, { nonce, subject, email }));
          const idToken = `${header}.${payload}.${sign(`${header}.${payload}`)}`;
          const answer = { access_token: code, token_type: 'Bearer', expires_in: LIFE_SECONDS, id_token: idToken };
          return new Response(JSON.stringify(answer), { headers: JSON_HEADERS });
        },
      },
    },
    fetch: () => new Response(null, { status: 404 }),
  });
  if (server.port === undefined) throw new Error('the stub provider has no port');
  issuer = `http://127.0.0.1:${server.port}`;
  return server.port;
}

function discovery(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
  };
}

/** Every claim that a login maps, so that none has to ask for userinfo. */
function claims(issuer: string, { nonce, subject, email }: CodeContent): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    sub: subject,
    aud: CLIENT_ID,
    iat: now,
    exp: now + LIFE_SECONDS,
    nonce,
    email,
    email_verified: true,
    given_name: 'Bea',
    family_name: 'Nchmark',
    name: 'Bea Nchmark',
    picture: 'https://example.com/picture.png',
    locale: 'en',
  };
}

function readCode(body: string): CodeContent & { readonly code: string } {
  const code = new URLSearchParams(body).get('code') ?? '';
  return { code, ...(JSON.parse(Buffer.from(code, 'base64url').toString()) as CodeContent) };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

if (import.meta.main) {
  const port = serveStubProvider();
  process.send?.({ port });
  for (const event of ['disconnect', 'SIGTERM'] as const) process.on(event, () => process.exit(0));
}
