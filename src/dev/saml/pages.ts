/** The pages that the development identity provider shows for SAML, in the style of its OpenID ones. */
import { createHash } from 'node:crypto';
import { escapeHtml, layout } from '#dev/sign-in-page.ts';
import type { BrowserStep } from './message.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Submits the page's only form. */
const SCRIPT = 'document.forms[0].submit()';
const SCRIPT_HASH = createHash('sha256').update(SCRIPT).digest('base64');

export function htmlReply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // no form-action: the form's way leads to the service provider and on
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; img-src 'self' https:; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      ...headers,
    },
    body,
  };
}

/** A redirect, or a form that posts itself (SAML bindings §3.5.4); without script it takes a click. */
export function stepReply(step: BrowserStep, headers: Readonly<Record<string, string>> = {}): Reply {
  if (step.binding === 'redirect') {
    return { status: 302, headers: { location: step.url.href, 'cache-control': 'no-store', ...headers }, body: '' };
  }
  const fields = [...step.form].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const body = `<h1>One moment</h1>
<p class="lead">You are being taken on to where you came from.</p>
<form method="post" action="${escapeHtml(step.action)}">
${fields.join('\n')}
<button class="plain">Continue</button>
</form>
<script>${SCRIPT}</script>`;
  return htmlReply(200, layout('One moment', body), headers);
}

export function signedOutPage(statusCodes: readonly string[]): string {
  const status = statusCodes.map((code) => code.slice(code.lastIndexOf(':') + 1)).join(', ');
  return layout(
    'Signed out',
    `<h1>Signed out</h1>
<p class="lead">The service provider has answered.</p>
<dl><div><dt>Status</dt><dd><code>${escapeHtml(status)}</code></dd></div></dl>`,
  );
}
