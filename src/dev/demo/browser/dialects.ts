/** What a client of each dialect sends once the browser is back, and where its answers hold the tokens. */

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** As the API gets them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Where the page sends it instead: its own server part adds the API key and hands it on. */
  readonly via?: string;
}

export interface Tokens {
  readonly access: string;
  /** Empty where the dialect has none. */
  readonly refresh: string;
}

/** What the browser came back with, and what the page kept from the start. */
export interface Callback {
  readonly parameters: Readonly<Record<string, string>>;
  readonly kept: Readonly<Record<string, string>>;
}

export interface Client {
  callback(callback: Callback): WireRequest;
  /** Those that the answer holds. */
  tokens(body: unknown): Partial<Tokens>;
  /** Where the answer to a logout sends the person, so that the identity provider ends its session, too. */
  logoutUrl(body: unknown): string | undefined;
  readonly operations: readonly { readonly label: string; request(tokens: Tokens): WireRequest }[];
}

interface Place {
  readonly organization: string;
  readonly connection: string;
  /** As much of the API key as may be shown. */
  readonly key: string;
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

export const clients: Readonly<Record<string, (place: Place) => Client>> = {
  applivery: ({ organization, connection }) => ({
    callback: ({ parameters }) => ({
      method: 'POST',
      path: `/v1/auth/sso/${organization}/${connection}/callback`,
      body: parameters,
    }),
    tokens: (body) =>
      found({ access: textAt(body, 'data.accessToken.token'), refresh: textAt(body, 'data.refreshToken.token') }),
    logoutUrl: (body) => textAt(body, 'data.logoutUrl'),
    operations: [
      {
        label: 'Current user',
        request: ({ access }) => ({ method: 'GET', path: '/v1/users/profile', headers: bearer(access) }),
      },
      {
        label: 'Renew',
        request: ({ access, refresh }) => ({
          method: 'POST',
          path: '/v1/auth/refresh',
          body: { lastAccessToken: access, refreshToken: refresh },
        }),
      },
      {
        label: 'Log out',
        request: ({ access }) => ({ method: 'POST', path: '/v1/auth/logout', headers: bearer(access) }),
      },
    ],
  }),

  indee: ({ organization, key }) => {
    const post = (path: string, via: string, body: object): WireRequest => ({
      method: 'POST',
      path: `/v1/admin/auth${path}`,
      headers: bearer(key),
      body,
      via: `/demo/indee/${organization}/${via}`,
    });
    return {
      callback({ parameters: { state = '', code = '', iss, error, error_description: description }, kept }) {
        const failed = { error: error ?? false, error_description: description ?? {} };
        return post('/sso/login', 'login', { state, ...kept, code, ...(iss && { iss }), ...failed });
      },
      tokens: (body) => found({ access: textAt(body, 'token'), refresh: textAt(body, 'refresh_token') }),
      logoutUrl: (body) => textAt(body, 'redirect'),
      operations: [
        { label: 'Renew', request: ({ refresh }) => post('/refresh', 'refresh', { refresh_token: refresh }) },
        { label: 'Log out', request: ({ refresh }) => post('/logout', 'logout', { refresh_token: refresh }) },
      ],
    };
  },

  pria: () => ({
    callback: ({ parameters: { code, state, error } }) => ({
      method: 'POST',
      path: '/api/auth/sso_callback',
      body: { ...(code && { code }), ...(state && { state }), ...(error && { error }) },
    }),
    tokens: (body) => found({ access: textAt(body, 'token') }),
    logoutUrl: (body) => textAt(body, 'logoutUrl'),
    operations: [
      {
        label: 'Renew, with the current user',
        request: ({ access }) => ({
          method: 'POST',
          path: '/api/user/refresh/profile',
          headers: { 'x-access-token': access },
        }),
      },
      {
        label: 'Log out',
        request: ({ access }) => ({ method: 'POST', path: '/api/auth/signout', headers: { 'x-access-token': access } }),
      },
    ],
  }),
};

function textAt(body: unknown, path: string): string | undefined {
  let value = body;
  for (const key of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === 'string' ? value : undefined;
}

function found(tokens: { access: string | undefined; refresh?: string | undefined }): Partial<Tokens> {
  const { access, refresh } = tokens;
  return { ...(access && { access }), ...(refresh && { refresh }) };
}
