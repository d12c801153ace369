/** What all resources of the admin API have alike, as the OpenAPI document says it: a new one must not forget. */
import { beforeAll, expect, test } from 'bun:test';
import { type AdminOperation, adminOperations } from '#tests/admin/operations.ts';
import { read } from '#tests/journey.ts';
import { createWorld } from '#tests/world.ts';

let operations: AdminOperation[];
let schemas: Readonly<Record<string, { readonly required?: readonly string[] }>>;
beforeAll(async () => {
  const world = await createWorld({ outboundAllow: [], declaration: () => ({ organizations: [] }) });
  const document = await read(await world.fetch('/openapi.json'));
  operations = adminOperations(document);
  schemas = document.components.schemas;
  await world.close();
});

/** A link for one login that leaves nothing: a second one does no harm. */
const FLEETING = new Set(['testConnection']);

const sent = ({ operation }: AdminOperation) =>
  operation.parameters?.filter((parameter) => parameter.in === 'header').map(({ name }) => name) ?? [];
const answered = ({ operation }: AdminOperation, status: string) =>
  Object.keys(operation.responses[status]?.headers ?? {});
const lacking = (found: readonly AdminOperation[], has: (one: AdminOperation) => boolean) => {
  expect(found.length).toBeGreaterThan(5);
  return found.filter((one) => !has(one)).map(({ id }) => id);
};

test('a single resource comes with its tag', () => {
  const single = operations.filter(({ method, path }) => method === 'GET' && path.endsWith('}'));
  expect(lacking(single, (one) => answered(one, '200').includes('ETag'))).toEqual([]);
  const changed = operations.filter(({ method }) => method === 'PATCH');
  expect(lacking(changed, (one) => answered(one, '200').includes('ETag'))).toEqual([]);
});

test('a change may be bound to what was read', () => {
  const changes = operations.filter(({ method }) => method === 'PATCH' || method === 'DELETE');
  const isBound = (one: AdminOperation) => sent(one).includes('if-match') && '412' in one.operation.responses;
  expect(lacking(changes, isBound)).toEqual([]);
});

test('a change needs no member', () => {
  const changes = operations.filter(({ method }) => method === 'PATCH');
  const named = ({ operation }: AdminOperation) =>
    JSON.stringify(operation.requestBody).match(/#\/components\/schemas\/([\w.]+)/)?.[1] ?? '';
  expect(lacking(changes, (one) => schemas[named(one)]?.required?.length === undefined)).toEqual([]);
});

test('a creation may be repeated, and says where it stands', () => {
  const creations = operations.filter(({ id, operation }) => '201' in operation.responses && !FLEETING.has(id));
  expect(lacking(creations, (one) => sent(one).includes('idempotency-key'))).toEqual([]);
  expect(lacking(creations, (one) => answered(one, '201').includes('Location'))).toEqual([]);
  expect(lacking(creations, (one) => answered(one, '201').includes('ETag'))).toEqual([]);
});

test('a list comes in pages', () => {
  const lists = operations.filter(({ id }) => /^list(?!SigningKeys|Reasons|ConnectionPresets)/.test(id));
  const parameters = ({ operation }: AdminOperation) => operation.parameters?.map(({ name }) => name) ?? [];
  expect(lacking(lists, (one) => parameters(one).includes('limit') && parameters(one).includes('cursor'))).toEqual([]);
});

test('every operation names its refusals', () => {
  for (const status of ['401', '403', '429', '500', '503'])
    expect([status, lacking(operations, ({ operation }) => status in operation.responses)]).toEqual([status, []]);
});
