/** The OpenAPI document and its page, made from an application that uses the dialects' models. */
import { afterAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleApp } from './openapi-sample.ts';

const app = sampleApp();
const get = (path: string) => app.handle(new Request(`http://localhost${path}`));
const document = await (await get('/openapi.json')).json();
const text = JSON.stringify(document);
const callback = document.paths['/v1/auth/sso/{organizationSlug}/{type}/callback'].post;
// biome-ignore lint/suspicious/noExplicitAny: the document is JSON whose parts the tests name
type Json = any;
const operations: Json[] = Object.values<Json>(document.paths).flatMap((methods) => Object.values(methods));

describe('the document', () => {
  test('says what the routes cannot know', () => {
    expect(document.openapi).toStartWith('3.1.');
    expect(document.info).toMatchObject({ title: 'Vestibule', version: '0.1.0', license: { identifier: 'MIT' } });
    expect(document.servers[0].url).toBe('https://login.acme.test');
  });

  test('keeps nothing of OpenAPI 3.0, TypeBox or our own notes', () => {
    const leftovers = ['"nullable"', '"x-answers"', '"x-request"', '"noValidate"', '"elysiaMeta"', '"example":'];
    expect(leftovers.filter((leftover) => text.includes(leftover))).toEqual([]);
  });

  test('refers to models by name: every reference leads somewhere, and every model is referred to', () => {
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name));
    expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
    expect(referred).not.toContain('Pria.UserAttributes');
    const { data } = document.components.schemas['Applivery.SessionResponse'].properties;
    expect(data.properties.user).toEqual({ $ref: '#/components/schemas/Applivery.User' });
    expect(data.properties.accessToken).toEqual({ $ref: '#/components/schemas/Applivery.Token' });
  });

  test('offers the content types that the routes take', () => {
    const typesOf = (operation: Json) => Object.keys(operation.requestBody.content);
    expect(typesOf(callback)).toEqual(['application/json', 'application/x-www-form-urlencoded']);
    expect(callback.requestBody.required).toBe(false);
    for (const path of ['/v1/admin/auth/sso/login', '/v1/admin/auth/refresh', '/api/auth/sso_callback']) {
      expect(typesOf(document.paths[path].post)).toEqual(['application/json']);
    }
    expect(Object.keys(document.paths['/metrics'].get.responses['200'].content)).toEqual(['text/plain']);
    expect(Object.keys(document.paths['/metrics'].get.responses['401'].content)).toEqual(['application/problem+json']);
  });

  test('describes every operation, parameter and answer', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, description, tags, security, parameters, responses } of operations) {
      expect([summary, description, ...tags].every(Boolean)).toBe(true);
      expect(security).toBeArray();
      for (const parameter of parameters ?? []) expect(parameter.description).toBeString();
      for (const response of Object.values<Json>(responses)) expect(response.headers).toContainKey('Request-Id');
    }
    expect(callback.responses['503'].headers).toContainKey('Retry-After');
    expect(document.paths['/v1/users/profile'].get.responses['401'].headers).toContainKey('WWW-Authenticate');
    expect(Object.keys(document.components.securitySchemes).sort()).toEqual([
      'accessToken',
      'adminKey',
      'apiKey',
      'xAccessToken',
    ]);
  });

  test('shows the published examples, and one refusal for every code of the wire', () => {
    const { data } = callback.responses['200'].content['application/json'].examples.default.value;
    expect(data.user.activityTrace.lastLogin.dashboard).toBe('2024-01-01T00:00:00Z');
    const refusals: Json[] = Object.values(callback.responses['400'].content['application/json'].examples);
    const codes = refusals.map(({ value }) => value.error.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toContain(5070);
    expect(Object.keys(callback.responses)).toEqual([
      '200',
      '400',
      '403',
      '404',
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

  test('leaves itself and its page out', () => {
    expect(document.paths).not.toContainAnyKeys(['/docs', '/openapi.json']);
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
    return problems.map((problem: Json) => `${problem.severity} ${problem.ruleId}: ${problem.message}`);
  }

  test('finds nothing', async () => {
    expect(await lint(document)).toEqual([]);
  }, 30_000);

  test('would find something', async () => {
    const broken = structuredClone(document);
    delete broken.info.license;
    broken.components.schemas.Unused = { type: 'object' };
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
