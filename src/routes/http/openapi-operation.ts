/** One operation of the OpenAPI document: from what the plugin made of a route to what we publish. */
import { BODY_LIMIT } from './body.ts';
import type { Answer, DescribedDetail, Examples, RequestBody } from './openapi-route.ts';
import { isObject, type Json, type JsonObject, plainSchema } from './openapi-schema.ts';

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Json;
}

interface Media {
  schema: Json;
  examples?: Examples;
}

export type Content = Record<string, Media>;

interface Body {
  description?: string;
  required: boolean;
  content: Content;
}

interface Response {
  description: string;
  headers?: JsonObject;
  content?: Content;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Response>;
}

/** An operation as the plugin leaves it, with what `describe` added. */
export type Generated = Operation & Partial<DescribedDetail>;

export interface Making {
  /** Plain schemas by name; the examples in them are shown where the model is used. */
  readonly models: Readonly<Record<string, Json>>;
  readonly refer: (schema: Json, self?: string) => Json;
  /** Operation ids given so far. */
  readonly ids: Set<string>;
}

const MODELS = '#/components/schemas/';
const HEADERS = '#/components/headers/';

export function publishedOperation(generated: Generated, making: Making): Operation {
  const { 'x-answers': answers, 'x-request': described, 'x-tag-notes': _ofTag, ...plain } = generated;
  const { parameters, requestBody, responses, ...rest } = plain;
  const operation: Operation = {
    ...rest,
    operationId: uniqueId(rest.operationId, making.ids),
    responses: answers ? describedResponses(answers, making) : withHeaders(responses ?? {}, making),
  };
  if (parameters) operation.parameters = parameters.map((parameter) => publishedParameter(parameter, making));
  if (described) operation.requestBody = describedBody(described, making);
  else if (requestBody) operation.requestBody = jsonBody(requestBody, making);
  return operation;
}

/** A route that is mounted under two prefixes is described twice; ids must differ. */
function uniqueId(operationId: string, ids: Set<string>): string {
  let id = operationId;
  for (let copy = 2; ids.has(id); copy += 1) id = `${operationId}${copy}`;
  ids.add(id);
  return id;
}

/** A parameter is described beside its schema, not in it. */
function publishedParameter(parameter: Parameter, { refer }: Making): Parameter {
  const schema = plainSchema(parameter.schema);
  if (!isObject(schema) || typeof schema['description'] !== 'string') return { ...parameter, schema: refer(schema) };
  const { description, ...rest } = schema;
  return { ...parameter, description: String(description), schema: refer(rest) };
}

function describedBody(body: RequestBody, making: Making): Body {
  const one = media(reference(body.model), making, body.examples);
  const contentTypes = body.contentTypes ?? ['application/json'];
  return {
    description: `At most ${(body.limitBytes ?? BODY_LIMIT) / 1024} KiB; a larger one is refused (413).`,
    required: body.required ?? true,
    content: Object.fromEntries(contentTypes.map((contentType) => [contentType, one])),
  };
}

/** Without a word from the route, the plugin offers forms too; our parsers take JSON. */
function jsonBody(body: Body, making: Making): Body {
  const json = body.content['application/json'];
  return json ? { ...body, content: { 'application/json': media(json.schema, making) } } : body;
}

function describedResponses(answers: Readonly<Record<number, Answer>>, making: Making): Operation['responses'] {
  const responses = Object.entries(answers).map(([status, answer]): [string, Response] => {
    const schema = answer.model ? reference(answer.model) : (answer.schema ?? { type: 'string' });
    const contentType = answer.contentType ?? (answer.model ? 'application/json' : undefined);
    const response = { description: answer.description, headers: headersOf(status, answer.headers) };
    if (!contentType) return [status, response];
    const content: Content = { [contentType]: media(schema, making, answer.examples) };
    if (answer.page) content['text/html'] = pageMedia(answer.page);
    return [status, { ...response, content }];
  });
  return Object.fromEntries(responses);
}

const pageMedia = (page: string): Media => ({ schema: { type: 'string' }, examples: { default: { value: page } } });

/** What the plugin made of a route that states its models without `describe`. */
function withHeaders(responses: Operation['responses'], making: Making): Operation['responses'] {
  const published = Object.entries(responses).map(([status, { content, ...response }]): [string, Response] => {
    const own = Object.entries(content ?? {}).map(([type, { schema }]) => [type, media(schema, making)]);
    const whole = { ...response, headers: headersOf(status) };
    return [status, own.length > 0 ? { ...whole, content: Object.fromEntries(own) } : whole];
  });
  return Object.fromEntries(published);
}

function media(schema: Json, { models, refer }: Making, given?: Examples): Media {
  const plain = refer(plainSchema(schema));
  const name = isObject(plain) && typeof plain['$ref'] === 'string' ? plain['$ref'].slice(MODELS.length) : undefined;
  const examples = given ?? (name === undefined ? undefined : modelExamples(models[name]));
  return examples ? { schema: plain, examples } : { schema: plain };
}

/** Unnamed in the model, named in the document. */
function modelExamples(model: Json | undefined): Examples | undefined {
  const values = isObject(model) ? model['examples'] : undefined;
  if (!Array.isArray(values)) return undefined;
  return Object.fromEntries(values.map((value, index) => [index === 0 ? 'default' : `example${index + 1}`, { value }]));
}

function headersOf(status: string, own: Readonly<Record<string, string>> = {}): JsonObject {
  const standard = ['Request-Id'];
  if (status === '401') standard.push('WWW-Authenticate');
  if (status === '429' || status === '503') standard.push('Retry-After');
  return Object.fromEntries([
    ...standard.map((name) => [name, { $ref: `${HEADERS}${name}` }]),
    ...Object.entries(own).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  ]);
}

const reference = (name: string): JsonObject => ({ $ref: `${MODELS}${name}` });
