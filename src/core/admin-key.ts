/** Admin keys: who calls the admin API. The operator's key comes from the configuration and may do everything. */
import { SsoError } from '#error';
import { readUsableAdminKey } from '#ports/db/admin-keys.ts';
import type { AdminKey } from '#ports/db/admin-schema.ts';
import type { Origin } from '#ports/db/logins.ts';
import { isApiKey } from '#ports/keys/api-key.ts';
import { constantTimeEqual, digest } from '#ports/keys/random.ts';
import type { Ports } from '#ports/ports.ts';
import type { AdminCaller } from './admin-caller.ts';

const OPERATOR: AdminCaller = { keyId: null, organizations: 'all', access: 'write' };

/**
 * The operator's key costs no query, and a text without an admin key's form and checksum none either. Whoever sent too
 * many wrong ones is refused before anything is looked up; never the operator, whom a guesser could lock out otherwise.
 * @throws SsoError `token_invalid`, `rate_limited`
 */
export async function authenticateAdmin(
  ports: Ports,
  key: string,
  { address }: Pick<Origin, 'address'>,
): Promise<AdminCaller> {
  const given = await digest(key);
  if (await isOperator(ports, given)) return OPERATOR;
  const keyDigest = isApiKey(key, 'vsa') ? given : undefined;
  ports.keyGuesses.admit(address, keyDigest);
  const found = keyDigest === undefined ? undefined : await readUsableAdminKey(ports.db, keyDigest);
  // the index compares as it likes; what is believed is compared in constant time
  if (keyDigest === undefined || !found || !constantTimeEqual(found.keyDigest, keyDigest)) {
    ports.keyGuesses.wrong(address, keyDigest);
    throw new SsoError('token_invalid');
  }
  ports.keyGuesses.good(address, keyDigest);
  return callerWith(found);
}

/** Digests are compared, so that the time tells nothing about the key, its length included. */
async function isOperator({ config }: Ports, given: string): Promise<boolean> {
  const key = config.ADMIN_API_KEY;
  return key !== undefined && constantTimeEqual(given, await digest(key));
}

function callerWith({ id, organizations, access }: AdminKey): AdminCaller {
  return { keyId: id, organizations: organizations ?? 'all', access };
}
