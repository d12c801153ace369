/** Whether a domain can be an organization's: one that it registered, and where it alone gives out addresses. */
import { isPublicMail, isPublicSuffix } from '#ports/domain-lists.ts';
import { parseDomain } from './email.ts';

type JudgedDomain = { readonly domain: string } | { readonly problem: string };

/** @returns the domain in lower-case ASCII, or what is wrong with it and what to do */
export function judgeDomain(text: string): JudgedDomain {
  const domain = parseDomain(text);
  if (!domain) return { problem: 'is no domain name: write it without @, scheme or path, such as acme.example' };
  if (isPublicSuffix(domain))
    return {
      problem:
        'is a public suffix, below which anybody registers names: name the domain that the organization registered',
    };
  if (isPublicMail(domain))
    return {
      problem:
        'gives mailboxes to everybody, so that its addresses tell nothing of an organization: name a domain of its own',
    };
  return { domain };
}
