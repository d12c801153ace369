/** A SAML response that a front end received at its own consumer service and hands on to the callback of its dialect. */
import { SsoError } from '#error';
import type { Dialect } from '#ports/db/schema.ts';
import type { Ports } from '#ports/ports.ts';
import { type Callback, finishLogin } from './authentication-response.ts';
import { findConnection } from './connection.ts';
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
 * @throws SsoError `saml_profile` when the connection is none of SAML, and as `receiveSamlAnswer` and `finishLogin`
 */
export async function finishHandedOnLogin(ports: Ports, handed: HandedOnResponse): Promise<IssuedSession> {
  const { dialect, path, origin, browser, message, relayState, callbackUrl } = handed;
  const { connection } = await findConnection(ports, path.organization, path.connection);
  if (connection.type !== 'saml') throw new SsoError('saml_profile', { detail: 'the connection is none of SAML' });
  const frontEnd = connection.saml?.consumerServiceUrl;
  const { code, state } = await receiveSamlAnswer(ports, {
    connectionId: connection.id,
    message,
    relayState,
    origin,
    browser,
    handedOn: { dialect, addresses: frontEnd ? [callbackUrl, frontEnd] : [callbackUrl] },
  });
  return finishLogin(ports, { dialect, path, origin, browser, code, state, unsolicited: true });
}
