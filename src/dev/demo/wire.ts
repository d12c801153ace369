/** The demo's API client: real HTTP to the listening server, each request and its answer printed, and checked. */
import type { LoginTrace } from '#ports/db/session-schema.ts';
import { jsonLines, shorten } from './json.ts';
import { type Terminal, wrap } from './terminal.ts';

/** Something did not go as the API promises: the demo says so and ends with an error. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Header names as they are printed. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** The one that is due. */
  readonly status: number;
  /** How deep the answer is shown; all of it unless said otherwise. */
  readonly depth?: number;
  /** Whether this finishes a login, which then leaves a trace. */
  readonly traced?: boolean;
}

export interface Answer {
  readonly body: unknown;
  readonly headers: Headers;
}

export interface WireOptions {
  readonly url: string;
  readonly terminal: Terminal;
  /** The trace of the login whose callback got this `Request-Id`. */
  readTrace(requestId: string): Promise<LoginTrace | undefined>;
}

const INDENT = 2;
const GUTTER = 12;
/** Columns of an arrow and the space behind it. */
const ARROW = 2;
/** Columns of a status and the space behind it. */
const HEAD = 4;

export class Wire {
  private readonly told = new Set<string>();

  constructor(private readonly options: WireOptions) {}

  /** Opens a dialect's part. */
  title(name: string, about: string): void {
    const { palette, print, width } = this.options.terminal;
    const rule = '─'.repeat(Math.max(0, width - INDENT - name.length - about.length - 5));
    print();
    print(`  ${palette.bold(palette.magenta(name))} ${palette.dim(`${rule} ${about}`)}`);
  }

  /** @throws DemoFailure when the answer has another status than the one that is due */
  async call(step: string, exchange: Exchange): Promise<Answer> {
    const { palette } = this.options.terminal;
    const { method, path, headers = {}, body, status, depth, traced = false } = exchange;
    const shown = Object.entries(headers).map(([name, value]) => `${name}: ${value.split(' ').map(shorten).join(' ')}`);
    this.line(step, `${palette.blue('→')} ${palette.bold(`${method} ${path}`)}  ${palette.dim(shown.join('  '))}`);
    if (body) this.json('', body);
    const response = await send(this.options.url + path, exchange);
    const answer = parse(await response.text());
    const paint = response.status === status ? palette.green : palette.red;
    const location = response.headers.get('location');
    const head = `${palette.blue('←')} ${paint(palette.bold(String(response.status)))} `;
    if (answer === undefined) this.line('', head + (location ? `Location: ${shorten(location)}` : ''));
    else this.json(head, answer, depth);
    if (traced) await this.trace(response.headers.get('request-id'));
    if (response.status === status) return { body: answer, headers: response.headers };
    throw new DemoFailure(`${method} ${path} answered ${response.status} where ${status} was due.`);
  }

  /** What a browser does: the page that it goes to, or the form that it posts, with the parameters. */
  visit(step: string, url: URL, form?: URLSearchParams): void {
    const { palette } = this.options.terminal;
    this.line(step, `${palette.blue('→')} ${palette.bold(`${form ? 'POST' : 'GET'} ${url.origin}${url.pathname}`)}`);
    this.fill(parametersOf(form ?? url.searchParams));
  }

  /** Where an answer sends the browser. */
  redirected(status: number, location: URL): void {
    const { palette } = this.options.terminal;
    const head = `${palette.blue('←')} ${palette.green(palette.bold(String(status)))}`;
    this.line('', `${head} Location: ${location.origin}${location.pathname}`);
    this.fill(parametersOf(location.searchParams));
  }

  /** What comes back where it is not for a client to read. */
  return(text: string): void {
    this.line('', `${this.options.terminal.palette.blue('←')} ${text}`);
  }

  /** What is worth knowing about the step above. */
  note(text: string): void {
    this.fill(text.split(' '), ' ');
  }

  /** What the logins below have in common. */
  say(text: string): void {
    const { print, width } = this.options.terminal;
    print();
    for (const line of wrap(text.split(' '), ' ', width - INDENT)) print(`  ${line}`);
  }

  private async trace(requestId: string | null): Promise<void> {
    const { palette } = this.options.terminal;
    const trace = requestId ? await this.options.readTrace(requestId) : undefined;
    if (!trace) throw new DemoFailure('The login left no trace.');
    const made = trace.checks.filter(({ outcome }) => outcome !== 'skipped').map(({ name }) => name);
    const failed = trace.checks.find(({ outcome }) => outcome === 'failed');
    const fresh = made.filter((name) => !this.told.has(name));
    const known = fresh.length === 0 ? ', all of them named above' : `, ${fresh.length} of them new`;
    const passed = `✓ ${made.length} checks passed in ${trace.durationMs} ms${fresh.length < made.length ? known : ''}`;
    this.line('Trace', trace.reason ? palette.red(`✗ ${trace.reason}`) : palette.green(passed));
    this.fill(fresh);
    for (const name of made) this.told.add(name);
    if (failed) {
      const found = `${failed.name}: wanted ${failed.expected ?? 'it to hold'}, found ${failed.actual ?? 'that it does not'}`;
      this.line('', `  ${palette.red(found)}`);
    }
  }

  private json(head: string, value: unknown, depth?: number): void {
    const { palette, width } = this.options.terminal;
    const style = { palette, width: width - INDENT - GUTTER - ARROW, taken: head ? HEAD : 0, ...(depth && { depth }) };
    for (const [at, text] of jsonLines(value, style).entries())
      this.line('', at === 0 && head ? head + text : `  ${text}`);
  }

  private fill(words: readonly string[], separator = ' · '): void {
    const { palette, width } = this.options.terminal;
    const lines = wrap(words, separator, width - INDENT - GUTTER - ARROW);
    for (const text of lines) this.line('', `  ${palette.dim(text)}`);
  }

  /** The step's name stands before its first line only. */
  private line(step: string, text: string): void {
    const { palette, print } = this.options.terminal;
    print(`  ${palette.bold(step.padEnd(GUTTER))}${text}`.trimEnd());
  }
}

function parametersOf(parameters: URLSearchParams): string[] {
  return [...parameters].map(([name, value]) => `${name}=${shorten(value)}`);
}

function send(url: string, { method, headers, body }: Exchange): Promise<Response> {
  return fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new DemoFailure('The answer is not JSON.');
  }
}

/**
 * The text at a path such as `data.accessToken.token`.
 * @throws DemoFailure when the answer holds none
 */
export function textAt(body: unknown, path: string): string {
  let value = body;
  for (const key of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  if (typeof value !== 'string' || value === '') throw new DemoFailure(`The answer has no ${path}.`);
  return value;
}

/** @throws DemoFailure */
export function expectThat(holds: boolean, promise: string): void {
  if (!holds) throw new DemoFailure(`It does not hold that ${promise}.`);
}
