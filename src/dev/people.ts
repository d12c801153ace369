/** The people who can sign in at the development identity provider, and what it says about them. */

/** The claims are those of OpenID Connect Core §5.1, and `groups`, which many providers add. */
export interface Person {
  /** `sub`: stable, case-sensitive. */
  readonly subject: string;
  readonly email: string;
  /** Default true. */
  readonly emailVerified?: boolean | undefined;
  readonly givenName: string;
  readonly familyName: string;
  /** BCP 47. */
  readonly locale?: string | undefined;
  /** Default: a drawing of the initials, served by the provider. */
  readonly picture?: string | undefined;
  readonly groups?: readonly string[] | undefined;
}

export const PEOPLE: readonly Person[] = [
  {
    subject: 'ada',
    email: 'ada@acme.test',
    givenName: 'Ada',
    familyName: 'Lovelace',
    locale: 'en-GB',
    groups: ['engineering', 'admins'],
  },
  {
    subject: 'grace',
    email: 'grace@acme.test',
    givenName: 'Grace',
    familyName: 'Hopper',
    locale: 'en-US',
    groups: ['engineering'],
  },
];

/** Which claims each scope brings (OpenID Connect Core §5.4). */
export const CLAIMS_OF_SCOPE = {
  openid: ['sub'],
  email: ['email', 'email_verified'],
  profile: ['name', 'given_name', 'family_name', 'preferred_username', 'picture', 'locale'],
  groups: ['groups'],
};

export function nameOf(person: Person): string {
  return `${person.givenName} ${person.familyName}`;
}

/** Everything that the provider may say about a person; the scopes asked for decide what it does say. */
export function claimsOf(person: Person, issuer: string): { sub: string; [claim: string]: unknown } {
  return {
    sub: person.subject,
    email: person.email,
    email_verified: person.emailVerified ?? true,
    name: nameOf(person),
    given_name: person.givenName,
    family_name: person.familyName,
    preferred_username: person.email,
    picture: person.picture ?? `${issuer}${portraitPath(person)}`,
    locale: person.locale,
    groups: person.groups,
  };
}

export function portraitPath(person: Person): string {
  return `/portraits/${encodeURIComponent(person.subject)}.svg`;
}

/** The person's initials on a colour of their own. */
export function portrait(person: Person): string {
  const hue = [...person.subject].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 200);
  const initials = [person.givenName, person.familyName]
    .map((part) => part.replace(/[^\p{L}]/gu, '').charAt(0))
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
<rect width="96" height="96" fill="hsl(${hue} 45% 38%)"/>
<text x="48" y="50" dominant-baseline="central" text-anchor="middle" font-family="system-ui, sans-serif" font-size="36" font-weight="600" fill="#fff">${initials}</text>
</svg>`;
}
