/** What we say of ourselves: built in the order that the schema of SAML metadata wants, and the same until something changes. */
import { expect, test } from 'bun:test';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import * as samlify from 'samlify';
import { serviceProvider } from '#ports/idp/saml/endpoints.ts';
import { presentMetadata } from '#ports/idp/saml/service-provider-metadata.ts';
import { canonical } from './canonical.ts';
import { CONNECTION_ID, PUBLIC_URL, SETTINGS } from './samlify-provider.ts';

const KEYS = [
  { id: '1', status: 'active' as const, certificate: 'QUNUSVZF' },
  { id: '2', status: 'next' as const, certificate: 'TkVYVA==' },
];
const ours = serviceProvider(PUBLIC_URL, CONNECTION_ID);
const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:';

function present(settings: Partial<typeof SETTINGS> = {}, authnRequestsSigned = true): string {
  const presented = { publicUrl: PUBLIC_URL, connectionId: CONNECTION_ID, keys: KEYS, authnRequestsSigned };
  return presentMetadata({ ...presented, settings: { ...SETTINGS, ...settings } });
}

interface Read {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Read[];
}

function read(xml: string): Read {
  const document = XmlDocument.fromString(xml);
  const walk = (node: XmlElement): Read => {
    const children: Read[] = [];
    for (let child = node.firstChild; child; child = child.next)
      if (child instanceof XmlElement) children.push(walk(child));
    const attributes = Object.fromEntries(node.attrs.map((each) => [each.name, each.content]));
    return { name: `${node.namespacePrefix}:${node.name}`, attributes, text: node.content, children };
  };
  try {
    return walk(document.root);
  } finally {
    document.dispose();
  }
}

const descriptorOf = (xml: string) => read(xml).children[0] ?? read('<none/>');
const named = (element: Read, name: string) => element.children.filter((child) => child.name === `md:${name}`);

test('one descriptor, its members in the order of the schema', () => {
  const xml = present();
  expect(canonical(xml)).toBe(xml);
  const root = read(xml);
  expect(root).toMatchObject({ name: 'md:EntityDescriptor', attributes: { entityID: ours.entityId } });
  expect(root.children.map(({ name }) => name)).toEqual(['md:SPSSODescriptor']);
  const descriptor = descriptorOf(xml);
  expect(descriptor.attributes).toEqual({
    AuthnRequestsSigned: 'true',
    WantAssertionsSigned: 'true',
    protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
  });
  expect(descriptor.children.map(({ name }) => name.slice(3))).toEqual([
    ...Array.from({ length: 3 }, () => 'KeyDescriptor'),
    ...Array.from({ length: 2 }, () => 'SingleLogoutService'),
    ...Array.from({ length: 3 }, () => 'NameIDFormat'),
    'AssertionConsumerService',
  ]);
  expect(named(descriptor, 'SingleLogoutService').map(({ attributes }) => attributes)).toEqual([
    { Binding: `${BINDING}HTTP-Redirect`, Location: ours.logoutUrl },
    { Binding: `${BINDING}HTTP-POST`, Location: ours.logoutUrl },
  ]);
  expect(named(descriptor, 'AssertionConsumerService').map(({ attributes }) => attributes)).toEqual([
    { Binding: `${BINDING}HTTP-POST`, Location: ours.consumerServiceUrl, index: '0', isDefault: 'true' },
  ]);
});

test('both certificates for signing, and the one that will last for encryption', () => {
  const keys = named(descriptorOf(present()), 'KeyDescriptor');
  expect(keys.map(({ attributes, children }) => [attributes['use'], children[0]?.text])).toEqual([
    ['signing', 'QUNUSVZF'],
    ['signing', 'TkVYVA=='],
    ['encryption', 'TkVYVA=='],
  ]);
});

test('methods of encryption; CBC only where the connection takes it', () => {
  const methods = (xml: string) =>
    named(named(descriptorOf(xml), 'KeyDescriptor')[2] ?? descriptorOf(xml), 'EncryptionMethod').map(({ attributes }) =>
      attributes['Algorithm']?.replace(/.*#/, ''),
    );
  expect(methods(present())).toEqual(['aes256-gcm', 'aes128-gcm', 'rsa-oaep-mgf1p']);
  expect(methods(present({ allowCbc: true }))).toEqual([
    'aes256-gcm',
    'aes128-gcm',
    'aes256-cbc',
    'aes128-cbc',
    'rsa-oaep-mgf1p',
  ]);
  const signing = named(descriptorOf(present()), 'KeyDescriptor')[0];
  expect(signing && named(signing, 'EncryptionMethod')).toEqual([]);
});

test('what the settings change', () => {
  const formats = (xml: string) => named(descriptorOf(xml), 'NameIDFormat').map(({ text }) => text.replace(/.*:/, ''));
  expect(formats(present())).toEqual(['persistent', 'emailAddress', 'unspecified']);
  expect(formats(present({ subjectAttribute: 'uid' }))).toEqual([
    'persistent',
    'emailAddress',
    'unspecified',
    'transient',
  ]);
  expect(formats(present({ nameIdFormat: 'urn:x:only' }))).toEqual(['only']);

  const own = present({ consumerServiceUrl: 'https://app.example/acs?a=1&b' });
  expect(named(descriptorOf(own), 'AssertionConsumerService').map(({ attributes }) => attributes)).toEqual([
    { Binding: `${BINDING}HTTP-POST`, Location: 'https://app.example/acs?a=1&b', index: '0', isDefault: 'true' },
    { Binding: `${BINDING}HTTP-POST`, Location: ours.consumerServiceUrl, index: '1' },
  ]);
  expect(descriptorOf(present({ wantAssertionsSigned: false }, false)).attributes).toMatchObject({
    AuthnRequestsSigned: 'false',
    WantAssertionsSigned: 'false',
  });
});

test('the same each time, and read by another make', () => {
  expect(present()).toBe(present());
  const { entityMeta } = samlify.ServiceProvider({ metadata: present() });
  expect(entityMeta.getEntityID()).toBe(ours.entityId);
  expect(entityMeta.isAuthnRequestSigned()).toBe(true);
  expect(entityMeta.getAssertionConsumerService('post')).toBe(ours.consumerServiceUrl);
});

test('addresses of a connection', () => {
  expect(serviceProvider('https://sso.example/', 'c1')).toEqual({
    entityId: 'https://sso.example/saml/c1/metadata',
    consumerServiceUrl: 'https://sso.example/saml/c1/acs',
    logoutUrl: 'https://sso.example/saml/c1/slo',
  });
});
