/** Exclusive canonical XML by libxml2: the judge of what our writer claims to have written. */
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';

/** The document's root, or the element that `xpath` finds, in exclusive canonical form. */
export function canonical(xml: string, xpath = '/*'): string {
  const document = XmlDocument.fromString(xml);
  try {
    const found = document.get(xpath);
    if (!found) throw new Error(`nothing at ${xpath}`);
    return found.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: false });
  } finally {
    document.dispose();
  }
}
