/** A request that the page sends as an API client would, and how it and its answer are shown. */
import type { WireRequest } from './dialects.ts';
import { element } from './dom.ts';
import { jsonView } from './json-view.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly requestId: string;
  readonly milliseconds: number;
}

export interface SendOptions {
  /** As if from another browser: without its cookies. */
  readonly withoutCookies?: boolean;
}

/** Network errors become an answer too, so that a server that was stopped is seen as that. */
export async function send(request: WireRequest, { withoutCookies = false }: SendOptions = {}): Promise<Answer> {
  const { method, path, via, body } = request;
  const startedAt = performance.now();
  const headers = { Accept: 'application/json', ...(via ? {} : request.headers) };
  const response = await fetch(via ?? path, {
    method,
    credentials: withoutCookies ? 'omit' : 'same-origin',
    headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  const milliseconds = Math.round(performance.now() - startedAt);
  if (!response)
    return { status: 0, body: 'The server does not answer: was the demo ended?', requestId: '', milliseconds };
  const answer = await response.json().catch(() => undefined);
  announce(`${method} ${path} answered ${response.status}`);
  return { status: response.status, body: answer, requestId: response.headers.get('request-id') ?? '', milliseconds };
}

/** @param note what is worth knowing about it, in a sentence */
export function exchangeView(request: WireRequest, answer: Answer, note?: string): HTMLDetailsElement {
  const { status } = answer;
  const good = status >= 200 && status < 300;
  return element(
    'details',
    { class: 'exchange', open: '' },
    element('summary', {}, element('b', { class: good ? 'good' : 'bad' }, String(status)), requestLine(request)),
    note ? element('p', { class: 'note' }, note) : undefined,
    ...requestParts(request),
    answerView(answer),
  );
}

/** A request that was not sent yet. */
export function requestView(request: WireRequest): HTMLElement {
  return element('div', { class: 'exchange' }, element('p', {}, requestLine(request)), ...requestParts(request));
}

function requestLine({ method, path }: WireRequest): HTMLElement {
  return element('code', {}, element('b', {}, method), ` ${path}`);
}

function requestParts({ headers = {}, body }: WireRequest): HTMLElement[] {
  const lines = Object.entries(headers).map(([name, value]) =>
    element('p', { class: 'header', title: value }, element('code', {}, `${name}: ${shorten(value)}`)),
  );
  return body ? [...lines, jsonView(body, 'Request body')] : lines;
}

function answerView({ body, requestId, milliseconds }: Answer): HTMLElement {
  const about = requestId ? `Answer after ${milliseconds} ms · Request-Id ${requestId}` : `After ${milliseconds} ms`;
  return element(
    'div',
    { class: 'answer' },
    element('p', { class: 'header' }, element('code', {}, about)),
    body === undefined ? undefined : jsonView(body, 'Answer'),
    ...tokenViews(body),
  );
}

/** The JWTs of an answer, taken apart (RFC 7519 §3): what a client may read, and a server verifies. */
function tokenViews(body: unknown): HTMLElement[] {
  return textsOf(body).flatMap(([name, text]) => {
    const [header, claims] = text.split('.').slice(0, 2).map(decode);
    if (!header || !claims) return [];
    const parts = [jsonView(header, 'Header'), jsonView(claims, 'Claims')];
    return [
      element(
        'details',
        { class: 'token' },
        element('summary', {}, 'What ', element('code', {}, name), ' says'),
        ...parts,
      ),
    ];
  });
}

function textsOf(value: unknown, name = ''): [string, string][] {
  if (typeof value === 'string') return value.startsWith('eyJ') ? [[name, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    textsOf(child, key === 'token' && name !== '' && name !== 'data' ? name : key),
  );
}

function decode(part: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  return text.length > 56 ? `${text.slice(0, 30)}…${text.slice(-10)}` : text;
}

function announce(text: string): void {
  const place = document.getElementById('announcement');
  if (place) place.textContent = text;
}
