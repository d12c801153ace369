/** Examples for the OpenAPI document: the published contract's own, its `<str>` placeholders filled in. */
const SUCCESS = { status_code: 'A0000', status_message: 'success' };
const token = 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiI1MDdmMWY3N2JjZjg2Y2Q3OTk0MzkwMjMifQ.c2lnbmF0dXJl';
const refreshToken =
  'eyJhbGciOiJFUzI1NiIsInR5cCI6InJ0K2p3dCJ9.eyJzdWIiOiI1MDdmMWY3N2JjZjg2Y2Q3OTk0MzkwMjMifQ.c2lnbmF0dXJl';

export const initiateRequest = { username: 'enterprisecbs@indee.tv' };
export const initiate = {
  ...SUCCESS,
  state: 'cvbhQlA5FNxRekOw',
  nonce: 'hjkll1p5Fsd9Khrh',
  redirect:
    'https://idp.example.com/authorize?response_type=code&scope=openid%20profile%20email&state=cvbhQlA5FNxRekOw&nonce=hjkll1p5Fsd9Khrh',
};
export const loginRequest = {
  state: 'cvbhQlA5FNxRekOw',
  nonce: 'hjkll1p5Fsd9Khrh',
  email: 'enterprisecbs@indee.tv',
  code: 'r0wE1b1h0JynIcxhYAINFlsjsjdXpJ9WOGBUGKujdsk',
  error: false,
  error_description: {},
};
export const session = { ...SUCCESS, token, refresh_token: refreshToken };
export const refreshRequest = { refresh_token: refreshToken };
export const refresh = { ...SUCCESS, token };
export const logout = { ...SUCCESS };
/** SAML: the provider's own address. */
export const logoutAtProvider = {
  ...SUCCESS,
  redirect:
    'https://idp.example.com/slo?SAMLRequest=nZFB&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&Signature=kT9w',
};
/** OpenID Connect: a page of ours that posts the ID token on. */
export const logoutAtOpenIdProvider = {
  ...SUCCESS,
  redirect: 'https://login.example.com/oidc/507f1f77bcf86cd799439029/logout?session=kJ2v8Zr0m3b7yKx1cT5wUg',
};
