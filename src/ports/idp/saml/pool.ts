/**
 * A bounded pool of workers with a deadline for each task, and turns for the organizations that wait.
 *
 * ```
 * run ──▶ queue: 64 at most, 2 s at most ──▶ worker: 2 tasks interleaved, 1 s each ──▶ answer
 *           ▲                                   │ deadline missed, or crashed
 *           └──── once more, alone ◀────────────┴──▶ another worker takes its place
 * ```
 *
 * Tasks of one worker are interleaved because they await WebCrypto, which works on other threads. When a worker
 * with several tasks is lost, nobody knows which of them was the cause: each is tried once more, alone in a worker,
 * and the cause is the one that takes that worker down too. So a hostile message costs its neighbours time, not
 * their answer.
 */
import { SsoError } from '#error';
import { FairQueue } from './fair-queue.ts';
import { type PooledWorker, startWorker, type WorkerReport } from './pooled-worker.ts';

export type PoolEvent = 'busy' | 'timeout' | 'crash';

export interface PoolOptions {
  /** The module that the workers run. */
  readonly entry: URL;
  /** Workers at most; default 2 to 4, one processor less than there are. Two at least: one goes on while the other is replaced. */
  readonly size?: number | undefined;
  /** A task was refused, missed its deadline, or took its worker down. */
  readonly observe?: ((event: PoolEvent) => void) | undefined;
  /** Milliseconds of work, default 1,000. */
  readonly deadlineMs?: number | undefined;
  /** Milliseconds in the queue, default 2,000. */
  readonly waitMs?: number | undefined;
}

const MAX_WAITING = 64;
/** Tasks under way in one worker. Measured: 2 give 1.1 to 1.3 times the rate of 1, and more give no more. */
const INTERLEAVED = 2;
const DEADLINE_MS = 1_000;
const WAIT_MS = 2_000;
/** To load the module and its WASM; a tenth of that is usual. */
const START_MS = 10_000;
/** After a worker that never got ready: what it lacks is not there a moment later. */
const RESTART_MS = 1_000;
/** When this thread itself was held up, answers lie there unread as a deadline passes. */
const UNREAD_MS = 20;

interface Job<Task, Answer> {
  readonly id: number;
  readonly organizationId: string;
  readonly task: Task;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (refusal: SsoError) => void;
  /** Its worker was lost before, so that it gets one to itself. */
  isAlone: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

interface Member<Task, Answer> {
  readonly worker: PooledWorker<Task>;
  readonly jobs: Map<number, Job<Task, Answer>>;
  isReady: boolean;
  readonly startTimer: ReturnType<typeof setTimeout>;
}

export class WorkerPool<Task extends { readonly bytes: Uint8Array }, Answer> {
  readonly #options: PoolOptions;
  readonly #size: number;
  readonly #queue = new FairQueue<Job<Task, Answer>>(MAX_WAITING);
  readonly #members = new Set<Member<Task, Answer>>();
  #lastId = 0;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#size = options.size ?? Math.min(4, Math.max(2, navigator.hardwareConcurrency - 1));
  }

  /** Tasks that wait for a worker. */
  waiting(): number {
    return this.#queue.size;
  }

  /** Starts all workers, which else happens as there is work for them. */
  warm(): void {
    while (this.#mayStart()) this.#start();
  }

  /**
   * @param task its bytes must stay as they are until this settles
   * @throws SsoError `saml_busy` when there are too many tasks, `saml_timeout` when this one takes too long or
   * takes its worker down, `internal_error` when it fails in a way that nobody thought of
   */
  run(task: Task, organizationId: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const job = { id: this.#lastId, organizationId, task, resolve, reject, isAlone: false };
      this.#enqueue(job, 'end');
      this.#dispatch();
    });
  }

  /** Ends all workers. What waits or is under way is refused, as is whatever comes later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#restart);
    for (const member of this.#members) for (const job of this.#remove(member)) this.#refuse(job, 'the pool is closed');
    for (let job = this.#queue.take(); job; job = this.#queue.take()) this.#refuse(job, 'the pool is closed');
  }

  #enqueue(job: Job<Task, Answer>, place: 'end' | 'head'): void {
    if (this.#isClosed) {
      this.#refuse(job, 'the pool is closed');
      return;
    }
    const displaced = this.#queue.add(job, place);
    if (displaced !== job) {
      job.timer = setTimeout(() => {
        this.#queue.remove(job);
        this.#refuse(job, 'no worker got free in time');
        // whoever stood behind it may have been kept from a free worker
        this.#dispatch();
      }, this.#options.waitMs ?? WAIT_MS);
    }
    if (displaced) this.#refuse(displaced, 'the queue is full');
  }

  #refuse(job: Job<Task, Answer>, detail: string): void {
    clearTimeout(job.timer);
    this.#options.observe?.('busy');
    job.reject(new SsoError('saml_busy', { detail, retryAfterSeconds: 1 }));
  }

  /** Gives out what waits, as far as there is room; starts another worker when there is none. */
  #dispatch(): void {
    for (let next = this.#queue.peek(); next; next = this.#queue.peek()) {
      const member = this.#memberFor(next);
      if (!member) break;
      const job = this.#queue.take();
      if (job) this.#give(job, member);
    }
    const isStarting = [...this.#members].some(({ isReady }) => !isReady);
    if (this.#queue.size > 0 && !isStarting && this.#mayStart()) this.#start();
  }

  /** The one with the least to do. An alone job waits for an empty one, and the others wait behind it: else it never came. */
  #memberFor(job: Job<Task, Answer>): Member<Task, Answer> | undefined {
    const room = job.isAlone ? 1 : INTERLEAVED;
    const open = [...this.#members].filter(
      ({ isReady, jobs }) => isReady && jobs.size < room && !jobs.values().some(({ isAlone }) => isAlone),
    );
    return open.sort((one, other) => one.jobs.size - other.jobs.size)[0];
  }

  #give(job: Job<Task, Answer>, member: Member<Task, Answer>): void {
    clearTimeout(job.timer);
    const expire = () => {
      job.timer = setTimeout(() => this.#lose(member, 'timeout'), UNREAD_MS);
    };
    job.timer = setTimeout(expire, this.#options.deadlineMs ?? DEADLINE_MS);
    member.jobs.set(job.id, job);
    try {
      member.worker.give(job);
    } catch {
      member.jobs.delete(job.id);
      clearTimeout(job.timer);
      job.reject(new SsoError('internal_error', { detail: 'the task is no plain data' }));
    }
  }

  #mayStart(): boolean {
    return !this.#isClosed && this.#restart === undefined && this.#members.size < this.#size;
  }

  #start(): void {
    const worker = startWorker<Task, Answer>(this.#options.entry, {
      onReport: (report) => this.#read(report, member),
      onLost: () => this.#lose(member, 'crash'),
    });
    const startTimer = setTimeout(() => this.#lose(member, 'crash'), START_MS);
    const member: Member<Task, Answer> = { worker, jobs: new Map(), isReady: false, startTimer };
    this.#members.add(member);
  }

  #read(report: WorkerReport<Answer>, member: Member<Task, Answer>): void {
    if (report.kind === 'ready') {
      member.isReady = true;
      clearTimeout(member.startTimer);
      this.#dispatch();
      return;
    }
    const job = member.jobs.get(report.id);
    if (job) {
      member.jobs.delete(job.id);
      clearTimeout(job.timer);
    }
    if (job && report.kind === 'done') {
      job.resolve(report.answer);
      this.#dispatch();
      return;
    }
    if (report.kind === 'failed') {
      job?.reject(new SsoError('internal_error', { detail: `the verifier failed: ${report.error}` }));
    }
    // what an unforeseen failure left in the worker's memory is not built upon; nor is an answer that nobody waits for
    this.#lose(member, 'crash', { isCauseKnown: job !== undefined });
  }

  /** Takes a worker out, and has another take its place. */
  #lose(member: Member<Task, Answer>, event: 'timeout' | 'crash', { isCauseKnown = false } = {}): void {
    if (!this.#members.has(member)) return;
    this.#options.observe?.(event);
    const jobs = this.#remove(member);
    for (const job of jobs) clearTimeout(job.timer);
    if (!member.isReady) this.#postponeStarts();
    const [only] = jobs;
    if (only && (only.isAlone || (jobs.length === 1 && !isCauseKnown))) {
      const detail = event === 'timeout' ? 'the deadline passed' : 'the worker ended';
      only.reject(new SsoError('saml_timeout', { detail, retryAfterSeconds: 1 }));
    } else {
      this.#tryAgain(jobs);
    }
    this.#dispatch();
    // only work can be the cause that a ready worker is lost; one that is lost for nothing might be so for ever
    const hadWork = jobs.length > 0 || isCauseKnown;
    if (member.isReady && hadWork && this.#mayStart()) this.#start();
  }

  /** Each alone in a worker. The oldest goes first: it is the least likely cause. */
  #tryAgain(jobs: readonly Job<Task, Answer>[]): void {
    for (const job of jobs.toReversed()) {
      job.isAlone = true;
      this.#enqueue(job, 'head');
    }
  }

  #remove(member: Member<Task, Answer>): Job<Task, Answer>[] {
    this.#members.delete(member);
    clearTimeout(member.startTimer);
    member.worker.stop();
    return [...member.jobs.values()];
  }

  #postponeStarts(): void {
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      this.#dispatch();
    }, RESTART_MS);
  }
}
