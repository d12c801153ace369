/** A method that an address does not answer: 405, and `Allow` with those that it does (RFC 9110 §15.5.6). */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { read } from '#tests/journey.ts';
import { acme } from '#tests/organizations.ts';
import { createWorld, type World } from '#tests/world.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
let world: World;
let paths: Record<string, object>;
beforeAll(async () => {
  world = await createWorld({
    outboundAllow: [],
    declaration: (apiKey) => acme('https://login.acme.test', apiKey),
    environment: { ALLOWED_ORIGINS: 'https://app.test' },
  });
  ({ paths } = await read(await world.fetch('/openapi.json')));
});
afterAll(() => world?.close());

/** What the document says of an address, of every template that it fits. */
function documented(path: string): string[] {
  const templates = Object.entries(paths).filter(([template]) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  return [...new Set(templates.flatMap(([, methods]) => Object.keys(methods)))]
    .map((name) => name.toUpperCase())
    .sort();
}

test('every address names its methods where another one is used, and answers them', async () => {
  let refused = 0;
  for (const template of Object.keys(paths)) {
    const path = template.replaceAll(/\{\w+\}/g, 'f'.repeat(24));
    const allow = documented(path);
    expect(allow).not.toBeEmpty();
    for (const method of METHODS) {
      if (method === 'OPTIONS') continue;
      const answer = await world.fetch(path, { method });
      const given = [method, path, answer.status === 405, answer.headers.get('allow')];
      const isAllowed = allow.includes(method);
      expect(given).toEqual([method, path, !isAllowed, isAllowed ? null : allow.join(', ')]);
      if (!isAllowed) refused++;
    }
  }
  expect(refused).toBeGreaterThan(150);
});

describe('told in the words of the address', () => {
  test.each([
    ['PUT', '/v1/users/profile', 'application/problem+json', 'GET'],
    ['HEAD', '/v1/users/profile/', 'application/problem+json', 'GET'],
    ['PUT', '/admin/v1/sessions/end', 'application/problem+json', 'DELETE, GET, POST'],
    ['GET', '/oauth2/revoke', 'application/json', 'POST'],
    ['GET', `/saml/${'f'.repeat(24)}/acs`, 'application/problem+json', 'POST'],
  ])('%s %s', async (method, path, type, allow) => {
    const answer = await world.fetch(path, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(answer.headers.get('content-type')).toStartWith(type);
    if (method !== 'HEAD') expect(await answer.json()).toContainKey(type.includes('problem') ? 'code' : 'error');
  });

  test('a browser at the consumer service gets a page', async () => {
    const answer = await world.fetch(`/saml/${'f'.repeat(24)}/acs`, { headers: { accept: 'text/html' } });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(answer.headers.get('content-type')).toStartWith('text/html');
  });
});

test.each(METHODS.filter((method) => method !== 'OPTIONS'))('%s at no address is 404', async (method) => {
  for (const path of ['/nowhere', '/admin/v1', '/v1/users/nobody/', '/sso/', '/saml//acs']) {
    const answer = await world.fetch(path, { method });
    expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 404, null]);
  }
});

test('a preflight is answered for every address', async () => {
  const headers = { origin: 'https://app.test', 'access-control-request-method': 'POST' };
  const answer = await world.fetch('/v1/auth/refresh', { method: 'OPTIONS', headers });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.test']);
});
