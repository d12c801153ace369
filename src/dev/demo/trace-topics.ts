/** What the checks of a login's trace are about: each topic of them, with the paragraph that asks for it. */
import type { Check } from '#core/checks.ts';

export interface Topic {
  readonly title: string;
  readonly source?: string;
  /** Names of checks, or the first word of them. */
  readonly names: readonly string[];
}

/** SAML checks that are about who signed in, until when, for whom; the others are about the message. */
const ASSERTION = [
  'assertionIssuer',
  'assertionIssueInstant',
  'subject',
  'nameId',
  'nameIdFormat',
  'spNameQualifier',
  'confirmation',
  'confirmationTime',
  'recipient',
  'conditions',
  'notBefore',
  'notOnOrAfter',
  'audience',
  'authnStatement',
  'authnInstant',
  'authnContext',
  'sessionNotOnOrAfter',
];

const CONSUMER: Topic = { title: 'SAML consumer service', source: 'SAML profiles §4.1.4.5', names: [] };
const TOPICS: readonly Topic[] = [
  { title: 'SAML assertion', source: 'SAML profiles §4.1.4.3', names: ASSERTION.map((name) => `saml.${name}`) },
  { title: 'One-time code', names: ['saml.code', 'saml.codeFresh'] },
  { title: 'The callback', source: 'RFC 9700 §4.7', names: ['request', 'state', 'apiKey', 'login'] },
  { title: 'Organization and connection', names: ['organization', 'connection'] },
  { title: 'SAML response', source: 'SAML core §3.2.2, §5', names: ['saml'] },
  { title: 'Authorization response', source: 'RFC 6749 §4.1.2, RFC 9207', names: ['response', 'discovery'] },
  { title: 'Token response', source: 'RFC 6749 §5.1', names: ['token'] },
  { title: 'ID token', source: 'OpenID Connect Core §3.1.3.7', names: ['idToken'] },
  { title: 'Userinfo', source: 'OpenID Connect Core §5.3', names: ['userinfo'] },
  { title: 'Session at the provider', names: ['provider', 'session'] },
  { title: 'Person', names: ['email', 'user', 'membership', 'provisioning', 'rules'] },
];
const OTHER: Topic = { title: 'Other', names: [] };

/** The checks of the consumer service lie between these two: they came to the callback with the code. */
const CODE_OPENED = 'saml.codeFresh';
const CONSUMED = 'saml.replay';

/** Topics in the order in which the login came to them. */
export function byTopic(checks: readonly Check[]): [Topic, Check[]][] {
  const topics = new Map<Topic, Check[]>();
  let atConsumer = false;
  for (const check of checks) {
    const topic = atConsumer ? consumerTopicOf(check.name) : topicOf(check.name);
    topics.set(topic, [...(topics.get(topic) ?? []), check]);
    if (check.name === CODE_OPENED) atConsumer = true;
    if (check.name === CONSUMED) atConsumer = false;
  }
  return [...topics];
}

/** There, what is not about the message is about whose it is: the request, the connection, the browser. */
function consumerTopicOf(name: string): Topic {
  const isMessage = name.startsWith('saml.') && name !== 'saml.browser' && name !== CONSUMED;
  return isMessage ? topicOf(name) : CONSUMER;
}

function topicOf(name: string): Topic {
  const word = name.split('.', 1)[0] ?? '';
  return TOPICS.find(({ names }) => names.includes(name) || names.includes(word)) ?? OTHER;
}
