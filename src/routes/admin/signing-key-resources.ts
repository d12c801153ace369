/** The admin API's wire for our signing keys. Nothing private has a member here. */

import { type Static, t } from 'elysia';
import type { RotationMode, SigningKeyRotation, SigningKeyState } from '#core/signing-keys.ts';
import { answer, choice, closed, dateTime, flag, text } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';

const keyId = (description: string) => text(description, 64);

const SigningKeyModel = closed('One signing key.', {
  kid: keyId('Key id, as in the header of tokens and in the key set.'),
  algorithm: choice(['ES256', 'EdDSA', 'RS256'], 'What it signs with.'),
  status: choice(
    ['next', 'active', 'retired'],
    '`next` is published and will sign · `active` signs · `retired` verifies what it signed.',
  ),
  createdAt: dateTime('When it was made and published.'),
  knownFrom: dateTime('From when on every copy of the key set that may still be in use holds it.'),
  activatedAt: t.Optional(dateTime('When it began to sign.')),
  retiredAt: t.Optional(dateTime('When it ceased to sign.')),
  rotationRequestedAt: t.Optional(dateTime('When its retirement was asked for.')),
  rotatesAt: t.Optional(dateTime('When the active key is retired, as things are now.')),
  opens: t.Optional(flag('Whether its private part opens under `SECRETS_KEY` or a previous one.')),
});
const SigningKeysModel = answer('Our signing keys.', {
  items: t.Array(SigningKeyModel, { description: 'Newest first.' }),
});

const RotationRequest = closed('How the signing key is rotated; without a member, as soon as the next key is known.', {
  force: t.Optional(flag('Rotate now, although copies of the key set may not hold the next key yet.')),
  compromised: t.Optional(
    flag('A key leaked: every key is removed now, and all that they signed is refused. Everybody signs in again.'),
  ),
});
const RotationModel = answer('What came of a rotation.', {
  outcome: choice(['rotated', 'pending'], '`pending`: it happens as soon as the next key is known everywhere.'),
  retired: t.Array(keyId('Key id.'), { description: 'What signed until now; after a leak, every key that is gone.' }),
  active: keyId('The key that signs.'),
  next: t.Optional(keyId('The key that will sign next.')),
  rotatesAt: t.Optional(dateTime('When a pending rotation can happen; it does within half a minute.')),
  knownFrom: dateTime('From when on every copy of the key set holds the active key.'),
  warning: t.Optional(text('What to expect of it.', 256)),
});

export const signingKeyModels = {
  'Admin.SigningKey': SigningKeyModel,
  'Admin.SigningKeys': SigningKeysModel,
  'Admin.SigningKeyRotationRequest': RotationRequest,
  'Admin.SigningKeyRotation': RotationModel,
};

/** A leak is the stronger word. */
export function rotationMode(body: Static<typeof RotationRequest> | undefined): RotationMode {
  if (body?.compromised) return 'compromised';
  return body?.force ? 'force' : 'when-ready';
}

export function presentSigningKey({ id, alg, ...key }: SigningKeyState): Static<typeof SigningKeyModel> {
  return known({
    kid: id,
    algorithm: alg,
    status: key.status,
    createdAt: key.createdAt.toISOString(),
    knownFrom: key.knownFrom.toISOString(),
    activatedAt: key.activatedAt?.toISOString(),
    retiredAt: key.retiredAt?.toISOString(),
    rotationRequestedAt: key.rotationRequestedAt?.toISOString(),
    rotatesAt: key.rotatesAt?.toISOString(),
    opens: key.opens,
  });
}

export function presentRotation(rotation: SigningKeyRotation): Static<typeof RotationModel> {
  return known({
    ...rotation,
    retired: [...rotation.retired],
    rotatesAt: rotation.rotatesAt?.toISOString(),
    knownFrom: rotation.knownFrom.toISOString(),
  });
}
