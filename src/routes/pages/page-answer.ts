/** Answers to people who stand in front of a browser: pages, also for what is refused. */
import { REASONS } from '#core/reasons/reasons.ts';
import { SSO_ERRORS, type SsoError } from '#error';
import type { BrowserMessage } from '#ports/idp/browser-message.ts';
import { answerBodiless } from '#routes/http/bodiless.ts';
import { accepts } from '#routes/http/browser.ts';
import { contextOf } from '#routes/http/context.ts';
import { presentProblem, type Refusal } from '#routes/http/problem.ts';
import { logoutPage, type Page, refusalPage } from './page.ts';

export function answerPage(set: { headers: Record<string, string | number> }, page: Page): string {
  const { body, headers, isFramed } = page;
  Object.assign(set.headers, headers);
  // the older header knows no origins and would forbid it
  if (isFramed) delete set.headers['x-frame-options'];
  return body;
}

/** The browser carries our request on: at once, or by a page that posts it. */
export async function conveyLogout(
  set: { status?: number | string; headers: Record<string, string | number> },
  request: BrowserMessage,
): Promise<string> {
  return request.binding === 'redirect'
    ? answerBodiless(set, 302, { location: request.url.href })
    : answerPage(set, await logoutPage(request.form));
}

/**
 * People get a page, programs get problem details.
 * @param title says what did not work; without it signing in
 */
export function refuseInPerson(title?: string) {
  return async (error: SsoError, request: Request): Promise<Refusal<unknown>> => {
    const { requestId } = contextOf(request);
    const problem = presentProblem(error, requestId);
    if (!accepts(request, 'text/html')) return problem;
    // the texts for persons are about signing in
    const sentence = title === undefined ? REASONS[error.code].person : SSO_ERRORS[error.code];
    const { body, headers } = await refusalPage(sentence, error.code, requestId, title);
    return { status: problem.status, body, headers: { ...problem.headers, ...headers } };
  };
}
