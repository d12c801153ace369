/** What lists that others keep say of a domain. */
import providers from 'email-providers/all.json' with { type: 'json' };
import { getDomain } from 'tldts';

/** Providers of mailboxes to everybody that the list lacks. */
const MORE_PROVIDERS = ['fastmail.com', 'gmx.ch', 'tuta.com', 'tutanota.com', 'privaterelay.appleid.com'];
/** Names for documents (RFC 2606 §3), which the list has from people who typed them into forms. */
const OF_DOCUMENTS = new Set(['example.com', 'example.net', 'example.org']);
const PUBLIC_MAIL: ReadonlySet<string> = new Set(
  [...providers, ...MORE_PROVIDERS].filter((domain) => !OF_DOCUMENTS.has(domain)),
);

/** What can be registered by itself, of the Public Suffix List with its private part; null for a public suffix. */
const registrable = (domain: string) => getDomain(domain, { allowPrivateDomains: true });

/** @param domain a name in lower-case ASCII */
export const isPublicSuffix = (domain: string): boolean => registrable(domain) === null;

/** Whether anybody gets a mailbox there, or the domain lies below one of which that is so. */
export const isPublicMail = (domain: string): boolean =>
  PUBLIC_MAIL.has(domain) || PUBLIC_MAIL.has(registrable(domain) ?? '');
