/** The scripted provider's endpoints: an honest code flow with PKCE (RFC 6749, RFC 7636), bent only where the script says so. */
import { createHash, randomUUID } from 'node:crypto';
import { authenticateClient, type ScriptedClient, type TokenRequest } from './scripted-clients.ts';
import type { ScriptedKeys } from './scripted-keys.ts';
import type { Route } from './scripted-routes.ts';
import { type Overrides, override, type Script } from './scripted-script.ts';
import { createIdToken } from './scripted-token.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Grant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly nonce: string | null;
  readonly scope: string;
  readonly issuer: string;
  readonly user: Overrides;
}

export interface ScriptedRequest {
  readonly route: Route;
  /** Address of the issuer that is asked. */
  readonly issuer: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

export class ScriptedEndpoints {
  readonly #codes = new Map<string, Grant>();
  readonly #accessTokens = new Map<string, Overrides>();
  readonly #keys: ScriptedKeys;
  readonly #clients: readonly ScriptedClient[];
  readonly #now: () => Date;

  constructor(keys: ScriptedKeys, clients: readonly ScriptedClient[], now: () => Date) {
    this.#keys = keys;
    this.#clients = clients;
    this.#now = now;
  }

  async answer(request: ScriptedRequest, script: Script): Promise<Reply> {
    switch (request.route.endpoint) {
      case 'discovery':
        return json(override(discoveryDocument(request.issuer), script.discovery));
      case 'jwks':
        return json(script.jwks ?? this.#keys.jwks());
      case 'authorize':
        return this.#authorize(request, script);
      case 'token':
        return this.#token(request, script);
      case 'userinfo':
        return this.#userinfo(request, script);
      case 'emails':
        return this.#emails(request, script);
      case 'groups':
        return this.#groups(request, script);
    }
  }

  /** Signs the person in without asking and goes straight back. */
  #authorize({ url, issuer }: ScriptedRequest, script: Script): Reply {
    const query = url.searchParams;
    const [clientId, redirectUri, codeChallenge] = ['client_id', 'redirect_uri', 'code_challenge'].map((name) =>
      query.get(name),
    );
    const isKnown = this.#clients.some((client) => client.clientId === clientId);
    if (!clientId || !isKnown || !redirectUri) return json({ error: 'invalid_request' }, 400);
    if (!codeChallenge || query.get('code_challenge_method') !== 'S256' || query.get('response_type') !== 'code') {
      return json({ error: 'invalid_request' }, 400);
    }
    const code = randomUUID();
    const user = script.users[query.get('login_hint') ?? ''] ?? script.user;
    const scope = query.get('scope') ?? '';
    this.#codes.set(code, { clientId, redirectUri, codeChallenge, nonce: query.get('nonce'), scope, issuer, user });

    const location = new URL(redirectUri);
    const honest = { code, state: query.get('state') ?? undefined, iss: issuer };
    for (const [name, value] of Object.entries(override(honest, script.authorizationResponse))) {
      location.searchParams.set(name, String(value));
    }
    return { status: 302, headers: { location: location.href }, body: '' };
  }

  async #token({ url, authorization, form, issuer, route }: ScriptedRequest, script: Script): Promise<Reply> {
    const isGitHub = route.layout === 'github';
    const now = this.#now();
    const request: TokenRequest = { authorization, form, audiences: [issuer, url.href], now };
    const client = await authenticateClient(request, this.#clients);
    if (!client)
      return isGitHub ? json({ error: 'incorrect_client_credentials' }) : json({ error: 'invalid_client' }, 401);

    const grant = this.#take(form, client);
    if (!grant) {
      const error = isGitHub ? 'bad_verification_code' : 'invalid_grant';
      return json({ error, error_description: '<script>alert(1)</script>' }, isGitHub ? 200 : 400);
    }
    const accessToken = randomUUID();
    this.#accessTokens.set(accessToken, grant.user);
    const subject = { ...grant, accessToken, now };
    const isOidc = grant.scope.split(' ').includes('openid');
    const idToken = isOidc ? createIdToken(script.idToken, this.#keys, subject) : undefined;
    const honest = { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken };
    return json(override(honest, script.tokenResponse));
  }

  /** The grant of a code, once, to its client, redirect URI and PKCE verifier. */
  #take(form: URLSearchParams, client: ScriptedClient): Grant | undefined {
    const code = form.get('code') ?? '';
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRightful =
      grant?.clientId === client.clientId &&
      grant.redirectUri === form.get('redirect_uri') &&
      grant.codeChallenge === challenge &&
      form.get('grant_type') === 'authorization_code';
    return isRightful ? grant : undefined;
  }

  #userinfo({ authorization, url }: ScriptedRequest, script: Script): Reply {
    const user = this.#userOf(authorization);
    if (!user) return json({ error: 'invalid_token' }, 401);
    return json(override(url.pathname.endsWith('/user') ? apiUser(user) : user, script.userinfo));
  }

  #emails({ authorization }: ScriptedRequest, script: Script): Reply {
    const user = this.#userOf(authorization);
    if (!user) return json({ message: 'Bad credentials' }, 401);
    const secondary = { email: 'other@example.net', primary: false, verified: true };
    return json(
      script.emails ?? [secondary, { email: user.email, primary: true, verified: user.email_verified === true }],
    );
  }

  /** As Microsoft Graph pages a list, at its own address. */
  #groups({ authorization, url }: ScriptedRequest, { memberOf }: Script): Reply {
    if (!this.#userOf(authorization)) return json({ error: { code: 'InvalidAuthenticationToken' } }, 401);
    const from = Number(url.searchParams.get('$skiptoken') ?? 0);
    const to = from + memberOf.pageSize;
    const next = `https://graph.microsoft.com${url.pathname}?$select=id&$skiptoken=${to}`;
    const more = to < memberOf.entries.length ? { '@odata.nextLink': memberOf.nextLink ?? next } : {};
    return json({ value: memberOf.entries.slice(from, to), ...more });
  }

  #userOf(authorization: string | undefined): Overrides | undefined {
    return this.#accessTokens.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
  }
}

function json(body: unknown, status = 200): Reply {
  return { status, body };
}

/** The user document of GitHub's and GitLab's APIs in one. */
function apiUser(user: Overrides): Overrides {
  const { email, name, picture } = user;
  return {
    id: 1001,
    login: 'alice',
    username: 'alice',
    name,
    email,
    avatar_url: picture,
    confirmed_at: '2024-01-01T00:00:00Z',
  };
}

function discoveryDocument(issuer: string): Overrides {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
}
