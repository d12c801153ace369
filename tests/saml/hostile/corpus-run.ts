/** A test for each forgery: refused for one of its reasons, and the honest response of the same making accepted after it. */
import { test } from 'bun:test';
import type { Forgery } from './forgery.ts';
import { expectCallbackRefusal, expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

/** One in so many goes through Applivery’s callback too. */
const SAMPLE = 6;

/** @param show what was found, for whoever looks at a run */
export function refuses(stage: () => Stage, forgeries: readonly Forgery[]): void {
  for (const [index, { words, reasons, forge, place = 'saml', control }] of forgeries.entries()) {
    test(words, async () => {
      const refused = { reasons, control: { place, ...(control && { options: control }) } };
      const started = await stage().start(place);
      const message = await forge(started.target);
      const reason = await expectRefusal(stage(), started, message, refused);
      if (process.env['SHOW_REASONS']) console.log(`${reason} · ${words}`);
      if (index % SAMPLE !== 0) return;
      const again = await stage().start(place);
      await expectCallbackRefusal(stage(), again, await forge(again.target), refused);
    });
  }
}
