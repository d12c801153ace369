/** Signed-in people: one of whom everything is known, one of whom nothing is but what a login needs. */
import type { IssuedSession, Profile } from '#core/profile.ts';
import type { Membership, Organization, User } from '#ports/db/schema.ts';

const CREATED = new Date('2025-06-15T10:00:00Z');
const UPDATED = new Date('2026-02-03T15:30:00Z');

const emptyUser: User = {
  id: '507f1f77bcf86cd799439023',
  email: 'john.doe@example.com',
  emailVerified: false,
  firstName: null,
  lastName: null,
  fullName: null,
  picture: null,
  language: null,
  deactivatedAt: null,
  sessionsEndedAt: null,
  attributes: {},
  lastLogin: {},
  lastAction: {},
  version: 0,
  createdAt: CREATED,
  updatedAt: UPDATED,
};

const emptyOrganization: Organization = {
  id: '507f1f77bcf86cd799439024',
  slug: 'acme-industries',
  name: 'Acme Industries',
  status: 'active',
  picture: null,
  createdBy: null,
  branding: null,
  store: null,
  configuration: null,
  institution: {},
  refreshMinSeconds: null,
  refreshMaxSeconds: null,
  sessionLifetimes: {},
  sessionsEndedAt: null,
  createdAt: CREATED,
  updatedAt: UPDATED,
};

const membership: Membership = {
  id: '507f1f77bcf86cd799439025',
  organizationId: emptyOrganization.id,
  userId: emptyUser.id,
  email: emptyUser.email,
  role: 'user',
  groups: [],
  declaredEmail: null,
  deactivatedAt: null,
  sessionsEndedAt: null,
  createdAt: CREATED,
};

export function profileOf(user: Partial<User> = {}, organization: Partial<Organization> = {}, role = 'user'): Profile {
  const whole = { ...emptyOrganization, ...organization };
  return {
    user: { ...emptyUser, ...user },
    organization: whole,
    membership: { ...membership, role },
    organizations: [{ id: whole.id, name: whole.name, slug: whole.slug, picture: whole.picture }],
  };
}

export function sessionOf(profile: Profile): IssuedSession {
  const expiresAt = new Date('2026-02-03T15:45:00Z');
  return {
    profile,
    session: { id: '507f1f77bcf86cd799439026', expiresAt, target: 'dashboard', dialect: 'applivery' },
    accessToken: { token: 'access', expiresAt },
    refreshToken: { token: 'refresh', expiresAt },
  };
}
