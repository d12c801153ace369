/** The identifiers that SAML core §8 and the specifications of XML Signature and Encryption give to things. */

export const STATUS = {
  success: 'urn:oasis:names:tc:SAML:2.0:status:Success',
  requester: 'urn:oasis:names:tc:SAML:2.0:status:Requester',
  responder: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
  authnFailed: 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed',
  noPassive: 'urn:oasis:names:tc:SAML:2.0:status:NoPassive',
  noAuthnContext: 'urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext',
  invalidNameIdPolicy: 'urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy',
  partialLogout: 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout',
} as const;

export const NAME_ID_FORMATS = {
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
} as const;

export const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
export const PASSWORD_CONTEXT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

export const NAME_FORMATS = {
  basic: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
  uri: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  unspecified: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
} as const;

export const BINDINGS = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
} as const;

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const XENC = 'http://www.w3.org/2001/04/xmlenc#';

/** RFC 9231; the WebCrypto hash beside what the URI names is in `algorithm.ts`. */
export const SIGNATURE_ALGORITHMS = {
  rsaSha1: `${DSIG}rsa-sha1`,
  rsaSha256: `${MORE}rsa-sha256`,
  rsaSha384: `${MORE}rsa-sha384`,
  rsaSha512: `${MORE}rsa-sha512`,
  rsaMd5: `${MORE}rsa-md5`,
  rsaPssSha256: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  dsaSha1: `${DSIG}dsa-sha1`,
  ecdsaSha1: `${MORE}ecdsa-sha1`,
  ecdsaSha256: `${MORE}ecdsa-sha256`,
  ecdsaSha384: `${MORE}ecdsa-sha384`,
  ecdsaSha512: `${MORE}ecdsa-sha512`,
  hmacSha1: `${DSIG}hmac-sha1`,
  hmacSha256: `${MORE}hmac-sha256`,
} as const;

export const DIGESTS = {
  sha1: `${DSIG}sha1`,
  sha256: `${XENC}sha256`,
  sha384: `${MORE}sha384`,
  sha512: `${XENC}sha512`,
  md5: `${MORE}md5`,
} as const;

export const TRANSFORMS = {
  enveloped: `${DSIG}enveloped-signature`,
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  exclusiveWithComments: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  inclusiveWithComments: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  inclusive11: 'http://www.w3.org/2006/12/xml-c14n11',
  base64: `${DSIG}base64`,
  xpath: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
  xslt: 'http://www.w3.org/TR/1999/REC-xslt-19991116',
} as const;
