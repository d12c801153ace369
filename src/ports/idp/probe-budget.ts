/**
 * How often the checks may send a client's credentials to a token endpoint, in this process. Whoever may change connections
 * could otherwise try out secrets with it, have a client locked at its provider, or send requests without end.
 */
import type { Clock } from '#ports/clock.ts';
import type { Connection } from '#ports/db/schema.ts';

/** Some providers (PingFederate) lock a client for a minute after its third wrong secret, and logins with it. */
const MOST_REFUSALS = 2;
const MOST_PER_CONNECTION = 6;
const MOST_PER_ORGANIZATION = 20;
const WINDOW_MS = 60_000;
/** Keys remembered by each count. */
const MAX_KEYS = 10_000;

const REFUSED_TWICE =
  'It was refused twice within the last minute (or is being asked at this moment), and is not asked again until that is over, lest the provider lock the client.';
const ASKED_OFTEN = `It was asked often: within a minute at most ${MOST_PER_CONNECTION} times for a connection and ${MOST_PER_ORGANIZATION} for an organization.`;

export interface ProbeBudget {
  /**
   * Counted before anything is sent, so that many checks at once are no more than one after another.
   * @returns why it may not be asked now; or what is called when the answer is there, with whether it was a refusal
   */
  take(connection: ProbedConnection, tokenEndpoint: string): string | ((isRefusal: boolean) => void);
}

export type ProbedConnection = Pick<Connection, 'id' | 'organizationId' | 'clientId'>;

export function createProbeBudget(clock: Clock): ProbeBudget {
  const refusals = new RecentTimes(MOST_REFUSALS);
  const ofConnection = new RecentTimes(MOST_PER_CONNECTION);
  const ofOrganization = new RecentTimes(MOST_PER_ORGANIZATION);
  return {
    take({ id, organizationId, clientId }, tokenEndpoint) {
      const now = clock.now().getTime();
      const client = `${tokenEndpoint} ${clientId}`;
      if (refusals.isFull(client, now)) return REFUSED_TWICE;
      if (ofConnection.isFull(id, now) || ofOrganization.isFull(organizationId, now)) return ASKED_OFTEN;
      ofConnection.add(id, now);
      ofOrganization.add(organizationId, now);
      refusals.add(client, now);
      return (isRefusal) => {
        if (!isRefusal) refusals.remove(client, now);
      };
    },
  };
}

/** When something happened within the last minute, by key. */
class RecentTimes {
  readonly #times = new Map<string, readonly number[]>();

  constructor(private readonly most: number) {}

  isFull(key: string, now: number): boolean {
    return this.#recent(key, now).length >= this.most;
  }

  add(key: string, now: number): void {
    const times = [...this.#recent(key, now), now];
    this.#times.delete(key);
    this.#times.set(key, times);
    const [oldest] = this.#times.keys();
    if (this.#times.size > MAX_KEYS && oldest !== undefined) this.#times.delete(oldest);
  }

  remove(key: string, at: number): void {
    const times = this.#times.get(key) ?? [];
    const index = times.indexOf(at);
    if (index >= 0) this.#times.set(key, times.toSpliced(index, 1));
  }

  #recent(key: string, now: number): readonly number[] {
    return (this.#times.get(key) ?? []).filter((at) => at <= now && now - at < WINDOW_MS);
  }
}
