/** Signatures by a key that the copy of the metadata in use does not name: it may be the provider's next one. */
import { SsoError } from '#error';
import type { Connection } from '#ports/db/schema.ts';

export const UNKNOWN_KEY = 'no key of the connection made the signature';

export interface MetadataDoubt {
  /** Has the source of the copy in use read early, though not now and not by this call. */
  readonly doubtMetadata: (connection: Connection) => Promise<void>;
}

/** Reads a message; which key is the provider's, its metadata have to say. */
export async function doubting<T>(
  { doubtMetadata }: MetadataDoubt,
  connection: Connection,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isOfUnknownKey(error)) await doubtMetadata(connection);
    throw error;
  }
}

/** A refusal that came out of a worker has what the worker said for its cause. */
function isOfUnknownKey(error: unknown): boolean {
  if (!(error instanceof SsoError) || error.code !== 'saml_signature') return false;
  return error.detail === UNKNOWN_KEY || isOfUnknownKey(error.cause);
}
