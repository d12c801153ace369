/** Starts logins over Indee; the other two start with a link, since their start is a redirect. */
import { send } from './exchange.ts';
import { keep } from './kept.ts';

export function openHome(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-organization]')) {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const submit = form.querySelector('button');
      if (submit) submit.disabled = true;
      try {
        await initiate(form);
      } finally {
        if (submit) submit.disabled = false;
      }
    });
  }
}

async function initiate(form: HTMLFormElement): Promise<void> {
  const email = String(new FormData(form).get('email') ?? '');
  const path = '/v1/admin/auth/sso/initiate';
  const via = `/demo/indee/${form.dataset['organization']}/initiate`;
  const { status, body } = await send({ method: 'POST', path, via, body: { username: email } });
  const answer = body as { state?: string; nonce?: string; redirect?: string; status_message?: string } | undefined;
  const problem = form.querySelector<HTMLElement>('.problem');
  if (status === 200 && answer?.state && answer.nonce && answer.redirect) {
    keep(answer.state, { nonce: answer.nonce, email });
    location.assign(answer.redirect);
  } else if (problem) {
    problem.textContent = `${status} ${answer?.status_message ?? ''}`;
    problem.hidden = false;
  }
}
