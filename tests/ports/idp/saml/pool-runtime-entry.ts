/**
 * A program of its own, for the runtimes that tests are not run under: verifies the response given as JSON in the
 * environment and prints what it says. It ends by itself, or with `close` after closing the pool.
 */
import { Checks } from '#core/checks.ts';
import { createPooledVerifier } from '#ports/idp/saml/pooled-verifier.ts';

const { message, policy } = JSON.parse(process.env['VERIFY'] ?? '');
const verifier = createPooledVerifier({ size: 1 });
const checks = new Checks();
const { assertion } = await verifier.verifyResponse(Uint8Array.fromBase64(message), policy, 'one', checks);
const outcomes = checks.entries.map(({ name, outcome }) => `${name} ${outcome}`);
const tampered = Uint8Array.fromBase64(message);
const at = new TextDecoder().decode(tampered).indexOf('someone@');
tampered[at] = 'S'.charCodeAt(0);
const refusal = await verifier.verifyResponse(tampered, policy, 'one', new Checks()).then(
  () => 'accepted',
  (error) => error.code,
);
console.log(JSON.stringify({ email: assertion.nameId?.value, outcomes, refusal }));
if (process.argv.includes('close')) await verifier.close();
