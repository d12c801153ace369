/** Opens every port for a configuration. Nothing is reached yet but what the first use reaches. */
import type { Config } from '#config';
import { type Clock, systemClock } from './clock.ts';
import { writeAuditEvent } from './db/audit-events.ts';
import { type Database, openDatabase } from './db/client.ts';
import { pinConnectionMetadata } from './db/connections.ts';
import { createRefusedLogouts } from './db/refused-logouts.ts';
import type { Connection, PinnedMetadata } from './db/schema.ts';
import { createTxtResolver } from './dns.ts';
import { createOutbound, type OutboundClient } from './http/client.ts';
import { createIdentityProvider } from './idp/registry.ts';
import { openSaml } from './idp/saml/open.ts';
import { createKeyGuesses } from './key-guesses.ts';
import { createId } from './keys/identifier.ts';
import { createSealer } from './keys/sealer.ts';
import { createTokenSigner } from './keys/token.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Ports } from './ports.ts';

/** A configuration in which what development may leave open is settled. */
export type SettledConfig = Config & { readonly DATABASE_URL: string; readonly SECRETS_KEY: string };

export interface OpenPorts {
  readonly ports: Ports;
  /** Lets go of what hangs: calls to identity providers fail, and their callers get an answer. */
  abandon(): void;
  close(): Promise<void>;
}

/** @throws Error when `SECRETS_KEY` is not a key */
export async function openPorts(config: SettledConfig, log: Log, clock: Clock = systemClock): Promise<OpenPorts> {
  const metrics = createMetrics();
  const shutdown = new AbortController();
  const db = openDatabase({ ...databaseOptions(config), clock });
  const sealer = await createSealer(config.SECRETS_KEY, config.SECRETS_KEY_PREVIOUS);
  const signer = createTokenSigner({
    db,
    sealer,
    clock,
    issuer: config.PUBLIC_URL,
    algorithm: config.SIGNING_ALGORITHM,
  });
  const outbound = createOutbound({
    allow: config.OUTBOUND_ALLOW,
    clock,
    onStateChange: (connectionId, state) => log.warn({ connectionId, state }, 'circuit of an identity provider'),
  });
  const openedSaml = openSaml(config, { db, outbound, sealer, clock, metrics, log });
  const identityProvider = createIdentityProvider({
    outbound,
    mayCall: (url) => mayCall(outbound, url),
    sealer,
    clock,
    saml: openedSaml.saml,
    pinMetadata: (connection, endpoints) => pinConnectionMetadata(db, connection, endpoints),
    onMetadataChanged: (connection, endpoints) => auditMetadataChange(db, clock, log, connection, endpoints),
    onStaleDocument: (_connectionId, kind) => metrics.stale(kind),
  });
  const ports: Ports = {
    db,
    identityProvider,
    saml: openedSaml.saml,
    samlMetadata: openedSaml.samlMetadata,
    samlKeys: openedSaml.samlKeys,
    resolveTxt: createTxtResolver(config.DNS_SERVERS),
    clock,
    keys: { ...sealer, ...signer },
    keyGuesses: createKeyGuesses(config.API_KEY_FAILURES_PER_MINUTE, clock),
    nameGuesses: createKeyGuesses(0, clock),
    refusedLogouts: createRefusedLogouts(db, clock),
    log,
    metrics,
    config,
    shutdown: shutdown.signal,
  };
  return {
    ports,
    abandon() {
      shutdown.abort();
      outbound.close();
    },
    async close() {
      outbound.close();
      await openedSaml.close();
      await db.close();
    },
  };
}

function mayCall(outbound: OutboundClient, url: string): boolean {
  try {
    outbound.assertUrlAllowed(url);
    return true;
  } catch {
    return false;
  }
}

const databaseOptions = (config: SettledConfig) => ({
  url: config.DATABASE_URL,
  prepare: config.DATABASE_PREPARE,
  poolMax: config.DATABASE_POOL_MAX,
});

/** The change is not followed; the operator finds it in the audit. */
function auditMetadataChange(
  db: Database,
  clock: Clock,
  log: Log,
  connection: Connection,
  ignored: PinnedMetadata,
): void {
  const event = writeAuditEvent(db, {
    id: createId(clock.now()),
    organizationId: connection.organizationId,
    action: 'connection.metadata_changed',
    actorType: 'system',
    targetType: 'connection',
    targetId: connection.id,
    details: { ignored },
  });
  event.catch((error: unknown) => {
    log.error({ error, connectionId: connection.id }, 'a metadata change left no audit event');
  });
}
