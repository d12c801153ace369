/** Examples of SAML connections in the document: shortened, and of no connection of anybody. */
const ENTITY_ID = 'https://login.example.com/saml/6735a1c09f3b2e4d8c7a6b54';

/** `<samlp:Response …>` in base64. */
export const response = {
  SAMLResponse: 'PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2FzaXM6bmFtZXM6dGM6U0FNTDoyLjA6cHJvdG9jb2wiPg==',
  RelayState: 'Yk9mQ2J0dGxuVWZ6eXJhZQ',
};

export const metadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${ENTITY_ID}/metadata">
  <md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ENTITY_ID}/acs" index="0" isDefault="true"></md:AssertionConsumerService>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;

export const requestPage = `<form method="post" action="https://idp.example.com/sso">
<input type="hidden" name="SAMLRequest" value="PHNhbWxwOkF1dGhuUmVxdWVzdCB4bWxuczpzYW1scD0i…">
<input type="hidden" name="RelayState" value="Yk9mQ2J0dGxuVWZ6eXJhZQ">
<button>Continue</button>
</form>
`;

export const refusalPage = `<h1>Signing in did not work</h1>
<dl><dt>Reason</dt><dd>state_expired</dd><dt>Reference</dt><dd>6735a1c09f3b2e4d8c7a6b54</dd></dl>
`;

/** `<samlp:LogoutRequest …>` in base64. */
export const logoutRequest = {
  SAMLRequest: 'PHNhbWxwOkxvZ291dFJlcXVlc3QgeG1sbnM6c2FtbHA9InVybjpvYXNpczpuYW1lczp0YzpTQU1MOjIuMDpwcm90b2NvbCI+',
  RelayState: 'as the provider likes',
};

export const logoutPage = `<form method="post" action="https://idp.example.com/slo">
<input type="hidden" name="SAMLRequest" value="PHNhbWxwOkxvZ291dFJlcXVlc3QgeG1sbnM6c2FtbHA9Ii…">
<button>Continue</button>
</form>
`;

export const signedOutPage = `<h1>You are signed out</h1>
<p>You may close this window.</p>
`;

export const logoutRefusalPage = `<h1>Signing out did not work</h1>
<dl><dt>Reason</dt><dd>saml_signature</dd><dt>Reference</dt><dd>6735a1c09f3b2e4d8c7a6b54</dd></dl>
`;
