/**
 * Our key pairs as a connection uses them: the active one signs, active and next are published, and all of them open
 * what was encrypted to us. Rows are read each time, so a rotation on one replica is known to all at once;
 * what is dear, opening and importing, is kept in memory.
 */
import { SsoError } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Database } from '#ports/db/client.ts';
import {
  insertSamlKey,
  type NewSamlKey,
  promoteSamlKey,
  readSamlKeys,
  rotateSamlKeys,
  type SamlKeyRotation,
  type SamlKeyRotator,
} from '#ports/db/saml-keys.ts';
import type { SamlKey } from '#ports/db/saml-schema.ts';
import { createId } from '#ports/keys/identifier.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import { createCertificate } from './certificate.ts';
import { type MessageSigner, messageSigner } from './signature-algorithms.ts';

/** A rotation is the operator's; the dates of the certificate should not force one. */
const LIFETIME_DAYS = 3650;
const MAX_OPENED = 600;

/** A key pair without its private part. */
export interface PublishedKey {
  readonly id: string;
  readonly status: 'active' | 'next';
  /** Base64 DER. */
  readonly certificate: string;
  readonly createdAt: Date;
}

/** Each call reads the rows, one statement; the first for a connection makes its keys. */
export interface ServiceProviderKeys {
  /** Active first. @throws SsoError `connection_not_found`, `database_unavailable` */
  published(connectionId: string): Promise<PublishedKey[]>;
  /** The active key. @throws SsoError as `published`; `signing_unavailable` when the private part does not open */
  signingKey(connectionId: string): Promise<MessageSigner>;
  /**
   * PKCS #8, base64 DER, newest first; none where no key was ever published, so that nobody could encrypt to us.
   * @throws SsoError `database_unavailable`, `signing_unavailable`
   */
  decryptionKeys(connectionId: string): Promise<string[]>;
  /**
   * Retires the active key, promotes the next one and publishes another.
   * @returns `undefined` when another replica was faster
   * @throws SsoError as `published`
   */
  rotate(connectionId: string, by: SamlKeyRotator): Promise<SamlKeyRotation | undefined>;
}

interface OpenedKey {
  readonly sealed: string;
  /** PKCS #8, base64 DER. */
  readonly privateKey: string;
  readonly signer: MessageSigner;
}

export interface ServiceProviderKeysOptions {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

export function createServiceProviderKeys({ db, sealer, clock }: ServiceProviderKeysOptions): ServiceProviderKeys {
  const opened = new Map<string, OpenedKey>();

  async function read(connectionId: string): Promise<{ rows: SamlKey[]; active: SamlKey; next: SamlKey }> {
    let rows = await readSamlKeys(db, connectionId);
    if (!hasPair(rows)) {
      await makeKeys(connectionId, rows);
      rows = await readSamlKeys(db, connectionId);
    }
    const active = rows.find(({ status }) => status === 'active');
    const next = rows.find(({ status }) => status === 'next');
    if (!active || !next) throw new SsoError('connection_not_found', { detail: 'no key could be kept for it' });
    return { rows, active, next };
  }

  /** Replicas may race: the unique index lets one key of each status in, and all read that one. */
  async function makeKeys(connectionId: string, rows: readonly SamlKey[]): Promise<void> {
    const has = (status: SamlKey['status']) => rows.some((row) => row.status === status);
    if (!has('active') && has('next')) await promoteSamlKey(db, connectionId);
    else if (!has('active')) await insertSamlKey(db, 'active', await createKey(connectionId));
    await insertSamlKey(db, 'next', await createKey(connectionId));
  }

  async function createKey(connectionId: string): Promise<NewSamlKey> {
    const now = clock.now();
    const id = createId(now);
    const { certificate, privateKey } = await createCertificate(`Vestibule ${connectionId}`, LIFETIME_DAYS, now);
    return { id, connectionId, certificate, sealedPrivateKey: await sealer.seal(privateKey, context(id)) };
  }

  async function open(row: SamlKey): Promise<OpenedKey> {
    const known = opened.get(row.id);
    if (known?.sealed === row.sealedPrivateKey) return known;
    const key = await openKey(sealer, row);
    for (const oldest of opened.keys()) {
      if (opened.size < MAX_OPENED) break;
      opened.delete(oldest);
    }
    opened.set(row.id, key);
    return key;
  }

  return {
    async published(connectionId) {
      const { active, next } = await read(connectionId);
      return [active, next].map(({ id, certificate, createdAt }) => ({
        id,
        status: id === active.id ? 'active' : 'next',
        certificate,
        createdAt,
      }));
    },
    signingKey: async (connectionId) => (await open((await read(connectionId)).active)).signer,
    async decryptionKeys(connectionId) {
      const keys = await Promise.all((await readSamlKeys(db, connectionId)).map(open));
      return keys.map(({ privateKey }) => privateKey);
    },
    async rotate(connectionId, by) {
      await read(connectionId);
      return rotateSamlKeys(db, await createKey(connectionId), by);
    },
  };
}

function hasPair(rows: readonly SamlKey[]): boolean {
  return rows.filter(({ status }) => status !== 'previous').length === 2;
}

async function openKey(sealer: Sealer, row: SamlKey): Promise<OpenedKey> {
  try {
    const privateKey = await sealer.open(row.sealedPrivateKey, context(row.id));
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const der = Uint8Array.fromBase64(privateKey);
    const imported = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
    return { sealed: row.sealedPrivateKey, privateKey, signer: messageSigner(imported, row.certificate) };
  } catch (cause) {
    throw new SsoError('signing_unavailable', { detail: 'a private key of the SAML connection does not open', cause });
  }
}

/** The place that the sealed value is bound to. */
function context(id: string): string {
  return `saml_keys:${id}:private_key`;
}
