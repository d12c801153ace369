/** What a call was refused with. */
import { SsoError, type SsoErrorCode } from '#error';

export interface Refusal {
  readonly code: SsoErrorCode;
  readonly detail: string | undefined;
}

/** @throws when the call is not refused, or not by an SsoError */
export async function refusalOf(call: () => unknown): Promise<Refusal> {
  try {
    await call();
  } catch (error) {
    if (error instanceof SsoError) return { code: error.code, detail: error.detail };
    throw error;
  }
  throw new Error('was not refused');
}
