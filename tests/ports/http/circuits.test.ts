/** One provider that hangs or fails takes neither the process's sockets nor its callers' time. */
import { describe, expect, test } from 'bun:test';
import type { Socket } from 'node:net';
import { movableClock } from '#ports/clock.ts';
import { createCircuits, FAILURE_THRESHOLD, MAX_CIRCUITS, MAX_CONCURRENT } from '#ports/http/circuits.ts';
import { refusalOf } from './refusal.ts';
import { plain, startClient, startRemote, to, until } from './remote.ts';

const OPEN = { code: 'idp_unreachable', detail: 'circuit open' } as const;

describe('the breaker', () => {
  /** A client, and a remote that answers with `status`, or hangs up when there is none. */
  async function startScene() {
    const scene = { status: '500 Oops' };
    const remote = await startRemote((socket) => {
      if (scene.status) socket.write(plain('', { status: scene.status }));
      else socket.destroy();
    });
    const clock = movableClock();
    const changes: string[] = [];
    const onStateChange = (circuit: string, state: string) => changes.push(`${circuit} ${state}`);
    const client = startClient({ allow: [remote.host], clock, onStateChange });
    const call = (circuit = 'a') => client(to(`http://${remote.host}/`, { circuit })).catch(() => undefined);
    const fail = async (times: number) => {
      for (let failure = 0; failure < times; failure += 1) await call();
    };
    const refusal = (circuit = 'a') => refusalOf(() => client(to(`http://${remote.host}/`, { circuit })));
    return Object.assign(scene, { remote, clock, changes, call, fail, refusal });
  }

  test.each(['500 Oops', '503 Busy', ''])('opens after five failures in a row: %p', async (status) => {
    const scene = await startScene();
    scene.status = status;
    await scene.fail(FAILURE_THRESHOLD);
    expect(scene.remote.requests.length).toBe(5);
    expect(await scene.refusal()).toEqual(OPEN);
    expect(scene.remote.requests.length).toBe(5);
    expect(scene.changes).toEqual(['a open']);
  });

  test('is not moved by refusals of the request, nor by failures with a success between them', async () => {
    const scene = await startScene();
    scene.status = '400 Bad Request';
    await scene.fail(10);
    for (let round = 0; round < 3; round += 1) {
      scene.status = '500 Oops';
      await scene.fail(FAILURE_THRESHOLD - 1);
      scene.status = '401 Unauthorized';
      await scene.fail(1);
    }
    expect(scene.remote.requests.length).toBe(25);
    expect(scene.changes).toEqual([]);
  });

  test('leaves other connections alone', async () => {
    const scene = await startScene();
    await scene.fail(FAILURE_THRESHOLD);
    scene.status = '200 OK';
    expect((await scene.call('b'))?.status).toBe(200);
    expect(await scene.refusal('a')).toEqual(OPEN);
  });

  test('tries once after five seconds, and closes if that succeeds', async () => {
    const scene = await startScene();
    await scene.fail(FAILURE_THRESHOLD);
    scene.status = '200 OK';
    scene.clock.moveBy(4);
    expect(await scene.refusal()).toEqual(OPEN);
    scene.clock.moveBy(1);
    const answers = await Promise.all([scene.call(), scene.call(), scene.call()]);
    expect(answers.map((answer) => answer?.status)).toEqual([200, undefined, undefined]);
    expect((await scene.call())?.status).toBe(200);
    expect(scene.changes).toEqual(['a open', 'a half-open', 'a closed']);
  });

  test('stays open for five seconds more if the probe fails', async () => {
    const scene = await startScene();
    await scene.fail(FAILURE_THRESHOLD);
    scene.clock.moveBy(5);
    await scene.call();
    scene.status = '200 OK';
    expect(await scene.refusal()).toEqual(OPEN);
    expect(scene.remote.requests.length).toBe(6);
    scene.clock.moveBy(5);
    expect((await scene.call())?.status).toBe(200);
  });

  test('is not held open by a clock that was set back', async () => {
    const scene = await startScene();
    await scene.fail(FAILURE_THRESHOLD);
    scene.status = '200 OK';
    scene.clock.moveBy(-3_600);
    expect((await scene.call())?.status).toBe(200);
  });

  test('is not held open by calls that were under way when it opened', async () => {
    const clock = movableClock();
    const circuits = createCircuits({ clock });
    const leaves = await Promise.all(Array.from({ length: FAILURE_THRESHOLD + 1 }, () => circuits.enter('a')));
    const late = leaves.pop();
    for (const leave of leaves) leave(true);
    clock.moveBy(4);
    late?.(true);
    clock.moveBy(1);
    expect(await circuits.enter('a')).toBeFunction();
  });
});

describe('the cap', () => {
  test('lets 32 calls go to a provider that hangs, some wait, and the rest is refused', async () => {
    const waiting: Socket[] = [];
    const remote = await startRemote((socket, request) => {
      if (request.startsWith('GET /hang')) waiting.push(socket);
      else socket.write(plain('ok'));
    });
    const client = startClient({ allow: [remote.host] });
    const hang = () => client(to(`http://${remote.host}/hang`));
    const calls = Array.from({ length: MAX_CONCURRENT }, hang);
    const busy = await Promise.all(Array.from({ length: 200 }, () => refusalOf(hang)));
    expect(busy.map(({ code }) => code)).toEqual(Array.from({ length: 200 }, () => 'idp_busy'));
    await until(() => waiting.length === MAX_CONCURRENT);
    expect(remote.accepted).toBe(32);
    expect((await client(to(`http://${remote.host}/`, { circuit: 'another' }))).body).toBe('ok');

    const patient = client(to(`http://${remote.host}/`));
    for (const socket of waiting.splice(0)) socket.write(plain('at last'));
    expect((await patient).body).toBe('ok');
    for (const call of calls) expect((await call).body).toBe('at last');
    expect((await client(to(`http://${remote.host}/`))).body).toBe('ok');
  });
});

describe('the memory of circuits', () => {
  test('holds none that is healthy and idle', async () => {
    const circuits = createCircuits({ clock: movableClock() });
    const leave = await circuits.enter('a');
    expect(circuits.size).toBe(1);
    leave(false);
    expect(circuits.size).toBe(0);
    (await circuits.enter('a'))(true);
    expect(circuits.size).toBe(1);
  });

  test('is bounded: the oldest idle one is forgotten, a busy one is not', async () => {
    const circuits = createCircuits({ clock: movableClock() });
    const leaveBusy = await circuits.enter('busy');
    for (let index = 1; index < MAX_CIRCUITS + 100; index += 1) (await circuits.enter(`failing ${index}`))(true);
    expect(circuits.size).toBe(MAX_CIRCUITS);
    leaveBusy(false);
    expect(circuits.size).toBe(MAX_CIRCUITS - 1);
  });
});
