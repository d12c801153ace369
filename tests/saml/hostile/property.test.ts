/**
 * Whatever is done to the tree of an honest response: it is refused, or it says what was signed and nothing else, and
 * what was read is what was verified.
 */
import { beforeAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import { expectHonest, makeSamples, type Samples } from './samples.ts';
import { bend, edits } from './tree-edits.ts';

/** Ten thousand take about a minute; a failure prints the seed and the path to run it again. */
const RUNS = Number(process.env['SAML_PROPERTY_RUNS'] ?? 2_000);

let samples: Samples;
beforeAll(async () => {
  samples = await makeSamples();
});

test('random edits of the tree', async () => {
  const tally = { refused: 0, accepted: 0, changedAndAccepted: 0 };
  await fc.assert(
    fc.asyncProperty(fc.nat(samples.all.length - 1), edits, async (index, steps) => {
      const sample = samples.all[index];
      if (!sample) return;
      const xml = bend(sample.xml, sample.evil, steps);
      const outcome = await verifyResponse(new TextEncoder().encode(xml), samples.policy);
      if (expectHonest(outcome, xml, sample)) {
        tally.accepted += 1;
        if (xml !== bend(sample.xml, sample.evil, [])) tally.changedAndAccepted += 1;
      } else tally.refused += 1;
    }),
    { numRuns: RUNS },
  );
  // edits that touch nothing that was signed are let through, or the test would prove nothing
  expect(tally.changedAndAccepted).toBeGreaterThan(RUNS / 200);
  expect(tally.refused).toBeGreaterThan(RUNS / 2);
  if (process.env['SHOW_REASONS']) console.log(tally);
}, 600_000);

test('an edit that changes nothing is accepted, whichever way the document was made', async () => {
  for (const sample of samples.all) {
    const xml = bend(sample.xml, sample.evil, []);
    const outcome = await verifyResponse(new TextEncoder().encode(xml), samples.policy);
    expect([sample.words, expectHonest(outcome, xml, sample)]).toEqual([sample.words, true]);
  }
});
