/** From whatever was thrown to a refusal of ours: Elysia's own errors never reach the wire. */

import { ValidationError } from 'elysia';
import { asSsoError, SsoError } from '#error';
import type { Log } from '#ports/log.ts';
import { contextOf, noteRefusal } from './context.ts';
import type { Refusal } from './problem.ts';
import { refusedMembers } from './refused-members.ts';

interface Failure {
  readonly error: unknown;
  readonly code: string | number;
  readonly request: Request;
  readonly set: { status?: number | string; headers: Record<string, string | number> };
}

/**
 * An `onError` hook that speaks one wire. Elysia's validation errors hold the input and its uncaught errors
 * the message of whoever threw; both are replaced by one of our reasons.
 */
export function refuseWith<Body>(
  log: Log,
  present: (error: SsoError, request: Request) => Refusal<Body> | Promise<Refusal<Body>>,
) {
  return async ({ error, code, request, set }: Failure): Promise<Body> => {
    const refusal = translate(error, code, request);
    if (refusal.code === 'internal_error') {
      log.error({ error, requestId: contextOf(request).requestId }, 'request failed');
    }
    noteRefusal(request, refusal.code);
    const { status, body, headers } = await present(refusal, request);
    set.status = status;
    Object.assign(set.headers, { 'content-type': 'application/json', ...headers });
    return body;
  };
}

function translate(error: unknown, code: string | number, request: Request): SsoError {
  // what a handler answers is ours to get right: a response that fails its model is no fault of the caller
  if (code === 'VALIDATION' && error instanceof ValidationError && error.type === 'response') {
    return new SsoError('internal_error', { cause: error });
  }
  if (code === 'VALIDATION' || code === 'PARSE' || code === 'INVALID_COOKIE_SIGNATURE') {
    if (error instanceof Error && error.cause instanceof SsoError) return error.cause;
    return new SsoError('input_invalid', { members: refusedMembers(error, request) });
  }
  if (code === 'NOT_FOUND' && !(error instanceof SsoError)) return new SsoError('not_found');
  return asSsoError(error);
}
