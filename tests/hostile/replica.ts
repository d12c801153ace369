/** One more replica on the stage's database: with a clock or a road to Postgres of its own. */
import { createApp } from '#app';
import type { Clock } from '#ports/clock.ts';
import { openPorts } from '#ports/open.ts';
import type { Stage } from '#tests/hostile/stage.ts';
import type { Fetch } from '#tests/journey.ts';
import { PUBLIC_URL } from '#tests/world.ts';

export interface Replica {
  readonly fetch: Fetch;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  /** How far its machine's clock is ahead; the database's is right. */
  readonly skewSeconds?: number;
  readonly databaseUrl?: string;
  readonly poolMax?: number;
  readonly secretsKey?: string;
}

export async function openReplica(stage: Stage, options: ReplicaOptions): Promise<Replica> {
  const { config, log } = stage.world.ports;
  const { DATABASE_URL = '', SECRETS_KEY = '' } = config;
  const clock: Clock = {
    now: () => new Date(stage.world.clock.now().getTime() + (options.skewSeconds ?? 0) * 1000),
    get offsetSeconds() {
      return stage.world.clock.offsetSeconds;
    },
  };
  const settled = {
    ...config,
    SECRETS_KEY: options.secretsKey ?? SECRETS_KEY,
    DATABASE_URL: options.databaseUrl ?? DATABASE_URL,
    DATABASE_POOL_MAX: options.poolMax ?? config.DATABASE_POOL_MAX,
  };
  const opened = await openPorts(settled, log, clock);
  const app = createApp(opened.ports, { readiness: { check: async () => {} }, version: 'test' });
  return { fetch: async (path, init) => app.fetch(new Request(new URL(path, PUBLIC_URL), init)), close: opened.close };
}
