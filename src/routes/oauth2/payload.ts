/** The wire of token revocation (RFC 7009) and introspection (RFC 7662). */
import { type Static, Type } from '@sinclair/typebox';
import { t } from 'elysia';
import type { ActiveToken } from '#core/shown-token.ts';
import { answer, choice, flag, objectId, request, text } from '#routes/dialects/fields.ts';
import { known } from '#routes/dialects/known.ts';

/** As much as a body holds: what is longer than any token of ours is unknown, and no hint is wrong (RFC 7009 §2.1). */
const MOST = 65_536;
const parameters = {
  token: text('An access token or a refresh token of any of the three APIs.', MOST, { minLength: 1 }),
  token_type_hint: t.Optional(text('Not needed: a token shows what it is.', MOST)),
};
const seconds = (description: string) => Type.Integer({ description });

const Introspection = answer('What is known of the token. Of one that is not in force, `active` alone.', {
  active: flag('Whether the token is in force and the caller’s.'),
  token_type: t.Optional(choice(['Bearer'], 'Of an access token.')),
  token_use: t.Optional(choice(['access', 'refresh'], 'What the token is for.')),
  client_id: t.Optional(objectId('The API key that the login was started with, where one was.')),
  username: t.Optional(text('The user’s email.', 254)),
  sub: t.Optional(objectId('User id.')),
  aud: t.Optional(choice(['applivery', 'indee', 'pria'], 'The API that it belongs to.')),
  iss: t.Optional(text('This server.', 2048)),
  exp: t.Optional(seconds('When it expires, seconds since the epoch.')),
  iat: t.Optional(seconds('When it was issued.')),
  jti: t.Optional(text('Its own id.', 64)),
  sid: t.Optional(objectId('The session that it stands for.')),
  organization_id: t.Optional(objectId('The session’s organization.')),
});

export const oauth2Models = {
  'OAuth2.RevocationRequest': request('RFC 7009 §2.1; other members are ignored.', parameters),
  'OAuth2.IntrospectionRequest': request('RFC 7662 §2.1; other members are ignored.', parameters),
  'OAuth2.Introspection': Introspection,
};

/** @param issuer our own */
export function presentIntrospection(token: ActiveToken | undefined, issuer: string): Static<typeof Introspection> {
  if (!token) return { active: false };
  const { session, user, organization } = token.record;
  return known({
    active: true,
    token_type: token.use === 'access' ? ('Bearer' as const) : undefined,
    token_use: token.use,
    client_id: session.apiKeyId,
    username: user.email,
    sub: user.id,
    aud: session.dialect,
    iss: issuer,
    exp: token.expiresAt,
    iat: token.issuedAt,
    jti: token.id,
    sid: session.id,
    organization_id: organization.id,
  });
}
