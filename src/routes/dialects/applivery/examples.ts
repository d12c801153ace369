/**
 * Examples for the OpenAPI document: the published contract's own, its typesetting mended (a stray blank in
 * dates, a masked email address), with the two flags that an SSO login fixes and tokens that look like ours.
 */
const accessToken = {
  token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiI1MDdmMWY3N2JjZjg2Y2Q3OTk0MzkwMjMifQ.c2lnbmF0dXJl',
  expireAt: '2024-01-01T00:00:00Z',
};
const refreshToken = {
  token: 'dGhpcyBpcyBhbiBleGFtcGxlLCBub3QgYSB0b2tlbi4',
  expireAt: '2024-01-01T00:00:00Z',
};
const user = {
  id: '507f1f77bcf86cd799439023',
  email: 'john.doe@example.com',
  firstName: 'John',
  lastName: 'Doe',
  fullName: 'John Doe',
  picture: 'https://example.com/images/profile-picture.jpg',
  role: 'user',
  newsletter: true,
  hasPassword: false,
  has2FAActive: false,
  ssoUser: true,
  organizationId: '507f1f77bcf86cd799439024',
  organizations: [
    {
      id: '507f1f77bcf86cd799439025',
      name: 'Enterprise Corporation',
      slug: 'enterprise-corp',
      picture: 'https://cdn.applivery.com/orgs/507f1f77bcf86cd799439025/logo.png',
    },
  ],
  organizationInfo: {
    id: '507f1f77bcf86cd799439026',
    name: 'Acme Industries',
    slug: 'acme-industries',
    picture: 'https://cdn.applivery.com/orgs/507f1f77bcf86cd799439026/logo.png',
    createdBy: '507f1f77bcf86cd799439027',
    branding: {
      primaryColor: '#0066CC',
      logoUrl: 'https://cdn.example.com/logo.png',
    },
    store: {
      enabled: true,
      customDomain: 'apps.acme.com',
    },
    configuration: {
      defaultStorageProvider: '507f1f77bcf86cd799439028',
      enforceSSO: true,
    },
  },
  language: 'en',
  verificationStatus: 'verified',
  activityTrace: {
    lastLogin: {
      dashboard: '2024-01-01T00:00:00Z',
      sdk: '2024-01-01T00:00:00Z',
      store: '2024-01-01T00:00:00Z',
    },
    lastAction: {
      dashboard: '2024-01-01T00:00:00Z',
      sdk: '2024-01-01T00:00:00Z',
      store: '2024-01-01T00:00:00Z',
    },
  },
  intercomUserHash: 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6',
  createdAt: '2025-06-15T10:00:00Z',
  updatedAt: '2026-02-03T15:30:00Z',
};

export const callbackRequest = { code: 'r0wE1b1h0JynIcxhYAINFlsjsjdXpJ9WOGBUGKujdsk', state: 'rQ2v8Zr0m3b7yKx1cT5wUg' };
export const samlCallbackRequest = {
  SAMLResponse: 'PHNhbWxwOlJlc3BvbnNlIC4uLg==',
  RelayState: 'rQ2v8Zr0m3b7yKx1cT5wUg',
};
export const start = {
  status: true,
  data: {
    redirectUrl:
      'https://idp.example.com/authorize?response_type=code&client_id=vestibule&state=rQ2v8Zr0m3b7yKx1cT5wUg',
    state: 'rQ2v8Zr0m3b7yKx1cT5wUg',
  },
};
export const session = { status: true, data: { accessToken, refreshToken, user } };
export const refreshRequest = { lastAccessToken: accessToken.token, refreshToken: refreshToken.token };
export const refresh = { status: true, data: { accessToken, refreshToken } };
export const profile = { status: true, data: user };
export const logoutRequest = {};
export const logout = { status: true, data: { done: true, message: 'The session has ended.' } };
/** SAML: the provider's own address. */
export const logoutAtProvider = {
  status: true,
  data: {
    ...logout.data,
    logoutUrl:
      'https://idp.example.com/slo?SAMLRequest=nZFB&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&Signature=kT9w',
  },
};
/** OpenID Connect: a page of ours that posts the ID token on. */
export const logoutAtOpenIdProvider = {
  status: true,
  data: {
    ...logout.data,
    logoutUrl: 'https://login.example.com/oidc/507f1f77bcf86cd799439029/logout?session=kJ2v8Zr0m3b7yKx1cT5wUg',
  },
};
