/** A one-time code goes out once, whatever the runtime does for a kept connection that dies (RFC 9110 §9.2.2). */
import { expect, test } from 'bun:test';
import { fileURLToPath } from 'node:url';
import { observeKeptConnection } from './kept-connection.ts';

const EXPECTED = {
  refusals: ['idp_unreachable', 'idp_timeout'],
  arrivals: { '/dead': 1, '/silent': 1 },
  open: 0,
};

test('a POST on a kept connection is sent once, and its socket is freed: Bun', async () => {
  expect(await observeKeptConnection()).toEqual(EXPECTED);
});

test('a POST on a kept connection is sent once, and its socket is freed: Deno', async () => {
  const script = fileURLToPath(new URL('kept-connection.ts', import.meta.url));
  const deno = fileURLToPath(new URL('../../../node_modules/deno/bin.cjs', import.meta.url));
  const child = Bun.spawn([process.execPath, deno, 'run', '-A', '--quiet', script], {
    stdout: 'pipe',
    stderr: 'inherit',
  });
  expect(JSON.parse(await new Response(child.stdout).text())).toEqual(EXPECTED);
}, 30_000);
