/**
 * The admin API within this process: what a command asks for is one of its requests, so that it is checked, done, audited and
 * answered as over HTTP. The caller is the operator, under a key that only this process knows.
 */
import type { RefusedMember } from '#error';
import { randomToken } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import { admin } from '#routes/admin/routes.ts';
import { openContext } from '#routes/http/context.ts';
import type { Fault } from './fault.ts';

export type Resource = Readonly<Record<string, unknown>>;

export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/admin/v1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Resource | undefined;
}

/** @throws RefusedError */
export type Administration = (request: AdminRequest) => Promise<Resource>;

/** The admin API said no; `faults` say where in the words of the command line. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly code: string,
    sentence: string,
    readonly members: readonly RefusedMember[] = [],
    readonly faults: readonly Fault[] = [],
  ) {
    super(sentence);
  }
}

const opened = new WeakMap<Ports, Administration>();

/** Once for the same ports: putting the routes together takes longer than asking them. */
export function openAdministration(ports: Ports): Administration {
  const known = opened.get(ports) ?? administrationOf(ports);
  opened.set(ports, known);
  return known;
}

function administrationOf(ports: Ports): Administration {
  const key = randomToken();
  const api = admin({ ...ports, config: { ...ports.config, ADMIN_API_KEY: key } });
  return async ({ method, path, query = {}, body }) => {
    const request = new Request(`http://localhost/admin/v1${path}?${new URLSearchParams(query)}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'user-agent': 'vestibule command line',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    openContext(request, 0, ports.clock.now());
    const response = await api.handle(request);
    const text = await response.text();
    const answer = (text ? JSON.parse(text) : {}) as Resource;
    if (response.ok) return answer;
    throw new RefusedError(
      String(answer['code']),
      String(answer['detail']),
      (answer['errors'] ?? []) as RefusedMember[],
    );
  };
}

/** @param limit rows at most; `nextCursor` is there when more follow */
export async function readList(
  ask: Administration,
  path: string,
  query: Readonly<Record<string, string>>,
  limit = Number.POSITIVE_INFINITY,
): Promise<{ items: Resource[]; nextCursor?: string }> {
  const items: Resource[] = [];
  let { cursor } = query;
  do {
    const most = String(Math.min(MOST_IN_A_PAGE, limit - items.length));
    const page = await ask({ method: 'GET', path, query: { ...query, ...(cursor && { cursor }), limit: most } });
    items.push(...(page['items'] as Resource[]));
    cursor = page['nextCursor'] as string | undefined;
  } while (cursor !== undefined && items.length < limit);
  return cursor === undefined ? { items } : { items, nextCursor: cursor };
}

const MOST_IN_A_PAGE = 100;
