/** How long things live, per dialect. All figures are seconds. */
import type { Config } from '#config';
import type { Dialect, Organization } from '#ports/db/schema.ts';

export interface Policy {
  readonly accessSeconds: number;
  /** Absolute life of the session, counted from the login. */
  readonly sessionSeconds: number;
  /** `rotate`: a new pair each time · `fixed`: a new access token only · `sliding`: no refresh token at all. */
  readonly renewal: 'rotate' | 'fixed' | 'sliding';
}

export interface PolicyRequest {
  readonly dialect: Dialect;
  readonly organization: Pick<Organization, 'refreshMinSeconds' | 'refreshMaxSeconds'>;
  /** Indee's `extended_expiry`: the organization's longest refresh token. */
  readonly extended?: boolean | undefined;
}

export function policyOf(config: Config, request: PolicyRequest): Policy {
  switch (request.dialect) {
    case 'applivery':
      return {
        accessSeconds: config.APPLIVERY_ACCESS_TOKEN_SECONDS,
        sessionSeconds: config.APPLIVERY_REFRESH_TOKEN_SECONDS,
        renewal: 'rotate',
      };
    case 'indee':
      return {
        accessSeconds: config.INDEE_ACCESS_TOKEN_SECONDS,
        sessionSeconds: indeeRefreshSeconds(config, request),
        renewal: 'fixed',
      };
    case 'pria':
      return {
        accessSeconds: config.PRIA_ACCESS_TOKEN_SECONDS,
        sessionSeconds: config.PRIA_SESSION_SECONDS,
        renewal: 'sliding',
      };
  }
}

function indeeRefreshSeconds(config: Config, { organization, extended }: PolicyRequest): number {
  const usual = config.INDEE_REFRESH_TOKEN_SECONDS;
  const longest = organization.refreshMaxSeconds ?? Math.max(usual, organization.refreshMinSeconds ?? 0);
  if (extended) return longest;
  return Math.min(longest, Math.max(usual, organization.refreshMinSeconds ?? 0));
}
