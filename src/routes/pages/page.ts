/** The frame of every page that people see while they sign in, with a policy that lets nothing in but what it holds. */
import type { PostedForm } from '#ports/idp/browser-message.ts';
import { Html, html } from '#routes/http/html.ts';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--paper:#f5f7f9;--card:#fff;--line:#dfe4ea;--accent:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#9aa7b6;--paper:#12171e;--card:#1a212b;--line:#2c3542;--accent:#6db3f8}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{width:min(30rem,100%);padding:2rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
h1{margin:0 0 .75rem;font-size:1.35rem;line-height:1.25}
p{margin:.5rem 0}
dl{margin:1.25rem 0 0;font-size:.87rem;color:var(--soft)}
dt{float:left;clear:left;width:6rem}
dd{margin:0 0 .2rem 6rem;overflow-wrap:anywhere;font-family:ui-monospace,monospace}
button{margin-top:1rem;padding:.55rem 1.1rem;border:0;border-radius:8px;font:inherit;font-weight:600;color:#fff;background:var(--accent);cursor:pointer}
button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`;
/** Sends the page's only form; without scripts its button does. */
const SUBMIT = 'document.forms[0].requestSubmit()';

export interface Page {
  readonly body: string;
  /** Whether somebody's frame may show it. */
  readonly isFramed: boolean;
  /** Header fields; a page is kept by nobody. */
  readonly headers: Readonly<Record<string, string>>;
}

/** @param ancestor origin whose frames may show the page; nobody's by default */
async function page(title: string, content: Html, script?: string, ancestor?: string): Promise<Page> {
  const [style, allowed] = await Promise.all([hashOf(STYLE), script && hashOf(script)]);
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
${script ? new Html(`<script>${script}</script>`) : ''}
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src '${style}'`,
    ...(allowed ? [`script-src '${allowed}'`] : []),
    "base-uri 'none'",
    `frame-ancestors ${ancestor ?? "'none'"}`,
  ];
  return {
    body: document.text,
    isFramed: ancestor !== undefined,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy.join('; ') },
  };
}

/** As the page of a test shows how it stands. */
export interface TestPage {
  /** Absent while nothing has come back yet. */
  readonly outcome?:
    | {
        readonly passed: boolean;
        readonly reason?: string;
        readonly sentence?: string;
        readonly failed: readonly string[];
      }
    | undefined;
  readonly connection: string;
  readonly requestId: string;
}

/** Looks again every few seconds, but not while somebody is writing. */
const LOOK_AGAIN = 'setInterval(()=>{if(!document.forms[0].address.value)location.reload()},4000)';

/** A test login before, and after. */
export function testPage({ outcome, connection, requestId }: TestPage): Promise<Page> {
  if (!outcome) {
    const steps = html`<p>You are about to test how people sign in (${connection}). It makes no account and signs you in nowhere.</p>
<p><a href="?start" target="_blank">Sign in at the identity provider</a></p>
<p>What came of it is shown here by itself. If the page that you land on can't go on, copy its whole address from the address bar into this field:</p>
<form method="post"><input name="address" aria-label="Address" autocomplete="off"><button>Finish the test</button></form>`;
    return page('Test sign-in', steps, LOOK_AGAIN);
  }
  if (outcome.passed) {
    return page(
      'The test passed',
      html`<p>Signing in works (${connection}). You may close this window; the version can be activated now.</p>`,
    );
  }
  const checks = outcome.failed.map((check) => html`<dt>Check</dt><dd>${check}</dd>`);
  return page(
    'The test failed',
    html`<p>${outcome.sentence}</p>
<p>Whoever set this connection up sees every check in the trace of this login.</p>
<dl><dt>Reason</dt><dd>${outcome.reason}</dd>${checks}<dt>Reference</dt><dd>${requestId}</dd></dl>`,
  );
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}

export interface AutoPostOptions {
  readonly sentence?: string | undefined;
  /** Origin whose frames may show the page: a provider that logs out at several services loads each in a frame. */
  readonly ancestor?: string | undefined;
}

/** A form that the browser posts by itself (SAML bindings §3.5.3). */
export function autoPostPage(
  action: string,
  fields: Readonly<Record<string, string>>,
  { sentence = 'You are being taken to your organization’s sign-in page.', ancestor }: AutoPostOptions = {},
): Promise<Page> {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const form = html`<p>${sentence}</p>
<form method="post" action="${action}">${inputs}<button>Continue</button></form>`;
  return page('One moment', form, SUBMIT, ancestor);
}

/** Why a person cannot go on here, in words for them and a reference for whoever helps. */
export function refusalPage(
  sentence: string,
  code: string,
  requestId: string,
  title = 'Signing in did not work',
): Promise<Page> {
  return page(
    title,
    html`<p>${sentence}</p>
<p>If you need help, send these two lines to your administrator.</p>
<dl><dt>Reason</dt><dd>${code}</dd><dt>Reference</dt><dd>${requestId}</dd></dl>`,
  );
}

/** A form that ends the provider's session too, or tells it that ours has ended. */
export function logoutPage({ action, fields }: PostedForm, ancestor?: string): Promise<Page> {
  return autoPostPage(action, fields, { sentence: 'You are being signed out at your organization too.', ancestor });
}

export function signedOutPage(): Promise<Page> {
  return page('You are signed out', html`<p>You may close this window.</p>`);
}
