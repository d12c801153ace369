/**
 * `bun run jwks-watch`: proves that no verification fails while signing keys are rotated. Once a second it has a token
 * issued, and verifies it and every earlier one as API servers would that know nothing but the published key set.
 * Ends with exit code 1 if any verification failed.
 *
 *   --url <origin>           of the server (http://127.0.0.1:3000)
 *   --issuer <origin>        of the tokens, where it is another
 *   --seconds <number>       for how long (600)
 *   --as <email>             who signs in at the demo's provider, with --organization; or a session that is there:
 *   --token <token>          Pria's; with --refresh-token, Applivery's
 *   --refresh-token <token>  with --api-key, Indee's
 */
import { parseArgs } from 'node:util';
import { openTokenSource } from './jwks-watch/token-source.ts';
import { createWatch, fetchKeySet, type Summary } from './jwks-watch/watch.ts';

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    issuer: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    as: { type: 'string', default: 'ada@acme.test' },
    organization: { type: 'string', default: 'acme' },
    token: { type: 'string' },
    'refresh-token': { type: 'string' },
    'api-key': { type: 'string' },
  },
});

async function main(): Promise<void> {
  const { url } = flags;
  const nextToken = await openTokenSource({
    url,
    token: flags.token,
    refreshToken: flags['refresh-token'],
    apiKey: flags['api-key'],
    email: flags.as,
    organization: flags.organization,
  });
  const watch = createWatch({
    issuer: flags.issuer ?? url,
    now: () => new Date(),
    readKeySet: () => fetchKeySet((path) => fetch(new URL(path, url))),
  });
  const end = performance.now() + Number(flags.seconds) * 1000;
  let signing = '';
  for (let next = performance.now(); performance.now() < end; next += 1000) {
    watch.add(await nextToken());
    const newest = [...watch.summary.kids].at(-1) ?? '';
    if (newest !== signing) console.log(`${new Date().toISOString()}  ${newest} signs`);
    signing = newest;
    await watch.round();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next + 1000 - performance.now())));
  }
  print(watch.summary);
  if (watch.summary.failures.length > 0) process.exitCode = 1;
}

function print({ rounds, tokens, verifications, reads, kids, failures }: Summary): void {
  console.log(
    `${rounds} rounds, ${tokens} tokens by ${kids.size} keys, ${verifications} verifications with ${reads} reads of the key set, ${failures.length} failed`,
  );
  if (kids.size === 1) console.log('No rotation was seen.');
  for (const { at, reader, kid, code } of failures.slice(0, 20)) {
    console.log(`  ${at.toISOString()}  ${reader}: ${code} for ${kid}`);
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
