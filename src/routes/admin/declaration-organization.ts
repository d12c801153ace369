/** What the declarative file and the admin API say of an organization itself. */
import { Type } from '@sinclair/typebox';
import { t } from 'elysia';
import { SHORTEST_IDLE_SECONDS } from '#ports/db/session-state.ts';
import { OrganizationAttributes } from '#routes/dialects/applivery/attributes.ts';
import { choice, closed } from '#routes/dialects/fields.ts';
import { InstitutionAttributes } from '#routes/dialects/pria/attributes.ts';
import { clearable, httpUrl, slug, text } from './declaration-field.ts';

const LONGEST_SECONDS = 10 * 365 * 86_400;

export const RefreshLifetime = closed('Bounds of the lifetime that an Indee client may ask of a refresh token.', {
  minSeconds: t.Optional(Type.Integer({ minimum: 60, description: 'Shortest, seconds.' })),
  maxSeconds: t.Optional(Type.Integer({ minimum: 60, description: 'Longest, seconds.' })),
});

const SessionLifetime = closed('In place of the configuration’s figures.', {
  absoluteSeconds: t.Optional(
    Type.Integer({ minimum: 60, maximum: LONGEST_SECONDS, description: 'From the login to the end, seconds.' }),
  ),
  idleSeconds: t.Optional(
    Type.Integer({
      minimum: SHORTEST_IDLE_SECONDS,
      maximum: LONGEST_SECONDS,
      description: 'A session that is not used for this long ends, seconds.',
    }),
  ),
});

export const SessionLifetimes = closed('Lifetimes of sessions by dialect.', {
  applivery: t.Optional(SessionLifetime),
  indee: t.Optional(SessionLifetime),
  pria: t.Optional(SessionLifetime),
});

export const organizationMembers = {
  slug,
  name: text(),
  status: t.Optional(choice(['active', 'disabled'], 'Whether it may be used.')),
  picture: clearable(httpUrl),
  createdBy: clearable(text(128)),
  ...OrganizationAttributes.properties,
  institution: t.Optional(InstitutionAttributes),
  refreshLifetime: t.Optional(RefreshLifetime),
  sessionLifetimes: t.Optional(SessionLifetimes),
};
