/** Stands for a secret in answers; sent back, it leaves the secret as it is. */
export const MASK = '••••••••';

/** The members of a body but those that hold the mask. */
export function withoutMasked<Body extends object>(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== MASK)) as Body;
}
