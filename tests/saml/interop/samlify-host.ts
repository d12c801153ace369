/** samlify as an identity provider over HTTP: single sign-on and single logout, by both bindings. */
import * as samlify from 'samlify';
import { createKeyPair, type KeyPair } from '#tests/ports/idp/saml/samlify-provider.ts';
import { type ForeignProvider, hostProvider, page, postingPage, type Visit } from './provider-host.ts';

export const NAME_ID_FORMATS = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
};
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const PERSON = { email: 'ada@acme.test', givenName: 'Ada', sn: 'Lovelace' };
/** Known to the package, not to its types. */
const ENCRYPTION = { keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p' };
const SESSION_INDEX = '_session-of-ada';

/** How its administrator has set it up, beside what it reads from our metadata. */
export interface SamlifySettings {
  /** It signs the assertion if our metadata ask for it, and the message if not; this signs the message in any case. */
  signMessage: boolean;
  /** Content encryption, an algorithm of XML Encryption. */
  encrypt: string | undefined;
  /** Encrypts before it signs the message; its default is the other way round, which breaks the signature. */
  encryptFirst: boolean;
  /** The template of the package has no AuthnStatement. */
  authnStatement: boolean;
  nameId: { format: string; value: string };
}

export interface SamlifyHost extends ForeignProvider {
  readonly settings: SamlifySettings;
  /** Logout messages that it has received and verified, in short. */
  readonly logouts: string[];
  reset(): void;
}

const defaults = (): SamlifySettings => ({
  signMessage: false,
  encrypt: undefined,
  encryptFirst: true,
  authnStatement: true,
  nameId: { format: NAME_ID_FORMATS.emailAddress, value: PERSON.email },
});

type Entities = {
  provider: ReturnType<typeof samlify.IdentityProvider>;
  us: ReturnType<typeof samlify.ServiceProvider>;
};

export async function startSamlify(): Promise<SamlifyHost> {
  const keys = await createKeyPair();
  const settings = defaults();
  const logouts: string[] = [];
  let metadata = '';
  const entities = (): Entities => ({
    provider: identityProvider(host.origin, keys, settings),
    us: samlify.ServiceProvider({
      metadata,
      wantMessageSigned: settings.signMessage,
      wantLogoutRequestSigned: true,
      wantLogoutResponseSigned: true,
    }),
  });
  const host = hostProvider(async (visit) => {
    if (visit.path === '/metadata')
      return new Response(identityProvider(host.origin, keys, settings).getMetadata(), {
        headers: { 'content-type': 'application/samlmetadata+xml' },
      });
    if (visit.path === '/sso') return signOn(entities(), settings, visit);
    if (visit.path === '/slo') return logOut(entities(), settings, logouts, visit);
    if (visit.path === '/sign-out') return askToLogOut(entities(), settings, visit);
    return page(404, 'not here');
  });
  return {
    origin: host.origin,
    metadataUrl: `${host.origin}/metadata`,
    initiateUrl: `${host.origin}/sso`,
    signOutUrl: `${host.origin}/sign-out`,
    settings,
    logouts,
    register(xml) {
      metadata = withOneKeyEach(xml);
    },
    reset() {
      Object.assign(settings, defaults());
      logouts.length = 0;
    },
    stop: host.stop,
  };
}

/** It can't tell several certificates for one use apart, so its administrator takes the first. */
function withOneKeyEach(metadata: string): string {
  return ['signing', 'encryption'].reduce((text, use) => {
    const descriptors = new RegExp(`<md:KeyDescriptor use="${use}">.*?</md:KeyDescriptor>`, 'gs');
    const [, ...others] = text.match(descriptors) ?? [];
    return others.reduce((left, other) => left.replace(other, ''), text);
  }, metadata);
}

const ATTRIBUTES = Object.keys(PERSON).map((name) => ({
  name,
  valueTag: name,
  nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
  valueXsiType: 'xs:string',
}));
const AUTHN_STATEMENT = `<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="${SESSION_INDEX}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;

function identityProvider(origin: string, keys: KeyPair, settings: SamlifySettings): Entities['provider'] {
  const both = (path: string) =>
    (['redirect', 'post'] as const).map((name) => ({
      Binding: samlify.Constants.namespace.binding[name],
      Location: `${origin}${path}`,
    }));
  const { context } = samlify.SamlLib.defaultLoginResponseTemplate;
  return samlify.IdentityProvider({
    entityID: `${origin}/metadata`,
    privateKey: keys.privateKey,
    signingCert: keys.certificate,
    requestSignatureAlgorithm: RSA_SHA256,
    wantAuthnRequestsSigned: true,
    wantLogoutRequestSigned: true,
    wantLogoutResponseSigned: true,
    nameIDFormat: [settings.nameId.format],
    singleSignOnService: both('/sso'),
    singleLogoutService: both('/slo'),
    isAssertionEncrypted: settings.encrypt !== undefined,
    ...ENCRYPTION,
    ...(settings.encrypt && { dataEncryptionAlgorithm: settings.encrypt }),
    loginResponseTemplate: {
      context: context.replace('{AuthnStatement}', settings.authnStatement ? AUTHN_STATEMENT : ''),
      attributes: ATTRIBUTES,
    },
  });
}

async function signOn({ provider, us }: Entities, settings: SamlifySettings, visit: Visit): Promise<Response> {
  const request = visit.fields['SAMLRequest']
    ? await provider.parseLoginRequest(us, visit.binding, parsed(visit))
    : null;
  const { id } = Object(request?.extract.request);
  const relayState = visit.fields['RelayState'] ?? '';
  const action = String(us.entityMeta.getAssertionConsumerService('post'));
  const fill = (template: string) => {
    const now = new Date();
    const end = new Date(now.getTime() + 300_000).toISOString();
    const tags = {
      ID: `_${crypto.randomUUID()}`,
      AssertionID: `_${crypto.randomUUID()}`,
      Destination: action,
      SubjectRecipient: action,
      Audience: us.entityMeta.getEntityID(),
      Issuer: provider.entityMeta.getEntityID(),
      IssueInstant: now.toISOString(),
      ConditionsNotBefore: now.toISOString(),
      ConditionsNotOnOrAfter: end,
      SubjectConfirmationDataNotOnOrAfter: end,
      StatusCode: samlify.Constants.StatusCode.Success,
      NameIDFormat: settings.nameId.format,
      NameID: settings.nameId.value,
      // an attribute whose value is undefined is left out
      InResponseTo: typeof id === 'string' ? id : undefined,
      attrEmail: PERSON.email,
      attrGivenName: PERSON.givenName,
      attrSn: PERSON.sn,
    };
    return { id: tags.ID, context: samlify.SamlLib.replaceTagsByValue(template, tags) };
  };
  const { context } = await provider.createLoginResponse(us, { extract: request?.extract ?? {} }, 'post', PERSON, {
    relayState,
    customTagReplacement: fill,
    encryptThenSign: settings.encryptFirst,
  });
  return postingPage(action, { SAMLResponse: context, RelayState: relayState });
}

/** A request is answered by the binding that it came by; an answer ends the sign-out. */
async function logOut(
  { provider, us }: Entities,
  settings: SamlifySettings,
  logouts: string[],
  visit: Visit,
): Promise<Response> {
  const { binding, fields } = visit;
  if (fields['SAMLResponse'] !== undefined) {
    await provider.parseLogoutResponse(us, binding, parsed(visit));
    logouts.push(`response by ${binding}`);
    return page(200, 'signed out of everything');
  }
  const { extract } = await provider.parseLogoutRequest(us, binding, parsed(visit));
  const session = String(extract.sessionIndex) === SESSION_INDEX ? 'of the session' : 'of another session';
  logouts.push(`request by ${binding} ${extract.nameID === settings.nameId.value ? session : 'of somebody else'}`);
  const relayState = fields['RelayState'] ?? '';
  const { context } = provider.createLogoutResponse(us, { extract }, binding, { relayState });
  return message({ us }, 'SAMLResponse', binding, context, relayState);
}

function askToLogOut({ provider, us }: Entities, { nameId }: SamlifySettings, { fields }: Visit): Response {
  const binding = fields['binding'] === 'post' ? 'post' : 'redirect';
  const user = { logoutNameID: nameId.value, sessionIndex: SESSION_INDEX };
  const { context } = provider.createLogoutRequest(us, binding, user, { relayState: 'theirs' });
  return message({ us }, 'SAMLRequest', binding, context, 'theirs');
}

/** @param context an address for Redirect, base64 for POST */
function message(
  { us }: Pick<Entities, 'us'>,
  name: 'SAMLRequest' | 'SAMLResponse',
  binding: Visit['binding'],
  context: string,
  relayState: string,
): Response {
  if (binding === 'redirect') return new Response(null, { status: 302, headers: { location: context } });
  return postingPage(String(us.entityMeta.getSingleLogoutService('post')), { [name]: context, RelayState: relayState });
}

/** As samlify wants it: what the signature of a redirect covers stands apart. */
function parsed({ binding, fields, query }: Visit) {
  return binding === 'post' ? { body: fields } : { query: fields, octetString: query.replace(/&Signature=.*$/, '') };
}
