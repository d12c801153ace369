/** What the development identity provider knows while it runs: its keys, its service providers, who is signed in where. */
import type { Person } from '#dev/people.ts';
import type { ReceivedAuthnRequest } from './authn-request.ts';
import type { NameIdParts } from './document.ts';
import type { SamlFaults } from './faults.ts';
import type { ReceivedLogout } from './logout-message.ts';
import { RefusedRequest } from './refused-request.ts';
import type { ServiceProvider } from './service-provider.ts';
import type { SigningKey } from './signing-key.ts';

/** One person's session with one service provider. */
export interface ProviderSession {
  readonly index: string;
  readonly serviceProvider: string;
  readonly person: Person;
  readonly nameId: NameIdParts;
  readonly authnAt: Date;
  /** The browser's cookie, which ties the sessions of one browser together. */
  readonly browser: string;
}

export interface ProviderKeys {
  /** Signs. */
  current: SigningKey;
  /** In the metadata besides `current`: the next one, and previous ones. */
  next: SigningKey | undefined;
  previous: SigningKey[];
  /** In no metadata but where a fault puts it there. */
  readonly attacker: SigningKey;
}

export interface ProviderState {
  readonly origin: string;
  /** The metadata's address. */
  readonly entityId: string;
  readonly people: readonly Person[];
  readonly faults: SamlFaults;
  readonly keys: ProviderKeys;
  readonly serviceProviders: Map<string, ServiceProvider>;
  readonly sessions: ProviderSession[];
  /** Everything that was asked, in order of arrival. */
  readonly requests: ReceivedAuthnRequest[];
  readonly logouts: ReceivedLogout[];
  /** The provider's own clock, skewed by the fault. */
  now(): Date;
}

/** @throws RefusedRequest when nobody registered that service provider */
export function serviceProviderOf(state: ProviderState, entityId: string): ServiceProvider {
  const found = state.serviceProviders.get(entityId);
  if (!found) throw new RefusedRequest(`No service provider is registered as ${entityId}`);
  return found;
}

/** The key that signs now, and how. */
export function signerOf({ keys, faults }: ProviderState): {
  readonly key: SigningKey;
  readonly algorithm: string | undefined;
  readonly digest: string | undefined;
} {
  return { key: faults.attackerKey ? keys.attacker : keys.current, algorithm: faults.algorithm, digest: faults.digest };
}
