/** The front end's part of a login: hands the callback to the API, shows its trace, and goes on with the session. */
import { type Client, clients, type Tokens, type WireRequest } from './dialects.ts';
import { button, element, required } from './dom.ts';
import { type Answer, exchangeView, requestView, type SendOptions, send } from './exchange.ts';
import { keptFor } from './kept.ts';

const REPEATED = 'The same callback again: the same answer.';
const SPENT = 'A login is finished once: its state is spent.';

/** Those that take a code without `state`. */
const TAKES_CODE_ALONE: Readonly<Record<string, string>> = { applivery: 'Applivery', pria: 'Pria' };

export function openCallback(): void {
  const { dialect = '', bound } = document.body.dataset;
  const parameters = Object.fromEntries(new URLSearchParams(location.search));
  const step = required('callback');
  const client = clientOf(dialect);
  const kept = keptFor(parameters['state'] ?? '');
  if (!dialect) {
    offerClients(step, parameters);
  } else if (dialect === 'indee' && !kept) {
    step.append(notice('This tab did not start the login, so it lacks the nonce that the API answered then.'));
  } else if (client) {
    const request = client.callback({ parameters, kept: kept ?? {} });
    new CallbackStep(step, client, request, bound === 'true').offer();
  }
}

function clientOf(dialect: string): Client | undefined {
  const { organization = '', connection = '', key = '' } = document.body.dataset;
  return clients[dialect]?.({ organization, connection, key });
}

function notice(text: string): HTMLElement {
  return element('p', { class: 'notice' }, text);
}

/** The identity provider began: which client's front end this is, the person who clicks decides. */
function offerClients(step: HTMLElement, parameters: Readonly<Record<string, string>>): void {
  const choices = Object.entries(TAKES_CODE_ALONE).map(([dialect, name]) =>
    button(`Finish with ${name}`, 'secondary', async () => {
      const client = clientOf(dialect);
      if (!client) return;
      offer.remove();
      new CallbackStep(step, client, client.callback({ parameters, kept: {} }), false).offer();
      step.querySelector<HTMLElement>('.actions .button')?.focus({ preventScroll: true });
    }),
  );
  const offer = element(
    'div',
    {},
    element(
      'p',
      { class: 'quiet' },
      'Two of the APIs take a code alone; Indee’s wants a state and a nonce, so it does not.',
    ),
    element('div', { class: 'actions' }, ...choices),
  );
  step.append(offer);
}

class CallbackStep {
  private readonly preview: HTMLElement;
  private readonly results = element('div', { class: 'results' });
  private readonly actions = element('div', { class: 'actions' });
  private first: Answer | undefined;

  constructor(
    private readonly step: HTMLElement,
    private readonly client: Client,
    private readonly request: WireRequest,
    private readonly bound: boolean,
  ) {
    this.preview = element(
      'div',
      {},
      element('p', { class: 'quiet' }, 'What a client sends now:'),
      requestView(request),
    );
  }

  offer(): void {
    this.actions.append(button('Send the callback', 'primary', () => this.run(this.request)));
    if (this.bound) {
      const stolen = 'Without this browser’s cookie, as whoever took the address from it would have to send it.';
      this.actions.append(
        button('Send it from another browser', 'secondary', () =>
          this.run(this.request, stolen, { withoutCookies: true }),
        ),
      );
    }
    this.step.append(this.preview, this.actions, this.results);
  }

  private async run(request: WireRequest, note?: string, options: SendOptions = {}): Promise<void> {
    const answer = await send(request, options);
    show(this.results, exchangeView(request, answer, this.isRepeat(request, answer) ? REPEATED : note));
    await showTrace(answer);
    if (!this.first) this.settle(answer);
  }

  private isRepeat(request: WireRequest, answer: Answer): boolean {
    return request === this.request && JSON.stringify(answer.body) === JSON.stringify(this.first?.body);
  }

  /** The login is spent now, whatever came of it: what is left is to try again. */
  private settle(answer: Answer): void {
    this.first = answer;
    const tokens = this.client.tokens(answer.body);
    this.step.classList.add(tokens.access ? 'done' : 'refused');
    this.preview.remove();
    this.actions.replaceChildren(
      button('Send it again', 'secondary', () => this.run(this.request)),
      ...this.spent(),
      element('a', { class: 'button secondary', href: '/' }, 'Start another login'),
    );
    // the button that was pressed is gone
    this.results.querySelector('summary')?.focus({ preventScroll: true });
    if (tokens.access) openSession(this.client, { access: tokens.access, refresh: tokens.refresh ?? '' });
  }

  /** Where there is a state, it is worth nothing any more, whatever code comes with it. */
  private spent(): HTMLElement[] {
    const { body = {} } = this.request;
    if (!('state' in body)) return [];
    const other = { ...this.request, body: { ...body, code: 'another-code' } };
    return [button('Send the state with another code', 'secondary', () => this.run(other, SPENT))];
  }
}

/** The newest comes first, open; those before it stay, folded. */
function show(results: HTMLElement, exchange: HTMLDetailsElement): void {
  for (const older of results.querySelectorAll<HTMLDetailsElement>('details.exchange')) older.open = false;
  results.prepend(exchange);
}

/** The trace is found by the answer's `Request-Id`; a repeat leaves none of its own. */
async function showTrace({ requestId }: Answer): Promise<void> {
  const place = required('trace');
  const response = await fetch(`/demo/traces/${encodeURIComponent(requestId)}`).catch(() => undefined);
  if (response?.status !== 200) return;
  place.innerHTML = await response.text();
  // where it stands between the steps, the verdict is enough to begin with
  const checks = place.querySelector('details');
  if (checks) checks.open = matchMedia('(min-width: 60rem)').matches;
}

function openSession(client: Client, first: Tokens): void {
  let tokens = first;
  const results = element('div', { class: 'results' });
  const operate = async (operation: Client['operations'][number]) => {
    const request = operation.request(tokens);
    const answer = await send(request);
    tokens = { ...tokens, ...client.tokens(answer.body) };
    const logoutUrl = answer.status === 200 ? client.logoutUrl(answer.body) : undefined;
    if (logoutUrl) elsewhere.replaceChildren(...logoutView(logoutUrl));
    show(results, exchangeView(request, answer));
  };
  const actions = client.operations.map((operation) => button(operation.label, 'secondary', () => operate(operation)));
  const elsewhere = element('div', { class: 'elsewhere' });
  const step = required('session');
  step.append(element('p', {}, 'It lives until it is ended or runs out; each use of a token is checked against it.'));
  step.append(element('div', { class: 'actions' }, ...actions), elsewhere, results);
  step.hidden = false;
}

function logoutView(address: string): HTMLElement[] {
  return [
    element(
      'p',
      { class: 'quiet' },
      'The session here has ended. The answer holds where the person goes to end the one at the identity provider.',
    ),
    element(
      'p',
      { class: 'actions' },
      element('a', { class: 'button', href: address }, 'Sign out at the provider, too'),
    ),
  ];
}
