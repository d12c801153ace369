/** Everything SAML, put together over the other ports. */
import type { Config } from '#config';
import type { Clock } from '#ports/clock.ts';
import type { Database } from '#ports/db/client.ts';
import type { Outbound } from '#ports/http/outbound.ts';
import { parseAllowList } from '#ports/http/url-policy.ts';
import type { Sealer } from '#ports/keys/keys.ts';
import type { Log } from '#ports/log.ts';
import type { Metrics } from '#ports/metrics.ts';
import { createMetadataStore, type SamlMetadataStore } from './metadata-store.ts';
import { createPooledVerifier } from './pooled-verifier.ts';
import { createSaml, type Saml } from './saml.ts';
import { createServiceProviderKeys, type ServiceProviderKeys } from './service-provider-keys.ts';

export interface OpenSaml {
  readonly saml: Saml;
  readonly samlMetadata: SamlMetadataStore;
  readonly samlKeys: ServiceProviderKeys;
  /** Ends the workers. */
  close(): Promise<void>;
}

interface SamlFoundation {
  readonly db: Database;
  readonly outbound: Outbound;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
}

export function openSaml(config: Pick<Config, 'PUBLIC_URL' | 'OUTBOUND_ALLOW'>, foundation: SamlFoundation): OpenSaml {
  const { db, outbound, sealer, clock, metrics, log } = foundation;
  const verifier = createPooledVerifier({ observe: (event) => metrics.verification(event) });
  const allow = parseAllowList(config.OUTBOUND_ALLOW);
  const samlMetadata = createMetadataStore({ db, outbound, verifier, clock, allow });
  const samlKeys = createServiceProviderKeys({ db, sealer, clock });
  const saml = createSaml({
    publicUrl: config.PUBLIC_URL,
    sealer,
    clock,
    verifier,
    keys: samlKeys,
    readMetadata: (connection) => samlMetadata.readProviderMetadata(connection),
    doubtMetadata: (connection) =>
      samlMetadata.doubt(connection).catch((error: unknown) => {
        log.error({ error, connectionId: connection.id }, 'metadata of an identity provider will not be read early');
      }),
  });
  return { saml, samlMetadata, samlKeys, close: () => verifier.close() };
}
