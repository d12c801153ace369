/** How long things live, per dialect and organization. All figures are seconds. */
import type { Config } from '#config';
import type { Dialect, Organization } from '#ports/db/schema.ts';

export interface Policy {
  readonly accessSeconds: number;
  /** Absolute life of the session, counted from the login. */
  readonly sessionSeconds: number;
  /** A session that is not used for this long ends; absent where only the absolute end counts. */
  readonly idleSeconds: number | undefined;
  /** `rotate`: a new pair each time · `fixed`: a new access token only · `sliding`: no refresh token at all. */
  readonly renewal: 'rotate' | 'fixed' | 'sliding';
}

export interface PolicyRequest {
  readonly dialect: Dialect;
  readonly organization: Pick<Organization, 'refreshMinSeconds' | 'refreshMaxSeconds' | 'sessionLifetimes'>;
  /** Indee's `extended_expiry`: the organization's longest refresh token. */
  readonly extended?: boolean | undefined;
}

/** What the organization says comes before the configuration. */
export function policyOf(config: Config, request: PolicyRequest): Policy {
  const { absoluteSeconds, idleSeconds } = request.organization.sessionLifetimes[request.dialect] ?? {};
  switch (request.dialect) {
    case 'applivery':
      return {
        accessSeconds: config.APPLIVERY_ACCESS_TOKEN_SECONDS,
        sessionSeconds: absoluteSeconds ?? config.APPLIVERY_REFRESH_TOKEN_SECONDS,
        idleSeconds: idleSeconds ?? config.APPLIVERY_REFRESH_IDLE_SECONDS,
        renewal: 'rotate',
      };
    case 'indee':
      return {
        accessSeconds: config.INDEE_ACCESS_TOKEN_SECONDS,
        sessionSeconds: indeeRefreshSeconds(absoluteSeconds ?? config.INDEE_REFRESH_TOKEN_SECONDS, request),
        idleSeconds: idleSeconds ?? config.INDEE_IDLE_SECONDS,
        renewal: 'fixed',
      };
    case 'pria':
      return {
        accessSeconds: config.PRIA_ACCESS_TOKEN_SECONDS,
        sessionSeconds: absoluteSeconds ?? config.PRIA_SESSION_SECONDS,
        idleSeconds: idleSeconds ?? config.PRIA_IDLE_SECONDS,
        renewal: 'sliding',
      };
  }
}

/** @param usual within the organization's shortest and longest */
function indeeRefreshSeconds(usual: number, { organization, extended }: PolicyRequest): number {
  const longest = organization.refreshMaxSeconds ?? Math.max(usual, organization.refreshMinSeconds ?? 0);
  if (extended) return longest;
  return Math.min(longest, Math.max(usual, organization.refreshMinSeconds ?? 0));
}
