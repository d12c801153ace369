/** One broken login: what is wrong, the exact reason it must get, and the fix that its texts state. */
import type { SsoErrorCode } from '#error';
import type { Clinic, Patient, Slug } from '#tests/doctor/clinic.ts';

export interface Ailment {
  readonly name: string;
  readonly slug: Slug;
  /** Makes the provider or the connection wrong. */
  readonly harm?: (clinic: Clinic) => Promise<void> | void;
  /** What the client does wrong. */
  readonly patient?: Patient;
  readonly reason: SsoErrorCode;
  /** What the trace adds to the reason. */
  readonly detail?: string;
  /** Whose text states the fix, and by what words. */
  readonly told: readonly ['integrator' | 'admin' | 'person', RegExp];
  /** A check of the trace: its name, what it expected, what it found. */
  readonly check?: readonly [name: string, expected: RegExp, actual: RegExp];
  /** Whether the fix lies with us alone: then the broken login, run again, would come to a link. */
  readonly mended?: boolean;
  /** Does what the text says; nothing, where the client or the person does it. */
  readonly fix?: (clinic: Clinic) => Promise<void> | void;
  /** How the person comes again. */
  readonly cured?: Patient;
  /** Leaves the connection as it was. */
  readonly afterwards?: (clinic: Clinic) => Promise<void>;
}

/** The provider is put right again. */
export const honest = ({ honest: restore }: Clinic) => restore();
