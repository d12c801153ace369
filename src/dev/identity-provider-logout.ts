/**
 * Signing out at the development identity provider: it asks, ends its session, and tells every client that has a
 * back-channel logout address (OpenID Connect RP-Initiated Logout 1.0, Back-Channel Logout 1.0).
 */
import type { IncomingMessage } from 'node:http';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import { bodyOf } from './identity-provider-pages.ts';
import { signedOutPage, signOutPage } from './sign-in-page.ts';

/** What a client registers for logout. */
export interface LogoutClient {
  /** Where people may be sent after signing out. */
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** Where its sessions are ended; with it, ID tokens and logout tokens name the session (`sid`). */
  readonly backchannelLogoutUri?: string | undefined;
}

/** Sends a logout token. */
export type Deliver = (url: string, init: RequestInit) => Promise<Response>;

/** Where the library has its end session endpoint. */
const END_SESSION_PATH = '/session/end';

/** The library would refuse to reach loopback, where everything here is. */
export function logoutConfiguration(deliver: Deliver = fetch): Pick<Configuration, 'fetch'> {
  return {
    fetch: (url, { method, headers, body, signal, redirect } = {}) =>
      deliver(String(url), {
        ...(method && { method }),
        ...(headers && { headers }),
        ...(body && { body }),
        ...(signal && { signal }),
        ...(redirect && { redirect }),
      }),
  };
}

export const LOGOUT_FEATURES = {
  backchannelLogout: { enabled: true },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (ctx, form) => {
      ctx.body = signOutPage(form);
    },
    postLogoutSuccessSource: (ctx) => {
      ctx.body = signedOutPage();
    },
  },
} as const satisfies Configuration['features'];

/**
 * A posted request (RP-Initiated Logout 1.0 §2) as one that is not, within the process: the library takes posts only with
 * cookies that are `SameSite=None`, which browsers keep over https alone.
 */
export async function unpostLogout(request: IncomingMessage): Promise<void> {
  if (request.method !== 'POST' || request.url !== END_SESSION_PATH) return;
  const form = await bodyOf(request);
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) delete request.headers[name];
  Object.assign(request, { method: 'GET', url: `${END_SESSION_PATH}?${form}` });
}

export function logoutMetadata({
  postLogoutRedirectUris,
  backchannelLogoutUri,
}: LogoutClient): Partial<ClientMetadata> {
  return {
    ...(postLogoutRedirectUris && { post_logout_redirect_uris: [...postLogoutRedirectUris] }),
    ...(backchannelLogoutUri !== undefined && {
      backchannel_logout_uri: backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  };
}
