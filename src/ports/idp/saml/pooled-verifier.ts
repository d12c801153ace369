/**
 * The verifier over the pool. This thread only scans a message, in linear time, so that hostile texts never cost a
 * worker anything; parsing, canonicalisation and cryptography happen in the workers.
 */
import type { Checks } from '#core/checks.ts';
import { SsoError } from '#error';
import { readCertificate } from './certificate.ts';
import { readDuration, readValidUntil } from './metadata-validity.ts';
import { type PoolOptions, WorkerPool } from './pool.ts';
import type { Answer, Task } from './tasks.ts';
import type { SamlVerifier } from './verifier.ts';
import { MAX_MESSAGE_BYTES, type ScanLimits, scanMessage } from './xml/scan.ts';
import type { Outcome } from './xml/trail.ts';

export interface PooledVerifier extends SamlVerifier {
  /** Starts all workers, so that the first message need not wait for them. */
  warm(): void;
  /** Messages that wait for a worker. */
  waiting(): number;
}

/** As the workers have it, which scan again: they trust nobody. */
const MAX_LOGOUT_ELEMENTS = 600;
const METADATA_LIMITS = { maxBytes: 256 * 1024, maxElements: 20_000, comments: true };

/** Workers start at the first use. */
export function createPooledVerifier(options: Omit<PoolOptions, 'entry'> = {}): PooledVerifier {
  // resolves in the container's executable too, where the worker lies beside the main module
  const entry = new URL('./worker.ts', import.meta.url);
  const pool = new WorkerPool<Task, Answer>({ entry, ...options });
  return {
    async verifyResponse(message, policy, organizationId, checks) {
      const limits = { maxBytes: MAX_MESSAGE_BYTES, maxElements: policy.maxElements };
      const bytes = scanned(message, limits, checks);
      const answer = await pool.run({ kind: 'response', bytes, policy }, organizationId);
      return answer.kind === 'response' ? conclude(answer.outcome, checks) : misanswered();
    },
    async verifyLogoutMessage(message, policy, organizationId, checks) {
      const limits = { maxBytes: MAX_MESSAGE_BYTES, maxElements: MAX_LOGOUT_ELEMENTS };
      const bytes = scanned(message, limits, checks);
      const answer = await pool.run({ kind: 'logout', bytes, policy }, organizationId);
      return answer.kind === 'logout' ? conclude(answer.outcome, checks) : misanswered();
    },
    async readMetadata(document, { entityId, certificate }, organizationId) {
      const bytes = scanMessage(document, METADATA_LIMITS);
      const pinned = certificate === undefined ? undefined : await readCertificate(certificate);
      const policy = { entityId, publicKey: pinned?.publicKey };
      const answer = await pool.run({ kind: 'metadata', bytes, policy }, organizationId);
      if (answer.kind !== 'metadata') return misanswered();
      if ('refusal' in answer.outcome) {
        const { code, detail } = answer.outcome.refusal;
        throw new SsoError(code, { detail, evidence: evidence(answer.outcome.refusal) });
      }
      const { certificates, validUntil, cacheDuration, ...content } = answer.outcome.verified;
      return {
        ...content,
        certificates: await Promise.all(certificates.map(readCertificate)),
        validUntil: readValidUntil(validUntil),
        cacheSeconds: readDuration(cacheDuration),
      };
    },
    warm: () => pool.warm(),
    waiting: () => pool.waiting(),
    close: () => pool.close(),
  };
}

/** What a scan refuses is a failed check as if the worker had found it. */
function scanned(message: Uint8Array, limits: ScanLimits, checks: Checks): Uint8Array {
  try {
    return scanMessage(message, limits);
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    const name = error.code === 'saml_structure' ? 'saml.structure' : 'saml.encoding';
    return checks.fail(name, error.code, { actual: error.detail }, error);
  }
}

/** Makes the worker's checks the caller's, in their order. */
function conclude<T>(outcome: Outcome<T>, checks: Checks): T {
  for (const check of outcome.checks) {
    if (check.outcome === 'passed') checks.pass(check.name, evidence(check));
    else if (check.outcome === 'skipped') checks.skip(check.name, check.expected ?? '');
  }
  if ('verified' in outcome) return outcome.verified;
  const { check, code, detail } = outcome.refusal;
  const cause = new SsoError(code, { detail });
  return checks.fail(check, code, { actual: detail, ...evidence(outcome.refusal) }, cause);
}

/** Only the members that are there: one that is `undefined` would read as absent. */
function evidence({ expected, actual }: Evidence): Evidence {
  return { ...(expected === undefined ? {} : { expected }), ...(actual === undefined ? {} : { actual }) };
}

interface Evidence {
  readonly expected?: string;
  readonly actual?: string;
}

function misanswered(): never {
  throw new SsoError('internal_error', { detail: 'the verifier answered another kind of task' });
}
