/** A SAML response that a front end received at its own consumer service and hands on to the callback of its dialect. */
import { SsoError } from '#error';
import type { Connection, Dialect } from '#ports/db/schema.ts';
import type { Ports } from '#ports/ports.ts';
import { type Callback, finishLogin } from './authentication-response.ts';
import { findConnection } from './connection.ts';
import { answerTest, testTaken } from './connection-test.ts';
import type { IssuedSession } from './profile.ts';
import { receiveSamlAnswer } from './saml-answer.ts';

export interface HandedOnResponse extends Pick<Callback, 'origin' | 'browser'> {
  readonly dialect: Dialect;
  readonly path: NonNullable<Callback['path']>;
  /** `SAMLResponse`, base64. */
  readonly message: string;
  readonly relayState: string | undefined;
  /** The callback's own address: a provider may post there directly. */
  readonly callbackUrl: string;
}

/**
 * Both steps of a SAML login in one: the response is taken as by our consumer service, and its code redeemed at once.
 * The answer to a test login is taken in the same way, over a connection that is no longer or not yet in use too.
 * @throws SsoError `saml_profile` when the connection is none of SAML, `state_consumed` when it answered a test, and as
 * `receiveSamlAnswer` and `finishLogin`
 */
export async function finishHandedOnLogin(ports: Ports, handed: HandedOnResponse): Promise<IssuedSession> {
  const { dialect, path, origin, browser, message, relayState, callbackUrl } = handed;
  const answer = { message, relayState, origin, browser, handedOn: { dialect, callbackUrl } };
  const seen: { connection?: Connection | undefined } = {};
  const { connection } = await findConnection(ports, path.organization, path.connection, (sight) => {
    seen.connection = sight.connection;
  }).catch(async (error: unknown) => {
    const unused = seen.connection?.type === 'saml' ? seen.connection.id : undefined;
    throw unused && (await answerTest(ports, { ...answer, connectionId: unused })) ? testTaken() : error;
  });
  if (connection.type !== 'saml') throw new SsoError('saml_profile', { detail: 'the connection is none of SAML' });
  const { code, state } = await receiveSamlAnswer(ports, { ...answer, connectionId: connection.id });
  if (code === undefined) throw testTaken();
  return finishLogin(ports, { dialect, path, origin, browser, code, state, unsolicited: true });
}
