/** The children of an element, by name and count: what is not listed, or comes too often, is refused. */
import { attributeOf, childrenOf, type Element, nameOf } from './document.ts';
import { refusal } from './trail.ts';

export class Members {
  readonly #owner: string;
  readonly #byName = new Map<string, Element[]>();

  /**
   * @param allowed names as `nameOf` writes them
   * @throws SsoError `saml_structure` for any other child, and for text between them
   */
  constructor(element: Element, allowed: readonly string[]) {
    this.#owner = nameOf(element);
    for (const child of childrenOf(element)) {
      const name = nameOf(child);
      if (!allowed.includes(name))
        throw refusal('saml_structure', `an element within ${this.#owner} that does not belong there`);
      const same = this.#byName.get(name);
      if (same) same.push(child);
      else this.#byName.set(name, [child]);
    }
  }

  all(name: string): readonly Element[] {
    return this.#byName.get(name) ?? [];
  }

  /** @throws SsoError `saml_structure` when there are two */
  optional(name: string): Element | undefined {
    const [first, second] = this.all(name);
    if (second) throw refusal('saml_structure', `${this.#owner} has more than one ${name}`);
    return first;
  }

  /** @throws SsoError `saml_structure` when there is not exactly one */
  required(name: string): Element {
    const element = this.optional(name);
    if (!element) throw refusal('saml_structure', `${this.#owner} has no ${name}`);
    return element;
  }
}

/** @throws SsoError `saml_structure` when it is absent or empty */
export function requiredAttribute(element: Element, name: string): string {
  const value = attributeOf(element, name);
  if (!value) throw refusal('saml_structure', `${nameOf(element)} has no ${name}`);
  return value;
}
