/** The record handed to the core: everything it knows of the world. */
import type { Config } from '#config';
import type { Clock } from './clock.ts';
import type { Database } from './db/client.ts';
import type { RefusedLogouts } from './db/refused-logouts.ts';
import type { TxtResolver } from './dns.ts';
import type { IdentityProviders } from './idp/identity-provider.ts';
import type { SamlMetadataStore } from './idp/saml/metadata-store.ts';
import type { Saml } from './idp/saml/saml.ts';
import type { ServiceProviderKeys } from './idp/saml/service-provider-keys.ts';
import type { KeyGuesses } from './key-guesses.ts';
import type { Keys } from './keys/keys.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface Ports {
  readonly db: Database;
  readonly identityProvider: IdentityProviders;
  readonly saml: Saml;
  readonly samlMetadata: SamlMetadataStore;
  readonly samlKeys: ServiceProviderKeys;
  readonly resolveTxt: TxtResolver;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly keyGuesses: KeyGuesses;
  /** How many starts that name what there is not leave a trace: counted apart, so that neither hides the other. */
  readonly nameGuesses: Pick<KeyGuesses, 'mayTrace'>;
  readonly refusedLogouts: RefusedLogouts;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly config: Config;
  /** Aborted when the process is about to end: whoever waits for something should stop waiting. */
  readonly shutdown: AbortSignal;
}
