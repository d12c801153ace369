/**
 * A server dies in the middle of a login, or is only slow, and the client posts the very same callback again (RT-09, FI-14):
 * every repeat at every replica is told one and the same thing, and the login has one outcome.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { digest } from '#ports/keys/random.ts';
import { expectSound, type Fleet, type Member, openFleet, settleAbandoned, signInAt } from '#tests/faults/harness.ts';
import { CLIENTS, type Client, pria, visitProvider } from '#tests/hostile/clients.ts';
import { expectWire } from '#tests/hostile/wire.ts';
import { read } from '#tests/journey.ts';

let fleet: Fleet;
let victim: Member;
let survivor: Member;
beforeAll(async () => {
  fleet = await openFleet();
  [victim, survivor] = fleet.members;
});
afterEach(() => {
  delete fleet.provider.script.meanwhile.token;
  for (const { database } of fleet.members) database.clear();
});
afterAll(() => fleet?.close());

const CONSUMING = /update authentication_requests set consumed_at/;
const WRITING = /insert into sessions/;
const WAITING = /select callback_digest/;

/** The callback of a new login, as it may be posted to any replica any number of times. */
async function begin(client: Client) {
  const scene = fleet.scene(survivor);
  const started = await client.start(scene);
  const callback = client.callback(scene, started, await visitProvider(scene, started));
  return { post: (member: Member) => member.fetch(...callback), outcome: () => outcomeOf(started.state) };
}

async function outcomeOf(state: string) {
  const [request] = await fleet.sql`select id, reason, finished_at is not null as finished from authentication_requests
    where state_digest = ${await digest(state)}`;
  if (!request) throw new Error('no such request');
  const logins = await fleet.sql`select id, outcome, reason, session_id, request_id from logins
    where authentication_request_id = ${request['id']}`;
  const ids = logins.map(({ id }) => id);
  const audit =
    await fleet.sql`select reason, request_id from audit_events where details->>'loginId' in ${fleet.sql(ids)}`;
  return {
    finished: request['finished'],
    reason: request['reason'],
    logins: logins.map(({ outcome, reason, session_id }) => ({ outcome, reason, session: session_id !== null })),
    audit: audit.map(({ reason }) => reason),
    requestIds: [...new Set([...logins, ...audit].map(({ request_id }) => request_id))],
  };
}

const ABANDONED = {
  finished: true,
  reason: 'login_abandoned',
  logins: [{ outcome: 'failed', reason: 'login_abandoned', session: false }],
  audit: ['login_abandoned'],
};
const UNFINISHED = { finished: false, reason: null, logins: [] };

/** As if so many seconds had passed since every login under way began. */
async function pass(seconds: number): Promise<void> {
  await fleet.sql`update authentication_requests set consumed_at = consumed_at - ${seconds} * interval '1 second'
    where finished_at is null`;
}

async function sessions(): Promise<number> {
  const [row] = await fleet.sql`select count(*)::int as count from sessions`;
  return row?.['count'];
}

/** Resolves when repeats at this replica have looked several times. */
const untilWaiting = (member: Member) =>
  member.database.at({ statement: WAITING, moment: 'answered', act: () => {}, nth: 4 });

/** The victim dies at the statement, and its client gets no answer. */
async function dieAt(statement: RegExp, moment: 'unsent' | 'answered', post: (member: Member) => Promise<Response>) {
  const killed = victim.database.at({
    statement,
    moment,
    async act(link) {
      await victim.kill();
      link.cut();
    },
  });
  expect(await post(victim).catch(() => 'no answer')).toBe('no answer');
  await killed;
}

/** The refusal with nothing that would have a client post the same thing once more. */
async function expectAbandoned(answer: Response, client: Client): Promise<string> {
  expect(answer.headers.has('retry-after')).toBe(false);
  const text = await expectWire(answer, client.dialect, 'login_abandoned');
  expect(text).toContain('start a new login');
  return text;
}

test.each(
  CLIENTS.flatMap((client) => [
    {
      client,
      dialect: client.dialect,
      name: 'after the request was consumed',
      statement: CONSUMING,
      moment: 'answered',
    } as const,
    {
      client,
      dialect: client.dialect,
      name: 'before the login is written',
      statement: WRITING,
      moment: 'unsent',
    } as const,
  ]),
)('$dialect: killed $name: repeats wait, and all of them hear that the login is lost', async (point) => {
  const { client } = point;
  const { post, outcome } = await begin(client);
  await dieAt(point.statement, point.moment, post);
  const looking = untilWaiting(survivor);
  const waiting = [post(survivor), post(survivor)];
  await looking;
  expect(await outcome()).toMatchObject(UNFINISHED);
  await pass(20);
  const answers = await Promise.all(waiting);
  const texts = await Promise.all(answers.map((answer) => expectAbandoned(answer, client)));
  const settled = await outcome();
  expect(settled).toMatchObject(ABANDONED);
  // the trace is the one that this client's Request-Id leads to
  expect(settled.requestIds).toHaveLength(1);
  expect(answers.map(({ headers }) => headers.get('request-id'))).toContain(settled.requestIds[0]);

  await victim.restart();
  for (const member of [victim, survivor, victim]) texts.push(await expectAbandoned(await post(member), client));
  await fleet.sql`update authentication_requests set consumed_at = consumed_at - interval '10 minutes',
    finished_at = finished_at - interval '10 minutes', expires_at = expires_at - interval '10 minutes' where reason = 'login_abandoned'`;
  texts.push(await expectAbandoned(await post(survivor), client));
  expect(new Set(texts).size).toBe(1);
  await settleAbandoned(fleet);
  expect(await outcome()).toEqual(settled);

  expect(await client.use(survivor.fetch, fleet.scene(), await signInAt(fleet, client, survivor.fetch))).toBe(200);
  await expectSound(fleet, { loginSeconds: 0 });
});

test('a crowd of repeats at both replicas settles a lost login once', async () => {
  const { post, outcome } = await begin(pria);
  await dieAt(WRITING, 'unsent', post);
  await victim.restart();
  await pass(20);
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => post(n % 2 ? victim : survivor)));
  for (const answer of answers) await expectAbandoned(answer, pria);
  expect(await outcome()).toMatchObject(ABANDONED);
  await expectSound(fleet, { loginSeconds: 0 });
});

test.each([...CLIENTS])('$dialect: a login that is only slow ends in one answer for all', async (client) => {
  const { post, outcome } = await begin(client);
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  fleet.provider.script.meanwhile.token = () => {
    asked.resolve();
    return gate.promise;
  };
  const before = await sessions();
  const first = post(victim);
  await asked.promise;
  await pass(15);
  const looking = Promise.all([untilWaiting(victim), untilWaiting(survivor)]);
  const repeats = [survivor, victim, survivor].map(post);
  await looking;
  gate.resolve();
  const answers = await Promise.all([first, ...repeats]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const tokens = await Promise.all(answers.map(async (answer) => client.tokensOf(await read(answer))));
  expect(new Set(tokens.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(await sessions()).toBe(before + 1);
  const success = { finished: true, reason: null, logins: [{ outcome: 'succeeded', reason: null, session: true }] };
  expect(await outcome()).toMatchObject(success);
  await expectSound(fleet);
});

test('a repeat that loses the database is told to come again, and leaves no trace of that', async () => {
  const { post, outcome } = await begin(pria);
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  fleet.provider.script.meanwhile.token = () => {
    asked.resolve();
    return gate.promise;
  };
  const first = post(victim);
  await asked.promise;
  const cut = survivor.database.at({ statement: WAITING, moment: 'answered', act: (link) => link.cut() });
  const passing = await post(survivor);
  await cut;
  expect({ status: passing.status, again: passing.headers.get('retry-after') }).toEqual({ status: 503, again: '1' });
  expect(await outcome()).toMatchObject(UNFINISHED);
  gate.resolve();
  const answers = [await first, await post(survivor)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect((await outcome()).logins).toEqual([{ outcome: 'succeeded', reason: null, session: true }]);
});

/** Where a login stands still that is given up meanwhile. */
const LATECOMERS = [
  {
    name: 'when the provider answers',
    hold(reached: () => void, gate: Promise<void>) {
      fleet.provider.script.meanwhile.token = () => {
        reached();
        return gate;
      };
    },
  },
  {
    name: 'at its last statement',
    hold(reached: () => void, gate: Promise<void>) {
      const act = () => {
        reached();
        return gate;
      };
      void victim.database.at({ statement: WRITING, moment: 'unsent', act });
    },
  },
];

test.each(LATECOMERS)('a login that goes on after it was given up, $name, begins no session', async ({ hold }) => {
  const { post, outcome } = await begin(pria);
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  hold(reached.resolve, gate.promise);
  const before = await sessions();
  const first = post(victim);
  await reached.promise;
  await pass(20);
  const told = await expectAbandoned(await post(survivor), pria);
  gate.resolve();
  expect(await expectAbandoned(await first, pria)).toBe(told);
  expect(await expectAbandoned(await post(victim), pria)).toBe(told);
  expect(await sessions()).toBe(before);
  expect(await outcome()).toMatchObject(ABANDONED);
  await expectSound(fleet, { loginSeconds: 0 });
});
