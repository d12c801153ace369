/** What an operator may store about users and organizations so that Pria's answers can carry it. */
import { amount, closed, count, dateTime, flag, foreignId, text, texts, typedEmail, url, uuid } from '#routes/dialects/fields.ts';
import { t } from 'elysia';

/** `user.attributes.pria`. */
export const UserAttributes = closed('Profile fields of Pria that are set by the operator, not computed.', {
  permissions: t.Optional(texts('What the user may do, as `module.action`.')),
  customerId: t.Optional(foreignId('Id at the payment provider.')),

  lxp_user_id: t.Optional(foreignId('User id in the learning platform.')),
  lxp_user_type: t.Optional(amount('User type in the learning platform.')),
  lxp_partner_id: t.Optional(foreignId('Partner id in the learning platform.')),
  lxp_partner_name: t.Optional(text('Partner name in the learning platform.', 256)),
  lxp_role_id: t.Optional(amount('Role id in the learning platform.')),
  lxp_role_name: t.Optional(text('Role name in the learning platform.', 128)),

  credits: t.Optional(amount('Credits granted.')),
  creditsUsed: t.Optional(amount('Credits spent.')),
  plan: t.Optional(text('Billing plan.', 64)),
  status: t.Optional(text('Account status; `active` when not set.', 64)),
  trial_end: t.Optional(dateTime('When the trial ends.')),
  trial_used: t.Optional(flag('Whether the trial was used.')),
  current_period_end: t.Optional(dateTime('When the billing period ends.')),
  cancel_at_period_end: t.Optional(flag('Whether the plan ends with the billing period.')),
  referralId: t.Optional(uuid('Referral id.')),
  referrerPaid: t.Optional(flag('Whether the referrer was rewarded.')),
  resetCodeId: t.Optional(uuid('Id of the last reset code.')),
  invoices_urls: t.Optional(texts('Addresses of invoices.', 2048)),

  remember_history_count: t.Optional(count('How many exchanges a conversation remembers.')),
  browser_voice: t.Optional(text('Voice of the browser.', 128)),
  rt_voice: t.Optional(text('Voice of the real-time assistant.', 128)),
  use_location: t.Optional(flag('Whether the location may be used.')),
  showSideBar: t.Optional(flag('Whether the side bar is shown.')),
  dark_mode: t.Optional(flag('Whether the dark theme is on.')),
  max_dialogues: t.Optional(count('How many dialogues are kept.')),
});

/** `organization.institution`. */
export const InstitutionAttributes = closed('Institution fields of Pria that are set by the operator.', {
  picture_bg: t.Optional(url('Background picture.')),
  picture_dark_bg: t.Optional(url('Background picture of the dark theme.')),
  picture_animated: t.Optional(url('Animated picture.')),
  elevenlabs_agent_id: t.Optional(foreignId('Id of the voice agent.')),
  credits: t.Optional(amount('Credits granted.')),
  status: t.Optional(text('Status of the institution; the organization’s own when not set.', 64)),
  allowJoining: t.Optional(text('Who may join.', 64)),
  joiningAdminOnly: t.Optional(flag('Whether joining needs an administrator’s approval.')),
  publicId: t.Optional(uuid('Public id.')),
  publicAuthorizedUrls: t.Optional(texts('Addresses that may embed the institution.', 2048)),
  ainame: t.Optional(text('Name of the assistant.', 128)),
  contactEmail: t.Optional(typedEmail('Contact address.')),
  creditAward: t.Optional(amount('Credits granted on joining.')),
  poolCredits: t.Optional(flag('Whether members share credits.')),
  invoices_urls: t.Optional(texts('Addresses of invoices.', 2048)),
  maxCompletionTokens: t.Optional(count('Longest completion, in tokens.')),
  disableFileUploadForUser: t.Optional(flag('Whether users are kept from uploading files.')),
  toolsDisabled: t.Optional(texts('Tools that are switched off.')),
  ltiContextIds: t.Optional(texts('LTI contexts.')),
  personalisationAsked: t.Optional(flag('Whether personalisation was asked for.')),
  locationEnabled: t.Optional(flag('Whether locations may be used.')),
  rtEnabled: t.Optional(flag('Whether the real-time assistant is on.')),
  rtAdminOnly: t.Optional(flag('Whether the real-time assistant is for administrators only.')),
  displayAgentDetails: t.Optional(flag('Whether details of agents are shown.')),
  assistantsDisabled: t.Optional(texts('Assistants that are switched off.')),
  disableAssistantsForUser: t.Optional(flag('Whether users are kept from assistants.')),
  rtVoice: t.Optional(text('Voice of the real-time assistant.', 128)),
  maxFiles: t.Optional(count('Most files a user may upload.')),
  questionType: t.Optional(text('Kind of questions.', 64)),
  creditsTotal: t.Optional(amount('Credits in all.')),
  creditsUsagePct: t.Optional(amount('Share of credits spent, percent.')),
});
