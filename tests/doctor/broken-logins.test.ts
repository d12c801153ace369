/**
 * Broken logins, each with its exact reason, and with the fix that the reason's texts state: what the text names is what the
 * fix does, and then the same person signs in.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { REASONS } from '#core/reasons/reasons.ts';
import { ACCOUNT_AILMENTS, GITHUB_AILMENTS } from '#tests/doctor/account-ailments.ts';
import type { Ailment } from '#tests/doctor/ailment.ts';
import { type Clinic, openClinic, type Wire } from '#tests/doctor/clinic.ts';
import { LINKING_AILMENTS } from '#tests/doctor/linking-ailments.ts';
import { OIDC_AILMENTS } from '#tests/doctor/oidc-ailments.ts';
import { PROVIDER_AILMENTS } from '#tests/doctor/provider-ailments.ts';
import { SAML_AILMENTS } from '#tests/doctor/saml-ailments.ts';
import { json } from '#tests/journey.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
  for (const slug of ['oidc', 'github', 'saml'] as const)
    expect(await clinic.login(slug)).toMatchObject({ outcome: 'succeeded' });
});
beforeEach(() => clinic.honest());
afterAll(() => clinic?.close());

async function expectCure(ailment: Ailment): Promise<void> {
  const { slug, harm, patient, reason, detail, told, fix, mended, cured, afterwards } = ailment;
  await harm?.(clinic);
  const late = reason === 'state_expired' ? { before: () => clinic.world.clock.moveBy(660) } : {};
  const broken = await clinic.login(slug, { ...patient, ...late });
  expect([broken.outcome, broken.reason]).toEqual(['failed', reason]);
  if (detail) expect(broken.detail).toBe(detail);
  const [reader, words] = told;
  expect(broken.texts).toEqual(REASONS[reason]);
  expect(broken.texts[reader]).toMatch(words);
  await expectCheck(broken, ailment);
  await fix?.(clinic);
  if (mended) expect(await runAgain(broken)).toMatchObject({ outcome: 'succeeded', kind: 'linked' });
  const well = await clinic.login(slug, cured);
  expect([well.outcome, well.reason, well.detail]).toEqual(['succeeded', undefined, undefined]);
  await afterwards?.(clinic);
}

const runAgain = (login: Wire): Promise<Wire> => clinic.admin(`/logins/${login.id}/evaluate`, json({}));

/** The trace names the cause, and the login run again comes to the same. */
async function expectCheck(broken: Wire, { check, reason }: Ailment): Promise<void> {
  if (!check) return;
  const [name, expected, actual] = check;
  for (const { checks, reason: found, texts } of [broken, await runAgain(broken)]) {
    expect([found, texts]).toEqual([reason, REASONS[reason]]);
    const failed = checks.filter(({ outcome }: Wire) => outcome === 'failed');
    expect(failed).toEqual([
      { name, outcome: 'failed', expected: expect.stringMatching(expected), actual: expect.stringMatching(actual) },
    ]);
  }
}

describe.each<[string, readonly Ailment[]]>([
  ['over OpenID Connect', OIDC_AILMENTS],
  ['by its provider', PROVIDER_AILMENTS],
  ['for want of an account', ACCOUNT_AILMENTS],
  ['by a person who has an account', LINKING_AILMENTS],
  ['over OAuth 2.0', GITHUB_AILMENTS],
  ['over SAML', SAML_AILMENTS],
])('a login %s, broken by', (_of, ailments) => {
  test.each([...ailments])('$name', expectCure);
});
