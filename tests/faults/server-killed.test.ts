/**
 * A server dies in the middle of something (RT-09): its client asks again, elsewhere or of the server that came back, and
 * goes on as if nothing had been.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import {
  expectSound,
  type Fleet,
  type Member,
  openFleet,
  persistent,
  settleAbandoned,
  signInAt,
} from '#tests/faults/harness.ts';
import type { Moment } from '#tests/faults/postgres-proxy.ts';
import type { Link } from '#tests/faults/proxy.ts';
import { applivery, type Client, indee, pria, visitProvider } from '#tests/hostile/clients.ts';
import { asPair, type Pair, readPair, rotate, sendPair, sessionOf } from '#tests/hostile/pairs.ts';

let fleet: Fleet;
let victim: Member;
let survivor: Member;
beforeAll(async () => {
  // whatever a restart takes on a machine that is busy
  fleet = await openFleet({ environment: { REFRESH_GRACE_SECONDS: '60' } });
  [victim, survivor] = fleet.members;
});
afterAll(() => fleet?.close());

const ROTATION = /update refresh_tokens set rotated_at/;

interface KillPoint {
  readonly name: string;
  /** Kills the victim there. @returns when it is done */
  readonly kill: (pair: Pair) => Promise<void>;
  /** Whether the server is gone by then without anything kept. */
  readonly kept: boolean;
}

/** What the server did not hand over yet dies with it. */
async function killVictim(link: Link): Promise<void> {
  await victim.kill();
  link.cut();
}

const POINTS: readonly KillPoint[] = [
  {
    name: 'before the statement is sent',
    kept: false,
    kill: () => victim.database.at({ statement: ROTATION, moment: 'unsent', act: killVictim }),
  },
  {
    name: 'while Postgres executes it',
    kept: true,
    async kill(pair) {
      // the session's row, which a rotation touches last
      const locked = Promise.withResolvers<void>();
      const killed = victim.database.at({
        statement: ROTATION,
        moment: 'executing',
        async act() {
          await locked.promise;
          await untilWaiting();
          await victim.kill();
        },
      });
      const holder = fleet.sql.begin(async (transaction) => {
        await transaction`select 1 from sessions where id = ${sessionOf(pair)} for update`;
        locked.resolve();
        await killed;
      });
      await holder;
    },
  },
  {
    name: 'when it is committed, and nobody knows',
    kept: true,
    kill: () => victim.database.at({ statement: ROTATION, moment: 'answered', act: killVictim }),
  },
  {
    name: 'when a part of the answer was sent',
    kept: true,
    kill: () => victim.front.at({ request: 'POST /v1/auth/refresh', bytes: 40, act: killVictim }),
  },
];

/** Until somebody waits for a lock. */
async function untilWaiting(): Promise<void> {
  for (let waiting = 0; waiting === 0; await Bun.sleep(5)) {
    const [row] = await fleet.sql`select count(*)::int as waiting from pg_locks where not granted`;
    waiting = row?.['waiting'];
  }
}

async function tokensOf(pair: Pair) {
  const [row] = await fleet.sql`select count(*)::int as all, count(*) filter (where rotated_at is null)::int as active
    from refresh_tokens where session_id = ${sessionOf(pair)}`;
  return { ...row };
}

test.each([...POINTS])(
  'RT-09 killed $name: the client gets the successor, here and there, and goes on with it',
  async ({ kill, kept }) => {
    const parent = asPair(await signInAt(fleet, applivery, survivor.fetch));
    const killed = kill(parent);
    // the point is there before the request is
    await Bun.sleep(20);
    expect(await sendPair(victim.fetch, parent).catch(() => 'no answer')).toBe('no answer');
    await killed;
    if (!kept) expect(await tokensOf(parent)).toEqual({ all: 1, active: 1 });
    const child = await readPair(fleet.scene(), await sendPair(persistent([victim, survivor]), parent));
    expect(await tokensOf(child)).toEqual({ all: 2, active: 1 });
    await victim.restart();
    for (const { fetch } of [victim, survivor]) expect(await rotate(fleet.scene(), parent, fetch)).toEqual(child);
    const grandchild = await rotate(fleet.scene(), child, victim.fetch);
    expect(await tokensOf(grandchild)).toEqual({ all: 3, active: 1 });
    expect(await applivery.use(survivor.fetch, fleet.scene(), grandchild)).toBe(200);
    await expectSound(fleet);
  },
);

/** Where a server dies in finishing a login, and whether the very same callback is answered afterwards. */
const LOGIN_POINTS: readonly {
  name: string;
  statement: RegExp;
  moment: Moment;
  repeatable: boolean;
  client: Client;
}[] = [
  {
    name: 'before the request is consumed',
    statement: /update authentication_requests set consumed_at/,
    moment: 'unsent',
    repeatable: true,
    client: pria,
  },
  {
    name: 'after it is consumed',
    statement: /update authentication_requests set consumed_at/,
    moment: 'answered',
    repeatable: false,
    client: indee,
  },
  {
    name: 'before the login is written',
    statement: /insert into sessions/,
    moment: 'unsent',
    repeatable: false,
    client: pria,
  },
  {
    name: 'after it is written',
    statement: /insert into sessions/,
    moment: 'answered',
    repeatable: true,
    client: applivery,
  },
];

test('a server killed in finishing a login: the person gets in, at once or again, and every login has one outcome', async () => {
  for (const { name, statement, moment, repeatable, client } of LOGIN_POINTS) {
    const scene = fleet.scene(survivor);
    const started = await client.start(scene);
    const callback = client.callback(scene, started, await visitProvider(scene, started));
    const killed = victim.database.at({ statement, moment, act: killVictim });
    expect(await victim.fetch(...callback).catch(() => 'no answer')).toBe('no answer');
    await killed;
    if (repeatable) expect({ name, status: (await survivor.fetch(...callback)).status }).toEqual({ name, status: 200 });
    expect(await client.use(survivor.fetch, scene, await signInAt(fleet, client, survivor.fetch))).toBe(200);
    await victim.restart();
  }
  await settleAbandoned(fleet);
  await expectSound(fleet, { loginSeconds: 0 });
  const [row] = await fleet.sql`select count(*)::int as count from logins where reason = 'login_abandoned'`;
  expect(row).toEqual({ count: LOGIN_POINTS.filter(({ repeatable }) => !repeatable).length });
});
