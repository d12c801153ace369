/** For whoever runs the server: our public keys, health, metrics. */

import { Elysia, t } from 'elysia';
import { SsoError } from '#error';
import { JWKS_CACHE_SECONDS } from '#ports/keys/keys.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { refuseWith } from '#routes/http/refusal.ts';
import { answerBodiless } from './http/bodiless.ts';
import { contextOf } from './http/context.ts';
import { isNamed } from './http/etag.ts';
import { ANY_REFUSALS, BARE_REFUSALS, problems } from './http/openapi-refusals.ts';
import { answerOf, bodiless, describe, textOf } from './http/openapi-route.ts';
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

/** The key of RFC 7515 appendix A.3. */
const EXAMPLE_KEYS = {
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      kid: '6735a1c09f3b2e4d8c7a6b54',
      use: 'sig',
      alg: 'ES256',
    },
  ],
};

const EXAMPLE_METRICS = `# HELP vestibule_logins_total Logins by dialect and reason; an empty reason is a success.
# TYPE vestibule_logins_total counter
vestibule_logins_total{dialect="applivery",reason=""} 42
`;

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
      async ({ request, set }) => {
        const keySet = await ports.keys.jwks();
        const etag = `"${await digest(JSON.stringify(keySet))}"`;
        // only now: a refusal must not be cached
        Object.assign(set.headers, { 'cache-control': `public, max-age=${JWKS_CACHE_SECONDS}`, etag });
        delete set.headers['pragma'];
        if (!isNamed(etag, request.headers.get('if-none-match'))) return keySet;
        return answerBodiless(set, 304);
      },
      describe({
        operationId: 'readJwks',
        summary: 'Public signing keys',
        description: 'The keys that access tokens are verified with, including the next one before it signs.',
        tag: 'Operations',
        security: [],
        answers: {
          200: { ...answerOf('JsonWebKeySet', 'The keys.', EXAMPLE_KEYS), headers: { ETag: 'Changes with the keys.' } },
          304: bodiless('The keys are those that `If-None-Match` names.'),
          ...problems(...ANY_REFUSALS),
        },
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
        answers: { 200: answerOf('Health', 'Up.', { status: 'ok' }), ...problems(...BARE_REFUSALS) },
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
          ...problems('database_unavailable', ...BARE_REFUSALS),
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
        answers: { 200: textOf('text/plain', 'The metrics.', EXAMPLE_METRICS), ...problems(...BARE_REFUSALS) },
      }),
    );
