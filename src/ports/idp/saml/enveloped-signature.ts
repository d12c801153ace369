/** Signs our messages of the POST binding (SAML core §5.4, XML Signature 1.1): RSA-SHA256, exclusive canonical form. */
import { element, type OutgoingElement, writeElement } from './message-writer.ts';
import type { MessageSigner } from './signature-algorithms.ts';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

const encoder = new TextEncoder();

/**
 * The message with a signature after its first child, the Issuer, where the schema wants it.
 *
 * @param message has an `ID`, and is a document of its own
 */
export async function signMessage(message: OutgoingElement, signer: MessageSigner): Promise<OutgoingElement> {
  const id = message.attributes['ID'];
  if (id === undefined) throw new Error('a message without ID can not be signed');
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(writeElement(message)));
  const signedInfo = element(
    'ds:SignedInfo',
    {},
    element('ds:CanonicalizationMethod', { Algorithm: EXCLUSIVE }),
    element('ds:SignatureMethod', { Algorithm: signer.algorithm }),
    element(
      'ds:Reference',
      { URI: `#${id}` },
      element(
        'ds:Transforms',
        {},
        element('ds:Transform', { Algorithm: ENVELOPED }),
        element('ds:Transform', { Algorithm: EXCLUSIVE }),
      ),
      element('ds:DigestMethod', { Algorithm: SHA256 }),
      element('ds:DigestValue', {}, new Uint8Array(digest).toBase64()),
    ),
  );
  // canonical by itself, so it declares its namespace, which in the document the Signature around it does
  const signature = await signer.sign(encoder.encode(writeElement(signedInfo)));
  const [issuer, ...rest] = message.children;
  const signatureElement = element(
    'ds:Signature',
    {},
    signedInfo,
    element('ds:SignatureValue', {}, signature.toBase64()),
    element('ds:KeyInfo', {}, element('ds:X509Data', {}, element('ds:X509Certificate', {}, signer.certificate))),
  );
  return { ...message, children: [...(issuer === undefined ? [] : [issuer]), signatureElement, ...rest] };
}
