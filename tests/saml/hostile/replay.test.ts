/** An answer counts once (SAML profiles §4.1.4.5), on every replica and however many come at the same time; and within its time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setSystemTime, test } from 'bun:test';
import type { AssertionParts } from '#dev/saml/document.ts';
import type { World } from '#tests/world.ts';
import { honest, type Target } from './honest.ts';
import { expectRefusal } from './refusal.ts';
import { type Connection, expectAlice, openStage, post, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    connections: { initiated: { allowIdpInitiated: true }, also: { allowIdpInitiated: true } },
  });
});
afterAll(() => stage?.close());

/** Statuses of the answers and, of the refusals, the codes. */
async function outcomes(answers: readonly Response[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const name = answer.status === 303 ? '303' : (await answer.clone().json()).code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function everywhere(count: number, send: (world: World) => Promise<Response>): Promise<Response[]> {
  const worlds = [stage.world, stage.replica];
  return Promise.all(Array.from({ length: count }, (_, index) => send(worlds[index % 2] ?? stage.world)));
}

/** At most so many wait for a verification; the rest may come again. */
const REFUSED = ['saml_replay', 'state_consumed', 'saml_busy'];

async function expectOne(connection: Connection, answers: readonly Response[]): Promise<void> {
  const counts = await outcomes(answers);
  expect(counts['303']).toBe(1);
  expect(Object.keys(counts).filter((name) => name !== '303' && !REFUSED.includes(name))).toEqual([]);
  const accepted = answers.find(({ status }) => status === 303);
  if (accepted) await expectAlice(stage.world, connection, accepted);
}

describe('an answer to a request of ours', () => {
  test('is refused the second time, on the same replica and on another', async () => {
    const started = await stage.start();
    const message = await honest(started.target);
    const first = await post(stage.world, started, message, started.state);
    expect(first.status).toBe(303);
    for (const world of [stage.world, stage.replica]) {
      const again = await post(world, started, message, started.state);
      expect([again.status, (await again.json()).code]).toEqual([400, 'state_consumed']);
    }
    await expectAlice(stage.world, started, first);
    const late = await post(stage.replica, started, message, started.state);
    expect((await late.json()).code).toBe('state_consumed');
  });

  test('is taken once of fifty that come together, whichever replica they come to', async () => {
    const started = await stage.start();
    const message = await honest(started.target, { sign: 'both' });
    const answers = await everywhere(50, (world) => post(world, started, message, started.state));
    await expectOne(started, answers);
    expect((await outcomes(answers))['state_consumed']).toBe(49);
  });

  test('spends the request although it is refused: there is no second try', async () => {
    const started = await stage.start();
    const bad = await honest(started.target, { key: started.keys.attacker });
    expect((await post(stage.world, started, bad, started.state)).status).toBe(400);
    const answer = await post(stage.replica, started, await honest(started.target), started.state);
    expect((await answer.json()).code).toBe('state_consumed');
  });

  test('is none to the next request', async () => {
    const first = await stage.start();
    const message = await honest(first.target);
    await expectAlice(stage.world, first, await post(stage.world, first, message, first.state));
    await expectRefusal(stage, await stage.start(), message, { reasons: ['saml_in_response_to'] });
  });

  test('with the ID of an assertion that was used is refused', async () => {
    const id = '_used-before';
    const first = await stage.start();
    const once = await honest(first.target, { assertion: { id } });
    await expectAlice(stage.world, first, await post(stage.world, first, once, first.state));
    for (const sign of ['assertion', 'response', 'both'] as const) {
      const started = await stage.start();
      const message = await honest(started.target, { sign, assertion: { id } });
      await expectRefusal(stage, started, message, { reasons: ['saml_replay'] });
    }
  });

  test('is not there for a second answer of another assertion at the same time', async () => {
    const started = await stage.start();
    const messages = await Promise.all([honest(started.target), honest(started.target)]);
    const answers = await everywhere(2, (world) =>
      post(world, started, messages[world === stage.world ? 0 : 1] ?? '', started.state),
    );
    await expectOne(started, answers);
  });
});

describe('an answer that the provider initiated', () => {
  const place = 'initiated';
  const send = (message: string) => (world: World) => post(world, stage.connection(place), message, undefined);
  /** Without a request of ours there is nothing that could be consumed. */
  const refusal = async (message: string) => {
    const started = { ...(await stage.start(place)) };
    await expectRefusal(stage, started, message, {
      reasons: ['saml_replay'],
      consumed: false,
      send: () => send(message)(stage.replica),
    });
  };

  test('is refused the second time', async () => {
    const message = await honest(stage.unsolicited(place));
    await expectAlice(stage.world, stage.connection(place), await send(message)(stage.world));
    await refusal(message);
  });

  test('is refused in another response', async () => {
    const id = '_initiated-once';
    const once = await honest(stage.unsolicited(place), { assertion: { id } });
    await expectAlice(stage.world, stage.connection(place), await send(once)(stage.world));
    await refusal(await honest(stage.unsolicited(place), { assertion: { id }, sign: 'both' }));
  });

  test.each([1, 2, 3])('is taken once of fifty that come together (%p)', async () => {
    const message = await honest(stage.unsolicited(place));
    await expectOne(stage.connection(place), await everywhere(50, send(message)));
  });

  test('is remembered for each connection by itself', async () => {
    const id = '_of-two-providers';
    for (const name of ['initiated', 'also']) {
      const connection = stage.connection(name);
      const message = await honest(stage.unsolicited(name), { assertion: { id } });
      await expectAlice(stage.world, connection, await post(stage.world, connection, message, undefined));
    }
  });

  test('is remembered for as long as its dates would let it in', async () => {
    const message = await honest(stage.unsolicited(place));
    const codeOf = async () => (await (await send(message)(stage.world)).json()).code;
    expect((await send(message)(stage.world)).status).toBe(303);
    stage.world.clock.moveBy(470);
    expect(await codeOf()).toBe('saml_replay');
    stage.world.clock.moveBy(20);
    expect(await codeOf()).toBe('saml_expired');
    stage.world.clock.moveBy(-490);
  });

  test('is remembered for a quarter of an hour where its dates are far off: by then it is too old anyway', async () => {
    const target = stage.unsolicited(place);
    const notOnOrAfter = new Date(target.now.getTime() + 3 * 3_600_000);
    const parts: AssertionParts = { conditions: { notOnOrAfter }, subjectConfirmations: [{ notOnOrAfter }] };
    const message = await honest(target, { assertion: parts });
    expect((await send(message)(stage.world)).status).toBe(303);
    const [row] = await stage.world.sql`select expires_at from saml_replays order by expires_at desc limit 1`;
    const kept = (row?.['expires_at'].getTime() - target.now.getTime()) / 1000;
    expect(Math.abs(kept - 900)).toBeLessThan(30);
    stage.world.clock.moveBy(785);
    expect((await (await send(message)(stage.world)).json()).code).toBe('saml_expired');
    stage.world.clock.moveBy(-785);
  });
});

/** Three minutes, the default. */
const SKEW = 180;

describe('the clocks may differ by three minutes and no more', () => {
  // time stands still, so that a second is a second however slow the machine is
  const instant = new Date();
  beforeEach(() => setSystemTime(instant));
  afterEach(() => setSystemTime());
  const at = ({ now }: Target, seconds: number) => new Date(now.getTime() + seconds * 1000);

  /** Posts after `seconds`; the document was made when the login started. @returns 303 or the reason */
  async function later(seconds: number, parts: (target: Target) => Parameters<typeof honest>[1]): Promise<string> {
    const started = await stage.start();
    const message = await honest(started.target, parts(started.target));
    stage.world.clock.moveBy(seconds);
    try {
      const answer = await post(stage.world, started, message, started.state);
      return answer.status === 303 ? '303' : (await answer.json()).code;
    } finally {
      stage.world.clock.moveBy(-seconds);
    }
  }

  const ends = [
    ['conditions', (target: Target) => ({ assertion: { conditions: { notOnOrAfter: at(target, 60) } } })],
    [
      'a confirmation',
      (target: Target) => ({ assertion: { subjectConfirmations: [{ notOnOrAfter: at(target, 60) }] } }),
    ],
  ] as const;
  test.each([...ends])('at the end of %s', async (_name, parts) => {
    expect(await later(60 + SKEW - 1, parts)).toBe('303');
    expect(await later(60 + SKEW, parts)).toBe('saml_expired');
    expect(await later(60 + SKEW + 1, parts)).toBe('saml_expired');
  });

  test('at the beginning of conditions', async () => {
    const from = (seconds: number) => (target: Target) => ({
      assertion: { conditions: { notBefore: at(target, seconds), notOnOrAfter: at(target, 600) } },
    });
    expect(await later(0, from(SKEW + 1))).toBe('saml_not_yet');
    expect(await later(0, from(SKEW))).toBe('303');
    expect(await later(0, from(SKEW - 1))).toBe('303');
    expect(await later(1, from(SKEW + 1))).toBe('303');
  });

  test.each(['response', 'assertion'] as const)('where the %s was issued', async (part) => {
    const issued = (seconds: number) => (target: Target) => ({ [part]: { issueInstant: at(target, seconds) } });
    expect(await later(0, issued(SKEW + 1))).toBe('saml_not_yet');
    expect(await later(0, issued(SKEW - 1))).toBe('303');
    expect(await later(0, issued(-600 - SKEW + 1))).toBe('303');
    expect(await later(0, issued(-600 - SKEW - 1))).toBe('saml_expired');
  });

  test('not at the end of the provider’s session', async () => {
    const over = (seconds: number) => (target: Target) => ({
      assertion: { authnStatements: [{ sessionNotOnOrAfter: at(target, seconds) }] },
    });
    expect(await later(0, over(1))).toBe('303');
    expect(await later(0, over(0))).toBe('saml_expired');
  });

  test('a login that was started too long ago takes no answer', async () => {
    const fresh = (target: Target) => {
      const notOnOrAfter = at(target, 3600);
      return { assertion: { conditions: { notOnOrAfter }, subjectConfirmations: [{ notOnOrAfter }] } };
    };
    expect(await later(590, fresh)).toBe('303');
    expect(await later(610, fresh)).toBe('state_expired');
  });
});
