/** The pages of the development identity provider: plain HTML and CSS, nothing from elsewhere, no script. */
import { nameOf, type Person, portraitPath } from './people.ts';

export interface SignInPage {
  /** Path the choice is posted to, as `email` (or `cancel`). */
  readonly action: string;
  /** What the person signs in to. */
  readonly clientName: string;
  readonly clientId: string;
  /** OAuth's; absent for SAML. */
  readonly scope?: string | undefined;
  readonly people: readonly Person[];
  /** `login_hint`: that person comes first. */
  readonly loginHint?: string | undefined;
}

/** One button a person; choosing is signing in. */
export function signInPage(page: SignInPage): string {
  const hinted = (person: Person) => person.email.toLowerCase() === page.loginHint?.toLowerCase();
  const people = [...page.people].sort((a, b) => Number(hinted(b)) - Number(hinted(a)));
  return layout(
    `Sign in to ${page.clientName}`,
    `<h1>Choose who signs in</h1>
<p class="lead">to continue to <strong>${escapeHtml(page.clientName)}</strong></p>
<form method="post" action="${escapeHtml(page.action)}">
<ul>
${people.map((person) => `<li>${personButton(person, hinted(person))}</li>`).join('\n')}
</ul>
<button class="plain" name="cancel" value="1">Cancel</button>
</form>
<dl>
<div><dt>Client</dt><dd><code>${escapeHtml(page.clientId)}</code></dd></div>
${page.scope === undefined ? '' : `<div><dt>Scope</dt><dd><code>${escapeHtml(page.scope)}</code></dd></div>`}
</dl>`,
    page.people[0] && portraitPath(page.people[0]),
  );
}

/** @param form the library's, with what proves that the person saw this page */
export function signOutPage(form: string): string {
  return layout(
    'Sign out',
    `<h1>Sign out?</h1>
<p class="lead">Everything that you signed in to from here ends, too.</p>
${form}
<button class="person" type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<button class="plain" type="submit" form="op.logoutForm">Stay signed in</button>`,
  );
}

export function signedOutPage(): string {
  return layout('Signed out', '<h1>You are signed out</h1>\n<p class="lead">You may close this window.</p>');
}

/** What went wrong, when there is no client to send the person back to. */
export function errorPage(error: string, description: string | undefined): string {
  return layout(
    'Sign-in stopped',
    `<h1>Sign-in stopped</h1>
<p class="lead">${escapeHtml(description ?? 'The request can’t be answered.')}</p>
<dl><div><dt>Error</dt><dd><code>${escapeHtml(error)}</code></dd></div></dl>`,
  );
}

function personButton(person: Person, hinted: boolean): string {
  const groups = person.groups?.length ? `<span class="groups">${escapeHtml(person.groups.join(' · '))}</span>` : '';
  return `<button class="person" name="email" value="${escapeHtml(person.email)}"${hinted ? ' autofocus' : ''}>
<img src="${escapeHtml(person.picture ?? portraitPath(person))}" alt="" width="48" height="48">
<span class="who"><span class="name">${escapeHtml(nameOf(person))}</span><span>${escapeHtml(person.email)}</span>${groups}</span>
</button>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function layout(title: string, body: string, icon?: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${icon ? `<link rel="icon" href="${escapeHtml(icon)}">` : ''}
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="badge">Development identity provider</p>
${body}
</main>
</body>
</html>
`;
}

/** Colours meet WCAG AA (4.5:1) on both grounds. */
const STYLE = `
:root { color-scheme: light dark; --ground: #f3f4f7; --card: #fff; --text: #16181d; --quiet: #565d6b; --line: #d9dce3; --accent: #2f55d4; --tint: #eef2ff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0f1116; --card: #191c23; --text: #eceef3; --quiet: #a3aabb; --line: #323744; --accent: #9db2ff; --tint: #222942; }
}
* { box-sizing: border-box; margin: 0; }
body { min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(26rem, 100%); padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; }
.badge { display: inline-block; margin-bottom: 1.25rem; padding: .125rem .625rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--quiet); font-size: .8125rem; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; }
.lead { margin: .25rem 0 1.5rem; color: var(--quiet); }
.lead strong { color: var(--text); }
ul { display: grid; gap: .75rem; padding: 0; list-style: none; }
button { font: inherit; color: inherit; cursor: pointer; border-radius: .75rem; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.person { display: flex; align-items: center; gap: 1rem; width: 100%; padding: .875rem 1rem; text-align: left; background: none; border: 1px solid var(--line); }
.person:hover, .person:focus-visible { border-color: var(--accent); background: var(--tint); }
.person img { flex: none; border-radius: 50%; }
.who { display: grid; min-width: 0; color: var(--quiet); font-size: .9375rem; overflow-wrap: anywhere; }
.name { color: var(--text); font-size: 1rem; font-weight: 600; }
.groups { font-size: .8125rem; }
.plain { display: block; width: 100%; margin-top: .75rem; padding: .625rem; background: none; border: 0; color: var(--quiet); }
.plain:hover { color: var(--text); text-decoration: underline; }
dl { display: grid; gap: .25rem; margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .8125rem; }
dl div { display: flex; gap: .75rem; }
dt { flex: none; width: 3.25rem; }
dd { min-width: 0; overflow-wrap: anywhere; }
`;
