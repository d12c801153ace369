/** API keys of API clients: who calls, before anything else is looked at. */
import { SsoError } from '#error';
import { readApiKey } from '#ports/db/api-keys.ts';
import type { Origin } from '#ports/db/logins.ts';
import type { ApiKey, Dialect, Organization } from '#ports/db/schema.ts';
import { kindOf } from '#ports/idp/evidence.ts';
import { isApiKey } from '#ports/keys/api-key.ts';
import { constantTimeEqual, digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { Seen } from './connection.ts';

type Sender = Pick<Origin, 'address'>;

/** What a key may look like at all: an operator may declare one of another make than ours. */
const FORM = /^[A-Za-z0-9_-]{32,200}$/;

/**
 * The key and its organization. A text without a key's form and checksum is refused without a query, and so is whoever
 * sent too many wrong ones.
 * @param dialect the API that is called; absent: one that belongs to none
 * @param seen hears whose the key is, before it is refused for anything else
 * @throws SsoError `api_key_missing`, `api_key_invalid`, `api_key_forbidden`, `organization_disabled`, `rate_limited`
 */
export async function authenticateApiKey(
  ports: Ports,
  key: string | undefined,
  sender: Sender,
  dialect?: Dialect,
  seen?: Seen,
): Promise<{ apiKey: ApiKey; organization: Organization }> {
  const keyDigest = await admitApiKey(ports, key, sender);
  const found = await readApiKey(ports.db, keyDigest);
  if (!settleApiKey(ports, keyDigest, found?.apiKey, sender) || !found) throw wrongKey('unknown, revoked or expired');
  seen?.({ organization: found.organization });
  const { dialects } = found.apiKey;
  if (dialect && !dialects.includes(dialect))
    throw new SsoError('api_key_forbidden', {
      evidence: { expected: `a key for ${dialect}`, actual: dialects.join(' ') },
    });
  const { status } = found.organization;
  if (status !== 'active')
    throw new SsoError('organization_disabled', { evidence: { expected: 'active', actual: status } });
  return found;
}

/**
 * The digest to look the key up by; {@link settleApiKey} has to hear what was found.
 * @throws SsoError `api_key_missing`, `api_key_invalid`, `rate_limited`
 */
export async function admitApiKey(ports: Ports, key: string | undefined, { address }: Sender): Promise<string> {
  if (!key) throw new SsoError('api_key_missing', { evidence: { expected: 'a key', actual: undefined } });
  // a key of our own making carries a checksum; one that an operator chose is only looked up
  const isWellFormed = FORM.test(key) && (!key.startsWith('vst_') || isApiKey(key));
  const keyDigest = isWellFormed ? await digest(key) : undefined;
  try {
    ports.keyGuesses.admit(address, keyDigest);
  } catch (error) {
    ports.metrics.apiKeyRefused('limited');
    throw error;
  }
  if (keyDigest !== undefined) return keyDigest;
  refused(ports, keyDigest, address);
  throw wrongKey(`${kindOf(key)}, which is none or has a typing error`);
}

/** Whether what the database found for the digest is the key; either way it is counted. */
export function settleApiKey(ports: Ports, keyDigest: string, found: ApiKey | undefined, { address }: Sender): boolean {
  // the index compares as it likes; what is believed is compared in constant time
  const isKey = found !== undefined && constantTimeEqual(found.keyDigest, keyDigest);
  if (isKey) ports.keyGuesses.good(address, keyDigest);
  else refused(ports, keyDigest, address);
  return isKey;
}

/** @param actual nothing of the key: whoever mistypes one has the rest of it right */
function wrongKey(actual: string): SsoError {
  return new SsoError('api_key_invalid', { evidence: { expected: 'a key that is kept and may be used', actual } });
}

function refused(ports: Ports, keyDigest: string | undefined, address: string | null): void {
  ports.keyGuesses.wrong(address, keyDigest);
  ports.metrics.apiKeyRefused('wrong');
}
