/**
 * A bounded cache of documents that identity providers publish (discovery, JWKS). One reader at a time per
 * document, fresh for 10 minutes, and yesterday's copy is used for up to 24 hours while the provider
 * can't be read: an outage of its key endpoint must not be an outage of every login.
 */
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';

const FRESH_SECONDS = 10 * 60;
const STALE_SECONDS = 24 * 60 * 60;
/** After a failure, and between two reloads that callers asked for. */
const COOLDOWN_SECONDS = 30;
/** After a failure while there is no copy at all: nobody can sign in until it is read, so it is tried often. */
const COLD_COOLDOWN_SECONDS = 3;
const MAX_ENTRIES = 1_000;

/**
 * Who wants newer than the copy: a login, which brings what the provider signed a moment ago, or a message that anybody
 * may have sent. Each kind has its own cooldown, or strangers could keep logins from ever looking.
 */
export type Asker = 'login' | 'anybody';

interface Entry<T> {
  loaded?: { readonly document: T; readonly at: number } | undefined;
  failed?: { readonly error: unknown; readonly at: number } | undefined;
  pending?: Promise<T> | undefined;
  readonly reloadedAt: Partial<Record<Asker, number>>;
}

export class RemoteDocuments<T> {
  /** In order of last use, oldest first. */
  readonly #entries = new Map<string, Entry<T>>();
  readonly #clock: Clock;
  readonly #onStale: (key: string) => void;

  /** @param onStale told whenever a document past its freshness had to do */
  constructor(clock: Clock, onStale: (key: string) => void = () => {}) {
    this.#clock = clock;
    this.#onStale = onStale;
  }

  /** The document, read when it is absent or no longer fresh. @throws what `read` throws, when no usable copy is left */
  async get(key: string, read: () => Promise<T>): Promise<T> {
    const entry = this.#entry(key);
    const { loaded, failed } = entry;
    if (loaded && this.#age(loaded.at) < FRESH_SECONDS) return loaded.document;
    try {
      const cooldown = loaded ? COOLDOWN_SECONDS : COLD_COOLDOWN_SECONDS;
      if (failed && entry.pending === undefined && this.#age(failed.at) < cooldown) throw failed.error;
      return await this.#load(entry, read);
    } catch (error) {
      if (!loaded || this.#age(loaded.at) >= STALE_SECONDS) throw error;
      this.#onStale(key);
      return loaded.document;
    }
  }

  /**
   * Reads again although the copy is fresh, because something newer is needed. At most once per cooldown and kind of
   * asker, so that whoever invents key ids can't make us hammer the provider.
   *
   * @returns undefined while cooling down
   * @throws what `read` throws
   */
  async reload(key: string, read: () => Promise<T>, asker: Asker): Promise<T | undefined> {
    const entry = this.#entry(key);
    if (entry.pending !== undefined) return entry.pending;
    const reloadedAt = entry.reloadedAt[asker];
    if (reloadedAt !== undefined && this.#age(reloadedAt) < COOLDOWN_SECONDS) return undefined;
    if (entry.failed && this.#age(entry.failed.at) < COOLDOWN_SECONDS) return undefined;
    entry.reloadedAt[asker] = this.#now();
    return this.#load(entry, read);
  }

  #load(entry: Entry<T>, read: () => Promise<T>): Promise<T> {
    entry.pending ??= this.#read(entry, read).finally(() => {
      entry.pending = undefined;
    });
    return entry.pending;
  }

  async #read(entry: Entry<T>, read: () => Promise<T>): Promise<T> {
    try {
      const document = await read();
      entry.loaded = { document, at: this.#now() };
      entry.failed = undefined;
      return document;
    } catch (error) {
      // an error that says when to come back is our own refusal to call (busy, circuit open), not the provider's failure
      const isOurs = error instanceof SsoError && error.retryAfterSeconds !== undefined;
      if (!isOurs) entry.failed = { error, at: this.#now() };
      throw error;
    }
  }

  #entry(key: string): Entry<T> {
    const entry: Entry<T> = this.#entries.get(key) ?? { reloadedAt: {} };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > MAX_ENTRIES) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }

  #now(): number {
    return this.#clock.now().getTime() / 1000;
  }

  #age(at: number): number {
    return this.#now() - at;
  }
}
