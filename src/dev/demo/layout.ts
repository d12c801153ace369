/** The frame around the demo's pages. */
import { type Html, html } from '#routes/http/html.ts';

/** Where the header leads. */
export interface Providers {
  readonly issuer: string;
  readonly metadataPath: string;
}

export interface Frame {
  readonly title: string;
  /** What the page's script finds on `<body>`: which page it is, and what it has to know. */
  readonly data: Readonly<Record<string, string>>;
  readonly providers: Providers;
}

export function layout({ title, data, providers }: Frame, main: Html): string {
  const attributes = Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="/demo/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/demo/page.css">
<script type="module" src="/demo/page.js"></script>
</head>
<body${attributes}>
<header class="top">
<p><a class="brand" href="/">Vestibule</a> <span class="badge">demo</span></p>
<nav aria-label="Elsewhere">
<a href="/docs">API</a>
<a href="${providers.issuer}/.well-known/openid-configuration">OpenID provider</a>
<a href="${providers.metadataPath}">SAML provider</a>
</nav>
</header>
<main>
${main}
<noscript><p class="notice">This page sends the requests of an API client itself, and needs JavaScript for it.</p></noscript>
</main>
<footer>
<p>This page is part of the demo, not of the product. Its server part holds the API keys of Indee, as the back end of a client would.</p>
</footer>
</body>
</html>
`.text;
}
