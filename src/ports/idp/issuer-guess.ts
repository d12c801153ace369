/**
 * What the operator may have meant by an issuer under which there is no discovery document: the usual slips, each asked at the
 * same origin. Only what answers with a document that names itself is told.
 */
import { SsoError } from '#error';
import type { Outbound } from '#ports/http/outbound.ts';
import { readDiscoveryDocument } from './document-refusal.ts';
import { member } from './json-answer.ts';
import { getDocument } from './provider-calls.ts';

const WELL_KNOWN = '/.well-known/openid-configuration';
const MOST_GUESSES = 6;

/** No document, and where there is one. */
export class DocumentMissingError extends SsoError {
  constructor(
    cause: SsoError,
    /** The issuer of a document at the same origin. */
    readonly suggestion: string,
  ) {
    super('idp_document_missing', { detail: cause.detail, cause });
  }
}

/** @returns the issuer to set; undefined when none of the guesses is one */
export async function guessIssuer(outbound: Outbound, circuit: string, issuer: string): Promise<string | undefined> {
  const found = await Promise.all(guessesFor(issuer).map((guess) => issuerAt(outbound, circuit, guess)));
  return found.find((each) => each !== undefined && URL.parse(each)?.origin === URL.parse(issuer)?.origin);
}

/** Addresses without the slash at their end. */
function guessesFor(issuer: string): readonly string[] {
  const url = URL.parse(issuer);
  if (!url) return [];
  const given = url.origin + url.pathname.replace(/\/+$/, '');
  const base = given.replace(/\/\.well-known(\/.*)?$/, '');
  const guesses = [
    base,
    // Entra ID's, with and without its version
    base.replace(/\/v2\.0$/, ''),
    `${base}/v2.0`,
    // Keycloak's, before and since version 17
    base.includes('/auth/realms/')
      ? base.replace('/auth/realms/', '/realms/')
      : base.replace('/realms/', '/auth/realms/'),
    // what was pasted is one of the endpoints
    base.replace(/\/(protocol\/openid-connect|oauth2?|connect|v1|authorize|token)(\/.*)?$/, ''),
    `${base}/oauth2/default`,
    url.origin,
  ];
  return [...new Set(guesses)].filter((guess) => guess !== given).slice(0, MOST_GUESSES);
}

async function issuerAt(outbound: Outbound, circuit: string, guess: string): Promise<string | undefined> {
  try {
    const document = readDiscoveryDocument(await getDocument(outbound, { id: circuit }, guess + WELL_KNOWN));
    const issuer = member(document, 'issuer');
    return typeof issuer === 'string' ? issuer : undefined;
  } catch {
    return undefined;
  }
}
