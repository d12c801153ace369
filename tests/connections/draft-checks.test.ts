/** Drafts as they come: incomplete, with rules that can't hold, with a version that there is not, changed while they are checked. */
import { afterAll, beforeAll, beforeEach, expect, spyOn, test } from 'bun:test';
import { patch } from '#tests/admin/callers.ts';
import { json, read } from '#tests/journey.ts';
import { REDIRECT_URI } from '#tests/world.ts';
import { type Desk, openDesk, problem } from './desk.ts';
import { told } from './problems.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
beforeEach(() => {
  desk.stage.honest();
  desk.stage.world.clock.moveBy(61);
});
afterAll(() => desk?.stage.close());

test('a draft may lack its redirect URIs, which no login can do without', async () => {
  const made = await desk.make(desk.oidc({ redirectUris: undefined }));
  expect(made).toMatchObject({ status: 'draft', redirectUris: [], problems: [{ severity: 'error' }] });
  expect(told(made.problems)).toEqual(['redirect_uri_missing /redirectUris']);
  const changed = await read(await desk.operator(`/connections/${made.id}`, patch({ redirectUris: [REDIRECT_URI] })));
  expect(changed.problems).toEqual([]);
});

test.each([
  ['groupRoles', { groupRoles: [{ group: 'staff', role: 'admin' }] }],
  ['rules', { rules: [{ if: { group: 'staff' }, role: 'admin' }] }],
])('%s that ask for a group never hold at GitHub, and are told', async (member, asking) => {
  const made = await desk.make(desk.oidc({ type: 'github', ...asking }));
  expect(made.problems).toMatchObject([{ code: 'groups_not_read', severity: 'warning', pointer: `/${member}` }]);
  const gitlab = await desk.make(desk.oidc({ type: 'gitlab', ...asking }));
  expect(told(gitlab.problems)).not.toContain(`groups_not_read /${member}`);
});

test('a version that there is not is refused alike wherever it is named, with those that there are', async () => {
  const { id } = await desk.make();
  await read(await desk.operator(`/connections/${id}`, patch({ jit: false })));
  const body = json({ version: 99 });
  const answers = [
    await desk.operator(`/connections/${id}/check?version=99`),
    await desk.operator(`/connections/${id}/test`, body),
    await desk.operator(`/connections/${id}/activate`, body),
    await desk.operator(`/connections/${id}/rollback`, body),
  ];
  for (const answer of answers) {
    const detail = expect.stringContaining('There are: 2, 1');
    expect(await problem(answer, 409)).toEqual({ code: 'conflict', errors: [{ pointer: '/version', detail }] });
  }
});

test('what became waiting while another version was checked is not activated unseen', async () => {
  const { id } = await desk.make();
  await read(await desk.activate(id));
  const { sql, ports } = desk.stage.world;
  const draft = async (defaultRole: string) => {
    const changed = await read(await desk.operator(`/connections/${id}`, patch({ defaultRole })));
    await sql`update connection_versions set state = 'tested', tested_at = now() where connection_id = ${id} and version = ${changed.version}`;
  };
  await draft('seen');
  const examine = ports.identityProvider.examine;
  const examining = spyOn(ports.identityProvider, 'examine').mockImplementationOnce(async (connection) => {
    await draft('unseen');
    return examine(connection);
  });
  const refused = await problem(await desk.activate(id, {}), 409);
  examining.mockRestore();
  expect(refused).toMatchObject({ code: 'conflict', errors: [{ pointer: '/version' }] });
  expect(await read(await desk.activate(id, {}))).toMatchObject({ status: 'active', defaultRole: 'unseen' });
});
