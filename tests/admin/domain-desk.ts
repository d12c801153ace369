/** Where the tests of domains begin: two organizations, a DNS that says what it is told, and the calls that they all make. */
import { ADMIN_API_KEY, type Callers, callersOf } from '#tests/admin/callers.ts';
import { type NameServer, startNameServer } from '#tests/dns-server.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, type World } from '#tests/world.ts';

export interface DomainDesk {
  readonly world: World;
  readonly names: NameServer;
  readonly callers: Callers;
  /** Of the organizations, by their slug. */
  readonly ids: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openDomainDesk(): Promise<DomainDesk> {
  const names = await startNameServer();
  const world = await createWorld({
    outboundAllow: [],
    declaration: () => ({
      organizations: [
        { slug: 'acme', name: 'Acme', domains: [{ domain: 'declared.test', verified: true }] },
        { slug: 'globex', name: 'Globex' },
      ],
    }),
    environment: { ADMIN_API_KEY, DNS_SERVERS: names.address },
  });
  const rows = await world.sql`select id, slug from organizations`;
  const ids = Object.fromEntries(rows.map(({ id, slug }) => [slug, id]));
  return {
    world,
    names,
    callers: callersOf(world),
    ids,
    async close() {
      await world.close();
      await names.close();
    },
  };
}

let made = 0;
export const freshName = () => `d${++made}.test`;

/** @param desk opened by the time that something is called */
export function domainCalls(desk: () => DomainDesk) {
  const operator: Callers['operator'] = (path, init) => desk().callers.operator(path, init);
  const add = (domain: string, body: object = {}, organization = 'acme', call = operator) =>
    call(`/organizations/${desk().ids[organization]}/domains`, json({ domain, ...body }));
  return {
    add,
    added: async (domain = freshName(), organization = 'acme') => read(await add(domain, {}, organization), 201),
    verify: async (id: string) => read(await operator(`/domains/${id}/verify`, { method: 'POST' })),
    get: async (id: string) => read(await operator(`/domains/${id}`)),
    async actionsOf(id: string) {
      const rows = await desk().world
        .sql`select action from audit_events where target_id = ${id} order by created_at, id`;
      return rows.map(({ action }) => action);
    },
  };
}
