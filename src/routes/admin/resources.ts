/** The admin API's wire: models and presentation of traces and audit events. */

import { Type } from '@sinclair/typebox';
import { type Static, t } from 'elysia';
import { ADMIN_ERRORS, SSO_ERRORS, type SsoErrorCode } from '#error';
import type { AuditEvent } from '#ports/db/audit-schema.ts';
import type { LoginTrace } from '#ports/db/session-schema.ts';
import { choice, closed, dateTime, objectId, text, typedEmail, utcDateTime } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';
import { findingFields } from './finding-resources.ts';
import { nextCursor, pageQuery } from './page.ts';

/** What is refused to callers of the admin API alone is no login's reason. */
const LOGIN_REASONS = Object.keys(SSO_ERRORS).filter((code) => !(code in ADMIN_ERRORS)) as [
  SsoErrorCode,
  ...SsoErrorCode[],
];

/** Of a filter. */
export const auditAction = text('Only this action, such as `login.failure`.', 64, { pattern: '^[a-z_]+\\.[a-z_]+$' });

const optionalId = (description: string) => t.Optional(objectId(description));

const LoginQuery = t.Object({
  ...pageQuery,
  organizationId: optionalId('Only this organization’s.'),
  connectionId: optionalId('Only over this connection.'),
  userId: optionalId('Only this user’s: their own, and those refused that would have been.'),
  outcome: t.Optional(choice(['succeeded', 'failed'], 'Only with this outcome.')),
  reason: t.Optional(choice(LOGIN_REASONS, 'Only refused for this reason: one of those of `GET /admin/v1/reasons`.')),
  requestId: optionalId('The login that this `Request-Id` belongs to.'),
  email: t.Optional(
    typedEmail(
      'Only logins that brought this email, or were started with it. It is compared by its digest, which is all that is kept.',
    ),
  ),
  subject: t.Optional(
    text(
      'Only logins of this subject of the provider, as its `sub`, `id` or NameID has it, case included; of several connections, unless `connectionId` says which. It is compared by its digest.',
      1024,
    ),
  ),
  from: t.Optional(utcDateTime('Only those that ended at this time or later.')),
  to: t.Optional(utcDateTime('Only those that ended before this time.')),
  test: t.Optional(choice(['true', 'false'], 'Only tests of connections, or only real logins.')),
});
const AuditQuery = t.Object({
  ...pageQuery,
  organizationId: optionalId('Only this organization’s.'),
  action: t.Optional(auditAction),
});
const LoginParams = t.Object({ id: objectId('Login id.') });

const LoginCheck = closed('One named check.', {
  name: text('Stable name, such as `idToken.nonce`.', 64),
  outcome: choice(['passed', 'failed', 'skipped'], 'How it ended.'),
  expected: t.Optional(text('What was wanted, redacted; of a skipped check, why it was skipped.', 256)),
  actual: t.Optional(text('What was found, redacted.', 256)),
});
const LoginModel = closed('The trace of one login.', {
  id: objectId('Login id.'),
  createdAt: dateTime('When it ended.'),
  outcome: choice(['succeeded', 'failed'], 'How it ended.'),
  reason: t.Optional(text('Reason of the refusal.', 64)),
  detail: t.Optional(text('What the operator may know beyond the reason.', 1024)),
  dialect: t.Optional(
    choice(['applivery', 'indee', 'pria'], 'The API that started it; none for a SAML response to no login of ours.'),
  ),
  organizationId: optionalId('Organization, if one was found.'),
  connectionId: optionalId('Connection, if one was found.'),
  connectionVersion: t.Optional(Type.Integer({ description: 'Version of the connection that it ran on.' })),
  userId: optionalId(
    'Who signed in; of a refusal, the member of the organization whom it would have been, by subject or email.',
  ),
  sessionId: optionalId('The session that came of it.'),
  checks: t.Array(LoginCheck, { description: 'Every check, in the order they were made.' }),
  address: t.Optional(text('Where the callback came from.', 64)),
  userAgent: t.Optional(text('With what.', 256)),
  requestId: t.Optional(text('`Request-Id` of the callback.', 64)),
  durationMs: Type.Integer({ description: 'How long the finish took, milliseconds.' }),
  test: t.Boolean({ description: 'Whether it was a test of the connection, which left nothing but this trace.' }),
  ...findingFields,
});
const AuditEventModel = closed('One audit event.', {
  id: objectId('Event id.'),
  createdAt: dateTime('When it happened.'),
  action: text('What happened, such as `login.success`.', 64),
  actorType: choice(['user', 'api_key', 'operator', 'system', 'anonymous'], 'Who did it.'),
  actorId: t.Optional(text('Its id.', 256)),
  organizationId: optionalId('Organization.'),
  targetType: t.Optional(text('What it was done to.', 64)),
  targetId: t.Optional(text('Its id.', 256)),
  reason: t.Optional(text('Why.', 64)),
  details: t.Record(t.String(), t.Unknown(), { description: 'More, redacted.' }),
  address: t.Optional(text('Where it came from.', 64)),
  userAgent: t.Optional(text('With what.', 256)),
  requestId: t.Optional(text('`Request-Id`.', 64)),
});
const pageOf = <Item extends ReturnType<typeof closed>>(item: Item, description: string) =>
  closed(description, {
    items: t.Array(item, { description: 'Newest first.' }),
    nextCursor,
  });

export const adminModels = {
  'Admin.LoginQuery': LoginQuery,
  'Admin.LoginParams': LoginParams,
  'Admin.AuditQuery': AuditQuery,
  'Admin.Check': LoginCheck,
  'Admin.Login': LoginModel,
  'Admin.LoginPage': pageOf(LoginModel, 'A page of logins.'),
  'Admin.AuditEvent': AuditEventModel,
  'Admin.AuditEventPage': pageOf(AuditEventModel, 'A page of audit events.'),
};

export function presentLogin({
  authenticationRequestId: _internal,
  emailDigest: _email,
  subjectDigest: _subject,
  createdAt,
  isTest,
  findings,
  ...login
}: LoginTrace): Static<typeof LoginModel> {
  return known({ ...login, ...findings, createdAt: createdAt.toISOString(), test: isTest });
}

export function presentAuditEvent({
  transactionId: _internal,
  createdAt,
  ...event
}: AuditEvent): Static<typeof AuditEventModel> {
  return known({ ...event, createdAt: createdAt.toISOString() });
}
