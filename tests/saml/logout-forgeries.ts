/** Logout requests as no honest provider sends them, and what must become of them. */
import { expect } from 'bun:test';
import { buildLogoutRequest, type LogoutRequestOptions } from '#dev/saml/logout-message.ts';
import { type Binding, type BrowserStep, send } from '#dev/saml/message.ts';
import { signElement } from '#dev/saml/signature.ts';
import type { SigningKey } from '#dev/saml/signing-key.ts';
import { forgetAudit } from '#tests/audit/append-only.ts';
import { read } from '#tests/journey.ts';
import { auditOf, deliver, EMAIL, isAlive, type LogoutStage, type SignedIn, signIn } from '#tests/saml/logout-stage.ts';

export interface Attack {
  /** Somebody who is signed in. */
  session: SignedIn;
  /** Signs in anew where that is needed, and forgets what was audited. */
  ready(): Promise<void>;
  /** What an honest request says, for those that are written by hand. */
  honest(): LogoutRequestOptions;
  honestXml(): string;
  /** Signs whatever is given, by default with the provider's key. */
  sign(binding: Binding, xml: string, key?: SigningKey): Promise<BrowserStep>;
  /** A problem with that code, an audit event, and the session goes on. */
  expectRefused(step: BrowserStep, code: string, fetch?: LogoutStage['world']['fetch']): Promise<void>;
  /** An answer to the provider, and the session has ended. */
  expectTaken(step: BrowserStep): Promise<void>;
}

export async function openAttack(stage: LogoutStage): Promise<Attack> {
  const { world, provider } = stage;
  const { sloUrl = '', entityId } = stage.serviceProvider();
  const connectionId = entityId.split('/').at(-2) ?? '';
  const attack: Attack = {
    session: await signIn(stage),
    async ready() {
      provider.reset();
      if (!(await isAlive(world, attack.session))) attack.session = await signIn(stage);
      await forgetAudit(world.sql);
    },
    honest: () => ({
      issuer: provider.entityId,
      destination: sloUrl,
      issueInstant: world.clock.now(),
      nameId: { value: EMAIL },
    }),
    honestXml: () => buildLogoutRequest(attack.honest()),
    async sign(binding, xml, key = provider.key) {
      const id = / ID="([^"]+)"/.exec(xml)?.[1] ?? '';
      const signed = binding === 'post' ? await signElement(xml, { id, key }) : xml;
      return send({ binding, location: sloUrl, name: 'SAMLRequest', xml: signed, key });
    },
    async expectRefused(step, code, fetch = world.fetch) {
      const problem = await read(await deliver(fetch, step), 400);
      expect(problem).toMatchObject({ status: 400, code });
      expect(await isAlive(world, attack.session)).toBe(true);
      expect(await auditOf(world)).toEqual([{ action: 'logout.refused', reason: code, target_id: connectionId }]);
    },
    async expectTaken(step) {
      expect((await deliver(world.fetch, step)).status).toBe(step.binding === 'redirect' ? 302 : 200);
      expect(await isAlive(world, attack.session)).toBe(false);
    },
  };
  return attack;
}

/** @throws Error when the change changes nothing: the test would prove nothing */
export function changed(text: string, change: (text: string) => string): string {
  const other = change(text);
  if (other === text) throw new Error('nothing was changed');
  return other;
}

/** The request with other octets in its query. */
export function requeried(step: BrowserStep, change: (query: string) => string): BrowserStep {
  if (step.binding !== 'redirect') throw new Error('not of the Redirect binding');
  return { binding: 'redirect', url: new URL(`?${changed(step.url.search.slice(1), change)}`, step.url) };
}

/** Escapes as some providers write them. */
export function lowerCase(query: string): string {
  return query.replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase());
}
