/** Examples for the OpenAPI document: the published contract's own, its `<string>` placeholders filled in. */
const token =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJfaWQiOiI2NDMwNzM2ZmQ2MmQ2NTAwNDA0MjA2NzQiLCJlbWFpbCI6ImpvaG4uZG9lQG15ZG9tYWluLmNvbSIsImN1c3RvbWVySWQiOiJjdXNfTnh4eHh4eCIsImFjY291bnRUeXBlIjoidXNlciIsInNlc3Npb25JZCI6InMlM0FhYmMxMjMiLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDA4NjQwMH0.signature';
const profile = {
  _id: '6430736fd62d650040420674',
  email: 'john.doe@mydomain.com',
  fname: 'John',
  lname: 'Doe',
  picture: 'https://example.com/images/profile-picture.jpg',
  accountType: 'user',
  permissions: ['rag.list'],
  customerId: 'cus_Nxxxxxx',
  lxp_user_id: '48213',
  lxp_user_type: 123,
  lxp_partner_id: '1207',
  lxp_partner_name: 'Example University',
  lxp_role_id: 123,
  lxp_role_name: 'Student',
  credits: 123,
  creditsUsed: 123,
  plan: 'sdk',
  status: 'active',
  trial_end: '2023-11-07T05:31:56Z',
  trial_used: true,
  current_period_end: '2023-11-07T05:31:56Z',
  cancel_at_period_end: true,
  referralId: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
  referrerPaid: true,
  resetCodeId: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
  invoices_urls: ['https://billing.example.com/invoices/1'],
  remember_history_count: 123,
  browser_voice: 'en-US-Standard-A',
  rt_voice: 'alloy',
  use_location: true,
  showSideBar: true,
  dark_mode: true,
  max_dialogues: 123,
  created: '2023-11-07T05:31:56Z',
  __v: 123,
  institution: {
    _id: '6430736fd62d650040420675',
    name: 'Example University',
    picture: 'https://example.com/images/logo.png',
    picture_bg: 'https://example.com/images/bg.png',
    picture_dark_bg: 'https://example.com/images/bg-dark.png',
    picture_animated: 'https://example.com/images/logo.gif',
    elevenlabs_agent_id: 'agent_01',
    credits: 123,
    status: 'active',
    allowJoining: 'Public',
    joiningAdminOnly: true,
    publicId: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
    publicAuthorizedUrls: ['https://portal.example.com'],
    ainame: 'Pria',
    contactEmail: 'jsmith@example.com',
    creditAward: 123,
    poolCredits: true,
    invoices_urls: ['https://billing.example.com/invoices/2'],
    maxCompletionTokens: 123,
    disableFileUploadForUser: true,
    toolsDisabled: ['web_search'],
    ltiContextIds: ['course-101'],
    personalisationAsked: true,
    locationEnabled: true,
    rtEnabled: true,
    rtAdminOnly: true,
    displayAgentDetails: true,
    assistantsDisabled: ['tutor'],
    disableAssistantsForUser: true,
    rtVoice: 'alloy',
    maxFiles: 123,
    questionType: 'open',
    creditsTotal: 123,
    creditsUsagePct: 123,
    id: '6430736fd62d650040420675',
  },
};

export const callbackRequest = { code: 'r0wE1b1h0JynIcxhYAINFlsjsjdXpJ9WOGBUGKujdsk', state: 'rQ2v8Zr0m3b7yKx1cT5wUg' };
export const start = {
  success: true,
  redirectUrl: 'https://idp.example.com/authorize?response_type=code&client_id=vestibule&state=rQ2v8Zr0m3b7yKx1cT5wUg',
  state: 'rQ2v8Zr0m3b7yKx1cT5wUg',
};
export const session = { token, profile };
export const refreshRequest = {};
export const refresh = { success: true, token, profile };
export const signoutRequest = {};
export const signout = { success: true, message: 'Signed out.' };
/** SAML: the provider's own address. */
export const signoutAtProvider = {
  ...signout,
  logoutUrl:
    'https://idp.example.com/slo?SAMLRequest=nZFB&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&Signature=kT9w',
};
/** OpenID Connect: a page of ours that posts the ID token on. */
export const signoutAtOpenIdProvider = {
  ...signout,
  logoutUrl: 'https://login.example.com/oidc/507f1f77bcf86cd799439029/logout?session=kJ2v8Zr0m3b7yKx1cT5wUg',
};
