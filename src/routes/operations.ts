/** For whoever runs the server: our public keys, health, metrics. */

import { Elysia, t } from 'elysia';
import { SsoError } from '#error';
import type { Ports } from '#ports/ports.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { contextOf } from './http/context.ts';
import { ANY_REFUSALS, problems } from './http/openapi-refusals.ts';
import { answerOf, describe, textOf } from './http/openapi-route.ts';
import { presentProblem, problemModels } from './http/problem.ts';

const operationsModels = {
  ...problemModels,
  Health: t.Object(
    { status: t.Literal('ok', { description: '`ok`.' }) },
    { description: 'Health.', additionalProperties: false },
  ),
  JsonWebKeySet: t.Object(
    {
      keys: t.Array(t.Record(t.String(), t.Any(), { description: 'A public key (RFC 7517 §4).' }), {
        description: 'Public keys.',
      }),
    },
    { description: 'Our public signing keys (RFC 7517 §5).', additionalProperties: false },
  ),
};

/** Keys are published this long before they first sign, so a cache of this age never lacks one. */
const JWKS_CACHE_SECONDS = 300;

export interface Readiness {
  /** Resolves when the database answers and its migrations match; rejects otherwise. */
  check(): Promise<void>;
}

export const operations = (ports: Ports, readiness: Readiness) =>
  new Elysia({ name: 'operations' })
    .model(operationsModels)
    .onError(refuseWith(ports.log, (error, request) => presentProblem(error, contextOf(request).requestId)))
    .get(
      '/.well-known/jwks.json',
      async ({ set }) => {
        set.headers['cache-control'] = `public, max-age=${JWKS_CACHE_SECONDS}`;
        return ports.keys.jwks();
      },
      describe({
        operationId: 'readJwks',
        summary: 'Public signing keys',
        description: 'The keys that access tokens are verified with, including the next one before it signs.',
        tag: 'Operations',
        security: [],
        answers: { 200: answerOf('JsonWebKeySet', 'The keys.'), ...problems(...ANY_REFUSALS) },
      }),
    )
    .get(
      '/health/live',
      () => ({ status: 'ok' }) as const,
      describe({
        operationId: 'readLiveness',
        summary: 'The process is up',
        description: 'Answers as long as the process does.',
        tag: 'Operations',
        security: [],
        answers: { 200: answerOf('Health', 'Up.', { status: 'ok' }), ...problems('rate_limited', 'internal_error') },
      }),
    )
    .get(
      '/health/ready',
      async () => {
        await readiness.check().catch((cause: unknown) => {
          throw new SsoError('database_unavailable', { cause });
        });
        return { status: 'ok' } as const;
      },
      describe({
        operationId: 'readReadiness',
        summary: 'The server can serve',
        description: 'The database answers, its migrations match this version, and the server is not about to stop.',
        tag: 'Operations',
        security: [],
        answers: {
          200: answerOf('Health', 'Ready.', { status: 'ok' }),
          ...problems(...ANY_REFUSALS),
        },
      }),
    )
    .get(
      '/metrics',
      async ({ set }) => {
        set.headers['content-type'] = ports.metrics.contentType;
        return ports.metrics.text();
      },
      describe({
        operationId: 'readMetrics',
        summary: 'Metrics',
        description: 'Counters and durations in the Prometheus text format.',
        tag: 'Operations',
        security: [],
        answers: { 200: textOf('text/plain', 'The metrics.'), ...problems('rate_limited', 'internal_error') },
      }),
    );
