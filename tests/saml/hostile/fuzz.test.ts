/** Documents that were damaged byte by byte: never a fault of ours, and never anybody but alice. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { verifyResponse } from '#ports/idp/saml/xml/response.ts';
import { scanMessage } from '#ports/idp/saml/xml/scan.ts';
import { honest } from './honest.ts';
import { expectHonest, makeSamples, type Samples } from './samples.ts';
import { openStage, post, redeem, type Stage } from './stage.ts';

const RUNS = Number(process.env['SAML_FUZZ_RUNS'] ?? 1_600);
const RUNS_AT_THE_WIRE = Number(process.env['SAML_FUZZ_WIRE_RUNS'] ?? 240);

interface Damage {
  readonly kind: 'flip' | 'set' | 'insert' | 'delete' | 'duplicate' | 'swap' | 'token';
  /** Places in thousandths of the length. */
  readonly at: number;
  readonly other: number;
  readonly length: number;
  readonly byte: number;
}

/** What stands in the way of parsers. */
const TOKENS = [
  '<',
  '>',
  '</',
  '/>',
  '&',
  '&#0;',
  '&lt;',
  '&amp;',
  '&#x3c;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '<!DOCTYPE a>',
  '"',
  "'",
  ' xmlns="urn:x"',
  ' ID="_x"',
  '\u0000',
  '\ufffe',
  '\ud7ff',
  '\u2028',
  '\ufeff',
  'xmlns:',
  ':',
  '=',
  '\r',
  '\r\n',
  '\t',
];

const damages = fc.array(
  fc.record<Damage>({
    kind: fc.constantFrom('flip', 'set', 'insert', 'delete', 'duplicate', 'swap', 'token'),
    at: fc.integer({ min: 0, max: 100_000 }),
    other: fc.integer({ min: 0, max: 100_000 }),
    length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 600 })),
    byte: fc.nat(255),
  }),
  { minLength: 1, maxLength: 4 },
);

function damaged(bytes: Uint8Array, all: readonly Damage[]): Uint8Array {
  return all.reduce((text, { kind, at, other, length, byte }) => {
    const start = Math.floor((at / 100_001) * text.length);
    const second = Math.floor((other / 100_001) * text.length);
    const chunk = text.slice(start, start + length);
    const spliced = (where: number, removed: number, put: Uint8Array | readonly number[]) =>
      new Uint8Array(Buffer.concat([text.subarray(0, where), Uint8Array.from(put), text.subarray(where + removed)]));
    if (kind === 'flip') return spliced(start, 1, [(text[start] ?? 0) ^ (1 << (byte % 8))]);
    if (kind === 'set') return spliced(start, 1, [byte]);
    if (kind === 'insert')
      return spliced(
        start,
        0,
        Array.from({ length: Math.min(length, 20) }, () => byte),
      );
    if (kind === 'delete') return spliced(start, length, []);
    if (kind === 'duplicate') return spliced(second, 0, chunk);
    if (kind === 'swap') return spliced(second, chunk.length, chunk);
    return spliced(start, 0, new TextEncoder().encode(TOKENS[byte % TOKENS.length]));
  }, bytes);
}

describe('the verifier', () => {
  let samples: Samples;
  beforeAll(async () => {
    samples = await makeSamples();
  });

  test('refuses what was damaged, or says what was signed', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(samples.all.length - 1), damages, async (index, all) => {
        const sample = samples.all[index];
        if (!sample) return;
        const bytes = damaged(new TextEncoder().encode(sample.xml), all);
        const outcome = await verifyResponse(bytes, samples.policy);
        if (expectHonest(outcome, new TextDecoder().decode(bytes), sample)) accepted += 1;
      }),
      { numRuns: RUNS },
    );
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(RUNS / 2);
  }, 600_000);

  test('no text is more than linear work for the thread that answers', () => {
    const limits = { maxBytes: 96 * 1024, maxElements: 600 };
    const bytes = new TextEncoder();
    for (const piece of [
      '<',
      '<a',
      '<a ',
      '<a b="',
      '&',
      '&#',
      '<!',
      '<?',
      '</',
      '"',
      "<a b='' ",
      '<!--',
      '<![CDATA[',
      '<!d\0o',
      '\u0000',
      ' ',
      '<x>',
      '<x/>',
    ]) {
      const text = bytes.encode(piece.repeat(Math.floor((96 * 1024) / bytes.encode(piece).length)));
      expect(() => scanMessage(text, limits)).toThrow();
    }
  });
});

describe('at the wire', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ connections: { initiated: { allowIdpInitiated: true } } });
  });
  afterAll(() => stage?.close());

  test.each(['the XML', 'its base64'])(
    'damage to %s is no fault of ours and makes nobody else of alice',
    async (what) => {
      const connection = stage.connection('initiated');
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('assertion', 'response', 'both'), damages, async (sign, all) => {
          const xml = new TextEncoder().encode(await honest(stage.unsolicited('initiated'), { sign }));
          const message =
            what === 'the XML'
              ? damaged(xml, all)
              : {
                  base64: Buffer.from(damaged(Buffer.from(Buffer.from(xml).toString('base64')), all)).toString(
                    'latin1',
                  ),
                };
          const answer = await post(stage.world, connection, message, undefined);
          if (answer.status !== 303) {
            expect(answer.status).toBe(400);
            expect((await answer.json()).code).toMatch(/^saml_/);
            return;
          }
          accepted += 1;
          if (accepted % 5 !== 1) return;
          const { user } = await redeem(stage.world, connection, answer);
          expect([user['email'], user['firstName']]).toEqual(['alice@acme.test', 'Alice']);
        }),
        { numRuns: RUNS_AT_THE_WIRE / 2 },
      );
      const [row] = await stage.world.sql`select count(*)::int as users from users`;
      expect(row?.['users']).toBeLessThanOrEqual(1);
      expect(
        stage.world.logLines.filter((line) => line.includes('"level":"error"') || line.includes('"level":50')),
      ).toEqual([]);
    },
    600_000,
  );
});
