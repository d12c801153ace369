/** auth0's samlp, made for Express, as an identity provider over HTTP: single sign-on and single logout. */
import { X509Certificate } from 'node:crypto';
import * as samlp from 'samlp';
import { createKeyPair } from '#tests/ports/idp/saml/samlify-provider.ts';
import { type ForeignProvider, hostProvider, page, type Visit } from './provider-host.ts';

const METADATA = '/FederationMetadata/2007-06/FederationMetadata.xml';
const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-';
const SESSION_INDEX = '_session-of-ada';
/** A profile as Passport has it, which its profile mapper wants. */
const PERSON = {
  id: 'ada',
  displayName: 'Ada Lovelace',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@acme.test' }],
};

/** A session of a service provider, as the package wants to be told. */
interface Participant {
  readonly serviceProviderId: string;
  readonly nameId: string;
  readonly nameIdFormat?: string;
  readonly sessionIndex: string;
  readonly serviceProviderLogoutURL: string;
  /** PEM: with it, signatures are verified. */
  readonly cert: string;
  readonly binding: string;
}

/** How its administrator has set it up: options of the package but for what depends on us. */
export interface SamlpSettings {
  signAssertion: boolean;
  signResponse: boolean;
  signatureAlgorithm: 'rsa-sha1' | 'rsa-sha256';
  digestAlgorithm: 'sha1' | 'sha256';
  /** Content encryption, an algorithm of XML Encryption. */
  encrypt: string | undefined;
  nameIdFormat: string | undefined;
  /** Whether requests are verified. */
  verifyRequests: boolean;
  /** The package puts the audience there when it is not told. */
  destination: 'consumer service' | 'audience';
  logoutBinding: 'redirect' | 'post';
}

export interface SamlpHost extends ForeignProvider {
  readonly settings: SamlpSettings;
  readonly sessions: Participant[];
  reset(): void;
}

const defaults = (): SamlpSettings => ({
  signAssertion: true,
  signResponse: false,
  signatureAlgorithm: 'rsa-sha256',
  digestAlgorithm: 'sha256',
  encrypt: undefined,
  nameIdFormat: undefined,
  verifyRequests: false,
  destination: 'consumer service',
  logoutBinding: 'redirect',
});

export async function startSamlp(): Promise<SamlpHost> {
  const { certificate, privateKey } = await createKeyPair();
  const settings = defaults();
  const sessions: Participant[] = [];
  const store = memoryStore();
  let us: ServiceProvider | undefined;
  const host = hostProvider((visit) => {
    const identity = { issuer: host.origin, cert: pem(certificate), key: privateKey };
    if (visit.path === METADATA) {
      const paths = { redirectEndpointPath: '/sso', postEndpointPath: '/sso' };
      return run(
        samlp.metadata({ ...identity, ...paths, logoutEndpointPaths: { redirect: '/slo' } }),
        visit,
        host.origin,
      );
    }
    if (!us) return Promise.resolve(page(404, 'no service provider'));
    if (visit.path === '/sso') return run(signOn(identity, us, settings, sessions), visit, host.origin);
    if (visit.path !== '/slo') return Promise.resolve(page(404, 'not here'));
    return run(
      samlp.logout({ ...identity, deflate: true, sessionParticipants: participants(sessions), store }),
      visit,
      host.origin,
    );
  });
  return {
    origin: host.origin,
    metadataUrl: `${host.origin}${METADATA}`,
    initiateUrl: `${host.origin}/sso`,
    signOutUrl: `${host.origin}/slo`,
    settings,
    sessions,
    register(metadata) {
      us = readServiceProvider(metadata);
    },
    reset() {
      Object.assign(settings, defaults());
      sessions.length = 0;
    },
    stop: host.stop,
  };
}

interface ServiceProvider {
  readonly entityId: string;
  readonly consumerService: string;
  readonly logoutService: string;
  /** PEM. */
  readonly signing: string;
  readonly encryption: string;
}

/** The package reads no metadata of others: this is its administrator, who copies out of them. */
function readServiceProvider(metadata: string): ServiceProvider {
  const found = (pattern: RegExp) => pattern.exec(metadata)?.[1] ?? '';
  const certificate = (use: string) =>
    pem(found(new RegExp(`<md:KeyDescriptor use="${use}">.*?<ds:X509Certificate>([^<]+)`, 's')));
  return {
    entityId: found(/entityID="([^"]+)"/),
    consumerService: found(/<md:AssertionConsumerService [^>]*Location="([^"]+)"/),
    logoutService: found(/<md:SingleLogoutService [^>]*Location="([^"]+)"/),
    signing: certificate('signing'),
    encryption: certificate('encryption'),
  };
}

function signOn(
  identity: object,
  us: ServiceProvider,
  settings: SamlpSettings,
  sessions: Participant[],
): samlp.Middleware {
  const { encrypt, verifyRequests, nameIdFormat, destination, logoutBinding, ...options } = settings;
  return samlp.auth({
    ...identity,
    ...options,
    audience: us.entityId,
    recipient: us.consumerService,
    ...(destination === 'consumer service' && { destination: us.consumerService }),
    ...(nameIdFormat && { nameIdentifierFormat: nameIdFormat }),
    ...(verifyRequests && { signingCert: us.signing }),
    ...(encrypt && {
      encryptionCert: us.encryption,
      encryptionPublicKey: new X509Certificate(us.encryption).publicKey.export({ type: 'spki', format: 'pem' }),
      encryptionAlgorithm: encrypt,
      disallowEncryptionWithInsecureAlgorithm: false,
      warnOnInsecureEncryptionAlgorithm: false,
    }),
    sessionIndex: SESSION_INDEX,
    getUserFromRequest: () => PERSON,
    getPostURL(_audience: unknown, _request: unknown, _visit: unknown, done: (error: null, url: string) => void) {
      sessions.push({
        serviceProviderId: us.entityId,
        nameId: PERSON.id,
        sessionIndex: SESSION_INDEX,
        serviceProviderLogoutURL: us.logoutService,
        cert: us.signing,
        binding: BINDING + (logoutBinding === 'post' ? 'POST' : 'Redirect'),
        ...(nameIdFormat && { nameIdFormat }),
      });
      done(null, us.consumerService);
    },
  });
}

/** As much of Express as the package touches. */
function run(middleware: samlp.Middleware, visit: Visit, origin: string): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const headers = new Headers();
  const { binding, fields, path, query } = visit;
  const request: samlp.Request = {
    method: binding === 'post' ? 'POST' : 'GET',
    protocol: 'http',
    originalUrl: query ? `${path}?${query}` : path,
    headers: { host: new URL(origin).host },
    query: binding === 'post' ? {} : fields,
    body: binding === 'post' ? fields : {},
  };
  const response: samlp.Response = {
    set: (name, value) => headers.set(name, value),
    send: (body) => resolve(typeof body === 'number' ? page(body, `status ${body}`) : new Response(body, { headers })),
    redirect: (location) => resolve(new Response(null, { status: 302, headers: { location } })),
  };
  middleware(request, response, reject);
  return promise;
}

type Done = (error: null, value?: unknown) => void;

/** The sessions that a logout has to end, as the package asks for them. */
function participants(sessions: Participant[]) {
  const indexOf = (issuer: string | undefined, session: string | string[] | undefined, nameId: string) =>
    sessions.findIndex(
      (each) =>
        (issuer === undefined || each.serviceProviderId === issuer) &&
        [session].flat().includes(each.sessionIndex) &&
        each.nameId === nameId,
    );
  return {
    hasElements: () => sessions.length > 0,
    getFirst: (done: Done) => done(null, sessions[0]),
    get: (issuer: string, session: string[] | undefined, nameId: string, done: Done) =>
      done(null, sessions[indexOf(issuer, session, nameId)]),
    remove(issuer: string, session: string, nameId: string, done: Done) {
      const index = indexOf(issuer, session, nameId);
      done(null, index < 0 ? undefined : sessions.splice(index, 1)[0]);
    },
  };
}

/** What is under way, by a handle that goes along as RelayState. */
function memoryStore() {
  const kept = new Map<string, unknown>();
  return {
    save(_request: unknown, state: unknown, done: Done) {
      const handle = crypto.randomUUID();
      kept.set(handle, state);
      done(null, handle);
    },
    update(_request: unknown, handle: string, state: unknown, done: Done) {
      kept.set(handle, state);
      done(null, handle);
    },
    load(_request: unknown, handle: string, options: { destroy?: boolean } | Done, done?: Done) {
      const state = kept.get(handle);
      if (typeof options === 'function') return options(null, state);
      if (options.destroy) kept.delete(handle);
      return done?.(null, state);
    },
  };
}

function pem(certificate: string): string {
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
