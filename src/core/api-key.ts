/** API keys of API clients: who calls, before anything else is looked at. */
import { SsoError } from '#error';
import { readApiKey } from '#ports/db/api-keys.ts';
import type { ApiKey, Dialect, Organization } from '#ports/db/schema.ts';
import { isApiKey } from '#ports/keys/api-key.ts';
import { digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';

/**
 * The key and its organization. A text without a key's form and checksum is refused without a query.
 * @param dialect the API that is called; absent: one that belongs to none
 * @throws SsoError `api_key_missing`, `api_key_invalid`, `api_key_forbidden`, `organization_disabled`
 */
export async function authenticateApiKey(
  ports: Ports,
  key: string | undefined,
  dialect?: Dialect,
): Promise<{ apiKey: ApiKey; organization: Organization }> {
  const found = await readApiKey(ports.db, await apiKeyDigest(key));
  if (!found) throw new SsoError('api_key_invalid');
  if (dialect && !found.apiKey.dialects.includes(dialect)) throw new SsoError('api_key_forbidden');
  if (found.organization.status !== 'active') throw new SsoError('organization_disabled');
  return found;
}

/** @throws SsoError `api_key_missing`, `api_key_invalid` */
export async function apiKeyDigest(key: string | undefined): Promise<string> {
  if (!key) throw new SsoError('api_key_missing');
  // a key of our own making carries a checksum; one that an operator chose is only looked up
  if (key.startsWith('vst_') && !isApiKey(key)) throw new SsoError('api_key_invalid');
  return digest(key);
}
