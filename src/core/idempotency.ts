/**
 * A creation that a client repeats because it never heard the answer (draft-ietf-httpapi-idempotency-key-header): the same key
 * and request get the same answer for a day. A refusal made nothing and is not kept.
 */
import { SsoError } from '#error';
import { claimIdempotencyKey, releaseIdempotencyKey, settleIdempotencyKey } from '#ports/db/idempotency-keys.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';

const KEPT_SECONDS = 24 * 60 * 60;
const LEASE_SECONDS = 60;

export interface RepeatableRequest {
  /** Who asks: another caller's key of the same name is another key. */
  readonly caller: string;
  readonly key: string;
  /** All that the answer depends on. */
  readonly content: string;
}

/**
 * The answer is kept sealed: it may hold a key that is shown once. A process that dies between the creation and the keeping
 * leaves the key under way for a minute; who repeats the request after that makes it anew.
 * @throws SsoError `idempotency_key_reused`, `idempotency_in_progress`, and what `produce` throws
 */
export async function answerOnce<Answer>(
  ports: Pick<Ports, 'db' | 'keys'>,
  { caller, key, content }: RepeatableRequest,
  produce: () => Promise<Answer>,
): Promise<Answer> {
  const id = await digest(JSON.stringify([caller, key]));
  const context = `idempotency_keys:${id}:answer`;
  const requestDigest = await digest(content);
  const lifetimes = { keptSeconds: KEPT_SECONDS, leaseSeconds: LEASE_SECONDS };
  const earlier = await claimIdempotencyKey(ports.db, { id, requestDigest, ...lifetimes });
  if (earlier !== 'claimed') {
    if (earlier && earlier.requestDigest !== requestDigest) throw new SsoError('idempotency_key_reused');
    if (!earlier?.sealedAnswer) throw new SsoError('idempotency_in_progress', { retryAfterSeconds: 1 });
    return JSON.parse(await ports.keys.open(earlier.sealedAnswer, context)) as Answer;
  }
  const answer = await produce().catch(async (error: unknown) => {
    await releaseIdempotencyKey(ports.db, id);
    throw error;
  });
  await settleIdempotencyKey(ports.db, id, await ports.keys.seal(JSON.stringify(answer), context));
  return answer;
}
