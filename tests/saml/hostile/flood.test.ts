/**
 * A hundred of the dearest documents at once, while people sign in: the verifier’s work is bounded, what is too much
 * may come again, and another organization hardly notices.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { insert } from './forgery.ts';
import { honest } from './honest.ts';
import { expectAlice, openStage, type Place, post, type Stage } from './stage.ts';

const FLOOD = 100;
const LOGINS = 12;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ connections: { initiated: { allowIdpInitiated: true } } });
});
afterAll(() => stage?.close());

/** As much as the scan lets through: elements, namespaces and prefixes that are looked up at each of them, two signatures. */
async function dear(place: Place): Promise<string> {
  const target = stage.unsolicited(place);
  const prefixes = Array.from({ length: 16 }, (_, index) => `p${index}`);
  const declared = prefixes.map((prefix) => ` xmlns:${prefix}="urn:${prefix}"`).join('');
  const draft = (xml: string) =>
    insert(xml, 'last', 'AttributeStatement', `<saml:AttributeValue${declared}/>`.repeat(200)).replace(
      '<samlp:Response ',
      `<samlp:Response${declared} `,
    );
  return honest(target, { sign: 'both', key: target.keys.attacker, signature: { prefixList: prefixes }, draft });
}

test('honest logins of another organization go on', async () => {
  const message = await dear('initiated');
  expect(message.length).toBeGreaterThan(60_000);
  const flooded = stage.connection('initiated');
  const flood = Array.from({ length: FLOOD }, () => post(stage.world, flooded, message, undefined));
  for (let login = 0; login < LOGINS; login += 1) {
    const started = await stage.start('globex/saml');
    const answer = await post(stage.world, started, await honest(started.target), started.state);
    expect(answer.status).toBe(303);
  }
  const counts: Record<string, number> = {};
  for (const answer of await Promise.all(flood)) {
    const { code } = await answer.json();
    counts[code] = (counts[code] ?? 0) + 1;
    expect(answer.status).toBe(code === 'saml_busy' || code === 'saml_timeout' ? 503 : 400);
    if (answer.status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(Object.keys(counts).filter((code) => !['saml_signature', 'saml_busy', 'saml_timeout'].includes(code))).toEqual(
    [],
  );
  const started = await stage.start();
  await expectAlice(
    stage.world,
    started,
    await post(stage.world, started, await honest(started.target), started.state),
  );
});
