/** The inside of a pooled worker: takes orders, interleaves them, and reports (HTML §10.2.1.2). */
import type { Order, WorkerReport } from './pooled-worker.ts';

/** As much of `DedicatedWorkerGlobalScope` as is used; the types of this project are those of a main thread. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  postMessage(report: WorkerReport<unknown>): void;
}

/**
 * Says that it is ready: call it when everything is loaded.
 * @param isTask whether an order is one that `perform` understands; anything else is answered as failed
 */
export function answerOrders<Task>(
  isTask: (task: unknown) => task is Task,
  perform: (task: Task) => Promise<object>,
): void {
  // the types know this module as one of the main thread, and both kinds of globals can't be declared at once
  const scope = globalThis as unknown as WorkerScope;

  async function answer({ id, task }: Order<unknown>): Promise<void> {
    try {
      if (!isTask(task)) throw new TypeError('not a task');
      scope.postMessage({ kind: 'done', id, answer: await perform(task) });
    } catch (error) {
      scope.postMessage({ kind: 'failed', id, error: nameOf(error) });
    }
  }
  scope.addEventListener('message', ({ data }) => {
    // what is no order can't be answered: the worker ends, and its pool hears of it
    if (!isOrder(data)) throw new TypeError('not an order');
    void answer(data);
  });
  scope.postMessage({ kind: 'ready' });
}

function isOrder(data: unknown): data is Order<unknown> {
  return typeof data === 'object' && data !== null && 'id' in data && Number.isInteger(data.id) && 'task' in data;
}

/** The class alone: messages and stacks may hold what was verified. */
function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  return /^\w{1,40}$/.test(name) ? name : 'Error';
}
