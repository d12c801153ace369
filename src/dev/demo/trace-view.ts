/** A login's trace as HTML: every named check, in the order of the steps that made them. */
import type { Check } from '#core/checks.ts';
import { textsOf } from '#core/reasons/reasons.ts';
import { SSO_ERRORS } from '#error';
import type { LoginTrace } from '#ports/db/session-schema.ts';
import { type Html, html } from '#routes/http/html.ts';
import { byTopic, type Topic } from './trace-topics.ts';

const MARKS = { passed: '✓', failed: '✗', skipped: '–' } as const;

export function traceView(login: LoginTrace): Html {
  return html`<div class="trace" data-outcome="${login.outcome}">
${verdict(login)}
${advice(login.reason)}
<details open>
<summary>What was checked</summary>
${byTopic(login.checks).map(topicView)}
</details>
</div>`;
}

/** Who can do what about a refusal. */
function advice(reason: string | null): Html | undefined {
  const texts = textsOf(reason);
  return (
    texts &&
    html`<details open>
<summary>What to do</summary>
<dl class="advice"><dt>The person</dt><dd>${texts.person}</dd><dt>The integrator</dt><dd>${texts.integrator}</dd>
<dt>The customer’s administrator</dt><dd>${texts.admin}</dd></dl>
</details>`
  );
}

function topicView([{ title, source }, checks]: [Topic, Check[]]): Html {
  return html`<section class="topic"><h3>${title}${source && html` <span>${source}</span>`}</h3>
<ul>${checks.map(checkView)}</ul></section>`;
}

/** What came of it, in a line: how many checks, or the one that failed. */
export function verdict({ outcome, reason, checks, durationMs }: LoginTrace): Html {
  if (outcome === 'succeeded') {
    const made = checks.filter((check) => check.outcome === 'passed').length;
    return html`<p class="verdict"><strong class="good">${made} checks passed</strong> <small>${durationMs} ms</small></p>`;
  }
  return html`<p class="verdict"><strong class="bad">${reason ?? undefined}</strong> <small>${sentenceOf(reason)}</small></p>`;
}

function checkView({ name, outcome, expected, actual }: Check): Html {
  return html`<li class="${outcome}"><span class="mark" role="img" aria-label="${outcome}">${MARKS[outcome]}</span>
<div><code>${name}</code>${evidence(outcome, expected, actual)}</div></li>`;
}

/** What was compared, where it says more than the name does. */
function evidence(outcome: Check['outcome'], expected = '', actual = ''): Html | undefined {
  const wanted = expected && `wanted ${expected}`;
  const found = actual && `found ${actual}`;
  const shown = {
    passed: actual || expected,
    failed: [wanted, found].filter(Boolean).join(', '),
    skipped: expected,
  }[outcome];
  return shown ? html` <small>${shown}</small>` : undefined;
}

function sentenceOf(reason: string | null): string {
  return reason !== null && reason in SSO_ERRORS ? SSO_ERRORS[reason as keyof typeof SSO_ERRORS] : '';
}
