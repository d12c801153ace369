/**
 * A bounded queue in which organizations take turns: one line an organization, one item of each line in turn.
 * No line grows beyond half of the queue, and when the queue is full a newcomer from a shorter line takes the
 * place of the last in the longest one, so that neither one organization nor a few together shut the others out
 * (longest queue drop, stochastic fairness queueing).
 */

export interface Queued {
  readonly organizationId: string;
}

export class FairQueue<T extends Queued> {
  /** In order of their turns. No line is empty. */
  readonly #lines = new Map<string, T[]>();
  readonly #capacity: number;
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Adds at the end of the organization's line, or at its head.
   * @returns the item that has no place in the queue: another one, `item` itself, or none
   */
  add(item: T, place: 'end' | 'head' = 'end'): T | undefined {
    const line = this.#lines.get(item.organizationId) ?? [];
    if (line.length + 1 > this.#capacity / 2) return item;
    const displaced = this.#size < this.#capacity ? undefined : this.#displaceFor(line.length + 1);
    if (this.#size >= this.#capacity) return item;
    if (place === 'head') line.unshift(item);
    else line.push(item);
    this.#lines.set(item.organizationId, line);
    this.#size += 1;
    return displaced;
  }

  /** Whose turn it is. */
  peek(): T | undefined {
    const [line] = this.#lines.values();
    return line?.[0];
  }

  /** Takes the item whose turn it is; its organization's next turn comes after all others'. */
  take(): T | undefined {
    const [line] = this.#lines.values();
    const item = line?.shift();
    if (!line || !item) return undefined;
    this.#size -= 1;
    this.#lines.delete(item.organizationId);
    if (line.length > 0) this.#lines.set(item.organizationId, line);
    return item;
  }

  /** Takes this item, out of turn; nothing happens when it is not in the queue. */
  remove(item: T): void {
    const line = this.#lines.get(item.organizationId);
    const index = line?.indexOf(item) ?? -1;
    if (!line || index < 0) return;
    line.splice(index, 1);
    this.#size -= 1;
    if (line.length === 0) this.#lines.delete(item.organizationId);
  }

  /** Takes the last of the longest line, if that is longer than the newcomer's would be. */
  #displaceFor(newcomerLength: number): T | undefined {
    let longest: T[] = [];
    for (const line of this.#lines.values()) if (line.length > longest.length) longest = line;
    const last = longest.length > newcomerLength ? longest.at(-1) : undefined;
    if (last) this.remove(last);
    return last;
  }
}
