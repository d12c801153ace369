/** The demo's first page: a login to start in each dialect over each protocol, and the logins that there were. */
import type { Dialect } from '#ports/db/schema.ts';
import type { LoginTrace } from '#ports/db/session-schema.ts';
import { type Html, html } from '#routes/http/html.ts';
import type { DemoConnection } from './connections.ts';
import { layout, type Providers } from './layout.ts';
import { DIALECTS, ORGANIZATIONS, type OrganizationSlug, PROTOCOLS, type Protocol } from './organization.ts';
import { traceView, verdict } from './trace-view.ts';

interface Choice {
  readonly dialect: Dialect;
  readonly about: string;
  readonly facts: readonly (readonly [string, string])[];
  start(protocol: Protocol): Html;
}

const CHOICES: readonly Choice[] = [
  {
    dialect: 'applivery',
    about: 'A pair of tokens. Each renewal replaces both.',
    facts: [
      ['Start', 'GET /v1/auth/sso/:slug/:type'],
      ['Callback', 'POST /v1/auth/sso/:slug/:type/callback'],
      ['Renewal', 'POST /v1/auth/refresh'],
      ['Current user', 'GET /v1/users/profile'],
      ['End', 'POST /v1/auth/logout'],
    ],
    start: (protocol) => startOf('applivery', protocol, 'acme', `/v1/auth/sso/acme/${protocol}`),
  },
  {
    dialect: 'indee',
    about: 'An API key with every call. The refresh token stays.',
    facts: [
      ['Start', 'POST /v1/admin/auth/sso/initiate'],
      ['Callback', 'POST /v1/admin/auth/sso/login'],
      ['Renewal', 'POST /v1/admin/auth/refresh'],
      ['End', 'POST /v1/admin/auth/logout'],
    ],
    start: (protocol) => indeeForm(protocol, protocol === 'saml' ? 'globex' : 'acme'),
  },
  {
    dialect: 'pria',
    about: 'One token of 24 hours, exchanged for a fresh one with the profile.',
    facts: [
      ['Start', 'GET /sso/:slug'],
      ['Callback', 'POST /api/auth/sso_callback'],
      ['Renewal and current user', 'POST /api/user/refresh/profile'],
      ['End', 'POST /api/auth/signout'],
    ],
    start(protocol) {
      const organization = protocol === 'saml' ? 'globex' : 'acme';
      return startOf('pria', protocol, organization, `/sso/${organization}`);
    },
  },
];

export interface HomePage {
  readonly providers: Providers;
  readonly connections: readonly DemoConnection[];
  /** Where a login starts at the SAML provider. */
  readonly initiateUrl: string;
  /** Newest first. */
  readonly logins: readonly LoginTrace[];
}

export function homePage({ providers, connections, initiateUrl, logins }: HomePage): string {
  const connectionOf = ({ connectionId }: LoginTrace) => connections.find(({ id }) => id === connectionId);
  return layout(
    { title: 'Vestibule demo', data: { page: 'home' }, providers },
    html`<div class="hero">
<h1>Two protocols, three APIs</h1>
<p class="lead">Take the API that your client speaks, sign in at an organization’s identity provider, and see what goes over the wire: each request, its answer, and every check in between. The client does the same whichever protocol the organization has.</p>
</div>
<ul class="choices">${CHOICES.map(choice)}</ul>
<section class="initiate" aria-labelledby="initiate-title">
<div>
<h2 id="initiate-title">Start at the identity provider</h2>
<p class="quiet">Globex allows it: its people begin on their provider’s own page, and arrive with a <code>code</code> but no <code>state</code>, since no client asked.</p>
</div>
<a class="button secondary" href="${initiateUrl}">Start at Globex’s provider</a>
</section>
<section class="logins" aria-labelledby="logins">
<h2 id="logins">Every login explains itself</h2>
<p class="quiet">The latest logins, those of the terminal included. Open one to see what was checked.</p>
${logins.length > 0 ? logins.map((login) => loginView(login, connectionOf(login))) : html`<p class="empty">None yet.</p>`}
</section>`,
  );
}

function choice({ dialect, about, facts, start }: Choice): Html {
  return html`<li class="card">
<h2>${DIALECTS[dialect]}</h2>
<p>${about}</p>
<dl class="facts">${facts.map(([term, fact]) => html`<div><dt>${term}</dt><dd><code>${fact}</code></dd></div>`)}</dl>
<div class="starts">${[start('oidc'), start('saml')]}</div>
</li>`;
}

function startOf(dialect: Dialect, protocol: Protocol, organization: OrganizationSlug, path: string): Html {
  return html`<div class="start">
<p class="field">${ORGANIZATIONS[organization].name} <code>${path}</code></p>
<a class="button" href="${path}">${labelOf(dialect, protocol)}</a>
</div>`;
}

/** The API key says which organization it is, and the email's domain which connection. */
function indeeForm(protocol: Protocol, organization: OrganizationSlug): Html {
  const { name, email } = ORGANIZATIONS[organization];
  return html`<form class="start" data-organization="${organization}">
<label class="field" for="email-${protocol}">${name}, email</label>
<input class="input" id="email-${protocol}" name="email" type="email" value="${email}" autocomplete="off" spellcheck="false" required>
<button class="button" type="submit">${labelOf('indee', protocol)}</button>
<p class="problem" role="alert" hidden></p>
</form>`;
}

/** Which API it is the card says to whoever sees it. */
function labelOf(dialect: Dialect, protocol: Protocol): Html {
  return html`Sign in<span class="unseen"> with ${DIALECTS[dialect]}</span> over ${PROTOCOLS[protocol]}`;
}

function loginView(login: LoginTrace, connection: DemoConnection | undefined): Html {
  const time = login.createdAt.toISOString();
  const by = connection && `${ORGANIZATIONS[connection.organization].short} · ${PROTOCOLS[connection.protocol]}`;
  return html`<details class="login">
<summary><strong>${login.dialect ? DIALECTS[login.dialect] : 'No client yet'}</strong> <span class="by">${by}</span> ${verdict(login)}<time datetime="${time}">${time.slice(11, 19)} UTC</time></summary>
${traceView(login)}
</details>`;
}
