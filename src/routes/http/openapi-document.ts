/**
 * The OpenAPI 3.1 document. `@elysiajs/openapi` turns routes and models into paths and schemas; this turns
 * its output into what we publish: references instead of copies, only documented content types, examples,
 * security, headers, and nothing that is not used.
 */
import { toOpenAPISchema } from '@elysiajs/openapi/openapi';
import type { AnyElysia } from 'elysia';
import { type Generated, type Making, type Operation, publishedOperation } from './openapi-operation.ts';
import { SECURITY_SCHEMES, TAGS } from './openapi-route.ts';
import { isObject, type Json, type JsonObject, plainSchema, referrer } from './openapi-schema.ts';

type Paths<One> = Record<string, Record<string, One>>;

export interface OpenApiDocument {
  openapi: string;
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Paths<Operation>;
  components: { schemas: Record<string, Json>; headers: JsonObject; securitySchemes: JsonObject };
}

/** What the routes cannot know. */
export interface About {
  readonly version: string;
  /** The origin that clients reach us at. */
  readonly publicUrl: string;
  /** SPDX identifier. */
  readonly license: string;
}

const OPENAPI_VERSION = '3.1.1';

const DESCRIPTION = [
  'A self-hosted SSO login server: a client starts a login, the person signs in at their organization’s identity provider, and the client posts what came back and gets a session. Three published APIs over one core; each may be used with OpenID Connect, OAuth 2.0 and SAML connections.',
  'Each of the three APIs refuses in its own words; its errors are listed at its head. Every other route refuses with problem details (RFC 9457), whose `code` is the reason; the reasons are listed under Logins.',
  'An address that is not listed here answers 404, and a method that is not listed with its address, `HEAD` among them, 405 with `Allow`, as problem details. A body in a content type that its route does not list answers 415.',
].join('\n\n');

const HEADERS = {
  'Request-Id': { description: 'Names this request in logs, traces and audit.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait before trying again.', schema: { type: 'integer', minimum: 1 } },
  'WWW-Authenticate': { description: 'How to authenticate (RFC 6750 §3).', schema: { type: 'string' } },
} as const;

/** @param app the plugin or application whose routes are documented, hidden ones left out */
export function openApiDocument(app: AnyElysia, about: About): OpenApiDocument {
  const generated = toOpenAPISchema(app, { staticFile: false }, undefined, undefined, OPENAPI_VERSION);
  // through JSON, so that TypeBox's symbols and undefined members go
  const plain: { paths: Paths<Generated>; components: { schemas: JsonObject } } = JSON.parse(JSON.stringify(generated));
  const models = mapMembers(plain.components.schemas, plainSchema);
  const making: Making = { models, refer: referrer(models), ids: new Set() };
  const paths = mapMembers(plain.paths, (methods) =>
    mapMembers(methods, (operation) => publishedOperation(operation, making)),
  );
  const schemas = mapMembers(models, (model, name) => making.refer(withoutExamples(model), name));
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  return {
    openapi: OPENAPI_VERSION,
    info: {
      title: 'Vestibule',
      version: about.version,
      summary: 'Single sign-on for three APIs.',
      description: DESCRIPTION,
      license: { name: about.license, identifier: about.license },
    },
    servers: [{ url: about.publicUrl, description: 'This server.' }],
    tags: usedTags(operations, tagNotes(plain.paths)),
    paths,
    components: {
      schemas: reachable(paths, schemas),
      headers: { ...HEADERS },
      securitySchemes: usedSchemes(operations),
    },
  };
}

function mapMembers<From, To>(object: Record<string, From>, map: (value: From, name: string) => To) {
  return Object.fromEntries(Object.entries(object).map(([name, value]): [string, To] => [name, map(value, name)]));
}

/** They are shown where the model is used. */
function withoutExamples(model: Json): Json {
  if (!isObject(model)) return model;
  const { examples: _shown, ...rest } = model;
  return rest;
}

/** The schemas that some operation reaches; models for storage alone are not part of the API. */
function reachable(paths: Paths<Operation>, schemas: Record<string, Json>): Record<string, Json> {
  const reached = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (!name || reached.has(name)) continue;
      reached.add(name);
      visit(schemas[name] ?? {});
    }
  };
  visit(paths);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
}

function usedTags(operations: readonly Operation[], notes: ReadonlyMap<string, ReadonlySet<string>>) {
  const used = new Set(operations.flatMap(({ tags }) => tags ?? []));
  const described = Object.entries(TAGS).map(([name, sentence]) => ({
    name,
    description: [sentence, ...(notes.get(name) ?? [])].join('\n\n'),
  }));
  return described.filter(({ name }) => used.has(name));
}

/** What routes have to say of their tags. Routes that are mounted twice say it twice, and are heard once. */
function tagNotes(paths: Paths<Generated>): Map<string, Set<string>> {
  const notes = new Map<string, Set<string>>();
  for (const { tags = [], 'x-tag-notes': note } of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    for (const tag of note ? tags : []) notes.set(tag, (notes.get(tag) ?? new Set()).add(note ?? ''));
  }
  return notes;
}

function usedSchemes(operations: readonly Operation[]): JsonObject {
  const used = new Set(operations.flatMap(({ security }) => (security ?? []).flatMap((one) => Object.keys(one))));
  return Object.fromEntries(Object.entries(SECURITY_SCHEMES).filter(([name]) => used.has(name)));
}
