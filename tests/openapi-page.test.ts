/** `/docs`: static HTML that loads nothing. */
import { describe, expect, test } from 'bun:test';
import { documentPage } from '#routes/http/openapi-page.ts';
import { sampleApp } from './openapi-sample.ts';

const app = sampleApp();
const get = (path: string) => app.handle(new Request(`http://localhost${path}`));
const document = await (await get('/openapi.json')).json();

describe('the page', () => {
  test('shows every operation', async () => {
    const page = await (await get('/docs')).text();
    for (const methods of Object.values<Record<string, { operationId: string }>>(document.paths)) {
      for (const { operationId } of Object.values(methods)) {
        expect(page).toContain(`<article id="${operationId}">`);
        expect(page).toContain(`href="#${operationId}"`);
      }
    }
  });

  test('lists the errors that each API words', async () => {
    const withNotes = structuredClone(document);
    withNotes.tags[0].description = 'Words.\n\n### Errors\n\n| Code | Reason |\n| --- | --- |\n| 3001 | `<b>` |';
    const page = documentPage(withNotes);
    expect(page).toContain('<h3>Errors</h3>');
    expect(page).toContain('<th scope="col">Reason</th>');
    expect(page).toContain('<tr><td>3001</td><td><code>&lt;b&gt;</code></td></tr>');
  });

  test('loads nothing and runs nothing', async () => {
    const page = await (await get('/docs')).text();
    expect(page).not.toMatch(/<(script|link|img|iframe|object|form)\b|@import|url\(| src=| on\w+=/i);
    const hosts = [...page.matchAll(/(?:href)="([^"]*)"/g)].map(([, address]) => address?.charAt(0));
    expect(new Set(hosts)).toEqual(new Set(['#', '/']));
  });

  test('comes with a policy that allows its style sheet and nothing else', async () => {
    const answer = await get('/docs');
    const style = /<style>([\s\S]*?)<\/style>/.exec(await answer.text())?.[1] ?? '';
    const digest = new Bun.CryptoHasher('sha256').update(style).digest('base64');
    expect(answer.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('shows markup in descriptions and examples as text', () => {
    const hostile = structuredClone(document);
    const evil = '<script>alert("x")</script>';
    hostile.info.title = evil;
    hostile.tags[0].description = evil;
    const { get: profile } = hostile.paths['/v1/users/profile'];
    Object.assign(profile, { summary: evil, description: `\`${evil}\`` });
    profile.responses['200'].content['application/json'].examples.default.value = { [evil]: evil };
    hostile.components.schemas['Applivery.User'].properties[evil] = { type: evil, description: evil };
    const page = documentPage(hostile);
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script');
  });

  test('survives models that refer to each other in a circle', () => {
    const circular = structuredClone(document);
    circular.components.schemas['Applivery.User'].properties.friend = { $ref: '#/components/schemas/Applivery.User' };
    expect(documentPage(circular)).toContain('friend');
  });
});
