/** Starts a login over Indee; the other two start with a link, since their start is a redirect. */
import { send } from './exchange.ts';
import { keep } from './kept.ts';

export function openHome(): void {
  const form = document.querySelector<HTMLFormElement>('#initiate');
  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    const submit = form.querySelector('button');
    if (submit) submit.disabled = true;
    try {
      await initiate(String(new FormData(form).get('email') ?? ''), form.querySelector<HTMLElement>('.problem'));
    } finally {
      if (submit) submit.disabled = false;
    }
  });
}

async function initiate(email: string, problem: HTMLElement | null): Promise<void> {
  const path = '/v1/admin/auth/sso/initiate';
  const { status, body } = await send({ method: 'POST', path, via: '/demo/indee/initiate', body: { username: email } });
  const answer = body as { state?: string; nonce?: string; redirect?: string; status_message?: string } | undefined;
  if (status === 200 && answer?.state && answer.nonce && answer.redirect) {
    keep(answer.state, { nonce: answer.nonce, email });
    location.assign(answer.redirect);
  } else if (problem) {
    problem.textContent = `${status} ${answer?.status_message ?? ''}`;
    problem.hidden = false;
  }
}
