/** oauth4webapi: the code exchange of issuer-configured connections, with every client authentication. */

import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  clockSkew,
  customFetch,
  modifyAssertion,
  None,
  PrivateKeyJwt,
  skipStateCheck,
  validateAuthResponse,
} from 'oauth4webapi';
import type { Outbound, OutboundResponse } from '#ports/http/outbound.ts';
import type { CodeExchange } from './code-exchange.ts';
import { asResponse, postToken } from './provider-calls.ts';

/** @throws SsoError as of Outbound */
export async function exchangeWithOauth4webapi(outbound: Outbound, exchange: CodeExchange): Promise<OutboundResponse> {
  const server = { issuer: exchange.issuer, token_endpoint: exchange.tokenEndpoint };
  const client = { client_id: exchange.clientId, [clockSkew]: exchange.clockOffsetSeconds };
  // state and iss were checked before this point; the library wants its own stamp on the parameters
  const response = validateAuthResponse(server, client, new URLSearchParams({ code: exchange.code }), skipStateCheck);

  const answers: OutboundResponse[] = [];
  await authorizationCodeGrantRequest(
    server,
    client,
    clientAuth(exchange),
    response,
    exchange.redirectUri,
    exchange.codeVerifier,
    {
      // whether plain http may be spoken to is the outbound client's decision
      [allowInsecureRequests]: true,
      [customFetch]: async (url, options) => {
        const answer = await postToken(outbound, exchange.connection, url, options.headers, options.body.toString());
        answers.push(answer);
        return asResponse(answer);
      },
    },
  );
  const [answer] = answers;
  if (!answer) throw new Error('the code exchange did not pass through the outbound client');
  return answer;
}

function clientAuth({ credentials, assertionAudience, tokenEndpoint }: CodeExchange): ClientAuth {
  switch (credentials.method) {
    case 'client_secret_basic':
      return ClientSecretBasic(credentials.secret);
    case 'client_secret_post':
      return ClientSecretPost(credentials.secret);
    case 'private_key_jwt': {
      const key = credentials.kid === undefined ? credentials.key : { key: credentials.key, kid: credentials.kid };
      if (assertionAudience === 'issuer') return PrivateKeyJwt(key);
      return PrivateKeyJwt(key, {
        [modifyAssertion]: (_header, payload) => {
          payload.aud = tokenEndpoint;
        },
      });
    }
    case 'none':
      return None();
  }
}
