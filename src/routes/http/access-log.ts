/** One line a request: who asked for which route, and what came of it. No query, no body, no credentials. */

import { Elysia } from 'elysia';
import type { Log } from '#ports/log.ts';
import type { Metrics } from '#ports/metrics.ts';
import { contextOf, refusalOf } from './context.ts';

export const logAccess = (log: Log, metrics: Metrics) =>
  new Elysia({ name: 'access-log' }).onAfterResponse({ as: 'global' }, ({ request, route, set, response }) => {
    const { requestId, address, userAgent, startedAt } = contextOf(request);
    const milliseconds = performance.now() - startedAt;
    const status = response instanceof Response ? response.status : typeof set.status === 'number' ? set.status : 200;
    const pattern = route || 'none';
    metrics.request(pattern, request.method, status, milliseconds / 1000);
    log.info(
      {
        requestId,
        method: request.method,
        route: pattern,
        status,
        reason: refusalOf(request),
        ms: Math.round(milliseconds * 10) / 10,
        address,
        userAgent,
      },
      'request',
    );
  });
