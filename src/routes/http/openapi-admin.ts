/** What routes of the admin API say alike: the headers of a creation and of a change, and the answers with a tag. */
import { t } from 'elysia';
import { INPUT_REFUSALS } from './openapi-refusals.ts';
import { type Answer, answerOf } from './openapi-route.ts';

/** Of a POST that creates: `headers: 'Admin.CreationHeaders'`. */
const CreationHeaders = t.Object({
  'idempotency-key': t.Optional(
    t.String({
      description:
        'Up to 255 visible ASCII characters, such as a UUID, in quotation marks or not. The same key with the same request gets the same answer for 24 hours.',
    }),
  ),
});

/** Of a PATCH or DELETE: `headers: 'Admin.ChangeHeaders'`. */
const ChangeHeaders = t.Object({
  'if-match': t.Optional(
    t.String({ description: 'The `ETag` that was read: the change is refused (412) when there is another by now.' }),
  ),
});

export const adminHeaderModels = { 'Admin.CreationHeaders': CreationHeaders, 'Admin.ChangeHeaders': ChangeHeaders };

const TAG = { ETag: 'For `If-Match`; changes with every member but those that use alone changes.' };

/** Reasons for which a creation, and a change, may be refused beside those of its resource. */
export const CREATION_REFUSALS = ['idempotency_key_reused', 'idempotency_in_progress'] as const;
/** Also where no body is taken: one that has members is refused. */
export const CHANGE_REFUSALS = ['not_found', 'precondition_failed', ...INPUT_REFUSALS] as const;

/** A resource as it stands. */
export function taggedOf<const Model extends string>(
  model: Model,
  description: string,
  example: unknown,
): Answer<Model> {
  return { ...answerOf(model, description, example), headers: TAG };
}

/** A resource that was made. */
export function createdOf<const Model extends string>(
  model: Model,
  description: string,
  example: unknown,
): Answer<Model> {
  return { ...answerOf(model, description, example), headers: { ...TAG, Location: 'Where it stands.' } };
}
