/**
 * Named checks: every step of a login leaves `{name, outcome, expected, actual}`, and the first
 * failure is the login's reason. Whoever verifies something does it through this record, so that a
 * check can't be made without being seen in the trace.
 */
import { asSsoError, type Evidence, SsoError, type SsoErrorCode } from '#error';
import { Findings } from './findings.ts';
import { storable } from './text.ts';

/** One line of a login's trace. `expected` and `actual` are redacted text, at most 200 characters each. */
export interface Check {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly expected?: string;
  readonly actual?: string;
}

/** A check that may be made beside others. */
export interface Condition {
  readonly name: string;
  readonly holds: boolean;
  readonly code: SsoErrorCode;
  readonly evidence: Evidence;
}

const TEXT_LIMIT = 200;

export class Checks {
  readonly entries: Check[] = [];
  /** What was found out beside them. */
  readonly findings = new Findings();

  /** Records a check; throws `SsoError(code)` when it did not hold. */
  require(name: string, holds: boolean, code: SsoErrorCode, evidence: Evidence = {}): void {
    if (!holds) this.fail(name, code, evidence);
    this.pass(name, evidence);
  }

  /** Records all of them, so that who puts one right sees the others too; throws with the code of the first that did not hold. */
  requireAll(all: readonly Condition[]): void {
    const failed = all.filter(({ holds }) => !holds);
    // the failures stand last, as in every trace
    for (const { name, evidence } of all.filter(({ holds }) => holds)) this.pass(name, evidence);
    for (const { name, evidence } of failed) this.entries.push({ name, outcome: 'failed', ...asText(evidence) });
    const [first] = failed;
    if (first) throw new SsoError(first.code, { detail: `check ${first.name} failed` });
  }

  pass(name: string, evidence: Evidence = {}): void {
    this.entries.push({ name, outcome: 'passed', ...asText(evidence) });
  }

  fail(name: string, code: SsoErrorCode, evidence: Evidence = {}, cause?: unknown): never {
    this.entries.push({ name, outcome: 'failed', ...asText(evidence) });
    throw new SsoError(code, { detail: `check ${name} failed`, cause });
  }

  /** Records that a step outside of any check ended the login. */
  note(name: string, refusal: SsoError): void {
    this.entries.push({
      name,
      outcome: 'failed',
      ...asText(refusal.evidence ?? { actual: refusal.detail ?? refusal.code }),
    });
  }

  /** A check that this login has no use for, and why. */
  skip(name: string, why: string): void {
    this.entries.push({ name, outcome: 'skipped', expected: why });
  }

  /** Runs a step that throws on its own; its `SsoError` becomes the failed check `name`. */
  async step<T>(name: string, run: () => Promise<T>): Promise<T> {
    const before = this.entries.length;
    try {
      const value = await run();
      this.pass(name);
      return value;
    } catch (error) {
      const alreadyRecorded = this.entries.slice(before).some((check) => check.outcome === 'failed');
      if (!alreadyRecorded) {
        this.note(name, asSsoError(error));
      }
      throw error;
    }
  }
}

function asText(evidence: Evidence): { expected?: string; actual?: string } {
  const text: { expected?: string; actual?: string } = {};
  if ('expected' in evidence) text.expected = describe(evidence.expected);
  if ('actual' in evidence) text.actual = describe(evidence.actual);
  return text;
}

function describe(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = storable(typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));
  return text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text;
}
