/** The page at the connection's redirect URI, where a client's front end would be: what came back, and what to do with it. */
import { type Html, html } from '#routes/http/html.ts';
import { layout } from './layout.ts';
import { DIALECTS } from './organization.ts';
import type { StartedLogin } from './started-login.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  code: 'Good for one use within a minute, at the provider’s token endpoint.',
  state: 'The one that the login was started with: it leads back to it.',
  iss: 'Who answers, so that no other provider’s answer can be slipped in (RFC 9207).',
  error: 'The identity provider did not sign the person in.',
  error_description: 'Its explanation. Recorded nowhere.',
};

export interface CallbackPage {
  readonly issuer: string;
  /** As much of the API key as may be shown. */
  readonly apiKeyHint: string;
  readonly parameters: URLSearchParams;
  /** Undefined when the `state` leads to no login. */
  readonly login: StartedLogin | undefined;
}

export function callbackPage({ issuer, apiKeyHint, parameters, login }: CallbackPage): string {
  if (!login) return unknownPage(issuer);
  const { dialect, organization, connection } = login;
  const data = { page: 'callback', dialect, organization, connection, bound: String(login.bound), key: apiKeyHint };
  const cancelled = parameters.has('error');
  return layout(
    { title: `${DIALECTS[dialect]} callback · Vestibule demo`, data, issuer },
    html`<div class="hero">
<p class="eyebrow">${DIALECTS[dialect]}</p>
<h1>${cancelled ? 'Back without a code' : 'Back with a code'}</h1>
<p class="lead">The identity provider sent the browser here, to the redirect URI of the connection. A client’s front end takes what came and hands it to the API.</p>
</div>
<div class="flow">
<ol class="steps before">
<li class="step done"><h2>Start</h2>${startView(login)}</li>
<li class="step done"><h2>What came back</h2>${parametersView(parameters)}</li>
<li class="step" id="callback"><h2>Callback</h2></li>
</ol>
<aside class="panel" aria-labelledby="trace-title">
<h2 id="trace-title">Trace</h2>
<div id="trace"><p class="empty">Every login explains itself: send the callback, and what was checked appears here.</p></div>
</aside>
<ol class="steps after" start="4">
<li class="step" id="session" hidden><h2>Session</h2></li>
</ol>
</div>
<p id="announcement" class="unseen" role="status"></p>`,
  );
}

function unknownPage(issuer: string): string {
  return layout(
    { title: 'Unknown login · Vestibule demo', data: { page: 'unknown' }, issuer },
    html`<div class="hero">
<h1>No login is known by this state</h1>
<p class="lead">This page expects what an identity provider sends back at the end of a sign-in.</p>
<p><a class="button" href="/">Start one</a></p>
</div>`,
  );
}

function startView({ dialect, organization, connection, bound }: StartedLogin): Html {
  const request = {
    applivery: `GET /v1/auth/sso/${organization}/${connection}`,
    indee: 'POST /v1/admin/auth/sso/initiate',
    pria: `GET /sso/${organization}`,
  }[dialect];
  const how = bound
    ? html`The browser was redirected to the identity provider, with a cookie: only this browser can finish the login.`
    : html`The answer held where to send the browser, and the <code>state</code> and <code>nonce</code> for the client to keep.`;
  return html`<p class="request"><code>${request}</code></p><p>${how}</p>`;
}

function parametersView(parameters: URLSearchParams): Html {
  const rows = [...parameters].map(
    ([name, value]) => html`<div><dt><code>${name}</code></dt>
<dd><code>${value}</code>${MEANINGS[name] && html`<small>${MEANINGS[name]}</small>`}</dd></div>`,
  );
  return html`<dl class="parameters">${rows}</dl>`;
}
