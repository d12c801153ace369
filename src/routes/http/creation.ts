/** A POST that creates: 201 with `Location` and `ETag`, and the same answer again for the same `Idempotency-Key`. */
import { answerOnce } from '#core/idempotency.ts';
import { SsoError } from '#error';
import type { Ports } from '#ports/ports.ts';
import { callerOf } from './admin-caller.ts';
import { tagged } from './etag.ts';

/** A string of RFC 8941 §3.3.3 without escapes, or the same without its quotation marks. */
const KEY = /^(?:"([ !#-[\]-~]{1,255})"|([!#-[\]-~]{1,255}))$/;

interface Call {
  readonly request: Request;
  readonly body: unknown;
  readonly set: { status?: number | string; headers: Record<string, string | number> };
}

/**
 * Answers what `create` makes, or made before. Whether the caller may ask at all has to be settled before.
 * @param collection where the created ones stand: `/admin/v1/api-keys`
 * @throws SsoError `input_invalid`, `idempotency_key_reused`, `idempotency_in_progress`, and what `create` throws
 */
export async function createOnce<Answer extends { readonly id: string }>(
  ports: Ports,
  { request, body, set }: Call,
  collection: string,
  create: () => Promise<Answer>,
): Promise<Answer> {
  const key = keyOf(request);
  const caller = callerOf(request).keyId ?? 'operator';
  const content = JSON.stringify([request.method, new URL(request.url).pathname, body]);
  const answer = key === undefined ? await create() : await answerOnce(ports, { caller, key, content }, create);
  set.status = 201;
  set.headers['location'] = `${ports.config.PUBLIC_URL}${collection}/${answer.id}`;
  return tagged(set, answer);
}

function keyOf(request: Request): string | undefined {
  const header = request.headers.get('idempotency-key');
  if (header === null) return undefined;
  const [, quoted, bare] = KEY.exec(header.trim()) ?? [];
  const key = quoted ?? bare;
  if (key !== undefined) return key;
  const detail = 'Send up to 255 visible ASCII characters, such as a UUID';
  throw new SsoError('input_invalid', { members: [{ pointer: '/Idempotency-Key', detail }] });
}
