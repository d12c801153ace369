/** An identity provider's metadata on a web server of their own: what they say, and how they are answered, by switch. */
import { element, render } from '#dev/saml/element.ts';
import { BINDINGS } from '#dev/saml/names.ts';
import { signElement } from '#dev/saml/signature.ts';
import { createSigningKey, type SigningKey } from '#dev/saml/signing-key.ts';

export interface Described {
  entityId?: string | null;
  certificates?: readonly string[];
  /** Location of the single sign-on service by binding; other names stand as they are. */
  singleSignOn?: Readonly<Record<string, string>>;
  singleLogout?: Readonly<Record<string, string>>;
  validUntil?: string;
  cacheDuration?: string;
  /** How many IDPSSODescriptors. */
  roles?: number;
  nameIdFormats?: readonly string[];
  wantAuthnRequestsSigned?: boolean;
}

export interface MetadataSource {
  readonly host: string;
  readonly url: string;
  /** What is described now; tests change it. */
  says: Described;
  /** Signs the document with this key. */
  signer: SigningKey | undefined;
  /** Replaces the answer. */
  answer: ((request: Request) => Response | Promise<Response>) | undefined;
  /** Requests so far. */
  count: number;
  stop(): Promise<void>;
}

export const ENTITY = 'https://idp.acme.test/saml';
const SAML2 = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const SSO = 'https://idp.acme.test/saml/sso';
const bindings: Readonly<Record<string, string>> = BINDINGS;

/** Making keys is dear, and which ones they are does not matter: the same few for all tests of a file. */
const made = new Map<string, Promise<SigningKey>>();
export function keyNamed(name: string): Promise<SigningKey> {
  const key = made.get(name) ?? createSigningKey({ type: 'ec', subject: name });
  made.set(name, key);
  return key;
}

export function describe(said: Described): string {
  const { certificates = [], singleSignOn = { redirect: SSO }, singleLogout = {}, roles = 1, entityId = ENTITY } = said;
  const services = (name: string, locations: Readonly<Record<string, string>>) =>
    Object.entries(locations).map(([binding, Location]) =>
      element('metadata', name, { Binding: bindings[binding] ?? binding, Location }),
    );
  const keys = certificates.map((certificate) =>
    element('metadata', 'KeyDescriptor', { use: 'signing' }, [
      element('signature', 'KeyInfo', {}, [
        element('signature', 'X509Data', {}, [element('signature', 'X509Certificate', {}, [certificate])]),
      ]),
    ]),
  );
  const signed = said.wantAuthnRequestsSigned === undefined ? undefined : String(said.wantAuthnRequestsSigned);
  const role = () =>
    element('metadata', 'IDPSSODescriptor', { protocolSupportEnumeration: SAML2, WantAuthnRequestsSigned: signed }, [
      ...keys,
      ...services('SingleLogoutService', singleLogout),
      ...(said.nameIdFormats ?? []).map((format) => element('metadata', 'NameIDFormat', {}, [format])),
      ...services('SingleSignOnService', singleSignOn),
    ]);
  const { validUntil, cacheDuration } = said;
  return render(
    element(
      'metadata',
      'EntityDescriptor',
      { ID: '_metadata', entityID: entityId, validUntil, cacheDuration },
      Array.from({ length: roles }, role),
    ),
  );
}

async function documentOf({ says, signer }: Pick<MetadataSource, 'says' | 'signer'>): Promise<string> {
  const xml = describe(says);
  return signer ? signElement(xml, { id: '_metadata', key: signer }) : xml;
}

export async function startMetadataSource(says: Described): Promise<MetadataSource> {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 30,
    async fetch(request) {
      source.count += 1;
      return source.answer ? source.answer(request) : xmlAnswer(await documentOf(source));
    },
  });
  const host = `127.0.0.1:${server.port}`;
  const source: MetadataSource = {
    host,
    url: `http://${host}/metadata`,
    says,
    signer: undefined,
    answer: undefined,
    count: 0,
    stop: () => server.stop(true),
  };
  return source;
}

export function xmlAnswer(xml: string, headers: Record<string, string> = {}): Response {
  return new Response(xml, { headers: { 'content-type': 'application/samlmetadata+xml', ...headers } });
}
