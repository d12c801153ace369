/** The development identity provider's own pages: who signs in, and the portraits. The library answers the rest. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { type Person, portrait, portraitPath } from './people.ts';
import { errorPage, signInPage } from './sign-in-page.ts';

export const SIGN_IN_PATH = '/sign-in/';

const MAX_FORM_BYTES = 16_384;

/** @returns whether the request was one for these pages */
export async function answerPages(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const pictured = people.find((person) => portraitPath(person) === path);
  if (pictured) {
    response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' });
    response.end(portrait(pictured));
    return true;
  }
  if (!path.startsWith(SIGN_IN_PATH)) return false;
  try {
    await (request.method === 'POST' ? finish : show)(provider, people, request, response);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    send(response, 400, errorPage(reason, 'This sign-in is over, or was started in another browser. Start again.'));
  }
  return true;
}

async function show(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid, prompt, params } = await provider.interactionDetails(request, response);
  // prompt=consent: given, without asking
  if (prompt.name === 'consent') return provider.interactionFinished(request, response, { consent: {} });
  const clientId = String(params['client_id']);
  const client = await provider.Client.find(clientId);
  const page = signInPage({
    action: `${SIGN_IN_PATH}${uid}`,
    clientId,
    clientName: client?.clientName ?? clientId,
    scope: String(params['scope'] ?? ''),
    people,
    loginHint: typeof params['login_hint'] === 'string' ? params['login_hint'] : undefined,
  });
  send(response, 200, page);
}

async function finish(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = new URLSearchParams(await bodyOf(request));
  const person = people.find(({ email }) => email === form.get('email'));
  await provider.interactionFinished(
    request,
    response,
    person
      ? { login: { accountId: person.subject, amr: ['pwd'] } }
      : {
          error: 'access_denied',
          error_description: form.has('cancel') ? 'The person cancelled' : 'There is no such person',
        },
  );
}

/** @throws Error when it is too large */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_FORM_BYTES) throw new Error('the form is too large');
  }
  return body;
}

function send(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // no form-action: browsers apply it to the redirects that follow, and the last one leads to the client
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(page);
}
