/** The development identity provider's metadata (SAML metadata §2.4.3). */
import { newId } from './document.ts';
import { type Element, element, render } from './element.ts';
import { BINDINGS, NAME_ID_FORMATS } from './names.ts';
import { type ProviderState, signerOf } from './provider-state.ts';
import { signElement } from './signature.ts';
import type { SigningKey } from './signing-key.ts';

export const PATHS = {
  metadata: '/metadata',
  sso: '/sso',
  initiate: '/sso/initiate',
  slo: '/slo',
  signIn: '/sign-in/',
};

/** As the switches want it, but for the faults of delivery: those are the endpoint's. */
export async function metadataDocument(state: ProviderState): Promise<string> {
  const { faults } = state;
  const { xml, id } = buildMetadata(state);
  const signed = faults.signMetadata ? await signElement(xml, { ...signerOf(state), id, position: 'first' }) : xml;
  const doctype = faults.metadata === 'dtd' ? '<!DOCTYPE EntityDescriptor [<!ENTITY a "b">]>' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>${doctype}${signed}`;
}

/** Unsigned, and without an XML declaration. */
export function buildMetadata({ entityId, origin, faults, keys }: ProviderState): { xml: string; id: string } {
  const id = newId();
  const published =
    faults.metadata === 'new-key'
      ? [keys.attacker]
      : [keys.current, ...(keys.next ? [keys.next] : []), ...keys.previous];
  const attributes = {
    ID: id,
    entityID: faults.metadata === 'other-entity' ? 'https://elsewhere.example/metadata' : entityId,
    validUntil: faults.validUntil,
    cacheDuration: faults.cacheDuration,
  };
  const endpoints = (name: string, path: string) =>
    (['redirect', 'post'] as const).map((binding) =>
      element('metadata', name, { Binding: BINDINGS[binding], Location: origin + path }),
    );
  const descriptor = element(
    'metadata',
    'IDPSSODescriptor',
    {
      WantAuthnRequestsSigned: String(faults.wantAuthnRequestsSigned),
      protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
    },
    [
      ...published.map((key) => keyDescriptor(key, faults.keyUse)),
      ...endpoints('SingleLogoutService', PATHS.slo),
      ...Object.values(NAME_ID_FORMATS).map((format) => element('metadata', 'NameIDFormat', {}, [format])),
      ...endpoints('SingleSignOnService', PATHS.sso),
    ],
  );
  return { xml: render(element('metadata', 'EntityDescriptor', attributes, [descriptor])), id };
}

function keyDescriptor(key: SigningKey, hasUse: boolean): Element {
  const certificate = element('signature', 'X509Certificate', {}, [key.certificate]);
  const info = element('signature', 'KeyInfo', {}, [element('signature', 'X509Data', {}, [certificate])]);
  return element('metadata', 'KeyDescriptor', { use: hasUse ? 'signing' : undefined }, [info]);
}
