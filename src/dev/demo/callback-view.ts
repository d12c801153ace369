/** The page at the connection's redirect URI, where a client's front end would be: what came back, and what to do with it. */
import { type Html, html } from '#routes/http/html.ts';
import { layout, type Providers } from './layout.ts';
import { DIALECTS, ORGANIZATIONS, type OrganizationSlug, type Protocol } from './organization.ts';
import type { StartedLogin } from './started-login.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  state: 'The one that the login was started with: it leads back to it.',
  iss: 'Who answers, so that no other provider’s answer can be slipped in (RFC 9207).',
  error: 'The identity provider did not sign the person in.',
  error_description: 'Its explanation. Recorded nowhere.',
};
const MEANINGS_OF_CODE: Readonly<Record<Protocol, string>> = {
  oidc: 'Good for one use within a minute, at the provider’s token endpoint.',
  saml: 'Stands for what was verified. Good for one use within a minute, here.',
};

export interface CallbackPage {
  readonly providers: Providers;
  /** As much of the API key as may be shown. */
  keyHint(organization: OrganizationSlug): string;
  readonly parameters: URLSearchParams;
  /** Undefined when what came leads to no login. */
  readonly login: StartedLogin | undefined;
}

export function callbackPage({ providers, keyHint, parameters, login }: CallbackPage): string {
  if (!login) return unknownPage(providers);
  const { dialect, organization, connection, protocol, bound } = login;
  const key = keyHint(organization);
  const data = { page: 'callback', dialect: dialect ?? '', organization, connection, bound: String(bound), key };
  const name = dialect ? DIALECTS[dialect] : ORGANIZATIONS[organization].name;
  return layout(
    { title: `${name} callback · Vestibule demo`, data, providers },
    html`<div class="hero">
<p class="eyebrow">${name}</p>
<h1>${titleOf(parameters)}</h1>
<p class="lead">The browser was sent here, to the redirect URI of the connection. A client’s front end takes what came and hands it to the API.</p>
</div>
<div class="flow">
<ol class="steps before">
<li class="step done"><h2>Start</h2>${startView(login)}</li>
${protocol === 'saml' ? consumerView(login) : undefined}
<li class="step done"><h2>What came back</h2>${parametersView(parameters, protocol)}</li>
<li class="step" id="callback"><h2>Callback</h2></li>
</ol>
<aside class="panel" aria-labelledby="trace-title">
<h2 id="trace-title">Trace</h2>
<div id="trace"><p class="empty">Every login explains itself: send the callback, and what was checked appears here.</p></div>
</aside>
<ol class="steps after" start="${protocol === 'saml' ? 5 : 4}">
<li class="step" id="session" hidden><h2>Session</h2></li>
</ol>
</div>
<p id="announcement" class="unseen" role="status"></p>`,
  );
}

function titleOf(parameters: URLSearchParams): string {
  if (parameters.has('error')) return 'Back without a code';
  return parameters.has('state') ? 'Back with a code' : 'Here with a code, and no state';
}

function unknownPage(providers: Providers): string {
  return layout(
    { title: 'Unknown login · Vestibule demo', data: { page: 'unknown' }, providers },
    html`<div class="hero">
<h1>No login is known by this state</h1>
<p class="lead">This page expects what comes back at the end of a sign-in.</p>
<p><a class="button" href="/">Start one</a></p>
</div>`,
  );
}

function startView({ dialect, organization, connection, protocol, bound }: StartedLogin): Html {
  if (!dialect) {
    const { short } = ORGANIZATIONS[organization];
    return html`<p>The person began at ${short}’s identity provider. No client asked for it, so there is no <code>state</code>, and the client is anyone that can take a code alone.</p>`;
  }
  const request = {
    applivery: `GET /v1/auth/sso/${organization}/${connection}`,
    indee: 'POST /v1/admin/auth/sso/initiate',
    pria: `GET /sso/${organization}`,
  }[dialect];
  const sent =
    protocol === 'saml' ? 'sent to the identity provider with a SAML request' : 'redirected to the identity provider';
  const how = bound
    ? html`The browser was ${sent}, and got a cookie: only this browser can finish the login.`
    : html`The answer held where to send the browser, and the <code>state</code> and <code>nonce</code> for the client to keep.`;
  return html`<p class="request"><code>${request}</code></p><p>${how}</p>`;
}

/** What there is between the provider and this page, of which the client sees nothing. */
function consumerView({ connectionId, dialect }: StartedLogin): Html {
  const relayed = dialect ? html`, with the <code>state</code> as its RelayState` : undefined;
  return html`<li class="step done"><h2>SAML response</h2>
<p class="request"><code>POST /saml/${connectionId}/acs</code></p>
<p>The provider’s page had the browser post a signed response to the consumer service${relayed}. It was verified there, and the browser sent on to here (303). The client sees nothing of it.</p></li>`;
}

function parametersView(parameters: URLSearchParams, protocol: Protocol): Html {
  const meaningOf = (name: string) => (name === 'code' ? MEANINGS_OF_CODE[protocol] : MEANINGS[name]);
  const rows = [...parameters].map(([name, value]) => {
    const meaning = meaningOf(name);
    return html`<div><dt><code>${name}</code></dt>
<dd><code>${value}</code>${meaning && html`<small>${meaning}</small>`}</dd></div>`;
  });
  return html`<dl class="parameters">${rows}</dl>`;
}

export function signedOutPage(providers: Providers): string {
  return layout(
    { title: 'Signed out · Vestibule demo', data: { page: 'signed-out' }, providers },
    html`<div class="hero">
<p class="eyebrow">Logout</p>
<h1>Signed out on both sides</h1>
<p class="lead">The session here had ended before the browser left. The identity provider was asked to end its own, by a signed request over SAML or with the ID token over OpenID Connect, and led back here, to the connection’s <code>logoutRedirectUri</code>.</p>
<p><a class="button" href="/">Start another login</a></p>
</div>`,
  );
}
