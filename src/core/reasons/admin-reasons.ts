/** Reasons that the admin API alone gives, to whoever automates it. */
import type { AdminErrorCode } from '#error';
import { NOT_YOU, NOTHING, type ReasonTexts } from './texts.ts';

export const ADMIN_REASONS = {
  admin_key_forbidden: {
    cause: 'The admin key only reads, or is limited to some organizations and asked for what concerns others too.',
    person: NOT_YOU,
    integrator:
      'Call with a key whose `access` is `write`, or one without a limit: `GET /admin/v1/admin-keys` says what each may do, and `PATCH` changes it. Of a user who also belongs to organizations out of reach change the membership, not the user.',
    admin: NOTHING,
  },
  precondition_failed: {
    cause: 'If-Match names another version of the resource than the one that there is now.',
    person: NOT_YOU,
    integrator: 'Read the resource again, decide anew, and send the change with the `ETag` of that answer.',
    admin: NOTHING,
  },
  version_not_tested: {
    cause: 'A version of a connection was to be put in use over which no test login has passed.',
    person: NOT_YOU,
    integrator:
      'Make a link with `POST /admin/v1/connections/{id}/test` and sign in over it; then activate again. `force: true` activates without, and the audit says so.',
    admin: NOTHING,
  },
  version_has_errors: {
    cause: 'The checks of a version that was to be put in use found errors with which logins over it would fail.',
    person: NOT_YOU,
    integrator:
      'Correct what `errors[]` names with `PATCH /admin/v1/connections/{id}`; `GET …/check` tells of each what was found and what to do. `force: true` activates all the same.',
    admin: NOTHING,
  },
  idempotency_key_reused: {
    cause: 'The same caller used this Idempotency-Key for another address or body within 24 hours.',
    person: NOT_YOU,
    integrator:
      'Draw a new key, such as a UUID, for each thing to make, and keep it for repeats of exactly that request.',
    admin: NOTHING,
  },
  idempotency_in_progress: {
    cause: 'The first request with this Idempotency-Key has not been answered yet.',
    person: NOT_YOU,
    integrator:
      'Wait a second and send the same request again. Where the server died meanwhile, the key is free after a minute.',
    admin: NOTHING,
  },
} as const satisfies Readonly<Record<AdminErrorCode, ReasonTexts>>;
