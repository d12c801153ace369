/** Answers to people who stand in front of a browser: pages, also for what is refused. */
import { SSO_ERRORS, type SsoError } from '#error';
import { accepts } from '#routes/http/browser.ts';
import { contextOf } from '#routes/http/context.ts';
import { presentProblem, type Refusal } from '#routes/http/problem.ts';
import { type Page, refusalPage } from '#routes/pages/page.ts';

export function answerPage(set: { headers: Record<string, string | number> }, page: Page): string {
  const { body, headers, isFramed } = page;
  Object.assign(set.headers, headers);
  // the older header knows no origins and would forbid it
  if (isFramed) delete set.headers['x-frame-options'];
  return body;
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
    const { body, headers } = await refusalPage(SSO_ERRORS[error.code], error.code, requestId, title);
    return { status: problem.status, body, headers: { ...problem.headers, ...headers } };
  };
}
