/** A provider that lies in its ID token, end to end through each dialect (groups IT and JK, a selection; the whole of it is in `ports/idp`). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { generateKey } from '#dev/scripted-keys.ts';
import type { Script } from '#dev/scripted-script.ts';
import type { SsoErrorCode } from '#error';
import { CLIENTS, visitProvider } from '#tests/hostile/clients.ts';
import { expectRefusal } from '#tests/hostile/refusal.ts';
import { CLIENT_SECRET, openStage, type Stage } from '#tests/hostile/stage.ts';
import { read } from '#tests/journey.ts';
import { flipBit, hmac } from '#tests/ports/idp/forgeries.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.honest());
afterAll(() => stage?.close());

interface Lie {
  readonly name: string;
  readonly tell: (script: Script, stage: Stage) => void;
  readonly reason: SsoErrorCode;
}

const claims = (name: string, changed: (stage: Stage) => Record<string, unknown>, reason: SsoErrorCode): Lie => ({
  name,
  tell: (script, on) => void (script.idToken.claims = changed(on)),
  reason,
});
const now = ({ world }: Stage) => Math.floor(world.clock.now().getTime() / 1000);

const LIES: readonly Lie[] = [
  claims('IT-01 iss of another', () => ({ iss: 'https://evil.example' }), 'id_token_iss'),
  claims('IT-02 iss with a slash', ({ issuer }) => ({ iss: `${issuer('acme')}/` }), 'id_token_iss'),
  claims('IT-03 no iss', () => ({ iss: undefined }), 'id_token_iss'),
  claims('IT-04 aud of another', () => ({ aud: 'somebody-else' }), 'id_token_aud'),
  claims('IT-04 no aud', () => ({ aud: undefined }), 'id_token_aud'),
  claims('IT-04 aud of nobody', () => ({ aud: [] }), 'id_token_aud'),
  claims('IT-05 aud of two', () => ({ aud: ['vestibule', 'other'], azp: 'vestibule' }), 'id_token_aud'),
  claims('IT-07 no sub', () => ({ sub: undefined }), 'id_token_sub'),
  claims('IT-07 sub is a number', () => ({ sub: 1815 }), 'id_token_sub'),
  claims('IT-07 sub with NUL', () => ({ sub: 'ada-1815\u0000' }), 'id_token_sub'),
  claims('IT-08 no exp', () => ({ exp: undefined }), 'id_token_exp'),
  claims('IT-09 expired 31 s ago', (on) => ({ exp: now(on) - 31 }), 'id_token_exp'),
  claims('IT-10 no iat', () => ({ iat: undefined }), 'id_token_iat'),
  claims('IT-11 of last week', (on) => ({ iat: now(on) - 604_800, exp: now(on) + 300 }), 'id_token_iat'),
  claims('IT-13 nonce of another', () => ({ nonce: 'n'.repeat(22) }), 'id_token_nonce'),
  claims('IT-13 no nonce', () => ({ nonce: undefined }), 'id_token_nonce'),
  claims('IT-22 at_hash of another token', () => ({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }), 'id_token_at_hash'),
  {
    name: 'IT-14 alg none',
    tell: (script) => {
      script.idToken.header = { alg: 'none', kid: undefined };
      script.idToken.sign = () => new Uint8Array();
    },
    reason: 'id_token_alg',
  },
  {
    name: 'IT-17 HS256 with the client secret',
    tell: (script) => {
      script.idToken.header = { alg: 'HS256', kid: undefined };
      script.idToken.sign = hmac(CLIENT_SECRET);
    },
    reason: 'id_token_alg',
  },
  {
    name: 'IT-15 a bit of the signature turned',
    tell: (script) => void (script.idToken.tamper = flipBit),
    reason: 'id_token_signature',
  },
  {
    name: 'IT-15 signed by a key that only has the right kid',
    tell: (script, { provider }) =>
      void (script.idToken.key = { ...generateKey('RS256'), kid: provider.keys.of('RS256').kid }),
    reason: 'id_token_signature',
  },
  {
    name: 'IT-27 signed by a key of the attacker',
    tell: (script) => void (script.idToken.key = generateKey('RS256')),
    reason: 'id_token_kid',
  },
  {
    name: 'IT-21 an access token',
    tell: (script) => void (script.idToken.header = { typ: 'at+jwt' }),
    reason: 'id_token_typ',
  },
];

describe.each([...CLIENTS])('$dialect refuses', (client) => {
  test.each([...LIES])('$name', async ({ tell, reason }) => {
    const started = await client.start(stage);
    const returned = await visitProvider(stage, started);
    tell(stage.provider.script, stage);
    const send = () => stage.replica.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, started, send, { reason, consumed: true });
  });

  test('IT-27 an email of another organization’s person changes nothing about who may say it', async () => {
    const started = await client.start(stage);
    stage.provider.script.idToken.claims = { iss: stage.issuer('globex') };
    const returned = { ...(await visitProvider(stage, started)), iss: stage.issuer('acme') };
    const send = () => stage.world.fetch(...client.callback(stage, started, returned));
    await expectRefusal(stage, client, started, send, { reason: 'id_token_iss', consumed: true });
  });

  test('IT-09 29 s late is within the tolerance', async () => {
    const started = await client.start(stage);
    stage.provider.script.idToken.claims = { exp: now(stage) - 28 };
    await read(await stage.world.fetch(...client.callback(stage, started, await visitProvider(stage, started))));
  });

  test('JK-03 the provider rotates its key right before it signs', async () => {
    const started = await client.start(stage);
    const before = stage.provider.count('jwks');
    stage.world.clock.moveBy(60);
    stage.provider.script.idToken.before = () => void stage.provider.keys.rotate();
    await read(await stage.world.fetch(...client.callback(stage, started, await visitProvider(stage, started))));
    expect(stage.provider.count('jwks') - before).toBe(1);
  });
});
