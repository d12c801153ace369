/** The browser that started a login is the one that finishes it, although the provider’s POST brings no cookie of ours. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { json } from '#tests/journey.ts';
import { honest } from './honest.ts';
import { expectRefusal } from './refusal.ts';
import { openStage, post, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

describe('the browser that started', () => {
  const rewritten = (cookie = '') => cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

  test('is asked for its cookie at the callback, since a post from another site brings none', async () => {
    const own = await stage.start('saml', true);
    const code = await codeOf(await post(stage.world, own, await honest(own.target), own.state));
    const victim = await stage.start('saml', true);
    for (const cookie of [victim.cookie, rewritten(own.cookie), undefined]) {
      const started = await stage.start('saml', true);
      const stolen = await codeOf(await post(stage.world, started, await honest(started.target), started.state));
      const answer = await callback({ code: stolen, state: started.state }, cookie);
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null]);
      const [row] = await stage.world.sql`select reason from logins order by created_at desc, id desc limit 1`;
      expect(row?.['reason']).toBe('browser_mismatch');
    }
    expect((await callback({ code, state: own.state }, own.cookie)).status).toBe(200);
  });

  test('is told from another that shows itself at the consumer service', async () => {
    const victim = await stage.start('saml', true);
    for (const cookie of [victim.cookie ?? '', rewritten(victim.cookie)]) {
      const started = await stage.start('saml', true);
      const message = await honest(started.target);
      const send = () => post(stage.world, started, message, started.state, { cookie });
      await expectRefusal(stage, started, message, { reasons: ['browser_mismatch'], send });
    }
    const own = await stage.start('saml', true);
    const { cookie = '' } = own;
    expect((await post(stage.world, own, await honest(own.target), own.state, { cookie })).status).toBe(303);
  });

  test('gets a page where it is refused, without a word of what came', async () => {
    const started = await stage.start('saml', true);
    const message = await honest(started.target, { key: started.keys.attacker });
    const headers = { accept: 'text/html' };
    const send = async () => {
      const answer = await post(stage.world, started, message, started.state, headers);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      return answer;
    };
    await expectRefusal(stage, started, message, { reasons: ['saml_signature'], send });
  });
});

async function codeOf(answer: Response): Promise<string> {
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

function callback(body: Record<string, string>, cookie: string | undefined): Promise<Response> {
  return stage.world.fetch('/v1/auth/sso/acme/saml/callback', json(body, cookie ? { cookie } : {}));
}
