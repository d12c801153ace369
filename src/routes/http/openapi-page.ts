/** The page at `/docs`: the OpenAPI document as static HTML, one section a tag and one article an operation. */
import type { OpenApiDocument } from './openapi-document.ts';
import type { Content, Operation, Parameter } from './openapi-operation.ts';
import { escapeHtml, markdown, prose } from './openapi-page-markdown.ts';
import { schemaTable, typeName } from './openapi-page-schema.ts';
import { PAGE_STYLE } from './openapi-page-style.ts';

export { PAGE_STYLE };

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

export function documentPage(document: OpenApiDocument): string {
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = document.tags.map((tag) => ({
    ...tag,
    listed: listed.filter(({ operation }) => operation.tags?.includes(tag.name)),
  }));
  const { title, version, description } = document.info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} API</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<nav aria-label="Operations">
<p class="brand"><a href="#top">${escapeHtml(title)}</a> <span>${escapeHtml(version)}</span></p>
${groups.map(navigation).join('\n')}
<p class="small"><a href="/openapi.json">OpenAPI document</a></p>
</nav>
<main id="top">
<header><h1>${escapeHtml(title)} API</h1>${markdown(description)}
<p>${document.servers.map(({ url }) => `<code>${escapeHtml(url)}</code>`).join(' ')}</p></header>
${authentication(document)}
${groups.map((group) => section(group, document)).join('\n')}
</main>
</body>
</html>
`;
}

function navigation({ name, listed }: { name: string; listed: readonly Listed[] }): string {
  const items = listed.map(
    ({ method, operation }) =>
      `<li><a href="#${escapeHtml(operation.operationId)}">${badge(method)} ${escapeHtml(operation.summary ?? operation.operationId)}</a></li>`,
  );
  return `<h2>${escapeHtml(name)}</h2><ul>${items.join('')}</ul>`;
}

function authentication(document: OpenApiDocument): string {
  const rows = Object.entries(document.components.securitySchemes).map(([name, scheme]) => {
    const described =
      typeof scheme === 'object' && scheme !== null && 'description' in scheme ? String(scheme['description']) : '';
    return `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${prose(described)}</td></tr>`;
  });
  return rows.length > 0
    ? `<section><h2 id="authentication">Authentication</h2><table>${rows.join('')}</table></section>`
    : '';
}

function section(
  group: { name: string; description: string; listed: readonly Listed[] },
  document: OpenApiDocument,
): string {
  const articles = group.listed.map((one) => article(one, document));
  return `<section><h2>${escapeHtml(group.name)}</h2>${markdown(group.description)}${articles.join('\n')}</section>`;
}

function article({ path, method, operation }: Listed, document: OpenApiDocument): string {
  const { operationId, summary, description, parameters, requestBody, responses, security } = operation;
  const schemes = (security ?? []).flatMap((one) => Object.keys(one));
  const access =
    schemes.length > 0
      ? schemes.map((name) => `<a href="#authentication"><code>${escapeHtml(name)}</code></a>`).join(' or ')
      : 'public';
  const answers = Object.entries(responses).map(([status, response]) => {
    const body = response.content ? media(response.content, document) : '<p>No body.</p>';
    return `<details${status.startsWith('2') ? ' open' : ''}><summary><span class="status s${status.charAt(0)}">${escapeHtml(status)}</span> ${prose(response.description)}</summary>${body}</details>`;
  });
  return `<article id="${escapeHtml(operationId)}">
<h3>${escapeHtml(summary ?? operationId)}</h3>
<p class="path">${badge(method)} <code>${escapeHtml(path)}</code></p>
<p>${prose(description ?? '')}</p>
<p class="small">Authentication: ${access}</p>
${parameters ? `<h4>Parameters</h4>${parameterTable(parameters)}` : ''}
${requestBody ? `<h4>Body${requestBody.required ? '' : ' (optional)'}</h4>${media(requestBody.content, document)}` : ''}
<h4>Answers</h4>${answers.join('\n')}
</article>`;
}

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(place)}${required ? ', required' : ''}</td><td class="type">${typeName(schema)}</td><td>${prose(description ?? '')}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}

/** Content types of one body; those that share a schema are shown once. */
function media(content: Content, document: OpenApiDocument): string {
  const entries = Object.entries(content);
  const [first] = entries;
  if (!first) return '';
  const [, { schema, examples }] = first;
  const names = entries.map(([contentType]) => `<code>${escapeHtml(contentType)}</code>`).join(' ');
  const shown = Object.values(examples ?? {}).map(({ summary, description, value }) => {
    const title = [summary, description]
      .filter((text) => text !== undefined)
      .map(prose)
      .join(' ');
    return `${title ? `<p class="small">${title}</p>` : ''}<pre>${escapeHtml(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}</pre>`;
  });
  const examplesHtml =
    shown.length > 0
      ? `<details><summary>${shown.length === 1 ? 'Example' : `${shown.length} examples`}</summary>${shown.join('')}</details>`
      : '';
  return `<p class="small">${names}</p>${schemaTable(schema, document.components.schemas)}${examplesHtml}`;
}

const badge = (method: string) =>
  `<span class="method ${escapeHtml(method)}">${escapeHtml(method.toUpperCase())}</span>`;
