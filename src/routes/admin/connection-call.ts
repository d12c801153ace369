/** A request that changes a connection: who sends it, and what they want it to be as yet. */
import { reachConnection } from '#core/admin-caller.ts';
import type { ConnectionCall } from '#core/connection-administration.ts';
import type { Ports } from '#ports/ports.ts';
import { adminOriginOf, callerOf } from '#routes/http/admin-caller.ts';
import { ifMatch } from '#routes/http/etag.ts';
import { presentConnection } from './connection-resources.ts';

/** @throws SsoError `not_found` when there is none, or none within reach */
export async function connectionCall(ports: Ports, request: Request, id: string): Promise<ConnectionCall> {
  await reachConnection(ports, callerOf(request), id);
  return {
    origin: adminOriginOf(request),
    precondition: (found) => ifMatch(request)(presentConnection(found, ports.config.PUBLIC_URL)),
  };
}
