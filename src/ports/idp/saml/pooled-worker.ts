/**
 * One worker of a pool (HTML §10.2, dedicated workers): what is said between it and this thread, and its end.
 * A worker that loads WASM reads no message before it has said that it is ready, so it is given none before.
 */

/** To the worker. */
export interface Order<Task> {
  readonly id: number;
  readonly task: Task;
}

/** From the worker. `error` is the name of a class of errors, never a message: those may hold input. */
export type WorkerReport<Answer> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string };

export interface WorkerListener<Answer> {
  /** Not called any more once the worker was stopped or lost. */
  onReport(report: WorkerReport<Answer>): void;
  /** It crashed, ended by itself, could not be loaded, or spoke what is not understood. Called once. */
  onLost(): void;
}

export interface PooledWorker<Task> {
  /** The task's bytes are copied, and the copy is transferred: the original is there to be tried again. */
  give(order: Order<Task>): void;
  /** Ends it in the midst of whatever it does. */
  stop(): void;
}

export function startWorker<Task extends { readonly bytes: Uint8Array }, Answer>(
  entry: URL,
  listener: WorkerListener<Answer>,
): PooledWorker<Task> {
  const worker = new Worker(entry, { type: 'module' });
  let isOver = false;
  const stop = () => {
    isOver = true;
    worker.terminate();
  };
  const lose = () => {
    if (isOver) return;
    stop();
    listener.onLost();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isOver) return;
    if (isReport<Answer>(data)) listener.onReport(data);
    else lose();
  });
  worker.addEventListener('messageerror', lose);
  worker.addEventListener('error', (event) => {
    // else the error of a worker becomes one of this process; its text is dropped, since it may hold input
    event.preventDefault();
    lose();
  });
  // Bun says so when a worker ends by itself; where nobody does, the deadline of its tasks finds out
  worker.addEventListener('close', lose);
  // an idle pool is no reason to keep running, where the runtime offers to say so; tasks have timers that are one
  if ('unref' in worker && typeof worker.unref === 'function') worker.unref();
  return {
    give({ id, task }) {
      // not `slice`, which makes no copy of a Node Buffer
      const bytes = new Uint8Array(task.bytes);
      worker.postMessage({ id, task: { ...task, bytes } }, [bytes.buffer]);
    },
    stop,
  };
}

/** The answer's inside is the worker's own code's, and is not looked at. */
function isReport<Answer>(data: unknown): data is WorkerReport<Answer> {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false;
  if (data.kind === 'ready') return true;
  if (!('id' in data) || !Number.isInteger(data.id)) return false;
  if (data.kind === 'done') return 'answer' in data && typeof data.answer === 'object' && data.answer !== null;
  return data.kind === 'failed' && 'error' in data && typeof data.error === 'string';
}
