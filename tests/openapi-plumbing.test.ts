/** The OpenAPI document and its page, made from an application that uses the dialects' models. */
import { afterAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Elysia, type Static } from 'elysia';
import { profile } from '#routes/dialects/applivery/examples.ts';
import { appliveryModels } from '#routes/dialects/applivery/payload.ts';
import type { OpenApiDocument } from '#routes/http/openapi-document.ts';
import type { Operation } from '#routes/http/openapi-operation.ts';
import { sampleApp } from './openapi-sample.ts';

const app = sampleApp();
const get = (path: string) => app.handle(new Request(`http://localhost${path}`));
const document: OpenApiDocument = await (await get('/openapi.json')).json();
const text = JSON.stringify(document);
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

function operation(method: string, path: string): Operation {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`no ${method} ${path}`);
  return found;
}

const callback = operation('post', '/v1/auth/sso/{organizationSlug}/{type}/callback');
const metrics = operation('get', '/metrics');

/** What stands at a path of names within a JSON value. */
function part(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => Object(inner)[name], value);
}

describe('the document', () => {
  test('says what the routes cannot know', () => {
    expect(document.openapi).toStartWith('3.1.');
    expect(document.info).toMatchObject({ title: 'Vestibule', version: '0.1.0', license: { identifier: 'MIT' } });
    expect(document.servers.map(({ url }) => url)).toEqual(['https://login.acme.test']);
  });

  test('keeps nothing of OpenAPI 3.0, TypeBox or our own notes', () => {
    const leftovers = ['"nullable"', '"x-answers"', '"x-request"', '"noValidate"', '"elysiaMeta"', '"example":'];
    expect(leftovers.filter((leftover) => text.includes(leftover))).toEqual([]);
  });

  test('refers to models by name: every reference leads somewhere, and every model is referred to', () => {
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name));
    expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
    expect(referred).not.toContain('Pria.UserAttributes');
    const data = part(document.components.schemas, 'Applivery.SessionResponse', 'properties', 'data', 'properties');
    expect(data).toEqual({
      accessToken: { $ref: '#/components/schemas/Applivery.Token' },
      refreshToken: { $ref: '#/components/schemas/Applivery.Token' },
      user: { $ref: '#/components/schemas/Applivery.User' },
    });
  });

  test('offers the content types that the routes take', () => {
    const typesOf = (content: object | undefined) => Object.keys(content ?? {});
    expect(typesOf(callback.requestBody?.content)).toEqual(['application/json', 'application/x-www-form-urlencoded']);
    expect(callback.requestBody?.required).toBe(false);
    for (const path of ['/v1/admin/auth/sso/login', '/v1/admin/auth/refresh', '/api/auth/sso_callback']) {
      expect(typesOf(operation('post', path).requestBody?.content)).toEqual(['application/json']);
    }
    expect(typesOf(metrics.responses['200']?.content)).toEqual(['text/plain']);
    expect(typesOf(metrics.responses['401']?.content)).toEqual(['application/problem+json']);
  });

  test('describes every operation, parameter and answer', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, description, tags, security, parameters, responses } of operations) {
      expect([summary, description, tags?.length].every(Boolean)).toBe(true);
      expect(security).toBeArray();
      for (const parameter of parameters ?? []) expect(parameter.description).toBeString();
      for (const response of Object.values(responses)) expect(response.headers).toContainKey('Request-Id');
    }
    expect(callback.responses['503']?.headers).toContainKey('Retry-After');
    expect(operation('get', '/v1/users/profile').responses['401']?.headers).toContainKey('WWW-Authenticate');
    expect(Object.keys(document.components.securitySchemes).sort()).toEqual([
      'accessToken',
      'adminKey',
      'apiKey',
      'xAccessToken',
    ]);
  });

  test('shows the published examples, and one refusal for every code of the wire', () => {
    const json = (status: string) => callback.responses[status]?.content?.['application/json']?.examples ?? {};
    const lastLogin = part(json('200'), 'default', 'value', 'data', 'user', 'activityTrace', 'lastLogin');
    expect(lastLogin).toMatchObject({ dashboard: '2024-01-01T00:00:00Z' });
    const codes = Object.values(json('400')).map(({ value }) => part(value, 'error', 'code'));
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toContain(5074);
    expect(Object.keys(callback.responses)).toEqual([
      '200',
      '400',
      '403',
      '409',
      '413',
      '415',
      '429',
      '500',
      '502',
      '503',
      '504',
    ]);
  });

  test('describes itself and its page', () => {
    expect(operation('get', '/openapi.json').tags).toEqual(['Operations']);
    expect(Object.keys(operation('get', '/docs').responses['200']?.content ?? {})).toEqual(['text/html']);
  });
});

describe('redocly lint, recommended rules', () => {
  const folder = mkdtemp(join(tmpdir(), 'openapi-'));
  afterAll(async () => rm(await folder, { recursive: true }));

  async function lint(content: object): Promise<string[]> {
    const file = join(await folder, 'openapi.json');
    await Bun.write(file, JSON.stringify(content));
    const cli = Bun.resolveSync('@redocly/cli/bin/cli.js', import.meta.dir);
    const linter = Bun.spawn([process.execPath, cli, 'lint', file, '--extends=recommended', '--format=json'], {
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      stderr: 'ignore',
    });
    const { problems } = await new Response(linter.stdout).json();
    return problems.map(
      (problem: { severity: string; ruleId: string; message: string }) =>
        `${problem.severity} ${problem.ruleId}: ${problem.message}`,
    );
  }

  test('finds nothing', async () => {
    expect(await lint(document)).toEqual([]);
  }, 30_000);

  test('would find something', async () => {
    const { license: _, ...info } = document.info;
    const schemas = { ...document.components.schemas, Unused: { type: 'object' } };
    const broken = { ...document, info, components: { ...document.components, schemas } };
    const rules = (await lint(broken)).map((problem) => problem.split(':', 1)[0]);
    expect(rules.sort()).toEqual(['warn info-license', 'warn no-unused-components']);
  }, 30_000);
});

describe('the routes behind it', () => {
  const path = '/v1/auth/sso/acme/saml/callback';
  const post = (body: BodyInit | null, type?: string, query = '') =>
    app.handle(
      new Request(`http://localhost${path}${query}`, {
        method: 'POST',
        body,
        headers: type === undefined ? {} : { 'content-type': type },
      }),
    );

  test('take JSON, a form or the query', async () => {
    const answers = [
      await post('{"code":"c"}', 'application/json'),
      await post('code=c', 'application/x-www-form-urlencoded; charset=utf-8'),
      await post(null, undefined, '?code=c'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await post(null)).status).toBe(400);
  });

  test('strip an answer to the members of its model', async () => {
    const answer = await (await post('{"code":"c"}', 'application/json')).text();
    expect(answer).toContain('accessToken');
    expect(answer).not.toContain('never leaves');
  });

  test('do not check an answer: a stored value that a format dislikes is no reason to fail', async () => {
    const { data } = profile;
    const odd = { ...data, email: 'jürgen@example.com', picture: 'no address', secret: 'never leaves' };
    const answering = new Elysia()
      .model(appliveryModels)
      .get('/', () => ({ status: true, data: odd }) as Static<(typeof appliveryModels)['Applivery.ProfileResponse']>, {
        response: { 200: 'Applivery.ProfileResponse' },
      });
    const answer = await answering.handle(new Request('http://localhost/'));
    const { secret, ...known } = odd;
    expect([answer.status, await answer.json()]).toEqual([200, { status: true, data: known }]);
    expect(secret).toBeString();
  });

  test.each([
    ['a wrong type', '{"code":["s3cret"]}', 'application/json', 400, 4000],
    ['malformed JSON', '{"code":s3cret', 'application/json', 400, 4000],
    ['another content type', 'code=s3cret', 'text/plain', 415, 4000],
  ])('refuse %s without repeating it', async (_, body, type, status, code) => {
    const answer = await post(body, type);
    const refusal = await answer.text();
    expect(answer.status).toBe(status);
    expect(JSON.parse(refusal)).toMatchObject({ status: false, error: { code } });
    expect(refusal).not.toContain('s3cret');
  });
});
