/** The HTTP-POST binding (SAML bindings §3.5.4): our messages as fields of a form, and the message of a posted field. */
import { SsoError } from '#error';
import type { PostedForm } from '#ports/idp/browser-message.ts';
import { signMessage } from './enveloped-signature.ts';
import { writeElement } from './message-writer.ts';
import type { OutgoingMessage } from './redirect-binding.ts';
import { mentionsDocumentType } from './xml/document-type.ts';

/** @param outgoing signed within the XML where it has a signer */
export async function postedMessage(action: string, outgoing: OutgoingMessage): Promise<PostedForm> {
  const { name, message, relayState, signer } = outgoing;
  const written = writeElement(signer ? await signMessage(message, signer) : message);
  const encoded = new TextEncoder().encode(written).toBase64();
  return { action, fields: { [name]: encoded, ...(relayState !== undefined && { RelayState: relayState }) } };
}

const MAX_BYTES = 96 * 1024;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const WHITE_SPACE = new Set([0x09, 0x0a, 0x0d, 0x20]);
const LESS_THAN = 0x3c;

/**
 * The bytes of the XML text in a field of a form: base64, which may be wrapped, and no deflate.
 *
 * @throws SsoError `saml_encoding`, `saml_dtd`; `saml_structure` over 96 KiB
 */
export function decodePosted(text: string): Uint8Array<ArrayBuffer> {
  // four digits are three bytes; as many again may be white space
  if (text.length > MAX_BYTES * 3) throw tooLarge();
  const message = fromBase64(text);
  if (message.length > MAX_BYTES) throw tooLarge();
  const start = BYTE_ORDER_MARK.every((byte, index) => message[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  const first = message.subarray(start).find((byte) => !WHITE_SPACE.has(byte));
  if (first !== LESS_THAN) {
    // in another encoding it may be XML, and then hide what a document type does
    if (mentionsDocumentType(message)) throw new SsoError('saml_dtd', { detail: 'a document type declaration' });
    throw new SsoError('saml_encoding', { detail: 'the message does not begin as XML does' });
  }
  return message;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch {
    throw new SsoError('saml_encoding', { detail: 'the message is not base64' });
  }
}

function tooLarge(): SsoError {
  return new SsoError('saml_structure', { detail: `the message is larger than ${MAX_BYTES} bytes` });
}
