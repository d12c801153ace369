/** Callers of the admin API on a world of its own: the operator and whoever has an admin key. */

import type { Declaration } from '#routes/admin/declaration.ts';
import { bearer } from '#tests/hostile/clients.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, type World } from '#tests/world.ts';

export const ADMIN_API_KEY = 'operator-key-of-the-test-0123456789abcdef';

/** An answer, with its status and the members that tests look at. */
export type Call = (path: string, init?: RequestInit) => Promise<Response>;

export interface AdminKeyWish {
  readonly organizations?: readonly string[] | null;
  readonly access?: 'read' | 'write';
  readonly expiresAt?: string | null;
}

let named = 0;

export interface Callers {
  readonly operator: Call;
  /** Calls with this key. */
  as(key: string): Call;
  /** Makes a key and calls with it. */
  with(wish: AdminKeyWish): Promise<Call & { id: string; key: string }>;
}

export function callersOf(world: Pick<World, 'fetch'>): Callers {
  const as =
    (key: string): Call =>
    (path, init = {}) =>
      world.fetch(`/admin/v1${path}`, { ...init, headers: { ...bearer(key), ...init.headers } });
  const operator = as(ADMIN_API_KEY);
  return {
    operator,
    as,
    async with({ organizations = null, access = 'write', expiresAt }) {
      const body = { name: `admin key ${++named}`, organizations, access, ...(expiresAt && { expiresAt }) };
      const { id, key } = await read(await operator('/admin-keys', json(body)), 201);
      return Object.assign(as(key), { id: String(id), key: String(key) });
    },
  };
}

/** A world with these organizations, and whoever calls its admin API. */
export async function openAdminWorld(
  organizations: Declaration['organizations'] = [{ slug: 'acme', name: 'Acme' }],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ world: World; callers: Callers }> {
  const world = await createWorld({
    outboundAllow: [],
    declaration: () => ({ organizations }),
    environment: { ADMIN_API_KEY, ...environment },
  });
  return { world, callers: callersOf(world) };
}

export const patch = (body: object, headers: Record<string, string> = {}): RequestInit => {
  const init = json(body, headers);
  return { ...init, method: 'PATCH' };
};
