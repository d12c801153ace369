/** What the admin API's routes of domains say of themselves. */
import { bodyParser, PATCH_TYPES } from '#routes/http/body.ts';
import { CHANGE_REFUSALS, CREATION_REFUSALS, createdOf, taggedOf } from '#routes/http/openapi-admin.ts';
import { ADMIN_REFUSALS, INPUT_REFUSALS, problems } from '#routes/http/openapi-refusals.ts';
import { answerOf, bodiless, describe } from '#routes/http/openapi-route.ts';

const parse = bodyParser('application/json');
const parsePatch = bodyParser(...PATCH_TYPES);
const described = { tag: 'Organizations', security: ['adminKey'] } as const;

const record = {
  type: 'TXT',
  name: '_vestibule-challenge.acme.example',
  value: 'vestibule-verification=J7wzExampleExampleExampleExample',
};
const fresh = {
  id: '6735a1c19f3b2e4d8c7a6b56',
  organizationId: '507f1f77bcf86cd799439024',
  domain: 'acme.example',
  verified: false,
  challenge: { ...record, expiresAt: '2026-02-10T15:30:00.123Z' },
};
const verified = {
  ...fresh,
  verified: true,
  verifiedAt: '2026-02-03T15:45:00.123Z',
  verifiedBy: 'dns',
  challenge: record,
  checkedAt: '2026-02-03T15:45:00.123Z',
};
const looked = {
  ...fresh,
  checkedAt: '2026-02-03T15:40:00.123Z',
  outcome: 'missing',
  found: [],
  fix: `There is no TXT record at ${record.name}. Add one that says ${record.value}.`,
};
const served = {
  organizationId: fresh.organizationId,
  organizationSlug: 'acme',
  verifiedAt: verified.verifiedAt,
  connections: [{ id: '507f1f77bcf86cd799439029', slug: 'oidc', type: 'oidc', because: 'verified_domain' }],
};

export const create = {
  params: 'Admin.DomainOrganizationParams',
  headers: 'Admin.CreationHeaders',
  parse,
  ...describe({
    ...described,
    operationId: 'createDomain',
    summary: 'Add a domain to an organization',
    description:
      'The answer names the TXT record that proves it. Until the domain is verified it changes nothing. Public suffixes (`co.uk`) and providers of mailboxes to everybody (`gmail.com`) are refused. Another organization may have the same domain, and proves it for itself.',
    body: { model: 'Admin.NewDomain', examples: { default: { value: { domain: fresh.domain } } } },
    answers: {
      201: createdOf('Admin.Domain', 'The domain, with its challenge.', fresh),
      ...problems('not_found', 'conflict', ...CREATION_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const list = {
  params: 'Admin.DomainOrganizationParams',
  query: 'Admin.DomainQuery',
  ...describe({
    ...described,
    operationId: 'listDomains',
    summary: 'Domains of an organization',
    description: 'Declared ones and those added here, newest first.',
    answers: {
      200: answerOf('Admin.DomainPage', 'A page.', { items: [verified], nextCursor: `${verified.id}.w7Hk2-Qe` }),
      ...problems('not_found', ...ADMIN_REFUSALS),
    },
  }),
} as const;

export const read = {
  params: 'Admin.DomainParams',
  ...describe({
    ...described,
    operationId: 'readDomain',
    summary: 'One domain',
    description: 'As it stands now.',
    answers: { 200: taggedOf('Admin.Domain', 'The domain.', verified), ...problems('not_found', ...ADMIN_REFUSALS) },
  }),
} as const;

export const update = {
  params: 'Admin.DomainParams',
  headers: 'Admin.ChangeHeaders',
  parse: parsePatch,
  ...describe({
    ...described,
    operationId: 'updateDomain',
    summary: 'Assert a domain, or take its verification back',
    description:
      'Without a look at the DNS; the audit calls it `domain.asserted`. A domain whose verification is taken back gets a new challenge.',
    body: {
      model: 'Admin.DomainChange',
      contentTypes: PATCH_TYPES,
      examples: { default: { value: { verified: true } } },
    },
    answers: {
      200: taggedOf('Admin.Domain', 'As it is now.', { ...verified, verifiedBy: 'operator' }),
      ...problems(...CHANGE_REFUSALS, ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const remove = {
  params: 'Admin.DomainParams',
  headers: 'Admin.ChangeHeaders',
  ...describe({
    ...described,
    operationId: 'deleteDomain',
    summary: 'Take a domain from an organization',
    description:
      'Its connections speak for its addresses no more: nobody is linked by them from then on. Who is linked already stays so, and sessions go on. A declaration that names the domain adds it again at the next start.',
    answers: { 204: bodiless('It is gone.'), ...problems(...CHANGE_REFUSALS, ...ADMIN_REFUSALS) },
  }),
} as const;

export const verify = {
  params: 'Admin.DomainParams',
  ...describe({
    ...described,
    operationId: 'verifyDomain',
    summary: 'Look for the TXT record',
    description:
      'Asks the DNS and says what it found and what to do. A domain that is verified stays so whatever is found. A challenge whose time is over is replaced by a new one, which the answer names.',
    answers: {
      200: answerOf('Admin.DomainCheck', 'What was found.', looked),
      ...problems('not_found', ...ADMIN_REFUSALS, ...INPUT_REFUSALS),
    },
  }),
} as const;

export const lookUp = {
  query: 'Admin.ServedQuery',
  ...describe({
    ...described,
    operationId: 'listServedOrganizations',
    summary: 'Whom a domain leads to',
    description:
      'Active organizations that verified the domain, the first to verify it first, then those with a connection that lists it in `allowedDomains`, the oldest first; each with its active connections in the order of choice. Where an email decides within an organization (Indee’s `initiate`), the first connection serves.',
    answers: {
      200: answerOf('Admin.ServedPage', 'A page.', {
        items: [served],
        nextCursor: `${served.organizationId}.w7Hk2-Qe`,
      }),
      ...problems(...ADMIN_REFUSALS),
    },
  }),
} as const;
