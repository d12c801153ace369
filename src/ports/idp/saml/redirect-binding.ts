/** The HTTP-Redirect binding with DEFLATE encoding (SAML bindings §3.4.4.1): our messages out, messages of the provider in. */
import { SsoError } from '#error';
import { deflate, inflate } from './inflation.ts';
import { type OutgoingElement, writeElement } from './message-writer.ts';
import { type MessageSigner, verifyDetached } from './signature-algorithms.ts';

export type MessageName = 'SAMLRequest' | 'SAMLResponse';

export interface OutgoingMessage {
  readonly name: MessageName;
  readonly message: OutgoingElement;
  readonly relayState: string | undefined;
  /** Absent leaves the message unsigned. */
  readonly signer: MessageSigner | undefined;
}

const encoder = new TextEncoder();

/** The address to send the browser to; a query that `location` has stays. The signature covers the octets as they are sent. */
export async function redirectUrl(location: string, outgoing: OutgoingMessage): Promise<URL> {
  const { name, message, relayState, signer } = outgoing;
  const deflated = await deflate(writeElement(message));
  const parts = [`${name}=${encodeURIComponent(deflated.toBase64())}`];
  // URL parsers escape an apostrophe in a query, browsers’ too: what is signed is what they make of it
  if (relayState !== undefined) parts.push(`RelayState=${encodeURIComponent(relayState).replaceAll("'", '%27')}`);
  if (signer) {
    parts.push(`SigAlg=${encodeURIComponent(signer.algorithm)}`);
    const signature = await signer.sign(encoder.encode(parts.join('&')));
    parts.push(`Signature=${encodeURIComponent(signature.toBase64())}`);
  }
  const [address = ''] = location.split('#', 1);
  const separator = address.includes('?') ? (/[?&]$/.test(address) ? '' : '&') : '?';
  return new URL(`${address}${separator}${parts.join('&')}`);
}

export interface ReadMessage {
  /** The XML text's bytes. */
  readonly message: Uint8Array<ArrayBuffer>;
  readonly relayState: string | undefined;
}

const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';
const MAX_INFLATED_BYTES = 128 * 1024;
const PARAMETERS = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;
type Parameter = (typeof PARAMETERS)[number];

/**
 * Verifies a signed message over the octets that came, however they were escaped, and inflates it.
 *
 * @param rawQuery as it stands in the request line, with or without `?`
 * @param publicKeys of the connection's provider: base64 DER, SubjectPublicKeyInfo
 * @throws SsoError `saml_structure`, `saml_signature`, `saml_algorithm`, `saml_encoding`
 */
export async function readRedirectMessage(
  rawQuery: string,
  name: MessageName,
  publicKeys: readonly string[],
): Promise<ReadMessage> {
  const raw = pickParameters(rawQuery);
  const message = raw.get(name);
  if (message === undefined || (raw.has('SAMLRequest') && raw.has('SAMLResponse'))) {
    throw new SsoError('saml_structure', { detail: `the query must hold one message, ${name}` });
  }
  if (raw.has('SAMLEncoding') && decoded(raw.get('SAMLEncoding')) !== DEFLATE) {
    throw new SsoError('saml_encoding', { detail: 'SAMLEncoding is not DEFLATE' });
  }
  const algorithm = decoded(raw.get('SigAlg'));
  const signature = raw.get('Signature');
  if (!algorithm || !signature) throw new SsoError('saml_signature', { detail: 'the message is not signed' });
  // the order is the binding's, whatever the query's was
  const signed = [name, 'RelayState', 'SigAlg'] as const;
  const octets = signed.flatMap((each) => (raw.has(each) ? [`${each}=${raw.get(each)}`] : [])).join('&');
  await verifyDetached({ algorithm, octets: encoder.encode(octets), signature: fromBase64(signature) }, publicKeys);
  const deflated = fromBase64(message);
  if (deflated.length > MAX_INFLATED_BYTES)
    throw new SsoError('saml_structure', { detail: 'the message is too large' });
  const inflated = await inflate(deflated, MAX_INFLATED_BYTES);
  if (inflated.length === 0) throw new SsoError('saml_encoding', { detail: 'the message is empty' });
  // in forms a plus sign stands for a blank
  return { message: inflated, relayState: decoded(raw.get('RelayState')?.replaceAll('+', '%20')) || undefined };
}

/**
 * The binding's parameters with their values as they were escaped. A second one of a name, also under a name that is
 * escaped itself, would leave open which is the signed one.
 */
function pickParameters(rawQuery: string): Map<Parameter, string> {
  const picked = new Map<Parameter, string>();
  for (const pair of rawQuery.replace(/^\?/, '').split('&')) {
    const separator = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const rawName = pair.slice(0, separator);
    const name = PARAMETERS.find((each) => each === looseUnescape(rawName));
    if (!name) continue;
    if (name !== rawName || picked.has(name)) {
      throw new SsoError('saml_structure', { detail: `${name} comes twice, or with its name escaped` });
    }
    picked.set(name, pair.slice(separator + 1));
  }
  return picked;
}

/** Names of others' parameters may be anything. */
function looseUnescape(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SsoError('saml_encoding', { detail: 'an escape in the query is malformed' });
  }
}

/** A plus sign that was not escaped is meant as the digit. White space is skipped. */
function fromBase64(escaped: string): Uint8Array<ArrayBuffer> {
  const text = decoded(escaped) ?? '';
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch {
    throw new SsoError('saml_encoding', { detail: 'not base64' });
  }
}
