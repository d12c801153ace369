/** The job that chains, in the server as its users run it. */
import { expect, test } from 'bun:test';
import { cloneDatabase } from '#tests/database.ts';
import { startServer } from '#tests/server-process.ts';
import { migrate } from '#tests/world.ts';

const ADMIN_API_KEY = 'operator-key-of-these-tests-0123456789';

test.each(['bun', 'deno'] as const)(
  'a server on %s chains what it wrote, and its log and metrics say where the chain ends',
  async (runtime) => {
    const database = await cloneDatabase(migrate);
    const server = await startServer({
      runtime,
      databaseUrl: database.url,
      declaration: { organizations: [{ slug: 'acme', name: 'Acme' }] },
      environment: { ADMIN_API_KEY },
    });
    try {
      const read = async () => {
        const answer = await fetch(`${server.url}/admin/v1/audit-chain/head`, {
          headers: { authorization: `Bearer ${ADMIN_API_KEY}` },
        });
        return (await answer.json()) as { position: number; hash: string };
      };
      let head = await read();
      for (let tries = 0; tries < 100 && head.position === 0; tries++) {
        await Bun.sleep(200);
        head = await read();
      }
      expect(head.position).toBeGreaterThan(0);
      expect(head.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(head.hash).toMatch(/^[0-9a-f]{64}$/);
      for (let tries = 0; tries < 50 && !server.output().includes('head of the audit chain'); tries++)
        await Bun.sleep(100);
      expect(server.output()).toContain('head of the audit chain');
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toMatch(/vestibule_audit_chain_position [1-9]/);
      const exported = await fetch(`${server.url}/admin/v1/audit-events/export?action=organization.created`, {
        headers: { authorization: `Bearer ${ADMIN_API_KEY}` },
      });
      expect(await exported.text()).toMatch(/^\{"position":\d+,"hash":"[0-9a-f]{64}","event":\{.*\}\}\n$/);
    } finally {
      await server.stop();
      await database.drop();
    }
  },
  60_000,
);
