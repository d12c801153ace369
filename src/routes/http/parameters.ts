/** Query parameters that need more than a schema. */

import { Elysia } from 'elysia';
import { SsoError } from '#error';
import { parseForm } from './body.ts';

/**
 * U+0000 in an address: Postgres can't keep it, and nothing that we look for holds it.
 * @throws SsoError `input_invalid`, worded by the dialect whose route was asked for
 */
export const refuseUnstorable = new Elysia({ name: 'unstorable' }).onTransform({ as: 'global' }, ({ request }) => {
  if (request.url.includes('%00')) throw new SsoError('input_invalid', { detail: 'U+0000 in the address' });
});

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

/**
 * A start is asked for by somebody, not by a browser that looks ahead: it would leave a request nobody finishes.
 * @throws SsoError `input_invalid` when it is not, when the caller names a reserved parameter, or one twice
 */
export function assertStart(request: Request): void {
  const purpose = request.headers.get('sec-purpose') ?? request.headers.get('purpose') ?? '';
  if (/\b(prefetch|prerender|preview)\b/i.test(purpose)) throw new SsoError('input_invalid', { detail: 'a prefetch' });
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
