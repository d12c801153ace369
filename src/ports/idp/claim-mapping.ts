/**
 * From what a provider says to our claims: a target is filled from the first of its sources that has a usable
 * value. The subject is no target: which person it is can't be configured.
 */
import type { Mapping } from '#ports/db/schema.ts';
import { attributesOf } from './claim-attributes.ts';
import { type EmailVoucher, judgeVoucher } from './email-verification.ts';
import { isNumericDate } from './id-token-claims.ts';
import type { ClaimSource, MappedClaims } from './identity-provider.ts';
import { isJsonObject, type JsonObject, member } from './json-answer.ts';

/** The standard claims (OpenID Connect Core §5.1); groups have no standard, `groups` is the common name. */
const STANDARD: Required<Mapping> = {
  email: ['email'],
  emailVerified: ['email_verified'],
  givenName: ['given_name'],
  familyName: ['family_name'],
  name: ['name'],
  picture: ['picture'],
  locale: ['locale'],
  groups: ['groups'],
};

const MAX_NAME = 256;
const MAX_URL = 2_048;
/** No limit but the document's is reached before: a group that is passed over in silence might be the one that denies. */
const MAX_GROUPS = 10_000;
/** What rules may read that no document says. */
const OF_THE_LOGIN = new Set(['subject', 'issuer']);

/** What one login's claims are read from. */
export interface ClaimSources {
  /** In order of precedence: the ID token, then userinfo. */
  readonly documents: readonly JsonObject[];
  /** What the provider's data say over the standard. */
  readonly defaults: Mapping;
  /** What the connection says over both. */
  readonly mapping: Mapping;
}

/** The claims but for issuer and subject, which no mapping reaches. */
export function mapClaims(sources: ClaimSources): MappedClaims {
  const { email, emailVoucher } = mapEmail(sources);
  const groups = find(sources, 'groups', READERS.groups);
  const [first] = sources.documents;
  const authTime = first && member(first, 'auth_time');
  // OpenID Connect Enterprise Extensions: when the relying party's session has to end
  const sessionExpiry = first && member(first, 'session_expiry');
  return {
    email,
    emailVerified: emailVoucher.verification === 'verified',
    emailVoucher,
    givenName: find(sources, 'givenName', READERS.givenName),
    familyName: find(sources, 'familyName', READERS.familyName),
    name: find(sources, 'name', READERS.name),
    picture: find(sources, 'picture', READERS.picture),
    locale: find(sources, 'locale', READERS.locale),
    groups,
    groupsIncomplete: !groups?.length && leavesGroupsOut(sources),
    attributes: attributesOf(sources.documents),
    providerSessionId: first && asName(member(first, 'sid')),
    authenticatedAt: isNumericDate(authTime) ? new Date(authTime * 1000) : undefined,
    sessionNotAfter: isNumericDate(sessionExpiry) ? new Date(sessionExpiry * 1000) : undefined,
  };
}

/** The same of what was verified in a login: documents, or nothing where another protocol was spoken. */
export function mapDocuments({ mapping }: { mapping: Mapping }, source: ClaimSource, defaults: Mapping): MappedClaims {
  return mapClaims({ documents: 'documents' in source ? source.documents : [], defaults, mapping });
}

/**
 * What the documents so far leave open. `required`: the email, whatever the connection maps itself, and what its
 * rules read: without these the login would end otherwise than the operator means.
 * `welcome`: a name, which is worth asking for, and no reason to fail.
 *
 * @param read names that rules read: targets, or claims of the provider's
 */
export function missingClaims(sources: ClaimSources, read: ReadonlySet<string>): 'required' | 'welcome' | 'none' {
  const lacks = (target: keyof typeof READERS) =>
    find<unknown>(sources, target, READERS[target]) === undefined && !(target === 'groups' && leavesGroupsOut(sources));
  const targets = Object.keys(READERS) as (keyof typeof READERS)[];
  const isRequired = (target: keyof typeof READERS) =>
    target === 'email' || sources.mapping[target] !== undefined || read.has(target);
  const isUnsaid = (name: string) => sources.documents.every((document) => valueAt(document, name) === undefined);
  if (targets.some((target) => isRequired(target) && lacks(target))) return 'required';
  if ([...read].some((name) => !Object.hasOwn(READERS, name) && !OF_THE_LOGIN.has(name) && isUnsaid(name)))
    return 'required';
  return (['givenName', 'familyName', 'name'] as const).every(lacks) ? 'welcome' : 'none';
}

/**
 * `email_verified` speaks of the claim `email` in the same document and of no other: an address mapped from
 * `upn` or `preferred_username` is not verified by it. Where the connection maps `emailVerified` itself, the operator
 * has said what vouches for the address. Only the boolean true counts.
 */
function mapEmail(sources: ClaimSources): { email: string | undefined; emailVoucher: EmailVoucher } {
  for (const document of sources.documents) {
    for (const source of sourcesOf(sources, 'email')) {
      const email = asText(valueAt(document, source));
      if (email !== undefined) return { email, emailVoucher: vouch(sources, document, source) };
    }
  }
  return { email: undefined, emailVoucher: judgeVoucher([], [], false) };
}

/** @param source the claim of the document that the email was read from */
function vouch(sources: ClaimSources, document: JsonObject, source: string): EmailVoucher {
  const { emailVerified: mapped } = sources.mapping;
  if (mapped) {
    const values = sources.documents.flatMap((each) => mapped.map((name) => valueAt(each, name)));
    return judgeVoucher(mapped, values, find(sources, 'emailVerified', asBoolean) === true);
  }
  const names = source === 'email' ? sourcesOf(sources, 'emailVerified') : [];
  const values = names.map((name) => valueAt(document, name));
  return judgeVoucher(names, values, values.includes(true));
}

function find<T>(sources: ClaimSources, target: keyof Mapping, read: (value: unknown) => T | undefined): T | undefined {
  for (const document of sources.documents) {
    for (const source of sourcesOf(sources, target)) {
      const value = read(valueAt(document, source));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/**
 * Entra ID names the groups of a person who has more than 200 as a distributed claim (OpenID Connect Core §5.6.2), or
 * by `hasgroups`. The address that it gives is a retired API's, and is nobody's to choose for us: it is not read.
 */
export function leavesGroupsOut(sources: ClaimSources): boolean {
  const names = sourcesOf(sources, 'groups');
  return sources.documents.some((document) => {
    const elsewhere = member(document, '_claim_names');
    if (isJsonObject(elsewhere) && names.some((name) => Object.hasOwn(elsewhere, name))) return true;
    return member(document, 'hasgroups') === true && names.includes('groups');
  });
}

function sourcesOf({ mapping, defaults }: ClaimSources, target: keyof Mapping): readonly string[] {
  return mapping[target] ?? defaults[target] ?? STANDARD[target];
}

/** A member by its whole name, for names are often URLs; else by the dots in it. Own members only. */
function valueAt(document: JsonObject, source: string): unknown {
  if (Object.hasOwn(document, source)) return document[source];
  let value: unknown = document;
  for (const name of source.split('.')) {
    if (!isJsonObject(value)) return undefined;
    value = member(value, name);
  }
  return value;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Text for showing: 1 to 256 characters, none of them control characters or broken surrogates. */
function asName(value: unknown): string | undefined {
  const isName = typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME && value.isWellFormed();
  return isName && !/\p{Cc}/u.test(value) ? value : undefined;
}

function asUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL) return undefined;
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? value : undefined;
}

/** A list of names, or one name. @returns undefined when it is neither, which is not the same as an empty list */
function asGroups(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return asName(value) === undefined ? undefined : [value];
  if (!Array.isArray(value)) return undefined;
  return [...new Set(value.flatMap((item: unknown) => asName(item) ?? []))].slice(0, MAX_GROUPS);
}

/** How a usable value of each target is told from one that is not; `undefined` is not usable. */
const READERS = {
  email: asText,
  emailVerified: asBoolean,
  givenName: asName,
  familyName: asName,
  name: asName,
  picture: asUrl,
  locale: asName,
  groups: asGroups,
} satisfies Record<keyof Mapping, (value: unknown) => unknown>;
