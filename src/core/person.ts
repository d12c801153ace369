/** The user and membership rows that a login leaves, before they are written. */

import type { Membership, Target, User } from '#ports/db/schema.ts';
import type { Claims } from '#ports/idp/identity-provider.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { ProvisioningPlan } from './provisioning.ts';
import { storable } from './text.ts';

const NAME_LIMIT = 256;
const URL_LIMIT = 2_048;

/** The user as the claims show them; what the provider does not say stays as it was. */
export function draftUser(plan: ProvisioningPlan, claims: Claims, target: Target, now: Date): User {
  const before = plan.candidate?.user;
  const firstName = name(claims.givenName) ?? before?.firstName ?? null;
  const lastName = name(claims.familyName) ?? before?.lastName ?? null;
  const joined = [firstName, lastName].filter(Boolean).join(' ');
  return {
    id: before?.id ?? createId(now),
    email: plan.email,
    emailVerified: plan.emailVerified,
    firstName,
    lastName,
    fullName: name(claims.name) ?? (joined || before?.fullName || null),
    picture: pictureUrl(claims.picture) ?? before?.picture ?? null,
    language: language(claims.locale) ?? before?.language ?? null,
    deactivatedAt: null,
    sessionsEndedAt: before?.sessionsEndedAt ?? null,
    attributes: before?.attributes ?? {},
    lastLogin: { ...before?.lastLogin, [target]: now.toISOString() },
    lastAction: { ...before?.lastAction, [target]: now.toISOString() },
    version: before ? before.version + 1 : 0,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

export function draftMembership(plan: ProvisioningPlan, organizationId: string, user: User, now: Date): Membership {
  const before = plan.candidate?.membership;
  return {
    id: before?.id ?? createId(now),
    organizationId,
    userId: user.id,
    email: plan.membershipEmail,
    declaredEmail: before?.declaredEmail ?? null,
    role: plan.role,
    groups: [...plan.groups],
    deactivatedAt: null,
    sessionsEndedAt: before?.sessionsEndedAt ?? null,
    createdAt: before?.createdAt ?? now,
  };
}

function name(text: string | undefined): string | undefined {
  return (text && storable(text).trim().slice(0, NAME_LIMIT).toWellFormed()) || undefined;
}

/** A web address of sane length, or nothing: it ends up in pages of the API client. */
function pictureUrl(text: string | undefined): string | undefined {
  if (!text || text.length > URL_LIMIT || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username ? url.href : undefined;
}

/** The language of a BCP 47 tag: `de-CH` is `de`. */
function language(tag: string | undefined): string | undefined {
  return tag && /^[A-Za-z]{2,3}([-_]|$)/.test(tag) ? tag.split(/[-_]/)[0]?.toLowerCase() : undefined;
}
