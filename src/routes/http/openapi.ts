/**
 * `GET /openapi.json` and `GET /docs`. The page is the document rendered to plain HTML: no script, nothing
 * loaded from anywhere, so it works behind a closed network and under the strictest Content-Security-Policy.
 */
import { Elysia } from 'elysia';
import { type About, type OpenApiDocument, openApiDocument } from './openapi-document.ts';
import { documentPage, PAGE_STYLE } from './openapi-page.ts';

interface Published {
  readonly json: string;
  readonly page: string;
  readonly policy: string;
}

/**
 * Mount it in `app.ts`; it documents every route of the application it is mounted in, whenever added.
 * The document is made at the first request and kept.
 */
export function openapiPlugin(about: About) {
  let published: Promise<Published> | undefined;
  const plugin = new Elysia({ name: 'openapi' });
  const publishedOnce = () => {
    published ??= publish(openApiDocument(plugin, about));
    return published;
  };
  return plugin
    .get(
      '/openapi.json',
      async ({ set }) => {
        set.headers['content-type'] = 'application/json; charset=utf-8';
        set.headers['cache-control'] = 'no-cache';
        return (await publishedOnce()).json;
      },
      { detail: { hide: true } },
    )
    .get(
      '/docs',
      async ({ set }) => {
        const { page, policy } = await publishedOnce();
        set.headers['content-type'] = 'text/html; charset=utf-8';
        set.headers['cache-control'] = 'no-cache';
        set.headers['content-security-policy'] = policy;
        return page;
      },
      { detail: { hide: true } },
    );
}

async function publish(document: OpenApiDocument): Promise<Published> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(PAGE_STYLE));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return {
    json: JSON.stringify(document, null, 2),
    page: documentPage(document),
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
