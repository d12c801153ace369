/** The demo's first page: a login to start in each dialect, and the logins that there were. */
import type { Login } from '#ports/db/session-schema.ts';
import { type Html, html } from '#routes/http/html.ts';
import { layout } from './layout.ts';
import { CONNECTIONS, DIALECTS, EMAIL, ORGANIZATION } from './organization.ts';
import { traceView, verdict } from './trace-view.ts';

const [{ slug: connection }] = CONNECTIONS;

const CHOICES = [
  {
    name: DIALECTS.applivery,
    about: 'A pair of tokens. Each renewal replaces both.',
    facts: [
      ['Start', `GET /v1/auth/sso/${ORGANIZATION}/${connection}`],
      ['Callback', `POST /v1/auth/sso/${ORGANIZATION}/${connection}/callback`],
      ['Renewal', 'POST /v1/auth/refresh'],
      ['Current user', 'GET /v1/users/profile'],
      ['End', 'POST /v1/auth/logout'],
    ],
    start: link(`/v1/auth/sso/${ORGANIZATION}/${connection}`, DIALECTS.applivery),
  },
  {
    name: DIALECTS.indee,
    about: 'An API key with every call. The refresh token stays.',
    facts: [
      ['Start', 'POST /v1/admin/auth/sso/initiate'],
      ['Callback', 'POST /v1/admin/auth/sso/login'],
      ['Renewal', 'POST /v1/admin/auth/refresh'],
      ['End', 'POST /v1/admin/auth/logout'],
    ],
    start: html`<form id="initiate" class="start">
<label class="field" for="email">Email</label>
<input class="input" id="email" name="email" type="email" value="${EMAIL}" autocomplete="off" spellcheck="false" required>
<button class="button" type="submit">Sign in with ${DIALECTS.indee}</button>
<p class="problem" role="alert" hidden></p>
</form>`,
  },
  {
    name: DIALECTS.pria,
    about: 'One token of 24 hours, exchanged for a fresh one with the profile.',
    facts: [
      ['Start', `GET /sso/${ORGANIZATION}`],
      ['Callback', 'POST /api/auth/sso_callback'],
      ['Renewal and current user', 'POST /api/user/refresh/profile'],
      ['End', 'POST /api/auth/signout'],
    ],
    start: link(`/sso/${ORGANIZATION}`, DIALECTS.pria),
  },
] as const;

/** @param logins newest first */
export function homePage(issuer: string, logins: readonly Login[]): string {
  return layout(
    { title: 'Vestibule demo', data: { page: 'home' }, issuer },
    html`<div class="hero">
<h1>One login, three APIs</h1>
<p class="lead">Take the API that your client speaks, sign in at Acme’s identity provider, and see what goes over the wire: each request, its answer, and every check in between.</p>
</div>
<ul class="choices">${CHOICES.map(choice)}</ul>
<section class="logins" aria-labelledby="logins">
<h2 id="logins">Every login explains itself</h2>
<p class="quiet">The latest logins, those of the terminal included. Open one to see what was checked.</p>
${logins.length > 0 ? logins.map(loginView) : html`<p class="empty">None yet.</p>`}
</section>`,
  );
}

function choice({ name, about, facts, start }: (typeof CHOICES)[number]): Html {
  return html`<li class="card">
<h2>${name}</h2>
<p>${about}</p>
<dl class="facts">${facts.map(([term, fact]) => html`<div><dt>${term}</dt><dd><code>${fact}</code></dd></div>`)}</dl>
${start}
</li>`;
}

function link(path: string, name: string): Html {
  return html`<a class="button start" href="${path}">Sign in with ${name}</a>`;
}

function loginView(login: Login): Html {
  const time = login.createdAt.toISOString();
  return html`<details class="login">
<summary><strong>${login.dialect ? DIALECTS[login.dialect] : 'No login of ours'}</strong> ${verdict(login)}<time datetime="${time}">${time.slice(11, 19)} UTC</time></summary>
${traceView(login)}
</details>`;
}
