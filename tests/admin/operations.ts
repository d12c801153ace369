/**
 * Requests to every operation of the admin API, made from the OpenAPI document with the ids of an organization. What can't be
 * made is an error: a new operation must not go untried because nobody thought of it.
 */
import type { OpenApiDocument } from '#routes/http/openapi-document.ts';
import type { Operation } from '#routes/http/openapi-operation.ts';
import type { Estate } from '#tests/admin/estate.ts';

const PREFIX = '/admin/v1';

export interface AdminOperation {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly operation: Operation;
}

export function adminOperations(document: OpenApiDocument): AdminOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      path.startsWith(PREFIX)
        ? [{ method: method.toUpperCase(), path: path.slice(PREFIX.length), id: operation.operationId, operation }]
        : [],
    ),
  );
}

export interface Attempt {
  readonly path: string;
  readonly init: RequestInit;
}

/** Each documented body with the estate's ids in the address and the body. @throws Error for what can't be fed */
export function attemptsOf(described: AdminOperation, estate: Estate): Attempt[] {
  const { method, operation } = described;
  const path = pathOf(described, estate);
  if (!operation.requestBody) return [{ path, init: { method } }];
  const examples = Object.values(operation.requestBody.content['application/json']?.examples ?? {});
  if (examples.length === 0) throw new Error(`${described.id}: no example of its body`);
  return examples.map(({ value }) => ({
    path,
    init: { method, body: JSON.stringify(withIds(value, estate)), headers: { 'content-type': 'application/json' } },
  }));
}

/** Folders whose ids are another's in an address: `/connections/{id}/saml` wants one of SAML. */
function pathOf({ path, id, operation }: AdminOperation, { ids, samlConnection }: Estate): string {
  const folder = path.split('/')[1] ?? '';
  const names = operation.parameters?.filter((parameter) => parameter.in === 'path').map(({ name }) => name) ?? [];
  return names.reduce((filled, name) => {
    if (name === 'version') return filled.replace('{version}', '1');
    if (name === 'testId') return filled.replace('{testId}', ids['tests'] ?? '');
    const value = /saml/i.test(id) ? samlConnection : ids[folder];
    if (name !== 'id' || value === undefined)
      throw new Error(`${id}: no {${name}} of /${folder}: add it to the estate`);
    return filled.replace('{id}', value);
  }, path);
}

/** Members of bodies that hold ids, by the folder that these stand in. */
const MEMBERS: Readonly<Record<string, string>> = {
  organizationId: 'organizations',
  connectionId: 'connections',
  userId: 'users',
  organizations: 'organizations',
};
/** Members that are called like an id and are the provider's or another's own. */
const FOREIGN = new Set(['clientId', 'entityId', 'customerId', 'publicId']);

function withIds(value: unknown, estate: Estate, name = ''): unknown {
  const folder = MEMBERS[name];
  if (typeof value === 'string' && folder) return estate.ids[folder];
  if (Array.isArray(value)) return value.map((item) => withIds(item, estate, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIds(item, estate, key)]));
  if (/Ids?$/.test(name) && !FOREIGN.has(name) && !name.startsWith('lxp_'))
    throw new Error(`no ${name}: add it to MEMBERS`);
  return value;
}

/** Parameters that name nothing of anybody. */
const PLAIN = new Set('limit status type role state outcome reason action from to test version'.split(' '));

/** The query parameters that may name what belongs to somebody, each with what to try; of a cursor, what it goes on from. @throws Error for one that is not known */
export function queriesOf({ id, operation }: AdminOperation, { ids, names }: Estate): (readonly [string, string])[] {
  const parameters = operation.parameters?.filter((parameter) => parameter.in === 'query') ?? [];
  return parameters.flatMap(({ name }) => {
    if (PLAIN.has(name)) return [];
    const folder = MEMBERS[name];
    if (folder) return [[name, ids[folder] ?? ''] as const];
    const value = names[name];
    if (value !== undefined) return [[name, value] as const];
    if (name === 'cursor') return Object.values(ids).map((position) => [name, position] as const);
    throw new Error(`${id}: no value for ?${name}: add it to the estate, or to PLAIN`);
  });
}
