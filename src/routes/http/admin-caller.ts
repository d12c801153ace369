/** The caller of a request to the admin API, found once a request. */
import type { AdminCaller } from '#core/admin-caller.ts';
import { authenticateAdmin } from '#core/admin-key.ts';
import { SsoError } from '#error';
import type { AdminOrigin } from '#ports/db/logins.ts';
import type { Ports } from '#ports/ports.ts';
import { bearerToken } from './bearer.ts';
import { originOf } from './context.ts';

const admissions = new WeakMap<Request, Promise<AdminCaller>>();
const callers = new WeakMap<Request, AdminCaller>();

/** Methods and addresses that change nothing: a key that only reads may use them. */
const READS = /^\/admin\/v1\/(logins\/[^/]+\/evaluate|connections\/[^/]+\/simulate-rules)$/;

/**
 * Says who calls, the first time by asking; {@link callerOf} knows it from then on.
 * @throws SsoError `token_missing`, `token_invalid`, `rate_limited`, `input_invalid` (a header that can't be read)
 */
export function admitCaller(ports: Ports, request: Request): Promise<AdminCaller> {
  const known = admissions.get(request);
  if (known !== undefined) return known;
  const admission = authenticate(ports, request);
  admissions.set(request, admission);
  // whoever asks again hears the refusal; nobody may be asking yet
  admission.catch(() => {});
  return admission;
}

async function authenticate(ports: Ports, request: Request): Promise<AdminCaller> {
  const given = bearerToken(request);
  if (given === undefined) throw new SsoError('token_missing');
  const caller = await authenticateAdmin(ports, given, originOf(request));
  callers.set(request, caller);
  return caller;
}

/** Whether this caller may send this request at all. @throws SsoError `admin_key_forbidden` */
export function requireAccess({ access }: AdminCaller, { method, url }: Request): void {
  if (access === 'write' || method === 'GET' || READS.test(new URL(url).pathname)) return;
  throw new SsoError('admin_key_forbidden', { detail: 'the key only reads' });
}

/** @throws Error when the request did not come through `admitCaller` */
export function callerOf(request: Request): AdminCaller {
  const caller = callers.get(request);
  if (!caller) throw new Error('a request without caller');
  return caller;
}

/** Where a change came from and who made it, for the audit. */
export function adminOriginOf(request: Request): AdminOrigin {
  return { ...originOf(request), actorId: callerOf(request).keyId };
}
