/** The admin API of our signing keys: which there are, and their rotation. */

import { Elysia } from 'elysia';
import { requireUnlimited } from '#core/admin-caller.ts';
import { listSigningKeys, rotateSigningKeys } from '#core/signing-keys.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { bodyParser } from '#routes/http/body.ts';
import { contextOf } from '#routes/http/context.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, describe } from '#routes/http/openapi-route.ts';
import { problemModels } from '#routes/http/problem.ts';
import { pending, rotated, rotationRequest, signingKeys } from './signing-key-examples.ts';
import { presentRotation, presentSigningKey, rotationMode, signingKeyModels } from './signing-key-resources.ts';

const described = { tag: 'Operations', security: ['adminKey'] } as const;

const listDocs = describe({
  ...described,
  operationId: 'listSigningKeys',
  summary: 'Signing keys',
  description: 'The keys that sign and verify our tokens, without their private parts.',
  answers: { 200: answerOf('Admin.SigningKeys', 'The keys.', signingKeys), ...problems(...ADMIN_REFUSALS) },
});

const rotationDocs = {
  parse: bodyParser('application/json'),
  ...describe({
    ...described,
    operationId: 'rotateSigningKeys',
    summary: 'Rotate the signing key',
    description:
      'The next key signs once every copy of the key set that may still be in use holds it: at once, or at `rotatesAt`. Asking again while that is pending changes nothing. `force` does not wait. `compromised` removes every key, so that what they signed is refused by this server within 20 s, and by others once their copy of the key set is over.',
    body: {
      model: 'Admin.SigningKeyRotationRequest',
      required: false,
      examples: { default: { value: rotationRequest } },
    },
    answers: {
      200: {
        ...answerOf('Admin.SigningKeyRotation', 'Rotated, or about to be.', rotated),
        examples: { rotated: { value: rotated }, pending: { value: pending } },
      },
      ...problems('conflict', 'signing_unavailable', ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

/** Mounted behind the operator's key. */
export const signingKeysAdmin = (ports: Ports) =>
  new Elysia({ name: 'admin signing keys' })
    .model({ ...problemModels, ...signingKeyModels })
    .get(
      '/signing-keys',
      async ({ request }) => {
        requireUnlimited(callerOf(request));
        return { items: (await listSigningKeys(ports)).map(presentSigningKey) };
      },
      listDocs,
    )
    .post(
      '/signing-keys/rotate',
      async ({ body, request }) => {
        requireUnlimited(callerOf(request));
        const call = { origin: adminOriginOf(request), startedAt: contextOf(request).startedAt };
        return presentRotation(await rotateSigningKeys(ports, rotationMode(body), call));
      },
      rotationDocs,
    );
