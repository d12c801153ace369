/** Rules over each API: who is refused, how that looks, what the trace says, and what becomes of sessions that there are. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { Check } from '#core/checks.ts';
import type { Overrides } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import { applivery, CLIENTS, signIn, visitProvider } from '#tests/hostile/clients.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { ADA, openStage, type Stage } from '#tests/hostile/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    connection: {
      rules: [
        { name: 'no contractors', if: { claim: 'employment', equals: 'contractor' }, deny: true },
        { if: { claim: 'family_name', equals: 'Lovelace' }, unless: { group: 'guests' }, require: true },
        { name: 'leads', if: { claim: 'titles', equals: 'Lead' }, role: 'lead' },
      ],
      groupRoles: [{ group: 'admins', role: 'admin' }],
      defaultRole: 'viewer',
    },
  });
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

/** Entra ID's word for more groups than a token may hold. */
const OVERAGE = {
  _claim_names: { groups: 'src1' },
  _claim_sources: { src1: { endpoint: 'http://127.0.0.1:1/groups' } },
};

const lastCheck = async (name: string) => {
  const [login] = await stage.world.sql`select checks from logins order by created_at desc, id desc limit 1`;
  const checks: Check[] = login?.['checks'] ?? [];
  return checks.find((check) => check.name === name);
};

describe.each([...CLIENTS])('over $dialect', (client) => {
  const refused: readonly { name: string; claims: Overrides; reason: SsoErrorCode }[] = [
    { name: 'a rule that denies', claims: { employment: 'contractor' }, reason: 'access_denied_by_rule' },
    { name: 'a requirement', claims: { family_name: 'Byron' }, reason: 'requirement_not_met' },
    { name: 'groups left out', claims: OVERAGE, reason: 'groups_overage' },
    { name: 'groups left out by the old sign', claims: { hasgroups: true }, reason: 'groups_overage' },
  ];
  test.each(refused)('$name refuses', async ({ claims, reason }) => {
    await signIn(stage, client);
    const started = await client.start(stage);
    stage.provider.script.user = { ...ADA, ...claims };
    const returned = await visitProvider(stage, started);
    const send = () => stage.world.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, started, send, { reason, consumed: true, member: 'ada@acme.test' });
  });
});

test.each([
  { claims: {}, role: 'viewer', by: 'none: the default role' },
  { claims: { groups: ['admins'] }, role: 'admin', by: 'groupRoles/0: role admin' },
  { claims: { groups: ['admins'], titles: ['Lead'] }, role: 'lead', by: 'rules/2 “leads”: role lead' },
  { claims: { groups: ['guests'], family_name: 'Byron' }, role: 'viewer', by: 'none: the default role' },
])('$claims give the role $role, and the trace says which rule did', async ({ claims, role, by }) => {
  stage.provider.script.user = { ...ADA, ...claims };
  await signIn(stage, applivery);
  const [member] = await stage.world.sql`select role from memberships`;
  expect(member?.['role']).toBe(role);
  expect(await lastCheck('rules.role')).toMatchObject({ outcome: 'passed', actual: by });
  expect(await lastCheck('rules.deny')).toMatchObject({ outcome: 'passed' });
  expect(await lastCheck('rules.require')).toMatchObject({ outcome: 'passed' });
});

test('the trace of a refusal names the rule', async () => {
  const started = await applivery.start(stage);
  stage.provider.script.user = { ...ADA, employment: 'contractor' };
  const returned = await visitProvider(stage, started);
  expect((await stage.world.fetch(...applivery.callback(stage, started, returned))).status).toBe(403);
  expect(await lastCheck('rules.deny')).toEqual({
    name: 'rules.deny',
    outcome: 'failed',
    expected: 'no rule that denies applies',
    actual: 'rules/0 “no contractors”: deny',
  });
});

test('a rule that begins to deny leaves sessions that there are', async () => {
  const tokens = await signIn(stage, applivery);
  stage.provider.script.user = { ...ADA, employment: 'contractor' };
  const started = await applivery.start(stage);
  const returned = await visitProvider(stage, started);
  expect((await stage.world.fetch(...applivery.callback(stage, started, returned))).status).toBe(403);
  expect(await applivery.use(stage.world.fetch, stage, tokens)).toBe(200);
});

test('a claim that the ID token lacks is asked for, and its lack matters', async () => {
  stage.provider.script.userinfo = { employment: 'contractor' };
  const attempt = async () => {
    const started = await applivery.start(stage);
    const returned = await visitProvider(stage, started);
    return (await stage.world.fetch(...applivery.callback(stage, started, returned))).status;
  };
  expect(await attempt()).toBe(403);
  stage.provider.script.answers.userinfo = { status: 500 };
  expect(await attempt()).toBe(502);
  stage.honest();
  expect(await attempt()).toBe(200);
});
