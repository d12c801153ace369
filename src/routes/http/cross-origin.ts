/**
 * CORS (Fetch standard §3.2) for front ends on the listed origins, with credentials, never with a wildcard.
 * Without a list there is none: no header, and a preflight finds nothing.
 */
import { cors } from '@elysiajs/cors';
import { Elysia } from 'elysia';

const PREFLIGHT_SECONDS = 600;

export function crossOrigin(origins: readonly string[]) {
  const plugin = new Elysia({ name: 'cross-origin' });
  const listed = new Set(origins);
  if (listed.size === 0) return plugin;
  return plugin.use(
    cors({
      origin: (request) => listed.has(request.headers.get('origin') ?? ''),
      credentials: true,
      methods: ['GET', 'POST'],
      allowedHeaders: ['authorization', 'content-type', 'x-access-token'],
      exposeHeaders: ['request-id', 'retry-after'],
      maxAge: PREFLIGHT_SECONDS,
    }),
  );
}
