/**
 * What a route says of itself, once: `describe()` gives Elysia the body and response models, and the
 * OpenAPI document (OpenAPI 3.1) everything else. `openapi-document.ts` reads the `x-` members and
 * leaves none of them in the document.
 */
import type { JsonObject } from './openapi-schema.ts';

/** Tags in the order of the page, each with its sentence. */
export const TAGS = {
  Applivery: 'The Applivery API: organizations by slug, a rotating pair of tokens.',
  Indee: 'The Indee admin API: an API key on every call, a fixed refresh token.',
  Pria: 'The Pria API: one token that is renewed by sliding.',
  'OAuth 2.0': 'For API clients of all three: is a token in force, and the end of it.',
  SAML: 'Our side of SAML 2.0 connections.',
  'OpenID Connect': 'Our side of OpenID Connect connections.',
  Organizations: 'Admin API: organizations and their domains.',
  Connections: 'Admin API: connections to identity providers.',
  Users: 'Admin API: users, memberships and sessions.',
  'API keys': 'Admin API: keys of API clients.',
  'Admin keys': 'Admin API: further keys for this API, limited to organizations and to reading.',
  Logins: 'Admin API: login traces and the audit log.',
  SCIM: 'Provisioning by identity providers (RFC 7644).',
  Operations: 'Keys, health, metrics and this document.',
} as const;

/** How a caller proves who it is; unlisted means nobody needs to. */
export const SECURITY_SCHEMES = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'API key of an organization, as `Authorization: Bearer <API key>`.',
  },
  apiKeyBasic: {
    type: 'http',
    scheme: 'basic',
    description: 'API key of an organization as the password of HTTP Basic, with any user name.',
  },
  accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Access token of a session.' },
  xAccessToken: { type: 'apiKey', in: 'header', name: 'x-access-token', description: 'Access token of a session.' },
  adminKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The operator’s key, or an admin key (`vsa_…`) as far as it reaches.',
  },
} as const;

type Security = keyof typeof SECURITY_SCHEMES;

/** An example, or several by name. A lone example is called `default` in the document. */
export type Examples = Readonly<
  Record<string, { readonly summary?: string; readonly description?: string; readonly value: unknown }>
>;

/** What a route answers with one status. Without a model and content type the answer has no body. */
export interface Answer<Model extends string | undefined = string | undefined> {
  readonly model: Model;
  readonly description: string;
  readonly contentType?: string | undefined;
  /** JSON Schema of a body without a model. Default: any text. */
  readonly schema?: JsonObject | undefined;
  readonly examples?: Examples | undefined;
  /** What a browser gets instead, where it asks for HTML. */
  readonly page?: string | undefined;
  /** Header fields beside those that every answer has, with their descriptions. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface RequestBody<Model extends string = string> {
  readonly model: Model;
  /** Default: `application/json` alone. */
  readonly contentTypes?: readonly string[] | undefined;
  /** As the route's parser has it. Default: `BODY_LIMIT`. */
  readonly limitBytes?: number | undefined;
  /** Default: true. */
  readonly required?: boolean | undefined;
  readonly examples?: Examples | undefined;
}

export interface RouteDescription {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: keyof typeof TAGS;
  /** Markdown that follows the tag's sentence in the document, once however many routes bring it. */
  readonly tagNotes?: string | undefined;
  /** Any one of these suffices; empty: public. */
  readonly security: readonly Security[];
  readonly body?: RequestBody | undefined;
  readonly answers: Readonly<Record<number, Answer>>;
}

type ResponseModels<Answers> = {
  -readonly [Status in keyof Answers as Answers[Status] extends Answer<string>
    ? Status
    : never]: Answers[Status] extends Answer<infer Model> ? Model : never;
};

type BodyModel<Route> = Route extends { readonly body: { readonly model: infer Model extends string } }
  ? { body: Model }
  : unknown;

/** The members of an operation that only `openapi-document.ts` understands. */
export interface DescribedDetail {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  'x-answers': Readonly<Record<number, Answer>>;
  'x-request'?: RequestBody;
  'x-tag-notes'?: string;
}

type Described<Route extends RouteDescription> = BodyModel<Route> & {
  response: ResponseModels<Route['answers']>;
  detail: DescribedDetail;
};

/**
 * Spread the outcome into the route's options: `.post(path, handler, { params: …, ...describe({ … }) })`.
 * It holds `body` (when there is one), `response` and `detail`.
 */
export function describe<const Route extends RouteDescription>(route: Route): Described<Route> {
  const models = Object.entries(route.answers).flatMap(([status, { model }]) => (model ? [[status, model]] : []));
  const detail: DescribedDetail = {
    operationId: route.operationId,
    summary: route.summary,
    description: route.description,
    tags: [route.tag],
    security: route.security.map((scheme) => ({ [scheme]: [] })),
    'x-answers': route.answers,
    ...(route.body ? { 'x-request': route.body } : {}),
    ...(route.tagNotes ? { 'x-tag-notes': route.tagNotes } : {}),
  };
  const body = route.body ? { body: route.body.model } : {};
  return { ...body, response: Object.fromEntries(models), detail } as Described<Route>;
}

/** An answer with a registered model, and one example of it. */
export function answerOf<const Model extends string>(
  model: Model,
  description: string,
  example?: unknown,
): Answer<Model> {
  return { model, description, ...exampleOf(example) };
}

/** An answer without a body, such as a redirect. */
export function bodiless(description: string, headers: Record<string, string> = {}): Answer<undefined> {
  return { model: undefined, description, headers };
}

/** An answer that is not JSON. */
export function textOf(contentType: string, description: string, example?: string): Answer<undefined> {
  return { model: undefined, description, contentType, ...exampleOf(example) };
}

/** The same answers, which come as a page where HTML is asked for. */
export function withPage<Answers extends Readonly<Record<number, Answer>>>(answers: Answers, page: string): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [status, { ...answer, page }]),
  ) as Answers;
}

/** JSON that no model of ours describes. */
export function jsonOf(schema: JsonObject, description: string, example?: unknown): Answer<undefined> {
  return { model: undefined, description, contentType: 'application/json', schema, ...exampleOf(example) };
}

const exampleOf = (value: unknown) => (value === undefined ? {} : { examples: { default: { value } } });
