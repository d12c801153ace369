/** Verified claims as an operator may see them in a trace: what there was and of what kind, not whom it names. */
import type { EmailVerification } from '#ports/idp/email-verification.ts';
import { kindOf } from '#ports/idp/evidence.ts';
import type { ClaimSource, Claims } from '#ports/idp/identity-provider.ts';
import { storable } from './text.ts';

/** One member of what the provider said, by its own name. */
export interface ReceivedClaim {
  readonly name: string;
  /** Such as `string of 12 characters`, `boolean`, `array`, `2 values`. */
  readonly kind: string;
}

export interface ShownClaims {
  /** First letter and domain. */
  readonly email?: string;
  readonly emailVerified: boolean;
  /** Absent in the traces of earlier versions. */
  readonly emailVerification?: EmailVerification;
  /** Our names of the claims that the mapping found a value for. */
  readonly mapped: string[];
  /** The first group names, as far as they are short. */
  readonly groups?: string[];
  readonly groupCount?: number;
  /** What the provider said by its own names: where to look for a mapping that finds nothing. */
  readonly received: ReceivedClaim[];
}

const MAPPED = ['email', 'givenName', 'familyName', 'name', 'picture', 'locale', 'groups'] as const;
const MOST_GROUPS = 20;
const MOST_RECEIVED = 60;
const LONGEST = 100;

export function redactClaims(claims: Claims): ShownClaims {
  const { groups, source } = claims;
  return {
    ...(claims.email === undefined ? {} : { email: redactEmail(claims.email) }),
    emailVerified: claims.emailVerified,
    ...(claims.emailVoucher && { emailVerification: claims.emailVoucher.verification }),
    mapped: MAPPED.filter((name) => claims[name] !== undefined),
    ...(groups && { groups: groups.slice(0, MOST_GROUPS).map(short), groupCount: groups.length }),
    received: source ? receivedOf(source).slice(0, MOST_RECEIVED) : [],
  };
}

/** `ada@acme.example` is `a…@acme.example`. */
export function redactEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const [first = ''] = email;
  return at < 1 ? '…' : short(`${first}…${email.slice(at)}`);
}

function receivedOf(source: ClaimSource): ReceivedClaim[] {
  if ('documents' in source) {
    const members = source.documents.flatMap((document) => Object.entries(document));
    return [...new Map(members.toReversed())].toReversed().map(([name, value]) => ({
      name: short(name),
      kind: kindOf(value) ?? 'absent',
    }));
  }
  const attributes = source.attributes.map(({ name, values }) => ({
    name: short(name),
    kind: values.length === 1 ? (kindOf(values[0]) ?? '') : `${values.length} values`,
  }));
  return source.nameId ? [{ name: 'NameID', kind: kindOf(source.nameId.value) ?? '' }, ...attributes] : attributes;
}

function short(text: string): string {
  const clean = storable(text);
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST).toWellFormed()}…` : clean;
}
