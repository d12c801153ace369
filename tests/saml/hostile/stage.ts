/**
 * The stage: the real application with its worker pool on a real database, two organizations whose providers are
 * played by keys of ours, and a replica. A test starts a login as a client does and posts what it likes.
 */
import { inflateRawSync } from 'node:zlib';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import type { Declaration } from '#routes/admin/declaration.ts';
import { json, read } from '#tests/journey.ts';
import { createWorld, PUBLIC_URL, REDIRECT_URI, type World } from '#tests/world.ts';
import { ALICE, createProviderKeys, type HonestOptions, honest, type ProviderKeys, type Target } from './honest.ts';

type DeclaredConnection = NonNullable<Declaration['organizations'][number]['connections']>[number];
export type SamlMember = NonNullable<DeclaredConnection['saml']>;

/** `slug` of a connection of `acme`, or `organization/slug`. */
export type Place = string;

export interface Connection {
  readonly id: string;
  readonly organization: string;
  readonly slug: string;
  readonly issuer: string;
  readonly keys: ProviderKeys;
  readonly encryptionCertificate: string | undefined;
}

export interface Started extends Connection {
  readonly state: string;
  readonly target: Target;
  /** `name=value` of the cookie, for a login that a browser navigated into. */
  readonly cookie: string | undefined;
}

export interface Stage {
  readonly world: World;
  readonly replica: World;
  connection(place: Place): Connection;
  /** Whom an unsolicited response is for. */
  unsolicited(place: Place): Target;
  start(place?: Place, inBrowser?: boolean): Promise<Started>;
  /** An honest login by the same generator; throws unless alice gets in. */
  control(place?: Place, options?: HonestOptions): Promise<void>;
  close(): Promise<void>;
}

/** The entity id that two different providers may claim. */
const ISSUER = 'https://idp.example/metadata';

/** One in so many controls goes on to a session. */
const REDEEMED = 8;

export interface StageOptions {
  /** Connections of `acme`, by slug; `saml` is always there, with nothing set. */
  readonly connections?: Readonly<Record<string, SamlMember>>;
  /** Connections whose certificates for encryption are needed: making them takes its time. */
  readonly encrypted?: readonly Place[];
}

export async function openStage({ connections = {}, encrypted = [] }: StageOptions = {}): Promise<Stage> {
  const [keys, otherKeys] = await Promise.all([createProviderKeys(), createProviderKeys()]);
  const world = await createWorld({
    outboundAllow: [],
    declaration: (apiKey) => ({
      organizations: [
        organization('acme', keys, { saml: {}, ...connections }, apiKey),
        organization('globex', otherKeys, { saml: {}, initiated: { allowIdpInitiated: true } }),
      ],
    }),
  });
  const known = new Map<Place, Connection>();
  const rows = await world.sql<{ id: string; slug: string; organization: string }[]>`
    select c.id, c.slug, o.slug as organization from connections c join organizations o on o.id = c.organization_id`;
  for (const { id, slug, organization: owner } of rows) {
    const place = owner === 'acme' ? slug : `${owner}/${slug}`;
    const [published] = encrypted.includes(place) ? await world.ports.samlKeys.published(id) : [];
    const own = owner === 'acme' ? keys : otherKeys;
    const encryptionCertificate = published?.certificate;
    known.set(place, { id, slug, organization: owner, issuer: ISSUER, keys: own, encryptionCertificate });
  }
  const connection = (place: Place): Connection => {
    const found = known.get(place);
    if (!found) throw new Error(`no connection ${place} was declared`);
    return found;
  };
  let controls = 0;
  const stage: Stage = {
    world,
    replica: await world.replica(),
    connection,
    unsolicited: (place) => targetOf(connection(place), undefined, world.clock.now()),
    start: (place = 'saml', inBrowser = false) => start(world, connection(place), inBrowser),
    control: async (place = 'saml', options = {}) => {
      const started = await stage.start(place);
      const answer = await post(world, started, await honest(started.target, options), started.state);
      // a code says that the response was accepted; every few of them are looked at for whom
      controls += 1;
      if (answer.status !== 303 || controls % REDEEMED === 0) await expectAlice(world, started, answer);
    },
    close: () => world.close(),
  };
  return stage;
}

async function start(world: World, connection: Connection, inBrowser: boolean): Promise<Started> {
  const path = `/v1/auth/sso/${connection.organization}/${connection.slug}`;
  const answer = await world.fetch(path, inBrowser ? { headers: { accept: 'text/html' } } : {});
  const [cookie] = answer.headers.get('set-cookie')?.split(';') ?? [];
  const address = inBrowser ? answer.headers.get('location') : (await read(answer)).data.redirectUrl;
  const { searchParams } = new URL(address);
  const request = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  const requestId = / ID="([^"]+)"/.exec(request)?.[1];
  if (!requestId) throw new Error('the request has no ID');
  const target = targetOf(connection, requestId, world.clock.now());
  return { ...connection, state: searchParams.get('RelayState') ?? '', target, cookie };
}

function targetOf(connection: Connection, requestId: string | undefined, now: Date): Target {
  const { entityId, consumerServiceUrl } = serviceProvider(PUBLIC_URL, connection.id);
  const { issuer, keys, encryptionCertificate } = connection;
  return { entityId, acsUrl: consumerServiceUrl, issuer, requestId, keys, encryptionCertificate, now };
}

/** Text and bytes are encoded; a `base64` is what the form carries as it is. */
export type Message = string | Uint8Array | { readonly base64: string };

export function encode(message: Message): string {
  if (typeof message === 'string') return Buffer.from(message).toString('base64');
  return message instanceof Uint8Array ? Buffer.from(message).toString('base64') : message.base64;
}

/** As the provider's page has a browser do. */
export function post(
  { fetch }: Pick<World, 'fetch'>,
  { id }: Pick<Connection, 'id'>,
  message: Message,
  relayState: string | undefined,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams({ SAMLResponse: encode(message) });
  if (relayState !== undefined) body.set('RelayState', relayState);
  return fetch(`/saml/${id}/acs`, { method: 'POST', body, headers });
}

/** As a front end hands on to Applivery's callback what it received. */
export function handOn(
  { fetch }: Pick<World, 'fetch'>,
  { organization: owner, slug }: Connection,
  message: Message,
  RelayState: string | undefined,
): Promise<Response> {
  return fetch(`/v1/auth/sso/${owner}/${slug}/callback`, json({ SAMLResponse: encode(message), RelayState }));
}

/** What the code of a 303 is worth. */
export async function redeem(
  { fetch }: Pick<World, 'fetch'>,
  { organization: owner, slug }: Connection,
  answer: Response,
) {
  const { searchParams } = new URL(answer.headers.get('location') ?? 'about:blank');
  const [code, state] = [searchParams.get('code') ?? '', searchParams.get('state') ?? undefined];
  const { data } = await read(await fetch(`/v1/auth/sso/${owner}/${slug}/callback`, json({ code, state })));
  return data as { readonly user: Readonly<Record<string, unknown>>; readonly accessToken: { readonly token: string } };
}

/** Throws unless alice, and nobody else, got in. */
export async function expectAlice(
  world: Pick<World, 'fetch'>,
  connection: Connection,
  answer: Response,
): Promise<void> {
  if (answer.status !== 303) throw new Error(`an honest response got ${answer.status}: ${await answer.text()}`);
  const { user } = await redeem(world, connection, answer);
  if (user['email'] !== ALICE.email || user['firstName'] !== ALICE.givenName)
    throw new Error(`an honest response of alice became ${user['email']}`);
}

function organization(
  slug: string,
  keys: ProviderKeys,
  connections: Readonly<Record<string, SamlMember>>,
  apiKey?: string,
): Declaration['organizations'][number] {
  return {
    slug,
    name: slug,
    domains: [{ domain: slug === 'acme' ? 'acme.test' : `${slug}.test`, verified: true }],
    connections: Object.entries(connections).map(([name, member]) => ({
      slug: name,
      type: 'saml' as const,
      redirectUris: [REDIRECT_URI],
      saml: { metadataXml: metadataOf([keys.rsa, keys.p256, keys.p384, keys.p521]), ...member },
    })),
    ...(apiKey && { apiKeys: [{ name: 'front end', key: apiKey, dialects: ['indee'] as const }] }),
  } as Declaration['organizations'][number];
}

/** @param signing base64 DER of certificates */
export function metadataOf(signing: readonly { readonly certificate: string }[], entityId = ISSUER): string {
  const descriptors = signing.map(
    ({ certificate }) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  );
  return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${descriptors.join('')}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
}
