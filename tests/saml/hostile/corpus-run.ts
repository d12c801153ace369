/** A test for each forgery: refused for one of its reasons, and the honest response of the same making accepted after it. */
import { test } from 'bun:test';
import type { Forgery } from './forgery.ts';
import { expectCallbackRefusal, expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

/** One in so many goes through Applivery’s callback too. */
const SAMPLE = 9;

/** With `SHOW_REASONS` in the environment it prints what each was refused for. */
export function refuses(stage: () => Stage, forgeries: readonly Forgery[]): void {
  for (const [index, { words, reasons, forge, place = 'saml', control }] of forgeries.entries()) {
    test(words, async () => {
      const refused = { reasons, control: { place, ...(control && { options: control }) } };
      const started = await stage().start(place);
      const message = await forge(started.target);
      const reason = await expectRefusal(stage(), started, message, refused);
      if (process.env['SHOW_REASONS']) console.log(`${reason} · ${words}`);
      // other reasons have other codes there
      if (index % SAMPLE !== 0 || !reasons.every((each) => each.startsWith('saml_'))) return;
      const again = await stage().start(place);
      await expectCallbackRefusal(stage(), again, await forge(again.target), refused);
    });
  }
}
