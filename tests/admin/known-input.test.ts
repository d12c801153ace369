/**
 * Nothing that the admin API is told is ignored: on every operation that the OpenAPI document names, what it does not take is
 * refused, with the place and what to do.
 */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ADMIN_API_KEY, type Call, callersOf } from '#tests/admin/callers.ts';
import { blankEstate, type Estate } from '#tests/admin/estate.ts';
import { type AdminOperation, adminOperations, attemptsOf } from '#tests/admin/operations.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, type World } from '#tests/world.ts';

let world: World;
let call: Call;
let operations: AdminOperation[];
let organizations: string[];
const nothing: Estate = blankEstate();

beforeAll(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: () => ({
      organizations: ['acme', 'globex'].map((slug) => ({
        slug,
        name: slug,
        users: ['ada', 'bob', 'cy'].map((name) => ({ email: `${name}@${slug}.test` })),
      })),
    }),
    environment: { ADMIN_API_KEY },
  });
  call = callersOf(world).operator;
  operations = adminOperations(await read(await world.fetch('/openapi.json')));
  organizations = (await world.sql`select id from organizations order by slug`).map(({ id }) => String(id));
});
afterAll(() => world?.close());

const title = ({ method, path }: AdminOperation) => `${method} ${path}`;
const parametersOf = ({ operation }: AdminOperation) =>
  (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
/** A request that is right in all but what it is about, which is not there. */
function good(described: AdminOperation) {
  const [attempt] = attemptsOf(described, nothing);
  if (!attempt) throw new Error(`${described.id}: no request`);
  return attempt;
}
async function refused(answer: Response): Promise<{ pointer: string; detail: string }[]> {
  const { code, errors } = await read(answer, 422);
  expect(code).toBe('input_invalid');
  return errors;
}

describe('a query parameter', () => {
  test('that an operation does not take is refused, with those that it takes', async () => {
    expect(operations.filter(({ method }) => method === 'GET').length).toBeGreaterThan(20);
    for (const described of operations) {
      const { path, init } = good(described);
      const [member, ...others] = await refused(await call(`${path}?organisationId=x`, init));
      expect([title(described), member?.pointer, others]).toEqual([title(described), '/organisationId', []]);
      for (const name of parametersOf(described))
        expect([title(described), member?.detail]).toEqual([title(described), expect.stringContaining(name)]);
      if (parametersOf(described).length === 0) expect(member?.detail).toEndWith('takes none');
    }
  });

  test('that it takes is not', async () => {
    for (const described of operations.filter((one) => parametersOf(one).includes('limit'))) {
      const { path, init } = good(described);
      expect(await (await call(`${path}?limit=7`, init)).text()).not.toContain('"/limit"');
    }
  });

  test('is sent once', async () => {
    const [member] = await refused(await call('/organizations?limit=1&limit=2'));
    expect(member).toEqual({ pointer: '/limit', detail: 'It came more than once: send it once' });
  });

  test('without meaning is refused for every filter of a closed kind', async () => {
    const closed = operations.flatMap((described) =>
      (described.operation.parameters ?? []).flatMap(({ in: place, name, schema }) =>
        place === 'query' && /"enum"|"pattern"|"format"|"integer"/.test(JSON.stringify(schema))
          ? [{ described, name }]
          : [],
      ),
    );
    expect(closed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['reason', 'outcome', 'status', 'state', 'from', 'limit', 'action']),
    );
    for (const { described, name } of closed) {
      const { path, init } = good(described);
      for (const value of ['n%20o%20n%20s', '']) {
        const members = await refused(await call(`${path}?${name}=${value}`, init));
        const told = members.find(({ pointer }) => pointer === `/${name}`);
        expect([title(described), name, value, Boolean(told?.detail)]).toEqual([title(described), name, value, true]);
      }
    }
  });

  test('that contradicts another is refused', async () => {
    const span = (from: string, to: string) => call(`/logins?from=${from}T00:00:00Z&to=${to}T00:00:00Z`);
    expect((await refused(await span('2026-03-02', '2026-03-01')))[0]?.pointer).toBe('/to');
    await read(await span('2026-03-01', '2026-03-02'));
  });

  test('that names no address is refused where addresses are looked for', async () => {
    const [acme] = organizations;
    for (const path of ['/logins', `/organizations/${acme}/users`]) {
      expect((await refused(await call(`${path}?email=ada`)))[0]?.pointer).toBe('/email');
      await read(await call(`${path}?email=ada@acme.test`));
    }
  });
});

describe('a cursor', () => {
  const users = (organization: string | undefined) => `/organizations/${organization}/users`;

  test('goes on in its list under its filters, however many are asked for', async () => {
    const { nextCursor, items } = await read(await call(`${users(organizations[0])}?limit=1&status=active`));
    const next = await read(await call(`${users(organizations[0])}?status=active&cursor=${nextCursor}&limit=9`));
    expect([...items, ...next.items]).toHaveLength(3);
    expect(next.nextCursor).toBeUndefined();
  });

  test('of another list, of other filters or of nothing is refused', async () => {
    const [acme, globex] = organizations;
    const { nextCursor } = await read(await call(`${users(acme)}?limit=1`));
    const [position] = String(nextCursor).split('.');
    for (const path of [
      `${users(globex)}?cursor=${nextCursor}`,
      `/organizations/${acme}/memberships?cursor=${nextCursor}`,
      `${users(acme)}?status=active&cursor=${nextCursor}`,
      `${users(acme)}?cursor=${position}`,
      `${users(acme)}?cursor=x${nextCursor}`,
      `/logins?cursor=${nextCursor}`,
    ])
      expect([path, (await refused(await call(path)))[0]?.pointer]).toEqual([path, '/cursor']);
    await read(await call(`${users(acme)}?cursor=${nextCursor}`));
  });

  test('whose row is gone is refused, and does not end the list in silence', async () => {
    const list = `/organizations/${organizations[0]}/domains`;
    for (const domain of ['first.test', 'second.test']) await read(await call(list, json({ domain })), 201);
    const { items, nextCursor } = await read(await call(`${list}?limit=1`));
    expect((await read(await call(`${list}?cursor=${nextCursor}`))).items[0].domain).toBe('first.test');
    await call(`/domains/${items[0].id}`, { method: 'DELETE' });
    expect((await refused(await call(`${list}?cursor=${nextCursor}`)))[0]?.pointer).toBe('/cursor');
  });
});

describe('a body', () => {
  const changing = () => operations.filter(({ method }) => method !== 'GET');

  test('with a member that the operation does not take is refused', async () => {
    const bodiless = changing().filter(({ operation }) => !operation.requestBody);
    expect(bodiless.length).toBeGreaterThan(5);
    for (const described of changing()) {
      const { path, init } = good(described);
      const body = { ...JSON.parse(String(init.body ?? '{}')), versoin: 1 };
      const members = await refused(await call(path, { ...json(body), method: described.method }));
      expect([title(described), members.map(({ pointer }) => pointer)]).toEqual([title(described), ['/versoin']]);
    }
  });

  test('that is empty, or has no members, is as good as none where none is taken', async () => {
    for (const described of changing().filter(({ operation }) => !operation.requestBody)) {
      const { path } = good(described);
      const { method } = described;
      const statuses = await Promise.all(
        [{ method }, { ...json({}), method }, { ...json({}), method, body: '' }].map(
          async (init) => (await call(path, init)).status,
        ),
      );
      expect([title(described), statuses]).toEqual([title(described), [404, 404, 404]]);
    }
  });

  test('in another content type is refused where none is taken', async () => {
    for (const described of changing().filter(({ operation }) => !operation.requestBody)) {
      const headers = { 'content-type': 'text/plain' };
      const answer = await call(good(described).path, { method: described.method, headers, body: 'version=1' });
      expect([title(described), answer.status]).toEqual([title(described), 415]);
    }
  });

  test('is refused at any depth', async () => {
    const [acme] = organizations;
    const deep = { slug: 'deep', name: 'Deep', branding: { color: 'red' }, sessionLifetimes: { pria: { idle: 1 } } };
    const pointers = (await refused(await call('/organizations', json(deep)))).map(({ pointer }) => pointer);
    expect(pointers.toSorted()).toEqual(['/branding/color', '/sessionLifetimes/pria/idle']);
    const user = { email: 'dee@acme.test', attributes: { pria: { plans: 'team' } } };
    expect((await refused(await call(`/organizations/${acme}/users`, json(user))))[0]?.pointer).toBe(
      '/attributes/pria/plans',
    );
  });
});

test('a body that is larger than the document says is refused, and one that is not is read', async () => {
  const withBody = operations.filter(({ operation }) => operation.requestBody);
  const limits = new Set<number>();
  for (const described of withBody) {
    const limit = Number(/^At most (\d+) KiB/.exec(described.operation.requestBody?.description ?? '')?.[1]) * 1024;
    limits.add(limit);
    const { path } = good(described);
    const send = async (size: number) => {
      const body = `{"x":"${'x'.repeat(size - 8)}"}`;
      return (await call(path, { ...json({}), method: described.method, body })).status;
    };
    expect([title(described), await send(limit), await send(limit + 1)]).toEqual([title(described), 422, 413]);
    expect(described.operation.responses).toHaveProperty('413');
  }
  expect(limits).toEqual(new Set([64 * 1024, 512 * 1024]));
});

test('a stranger learns nothing of what an operation takes', async () => {
  for (const described of operations) {
    const { path, init } = good(described);
    const answer = await world.fetch(`/admin/v1${path}?organisationId=x`, init);
    expect([title(described), answer.status]).toEqual([title(described), 401]);
  }
});
