/** What honest providers send is accepted at the wire, names alice, and is approved of by an independent implementation. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { type Acceptable, ENCRYPTED, PLAIN } from './acceptable.ts';
import { asAdmin } from './forgery.ts';
import { honest } from './honest.ts';
import { hasOracle, type Oracle, openOracle } from './oracle.ts';
import { expectAlice, handOn, openStage, post, redeem, type Stage } from './stage.ts';

let stage: Stage;
let oracle: Oracle;
beforeAll(async () => {
  oracle = openOracle();
  stage = await openStage({
    connections: { cbc: { allowCbc: true }, many: { maxElements: 2_000 } },
    encrypted: ['saml', 'cbc'],
  });
});
afterAll(async () => {
  await stage?.close();
  oracle.close();
});

function accepts(all: readonly Acceptable[], isEncrypted: boolean): void {
  for (const [index, { words, make, send, place = 'saml', key, beyondOracle }] of all.entries()) {
    test(words, async () => {
      const started = await stage.start(place);
      const xml = await make(started.target);
      const message = send?.(xml) ?? xml;
      if (index % 4 === 0) {
        const answer = await handOn(stage.world, started, message, started.state);
        expect([answer.status, (await answer.json()).data?.user.firstName]).toEqual([200, 'Alice']);
      } else {
        const answer = await post(stage.world, started, message, started.state);
        expect([answer.status, await answer.clone().text()]).toEqual([303, '']);
        if (index % 4 === 1) expect((await redeem(stage.world, started, answer)).user['firstName']).toBe('Alice');
      }
      if (!hasOracle || beyondOracle) return;
      const own = isEncrypted ? await stage.world.ports.samlKeys.decryptionKeys(started.id) : [];
      expect(oracle.approves(xml, started.keys[key], own)).toBe(true);
    });
  }
}

describe('in the clear', () => accepts(PLAIN, false));
describe('encrypted', () => accepts(ENCRYPTED, true));

test('1,500 groups, where the connection takes so many elements', async () => {
  const started = await stage.start('many');
  const values = Array.from({ length: 1_500 }, (_, index) => `g${index}`);
  const xml = await honest(started.target, { assertion: { attributes: [{ name: 'groups', values }] } });
  await expectAccepted(await post(stage.world, started, xml, started.state));
  const again = await stage.start();
  const elsewhere = await honest(again.target, { assertion: { attributes: [{ name: 'groups', values }] } });
  expect((await post(stage.world, again, elsewhere, again.state)).status).toBe(400);
});

async function expectAccepted(answer: Response): Promise<void> {
  expect([answer.status, await answer.text()]).toEqual([303, '']);
}

test('the other implementation tells a changed document from an honest one', async () => {
  if (!hasOracle) return;
  const { target, keys } = await stage.start();
  for (const sign of ['assertion', 'response', 'both'] as const) {
    const xml = await honest(target, { sign });
    expect([oracle.approves(xml, keys.rsa), oracle.approves(asAdmin(xml), keys.rsa)]).toEqual([true, false]);
    expect(oracle.approves(xml, keys.attacker)).toBe(false);
  }
});

describe('attributes are read by name, from a list, and become nothing else', () => {
  const text = (name: string, ...values: string[]) => ({ name, values });
  test('names that programs give a meaning, friendly names and roles change nobody', async () => {
    const hostile = [
      'role',
      'roles',
      'isAdmin',
      'tenantId',
      'organizationId',
      '__proto__',
      'constructor',
      'status',
      'id',
    ];
    const started = await stage.start();
    const attributes = [
      { ...text('urn:x:other', 'mallory@acme.test'), friendlyName: 'email' },
      { ...text('urn:x:name', 'Mallory'), friendlyName: 'firstName' },
      text('email', 'alice@acme.test'),
      text('firstName', 'Alice'),
      text('lastName', 'Liddell'),
      ...hostile.map((name) => text(name, 'admin')),
      text('email', 'second@acme.test'),
      text('NameID', 'mallory@acme.test'),
    ];
    const answer = await post(
      stage.world,
      started,
      await honest(started.target, { assertion: { attributes } }),
      started.state,
    );
    await expectAlice(stage.world, started, answer);
    const rows = await stage.world.sql`select m.role, m.deactivated_at, i.subject from memberships m
      join identities i on i.user_id = m.user_id where i.connection_id = ${started.id}`;
    expect(rows.length).toBe(1);
    expect(rows[0]).toMatchObject({ role: 'user', deactivated_at: null, subject: 'emailAddress!!alice@acme.test' });
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('isAdmin');
  });
});
