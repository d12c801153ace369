/** What happens around a whole run of `bun test`: named in `bunfig.toml`. */
import { afterAll, setDefaultTimeout } from 'bun:test';
import { stopDatabases } from './database.ts';

// real servers and browsers on a machine that has other things to do: only what hangs should end here
setDefaultTimeout(60_000);
afterAll(stopDatabases);

// an interrupted run, too, takes its databases and its server along
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stopDatabases().finally(() => process.exit(1));
  });
}
