/** What a dialect shows of a signed-in person: the same facts for all three, each presents its own view. */
import type { Membership, Organization, User } from '#ports/db/schema.ts';
import type { Session } from '#ports/db/session-schema.ts';

export type OrganizationSummary = Pick<Organization, 'id' | 'name' | 'slug' | 'picture'>;

export interface Profile {
  readonly user: User;
  /** The organization that the session belongs to. */
  readonly organization: Organization;
  readonly membership: Membership;
  /** Every organization the user is an active member of, oldest membership first. */
  readonly organizations: readonly OrganizationSummary[];
}

/** A token with the instant it stops working. */
export interface TimedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** The outcome of a finished login. */
export interface IssuedSession {
  readonly profile: Profile;
  readonly session: Pick<Session, 'id' | 'expiresAt' | 'target' | 'dialect'>;
  readonly accessToken: TimedToken;
  /** Absent where the dialect renews by sliding. */
  readonly refreshToken?: TimedToken | undefined;
}
