/**
 * The identity providers' metadata over their life (SAML metadata §2.3, §4.3): read for logins, taken from a document or a
 * URL, checked again in the background. A copy that was good is used until its `validUntil`, however long its
 * source can't be read: the provider's web server is not needed for anybody to sign in.
 */
import { asSsoError, SsoError, type SsoErrorCode } from '#error';
import type { Clock } from '#ports/clock.ts';
import type { Database } from '#ports/db/client.ts';
import type { AdminOrigin } from '#ports/db/logins.ts';
import {
  changeSamlMetadata,
  hastenMetadataCheck,
  type MetadataWrite,
  readSamlMetadata,
  type SamlConnection,
} from '#ports/db/saml-metadata.ts';
import type { IdpMetadata, SamlMetadata } from '#ports/db/saml-schema.ts';
import type { Connection } from '#ports/db/schema.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import type { AllowList } from '#ports/http/url-policy.ts';
import { documentRefusal } from '#ports/idp/document-refusal.ts';
import { sameMetadata } from './metadata-change.ts';
import { decideCopy, decideFailure, pinnedEntityId } from './metadata-decision.ts';
import { isOver, MIN_REFRESH_SECONDS, requireUsable, requireValid } from './metadata-policy.ts';
import type { MetadataPolicy, SamlVerifier } from './verifier.ts';

const DEADLINE_MS = 5_000;
/** After a first reading that failed: anybody may start a login, and must not have us call as often as they like. */
const COOLDOWN_MS = 5_000;
const MAX_FAILED = 1_000;
const MAX_BYTES = 256 * 1_024;
const ACCEPT = 'application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.8';

export interface MetadataStorePorts {
  readonly db: Database;
  readonly outbound: Outbound;
  readonly verifier: Pick<SamlVerifier, 'readMetadata'>;
  readonly clock: Clock;
  readonly allow: AllowList;
}

/** How a check of the source went; `error` is ours or the source's. */
export type MetadataCheck = { readonly row: SamlMetadata | undefined } | { readonly error: SsoError };

export interface SamlMetadataStore {
  /**
   * The copy in use; read from its source first where there is none yet, or it is over.
   * @throws SsoError `saml_metadata`, `saml_busy`, `saml_timeout`, `url_not_allowed`, `idp_*`, `connection_misconfigured`
   */
  readProviderMetadata(connection: Connection): Promise<IdpMetadata>;
  /**
   * A document that the operator gives.
   * @param before the copy that the document may be again: then its `validUntil` may be past, since a file that was
   * good yesterday must not keep the server from starting today
   * @throws SsoError as `SamlVerifier.readMetadata`
   */
  readDocument(
    xml: string,
    policy: MetadataPolicy,
    organizationId: string,
    before: IdpMetadata | null,
  ): Promise<IdpMetadata>;
  /**
   * What stands at the connection's `metadataUrl` at this moment, over or not; nothing is kept.
   * @throws SsoError as `readProviderMetadata`
   */
  examine(connection: Connection): Promise<IdpMetadata>;
  /**
   * Reads the source again and keeps what comes of it.
   * @param asked the operator who wants it so, for the audit; then on a circuit of its own, as `examine`
   */
  check(due: SamlConnection, asked?: AdminOrigin): Promise<MetadataCheck>;
  /**
   * A message was signed by a key that the copy in use does not name: the source is read by the next housekeeping, but
   * no sooner than five minutes after its last reading, however many such messages come.
   */
  doubt(connection: Connection): Promise<void>;
}

export function createMetadataStore(ports: MetadataStorePorts): SamlMetadataStore {
  const { db, clock } = ports;
  const underWay = new Map<string, Promise<SamlMetadata | undefined>>();
  const failed = new Map<string, { readonly error: unknown; readonly at: number }>();

  /** One fetch for all the logins that wait for it. */
  function readFirst(connection: Connection, row: SamlMetadata | undefined): Promise<SamlMetadata | undefined> {
    const key = `${connection.id}:${connection.version}`;
    const last = failed.get(key);
    const now = clock.now().getTime();
    if (last && now >= last.at && now - last.at < COOLDOWN_MS) return Promise.reject(last.error);
    const pending =
      underWay.get(key) ??
      readSource(ports, connection, row)
        .then((found) => keep(ports, connection, found))
        .catch((error: unknown) => {
          if (failed.size >= MAX_FAILED) failed.clear();
          // what says when to come back is our own refusal to call, not the provider's failure
          const isOurs = asSsoError(error).retryAfterSeconds !== undefined;
          if (!isOurs) failed.set(key, { error, at: clock.now().getTime() });
          throw error;
        })
        .finally(() => underWay.delete(key));
    underWay.set(key, pending);
    return pending;
  }

  return {
    async readProviderMetadata(connection) {
      const { saml } = connection;
      if (!saml) throw new SsoError('connection_misconfigured', { detail: 'the connection has no SAML settings' });
      if (connection.versionMetadata !== undefined) return requireDocument(connection.versionMetadata, clock);
      let row = await readSamlMetadata(db, connection.id);
      const isUsable = row?.document && !isOver(row.document.validUntil, clock.now());
      if (!isUsable && saml.metadataUrl !== null) row = await readFirst(connection, row).catch(refuseLogin);
      return requireDocument(row?.document, clock);
    },

    async readDocument(xml, policy, organizationId, before) {
      const found = await readUsable(ports, new TextEncoder().encode(xml), policy, organizationId);
      if (!before || !sameMetadata(before, found)) requireValid(found, clock.now());
      return found;
    },

    async examine(connection) {
      const { id, issuer, saml, organizationId } = connection;
      const policy = { entityId: issuer ?? undefined, certificate: saml?.metadataCertificate ?? undefined };
      const document = await fetchSource(ports.outbound, connection, circuitOf(id, true));
      return readUsable(ports, document, policy, organizationId);
    },

    async check({ connection, metadata }, asked) {
      try {
        const found = await readSource(ports, connection, metadata, circuitOf(connection.id, asked !== undefined));
        return { row: await keep(ports, connection, found, asked) };
      } catch (thrown) {
        const error = asSsoError(thrown);
        const { id: connectionId, version } = connection;
        await changeSamlMetadata(db, { connectionId, version }, (row) => {
          const write = decideFailure(connection, row, error, clock.now());
          return write && askedBy(asked, write);
        });
        return { error };
      }
    },

    async doubt({ id, saml, versionMetadata }) {
      // a version that is not in use has a copy of its own, which no housekeeping reads
      if (saml?.metadataUrl && versionMetadata === undefined) await hastenMetadataCheck(db, id, MIN_REFRESH_SECONDS);
    },
  };
}

function requireDocument(document: IdpMetadata | null | undefined, clock: Clock): IdpMetadata {
  if (!document) throw new SsoError('saml_metadata', { detail: NONE });
  requireValid(document, clock.now());
  return document;
}

async function readUsable(
  { verifier, allow }: MetadataStorePorts,
  document: Uint8Array,
  policy: MetadataPolicy,
  organizationId: string,
): Promise<IdpMetadata> {
  const found = await verifier.readMetadata(document, policy, organizationId);
  requireUsable(found, policy.entityId, allow);
  return found;
}

async function readSource(
  ports: MetadataStorePorts,
  connection: Connection,
  row: SamlMetadata | undefined,
  circuit = connection.id,
): Promise<IdpMetadata> {
  const policy = {
    entityId: pinnedEntityId(connection, row),
    certificate: connection.saml?.metadataCertificate ?? undefined,
  };
  const document = await fetchSource(ports.outbound, connection, circuit);
  const found = await readUsable(ports, document, policy, connection.organizationId);
  requireValid(found, ports.clock.now());
  return found;
}

/** The row is decided on as it is when the copy has arrived: it may have changed since the request went out. */
function keep(
  { db, clock, allow }: MetadataStorePorts,
  connection: Connection,
  found: IdpMetadata,
  asked?: AdminOrigin,
): Promise<SamlMetadata | undefined> {
  return changeSamlMetadata(db, { connectionId: connection.id, version: connection.version }, (row) => {
    requireUsable(found, pinnedEntityId(connection, row), allow);
    return askedBy(asked, decideCopy(connection, row, found, clock.now()));
  });
}

function askedBy(origin: AdminOrigin | undefined, { columns, events }: MetadataWrite): MetadataWrite {
  if (!origin) return { columns, events };
  return { columns, events: events.map((event) => ({ ...event, ...origin, actorType: 'operator' as const })) };
}

/** What an operator tries out must not refuse logins, nor wait for what they have met. */
function circuitOf(connectionId: string, isOperator: boolean): string {
  return isOperator ? `${connectionId}:check` : connectionId;
}

const NONE = 'the connection has no usable metadata of its identity provider: declare metadataXml or metadataUrl';

function refuseLogin(thrown: unknown): never {
  throw metadataRefusal(asSsoError(thrown));
}

const AS_THEY_ARE: ReadonlySet<SsoErrorCode> = new Set(['saml_metadata', 'saml_entity_id_mismatch', 'saml_timeout']);

/** What a document may lack is no reason of a login: there the metadata as a whole are what is wrong. */
export function metadataRefusal(error: SsoError): SsoError {
  const isDocument = error.code.startsWith('saml_') && error.retryAfterSeconds === undefined;
  if (!isDocument || AS_THEY_ARE.has(error.code)) return error;
  return new SsoError('saml_metadata', { detail: [error.code, error.detail ?? []].flat().join(': '), cause: error });
}

/** @throws SsoError `connection_misconfigured`, `url_not_allowed`, `idp_*` */
async function fetchSource(outbound: Outbound, { saml }: Connection, circuit: string): Promise<Uint8Array> {
  if (!saml?.metadataUrl)
    throw new SsoError('connection_misconfigured', { detail: 'the connection has no metadataUrl' });
  const { status, body } = await outbound({
    url: saml.metadataUrl,
    headers: { accept: ACCEPT },
    deadlineMs: DEADLINE_MS,
    maxBytes: MAX_BYTES,
    circuit,
    retry: true,
  });
  if (status !== 200) throw documentRefusal('metadata', status);
  return new TextEncoder().encode(body);
}
