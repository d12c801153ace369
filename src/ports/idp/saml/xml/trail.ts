/**
 * The named checks of one verification, as they leave the worker: plain data. The first refusal ends the
 * verification; its detail says in our own words what is wrong and never holds input.
 */
import type { Check } from '#core/checks.ts';
import { SsoError, type SsoErrorCode } from '#error';

/** Why a message was refused, and in which check. */
export interface Refusal {
  readonly code: SsoErrorCode;
  readonly check: string;
  readonly detail?: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** What a verification ends in; it can be cloned across threads. */
export type Outcome<T> =
  | { readonly verified: T; readonly checks: readonly Check[] }
  | { readonly refusal: Refusal; readonly checks: readonly Check[] };

interface Evidence {
  readonly expected?: string;
  readonly actual?: string;
}

/** A refusal that shows what was compared. */
class EvidentRefusal extends SsoError {
  override readonly evidence: Evidence;

  constructor(code: SsoErrorCode, detail: string, evidence: Evidence) {
    super(code, { detail });
    this.evidence = evidence;
  }
}

/** @param detail in our own words: no input, no secret */
export function refusal(code: SsoErrorCode, detail: string, evidence?: Evidence): SsoError {
  return evidence ? new EvidentRefusal(code, detail, evidence) : new SsoError(code, { detail });
}

export class Trail {
  readonly checks: Check[] = [];
  #current = 'saml.encoding';

  /** From here on a refusal belongs to this check. */
  begin(name: string): void {
    this.#current = name;
  }

  pass(evidence: Evidence = {}): void {
    this.checks.push({ name: this.#current, outcome: 'passed', ...evidence });
  }

  skip(name: string, why: string): void {
    this.checks.push({ name, outcome: 'skipped', expected: why });
  }

  /** Runs a verification to its outcome. Errors that are no refusals are faults of ours and pass through. */
  async conclude<T>(verify: (trail: this) => Promise<T>): Promise<Outcome<T>> {
    try {
      return { verified: await verify(this), checks: this.checks };
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      return { refusal: this.#fail(error), checks: this.checks };
    }
  }

  #fail(error: SsoError): Refusal {
    const { code, detail } = error;
    const evidence = error instanceof EvidentRefusal ? error.evidence : {};
    const check = this.#current;
    this.checks.push({
      name: check,
      outcome: 'failed',
      ...(detail === undefined ? {} : { actual: detail }),
      ...evidence,
    });
    return { code, check, ...(detail === undefined ? {} : { detail }), ...evidence };
  }
}
