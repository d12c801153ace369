/** What happens around a whole run of `bun test`: named in `bunfig.toml`. */
import { afterAll } from 'bun:test';
import { stopDatabases } from './database.ts';

afterAll(stopDatabases);

// an interrupted run, too, takes its databases and its server along
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stopDatabases().finally(() => process.exit(1));
  });
}
