/**
 * `GET /openapi.json` and `GET /docs`. The page is the document rendered to plain HTML: no script, nothing
 * loaded from anywhere, so it works behind a closed network and under the strictest Content-Security-Policy.
 */
import { Elysia } from 'elysia';
import { type About, type OpenApiDocument, openApiDocument } from './openapi-document.ts';
import { documentPage, PAGE_STYLE } from './openapi-page.ts';
import { LIMITED_REFUSALS, problems } from './openapi-refusals.ts';
import { describe, jsonOf, textOf } from './openapi-route.ts';
import { problemModels } from './problem.ts';

const DOCUMENT = {
  type: 'object',
  description: 'An OpenAPI document.',
  properties: { openapi: { type: 'string', description: 'Version of the specification.' } },
  required: ['openapi'],
  additionalProperties: true,
};

const documentDocs = describe({
  operationId: 'readOpenApi',
  summary: 'OpenAPI document',
  description: 'This document, made from the routes themselves.',
  tag: 'Operations',
  security: [],
  answers: {
    200: jsonOf(DOCUMENT, 'The document.', { openapi: '3.1.1', info: { title: 'Vestibule' }, paths: {} }),
    ...problems(...LIMITED_REFUSALS),
  },
});
const pageDocs = describe({
  operationId: 'readDocs',
  summary: 'This document as a page',
  description: 'Plain HTML without scripts; it loads nothing.',
  tag: 'Operations',
  security: [],
  answers: {
    200: textOf('text/html', 'The page.', '<!doctype html>'),
    ...problems(...LIMITED_REFUSALS),
  },
});

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
  const plugin = new Elysia({ name: 'openapi' }).model(problemModels);
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
      documentDocs,
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
      pageDocs,
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
