/** An answer that leads elsewhere (RFC 9110 §15.4). It is not followed: the place was not vetted, nor chosen by the operator. */
import { SsoError } from '#error';

const MAX_LENGTH = 300;

export class RedirectError extends SsoError {
  /** Origin and path, for the operator who checks a connection; undefined where it leads to no web address. */
  readonly target: string | undefined;

  constructor(status: number, location: string | undefined, from: URL) {
    super('idp_redirect', { detail: `status ${status}` });
    this.target = location === undefined ? undefined : targetOf(location, from);
  }
}

/** The query stays out, since it may hold what was sent. */
function targetOf(location: string, from: URL): string | undefined {
  const url = URL.parse(location, from);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const target = url.origin + url.pathname;
  return target.length <= MAX_LENGTH ? target : undefined;
}
