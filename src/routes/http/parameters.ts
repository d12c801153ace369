/** Query parameters that need more than a schema. */
import { SsoError } from '#error';
import { parseForm } from './body.ts';

/** What the authorization request is made of: ours to choose, never the caller's (RFC 9700 §4.5). */
const RESERVED = [
  'state',
  'nonce',
  'client_id',
  'scope',
  'response_type',
  'response_mode',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
];

/** @throws SsoError `input_invalid` when the caller names one, or any parameter twice */
export function assertNoReservedParameters(request: Request): void {
  const parameters = parseForm(new URL(request.url).searchParams);
  const reserved = RESERVED.find((name) => name in parameters);
  if (reserved) throw new SsoError('input_invalid', { detail: `the parameter ${reserved} is reserved` });
}

/** The parameters of an authorization response, wherever the client put them. */
export type AnsweredParameters = Partial<
  Record<'code' | 'state' | 'iss' | 'error' | 'SAMLResponse' | 'RelayState', string>
>;

/**
 * Query and body as one. The same name in both is accepted only with the same value.
 * @throws SsoError `input_invalid`
 */
export function answeredParameters(request: Request, body: object): AnsweredParameters {
  // a SAML response is posted, never put into an address that proxies and browsers keep (SAML bindings §3.5)
  const { SAMLResponse: _posted, RelayState: _bound, ...query } = parseForm(new URL(request.url).searchParams);
  const merged: Record<string, unknown> = { ...query, ...body };
  const conflict = Object.keys(query).find((name) => merged[name] !== query[name]);
  if (conflict) throw new SsoError('input_invalid', { detail: 'a parameter came twice' });
  return merged as AnsweredParameters;
}
