/** A server that could not sign, or whose clock is wrong, does not start: it says what is wrong, and exits. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { assertUsable, EnvironmentError } from '#ports/start-check.ts';
import { type ClonedDatabase, cloneDatabase } from '#tests/database.ts';
import { type ServerOptions, startServer } from '#tests/server-process.ts';
import { createWorld, migrate } from '#tests/world.ts';

let database: ClonedDatabase;
beforeEach(async () => {
  database = await cloneDatabase(migrate);
});
afterEach(() => database?.drop());

const newKey = () => crypto.getRandomValues(new Uint8Array(32)).toBase64();

test('another SECRETS_KEY than the database knows', async () => {
  const options = (SECRETS_KEY: string): ServerOptions => ({
    runtime: 'bun',
    databaseUrl: database.url,
    declaration: { organizations: [] },
    environment: { SECRETS_KEY },
  });
  const [first, other] = [newKey(), newKey()];
  await (await startServer(options(first))).stop();
  const refusal = await startServer(options(other)).catch((error: Error) => error.message);
  expect(refusal).toBe(
    'the server ended with 1:\nThe environment is not usable:\n  - SECRETS_KEY does not open what this database holds: 2 in signing_keys\n',
  );
  expect(await (await startServer(options(first))).stop()).toBe(0);
}, 60_000);

test.each([
  ['ahead of', 300],
  ['behind', -300],
])('FI-15 a clock %s the database’s', async (direction, seconds) => {
  const world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  try {
    const clock = { now: () => new Date(Date.now() + seconds * 1000), offsetSeconds: 0 };
    await assertUsable(world.ports);
    const refusal = assertUsable({ ...world.ports, clock });
    await expect(refusal).rejects.toThrow(new RegExp(`the clock is \\d+ s ${direction} the database's`));
    await expect(refusal).rejects.toBeInstanceOf(EnvironmentError);
  } finally {
    await world.close();
  }
});
