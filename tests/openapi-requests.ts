/** Requests that an operation must refuse in a documented way, made from what the document says of it. */
import type { Described } from '#tests/openapi-witness.ts';

export interface Attempt {
  readonly path: string;
  readonly init: RequestInit & { readonly headers: Record<string, string> };
}

/** A credential for each security scheme, all of them good. */
export type Credentials = Readonly<Record<string, Record<string, string>>>;

const JSON_TYPE = 'application/json';
const CONTENT_TYPES = [
  JSON_TYPE,
  'application/x-www-form-urlencoded',
  'application/json5',
  'application/xml',
  'text/plain',
  'multipart/form-data; boundary=x',
];
const IDENTIFIER = '507f1f77bcf86cd799439023';
const PARAMETERS: Readonly<Record<string, string>> = { organizationSlug: 'acme', type: 'oidc', id: IDENTIFIER };

/** The operation's address with parameters that name something, where there is something to name. */
function addressOf({ path }: Described, parameters = PARAMETERS): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => parameters[name] ?? IDENTIFIER);
}

function attempt(
  described: Described,
  headers: Record<string, string>,
  change: Partial<Attempt['init']> = {},
): Attempt {
  return {
    path: addressOf(described),
    init: { method: described.method, ...change, headers: { ...headers, ...change.headers }, redirect: 'manual' },
  };
}

function credentialOf({ operation }: Described, credentials: Credentials): Record<string, string> {
  const [scheme] = (operation.security ?? []).flatMap((one) => Object.keys(one));
  return scheme === undefined ? {} : (credentials[scheme] ?? {});
}

/** A body that the document shows as an example. */
function exampleBody({ operation }: Described): Record<string, unknown> {
  const [content] = Object.values(operation.requestBody?.content ?? {});
  const examples = content?.examples ?? {};
  return { ...Object(Object.values(examples)[0]?.value) };
}

/** The example, in the first content type that the document names. */
function documentedBody(described: Described): Partial<Attempt['init']> {
  const [type] = Object.keys(described.operation.requestBody?.content ?? {});
  if (type === undefined) return {};
  const example = exampleBody(described);
  const body =
    type === JSON_TYPE ? JSON.stringify(example) : String(new URLSearchParams(example as Record<string, string>));
  return { body, headers: { 'content-type': type } };
}

/** Everything that can be wrong with a request whatever the operation: the credential and the address. */
export function crookedRequests(described: Described, credentials: Credentials): Attempt[] {
  const credential = credentialOf(described, credentials);
  const body = documentedBody(described);
  const whole = attempt(described, credential, body);
  const wrong = ['Basic x', 'Bearer', 'Bearer a b', 'Bearer x', 'Bearer a.b.c', `Bearer vst_${'x'.repeat(43)}`];
  const names = (described.operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
  const queries = [
    ...names.flatMap((name) => [`${name}=%F0%9F`, `${name}=${'x'.repeat(5000)}`, `${name}=1&${name}=2`]),
  ];
  const segments = ['%00', '%zz', 'x'.repeat(300), 'nobody'].map((each) =>
    addressOf(described, { organizationSlug: each, type: each, id: each }),
  );
  return [
    whole,
    attempt(described, {}, body),
    ...wrong.map((authorization) => attempt(described, { ...credential, authorization }, body)),
    attempt(described, { ...credential, 'x-access-token': 'x' }, body),
    attempt(described, { ...credential, accept: 'text/html' }, body),
    attempt(described, { ...credential, 'if-none-match': '*' }, body),
    attempt(described, { ...credential, accept: JSON_TYPE, purpose: 'prefetch' }, body),
    ...['x=%00', 'state=x', 'x=1&x=2', ...queries].map((query) => ({ ...whole, path: `${whole.path}?${query}` })),
    ...segments.map((path) => ({ ...whole, path })),
  ];
}

/** Everything that can be wrong with a body. */
export function crookedBodies(described: Described, credentials: Credentials): Attempt[] {
  if (!described.operation.requestBody) return [];
  const example = exampleBody(described);
  const members = new Set([...Object.keys(example), 'code', 'state', 'error']);
  const values = [null, 1, true, [], {}, '', 'x'.repeat(20_000)];
  const changed = [...members].flatMap((name) => values.map((value) => ({ ...example, [name]: value })));
  const deep = `{"x":${'['.repeat(40)}${']'.repeat(40)}}`;
  const texts = ['', '{}', '[]', 'null', '"x"', '{"', deep, JSON.stringify({ x: 'x'.repeat(70_000) })];
  const headers = { 'content-type': JSON_TYPE };
  return [...changed.map((body) => JSON.stringify(body)), ...texts].map((body) =>
    attempt(described, credentialOf(described, credentials), { body, headers }),
  );
}

/** A body in every content type that the document does not name. */
export function undocumentedTypes(described: Described, credentials: Credentials): Attempt[] {
  const documented = Object.keys(described.operation.requestBody?.content ?? {});
  const body = JSON.stringify(exampleBody(described));
  return CONTENT_TYPES.filter((type) => !documented.includes(type)).map((type) =>
    attempt(described, credentialOf(described, credentials), { body, headers: { 'content-type': type } }),
  );
}
