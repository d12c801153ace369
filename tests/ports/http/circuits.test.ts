/** One provider that hangs or fails takes neither the process's sockets nor its callers' time. */
import { describe, expect, test } from 'bun:test';
import type { Socket } from 'node:net';
import { movableClock } from '#ports/clock.ts';
import { type CircuitState, createCircuits, FAILURE_THRESHOLD, MAX_CIRCUITS, MAX_CONCURRENT } from '#ports/http/circuits.ts';
import { refusalOf } from './refusal.ts';
import { plain, startClient, startRemote, to, until } from './remote.ts';

/** A client, and a remote that answers with whatever `status` says. */
async function scene() {
  const remote = await startRemote((socket) => {
    if (scene.status === '') socket.destroy();
    else socket.write(plain('', { status: scene.status }));
  });
  const clock = movableClock();
  const changes: CircuitState[] = [];
  const client = startClient({ allow: [remote.host], clock, onStateChange: (_, state) => changes.push(state) });
  const call = (circuit = 'connection') => client(to(`http://${remote.host}/`, { circuit }));
  const scene = { remote, clock, changes, call, status: '500 Oops' };
  return scene;
}

describe('the breaker', () => {
  test.each(['500 Oops', '503 Busy', ''])('opens after five failures in a row (%p) and recovers by one probe', async (status) => {
    const { remote, clock, changes, call, ...rest } = await scene().then((made) => Object.assign(made, { status }));
    const made = { ...rest };
    for (let failure = 0; failure < FAILURE_THRESHOLD; failure += 1) await call().catch(() => {});
    expect(remote.requests.length).toBe(FAILURE_THRESHOLD);
    expect(await refusalOf(call)).toEqual({ code: 'idp_unreachable', detail: 'circuit open' });
    expect(remote.requests.length).toBe(FAILURE_THRESHOLD);
    expect(made.status).toBe(status);

    clock.moveBy(4);
    expect((await refusalOf(call)).detail).toBe('circuit open');
    expect(changes).toEqual(['open']);
  });
});
