/**
 * Proof that an organization owns a domain: a TXT record at a name below it that says what we drew. What was found is told,
 * with what to do about it. A look never takes a verification away, since the DNS may be away for a while; the operator does.
 */
import { SsoError } from '#error';
import type { Domain } from '#ports/db/domain-schema.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import type { TxtAnswer } from '#ports/dns.ts';
import type { Ports } from '#ports/ports.ts';
import { newChallenge, write } from './domain-administration.ts';
import { storable } from './text.ts';

const LABEL = '_vestibule-challenge';
const PREFIX = 'vestibule-verification=';
const MOST_SHOWN = 10;
const LONGEST_SHOWN = 255;

export const recordName = (domain: string) => `${LABEL}.${domain}`;
export const recordValue = (challenge: string) => `${PREFIX}${challenge}`;

export type LookOutcome = 'verified' | 'missing' | 'other_value' | 'misplaced' | 'dns_failed' | 'challenge_renewed';

export interface Look {
  readonly outcome: LookOutcome;
  /** TXT values at the name, in the order of the answer. */
  readonly found: readonly string[];
  /** What to do now, in a sentence or two. */
  readonly fix: string;
}

/** @throws SsoError `not_found` */
export async function verifyDomain(
  ports: Ports,
  domain: Domain,
  origin: AdminOrigin,
): Promise<{ domain: Domain; look: Look }> {
  const now = ports.clock.now();
  const isUsable = domain.verifiedAt !== null || (domain.challengeExpiresAt ?? now) > now;
  if (!domain.challenge || !isUsable) {
    const renewed = await write(ports, domain.id, origin, async (before) => {
      const current = existing(before);
      // whoever asked at the same time was told of another one: that is the one then
      return current.challenge === domain.challenge ? newChallenge(ports) : {};
    });
    return { domain: renewed, look: { outcome: 'challenge_renewed', found: [], fix: renewedFix(renewed) } };
  }
  const look = await lookFor(ports, domain.domain, recordValue(domain.challenge), domain.verifiedAt !== null);
  const after = await write(ports, domain.id, origin, async (before) => {
    const current = existing(before);
    // drawn anew meanwhile: what was found answers another question
    if (current.challenge !== domain.challenge || look.outcome !== 'verified') return { checkedAt: now };
    const isProven = current.verifiedAt !== null && current.verifiedBy === 'dns';
    const proof = { verifiedAt: current.verifiedAt ?? now, verifiedBy: 'dns', challengeExpiresAt: null } as const;
    return { checkedAt: now, ...(isProven ? {} : proof) };
  });
  return { domain: after, look };
}

/** The DNS takes its time, in which a domain may be taken away. @throws SsoError `not_found` */
function existing(domain: Domain | undefined): Domain {
  if (!domain) throw new SsoError('not_found');
  return domain;
}

async function lookFor(ports: Ports, domain: string, value: string, isVerified: boolean): Promise<Look> {
  const name = recordName(domain);
  const answer = await ports.resolveTxt(name);
  const found = valuesOf(answer);
  const isHere = holds(answer, value);
  const elsewhere = isHere || answer.outcome === 'failed' ? undefined : await misplaced(ports, domain, value);
  const outcome = isHere
    ? 'verified'
    : elsewhere
      ? 'misplaced'
      : answer.outcome === 'failed'
        ? 'dns_failed'
        : answer.outcome === 'none'
          ? 'missing'
          : 'other_value';
  const code = answer.outcome === 'failed' ? answer.code : '';
  const fix = FIXES[outcome]({ domain, name, value, code, elsewhere: elsewhere ?? '' });
  const stays =
    isVerified && !isHere
      ? ' Until then the domain stays verified; delete it if it is not the organization’s any more.'
      : '';
  return { outcome, found, fix: fix + stays };
}

/** The two places where the record ends up by mistake: below the domain twice, and at the domain itself. */
async function misplaced(ports: Ports, domain: string, value: string): Promise<string | undefined> {
  const places = [`${recordName(domain)}.${domain}`, domain];
  const answers = await Promise.all(places.map((place) => ports.resolveTxt(place)));
  return places.find((_place, index) => holds(answers[index], value));
}

/**
 * Whether some record is this value, its strings joined (RFC 7208 §3.3 does likewise). A resolver may have taken the strings of
 * a record for records, so neighbours are joined as well: whoever can put both there could put the whole there.
 */
function holds(answer: TxtAnswer | undefined, value: string): boolean {
  if (answer?.outcome !== 'found') return false;
  const strings = answer.records.flat();
  return strings.some((_string, start) => {
    let joined = '';
    for (const string of strings.slice(start)) {
      joined += string;
      if (joined.length >= value.length) break;
    }
    return joined === value;
  });
}

function valuesOf(answer: TxtAnswer): string[] {
  if (answer.outcome !== 'found') return [];
  return answer.records
    .slice(0, MOST_SHOWN)
    .map((strings) => storable(strings.join('')).slice(0, LONGEST_SHOWN).toWellFormed());
}

interface Facts {
  readonly domain: string;
  readonly name: string;
  readonly value: string;
  readonly code: string;
  readonly elsewhere: string;
}

const FIXES: Readonly<Record<Exclude<LookOutcome, 'challenge_renewed'>, (facts: Facts) => string>> = {
  verified: () => 'Nothing. Leave the record where it is, so that the domain can be looked at again.',
  missing: ({ name, value, domain }) =>
    `There is no TXT record at ${name}. Add one that says ${value}. Where the DNS service adds ${domain} by itself, enter ${LABEL} as the name. A record that was just made may take up to an hour to be seen.`,
  other_value: ({ name, value }) =>
    `The TXT records at ${name} say something else. Add one that says ${value}, without quotation marks and blanks; others may stay.`,
  misplaced: ({ name, elsewhere, value }) =>
    `The record stands at ${elsewhere}. Move it to ${name}; its value, ${value}, is right.`,
  dns_failed: ({ domain, code }) =>
    `The DNS did not say (${code}). See that the name servers of ${domain} answer, then try again.`,
};

function renewedFix({ domain, challenge }: Domain): string {
  return `There was no challenge any more, so a new one was made. Make the TXT record at ${recordName(domain)} say ${recordValue(challenge ?? '')}, then verify again.`;
}
