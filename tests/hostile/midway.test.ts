/**
 * What is switched off while a login runs is off (OC-27, AL-20, AK-05): while the provider is asked, and in the last
 * moment, when everything was read and only the write is left.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { SsoErrorCode } from '#error';
import { expectNoSecrets } from '#tests/hostile/canaries.ts';
import { CLIENTS, indee, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { openStage, type Stage } from '#tests/hostile/stage.ts';
import { expectWire } from '#tests/hostile/wire.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

const CASES: readonly { sql: string; undo: string; reason: SsoErrorCode }[] = [
  {
    sql: `update connections set status = 'disabled' where slug = 'oidc'`,
    undo: `update connections set status = 'active'`,
    reason: 'connection_disabled',
  },
  {
    // off and on again: what was under way when it was switched off stays refused
    sql: `update connections set disabled_at = now() where slug = 'oidc'`,
    undo: `update connections set disabled_at = null`,
    reason: 'connection_disabled',
  },
  {
    sql: `update organizations set status = 'disabled' where slug = 'acme'`,
    undo: `update organizations set status = 'active'`,
    reason: 'organization_disabled',
  },
  {
    sql: 'update users set deactivated_at = now()',
    undo: 'update users set deactivated_at = null',
    reason: 'user_disabled',
  },
  {
    sql: 'update memberships set deactivated_at = now()',
    undo: 'update memberships set deactivated_at = null',
    reason: 'membership_disabled',
  },
  {
    sql: 'update api_keys set revoked_at = now()',
    undo: 'update api_keys set revoked_at = null',
    reason: 'api_key_invalid',
  },
];

interface Moment {
  readonly name: string;
  /** Runs `sql` when the login has come this far. */
  readonly interrupt: (sql: string, send: () => Promise<Response>) => Promise<Response>;
}

const MOMENTS: readonly Moment[] = [
  {
    name: 'while the code is exchanged',
    async interrupt(sql, send) {
      stage.provider.script.answers.token = { delayMs: 100 };
      const before = stage.provider.count('token');
      const answer = send();
      while (stage.provider.count('token') === before) await Bun.sleep(5);
      await stage.world.sql.unsafe(sql);
      return answer;
    },
  },
  {
    name: 'when only the write is left',
    async interrupt(sql, send) {
      const { answer } = await stage.world.sql.begin(async (transaction) => {
        // lets everybody read, and whoever writes wait
        await transaction`lock table identities in exclusive mode`;
        const sent = send();
        for (let waiting = 0; waiting === 0; await Bun.sleep(5)) {
          const [row] = await stage.replica.sql`select count(*)::int as waiting from pg_locks where not granted`;
          waiting = row?.['waiting'];
        }
        await transaction.unsafe(sql);
        return { answer: sent };
      });
      return answer;
    },
  },
];

const pairs = CLIENTS.flatMap((client) =>
  CASES.filter(({ reason }) => client === indee || reason !== 'api_key_invalid').map((each) => ({ ...each, client })),
);

describe.each([...MOMENTS])('$name', ({ interrupt }) => {
  test.each(pairs)('$client.dialect: $reason', async ({ client, sql, undo, reason }) => {
    await signIn(stage, client);
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    const [before] = await stage.world.sql`select count(*)::int as count from sessions`;
    try {
      const answer = await interrupt(sql, () => stage.world.fetch(...client.callback(stage, started, returned)));
      await expectWire(answer, client.dialect, reason);
    } finally {
      await stage.world.sql.unsafe(undo);
    }
    expect((await stage.world.sql`select count(*)::int as count from sessions`)[0]).toEqual({ ...before });
    const [login] = await stage.world
      .sql`select outcome, reason, checks from logins order by created_at desc, id desc limit 1`;
    expect(login).toMatchObject({ outcome: 'failed', reason });
    const checks = (login?.['checks'] ?? []) as { outcome: string }[];
    expect(checks.filter(({ outcome }) => outcome === 'failed').length).toBe(1);
    expect(checks.at(-1)?.outcome).toBe('failed');
    await expectNoSecrets(stage);
    stage.honest();
    expect(await client.use(stage.world.fetch, stage, await signIn(stage, client))).toBe(200);
  });
});
