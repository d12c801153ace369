/** A worker for the pool's tests: it does to itself, on order, what a verifier must never do to its pool. */
import { answerOrders } from '#ports/idp/saml/worker-scope.ts';

export interface Deed {
  readonly deed:
    | 'answer'
    | 'answer later'
    | 'wait for release'
    | 'spin'
    | 'never answer'
    | 'throw'
    | 'throw outside'
    | 'reject outside'
    | 'exit'
    | 'speak nonsense'
    | 'answer another';
  readonly bytes: Uint8Array;
}

export interface Done {
  readonly text: string;
  /** How many tasks this very worker was given before. */
  readonly before: number;
}

/** Here each task that waits says so; whoever posts to the other lets them all go on. */
export const HELD = 'pool-test-held';
export const RELEASE = 'pool-test-release';

let given = 0;

async function perform({ deed, bytes }: Deed): Promise<Done> {
  const done = { text: new TextDecoder().decode(bytes), before: given };
  given += 1;
  switch (deed) {
    case 'answer':
      return done;
    case 'answer later':
      await new Promise((resolve) => setTimeout(resolve, 1));
      return done;
    case 'wait for release':
      await released();
      return done;
    case 'spin':
      for (;;);
    case 'never answer':
      return new Promise(() => {});
    case 'throw':
      throw new RangeError(`secret ${done.text}`);
    case 'throw outside':
      queueMicrotask(() => {
        throw new Error(`secret ${done.text}`);
      });
      return new Promise(() => {});
    case 'reject outside':
      void Promise.reject(new Error(`secret ${done.text}`));
      return new Promise(() => {});
    case 'exit':
      process.exit(0);
      break;
    case 'speak nonsense':
      postMessage(null);
      return new Promise(() => {});
    case 'answer another':
      postMessage({ kind: 'done', id: 987_654, answer: done });
      return new Promise(() => {});
  }
}

function released(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(RELEASE);
    channel.onmessage = () => {
      channel.close();
      resolve();
    };
    const held = new BroadcastChannel(HELD);
    held.postMessage('held');
    held.close();
  });
}

const isDeed = (task: unknown): task is Deed => typeof task === 'object' && task !== null && 'deed' in task;

answerOrders(isDeed, perform);
