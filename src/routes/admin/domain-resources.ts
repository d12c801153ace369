/** The admin API's wire for domains: what they are, what the DNS has to say, what was found there, and who is served. */
import { type Static, t } from 'elysia';
import type { ServingConnection } from '#core/connection-choice.ts';
import { type Look, recordName, recordValue } from '#core/domain-verification.ts';
import type { Domain } from '#ports/db/domain-schema.ts';
import type { Organization } from '#ports/db/schema.ts';
import { answer, choice, closed, dateTime, objectId, text } from '#routes/dialects/fields.ts';
import { nextCursor, pageQuery } from './page.ts';

const members = {
  id: objectId('Domain id.'),
  organizationId: objectId('Whose.'),
  domain: text('In lower-case ASCII: an international name in its IDNA form.', 253),
  verified: t.Boolean({ description: 'Whether the organization’s connections speak for its addresses.' }),
  verifiedAt: t.Optional(dateTime('Since when; absent: it is not verified.')),
  verifiedBy: t.Optional(choice(['dns', 'operator'], 'Who says so: the TXT record, or the operator by assertion.')),
  challenge: t.Optional(
    closed('The TXT record that proves it. Absent: `verify` makes one.', {
      type: t.Literal('TXT', { description: 'Type of the record.' }),
      name: text('Name of the record.', 512),
      value: text('Its value.', 256),
      expiresAt: t.Optional(dateTime('How long it is waited for; absent once the domain is verified.')),
    }),
  ),
  checkedAt: t.Optional(dateTime('When it was last looked for.')),
};
const DomainModel = closed('A domain of an organization.', members);

const LookModel = answer('The domain as it is now, and what the DNS said.', {
  ...members,
  outcome: choice(
    ['verified', 'missing', 'other_value', 'misplaced', 'dns_failed', 'challenge_renewed'],
    '`verified`: the record is there. `misplaced`: it stands at another name. `challenge_renewed`: the time of the old one was over.',
  ),
  found: t.Array(text('A value.', 255), { description: 'The TXT values at the name, ten at most.' }),
  fix: text('What to do now.', 1024),
});

const ServedModel = closed('An organization that addresses of the domain lead to.', {
  organizationId: objectId('Organization.'),
  organizationSlug: text('Its slug.', 64),
  verifiedAt: t.Optional(
    dateTime('When it verified the domain; absent: a connection lists the domain, nobody verified it.'),
  ),
  connections: t.Array(
    closed('A connection that may serve them.', {
      id: objectId('Connection.'),
      slug: text('Its slug.', 64),
      type: text('Kind of identity provider.', 32),
      because: choice(
        ['allowed_domains', 'verified_domain', 'no_domains'],
        'It lists the domain; or it lists none, and the domain is the organization’s, or the organization has no verified domain at all.',
      ),
    }),
    { description: 'In the order of choice: the first one serves.' },
  ),
});

const domain = t.String({
  description: 'A domain name; international ones in either form.',
  minLength: 1,
  maxLength: 253,
});

export const domainModels = {
  'Admin.DomainParams': t.Object({ id: objectId('Domain id.') }),
  'Admin.DomainOrganizationParams': t.Object({ id: objectId('Organization id.') }),
  'Admin.DomainQuery': t.Object({
    ...pageQuery,
  }),
  'Admin.ServedQuery': t.Object({
    domain,
    ...pageQuery,
  }),
  'Admin.Domain': DomainModel,
  'Admin.DomainPage': closed('A page of domains.', {
    items: t.Array(DomainModel, { description: 'Newest first.' }),
    nextCursor,
  }),
  'Admin.NewDomain': closed('The domain to add.', {
    domain,
    verified: t.Optional(
      t.Boolean({ description: 'The operator’s word that the organization owns it. For keys that reach everything.' }),
    ),
  }),
  'Admin.DomainChange': closed('The operator’s word; a member that is left out stays.', {
    verified: t.Optional(
      t.Boolean({
        description: '`true` asserts the domain, for keys that reach everything; `false` takes the verification back.',
      }),
    ),
  }),
  'Admin.DomainCheck': LookModel,
  'Admin.ServedPage': closed('Who is served.', {
    items: t.Array(ServedModel, { description: 'In the order of choice.' }),
    nextCursor,
  }),
};

export function presentDomain(row: Domain): Static<typeof DomainModel> {
  const { id, organizationId, verifiedAt, verifiedBy, challenge, challengeExpiresAt, checkedAt } = row;
  return {
    id,
    organizationId,
    domain: row.domain,
    verified: verifiedAt !== null,
    ...(verifiedAt && { verifiedAt: verifiedAt.toISOString(), verifiedBy: verifiedBy ?? 'operator' }),
    ...(challenge && {
      challenge: {
        type: 'TXT',
        name: recordName(row.domain),
        value: recordValue(challenge),
        ...(challengeExpiresAt && { expiresAt: challengeExpiresAt.toISOString() }),
      },
    }),
    ...(checkedAt && { checkedAt: checkedAt.toISOString() }),
  };
}

export function presentLook({ domain: row, look }: { domain: Domain; look: Look }): Static<typeof LookModel> {
  return { ...presentDomain(row), outcome: look.outcome, found: [...look.found], fix: look.fix };
}

export interface Served {
  readonly organization: Organization;
  readonly domain: Domain | undefined;
  readonly serving: readonly ServingConnection[];
}

export function presentServed({ organization, domain: row, serving }: Served): Static<typeof ServedModel> {
  return {
    organizationId: organization.id,
    organizationSlug: organization.slug,
    ...(row?.verifiedAt && { verifiedAt: row.verifiedAt.toISOString() }),
    connections: serving.map(({ connection: { id, slug, type }, because }) => ({ id, slug, type, because })),
  };
}
