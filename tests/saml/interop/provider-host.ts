/** A loopback address for an identity provider of another make: what browsers bring to it, and the pages it answers. */
import { escapeHtml } from '#dev/sign-in-page.ts';

/** One message of a browser, by the Redirect or the POST binding (SAML bindings §3.4 and §3.5). */
export interface Visit {
  readonly path: string;
  readonly binding: 'redirect' | 'post';
  readonly fields: Readonly<Record<string, string>>;
  /** As it came, without the question mark: what a signature of the Redirect binding covers. */
  readonly query: string;
}

/** An identity provider that its administrator has set up with our metadata. */
export interface ForeignProvider {
  /** `http://127.0.0.1:…`, without a slash at the end. */
  readonly origin: string;
  readonly metadataUrl: string;
  /** @param metadata ours, as XML */
  register(metadata: string): void;
  /** Where somebody goes who starts at the provider. */
  readonly initiateUrl: string;
  /** Where somebody goes to sign out of everything. */
  readonly signOutUrl: string;
  stop(): Promise<void>;
}

export interface Host {
  readonly origin: string;
  stop(): Promise<void>;
}

/** What `answer` throws becomes a page of status 500 with the message on it. */
export function hostProvider(answer: (visit: Visit) => Promise<Response>): Host {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      try {
        return await answer(await visitOf(request));
      } catch (error) {
        return page(500, escapeHtml(String(error)));
      }
    },
  });
  return { origin: `http://127.0.0.1:${server.port}`, stop: () => server.stop(true) };
}

async function visitOf(request: Request): Promise<Visit> {
  const { pathname, search } = new URL(request.url);
  const query = search.slice(1);
  const posted = request.method === 'POST' ? await request.text() : undefined;
  return {
    path: pathname,
    binding: posted === undefined ? 'redirect' : 'post',
    fields: Object.fromEntries(new URLSearchParams(posted ?? query)),
    query,
  };
}

export function page(status: number, body: string): Response {
  return new Response(`<!doctype html><body>${body}</body>`, { status, headers: { 'content-type': 'text/html' } });
}

/** The page of the POST binding. */
export function postingPage(action: string, fields: Record<string, string | undefined>): Response {
  const inputs = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return page(200, `<form method="post" action="${escapeHtml(action)}">${inputs.join('')}</form>`);
}
