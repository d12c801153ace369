/**
 * Where the elements of an XML text begin and end, so that parts can be put in or replaced while every other character stays
 * as it was. It locates only: what a document means is for the parser to say.
 */

export interface SourceElement {
  /** As written, with prefix. */
  readonly name: string;
  readonly localName: string;
  /** As written, entities not resolved. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Offsets into the text, in UTF-16 units: `start` of the start tag, `end` behind the end tag. */
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  readonly depth: number;
  readonly isEmpty: boolean;
}

type Open = Omit<SourceElement, 'contentEnd' | 'end'> & { readonly index: number };

const TOKEN = new RegExp(
  [
    '<!--[\\s\\S]*?-->',
    '<!\\[CDATA\\[[\\s\\S]*?\\]\\]>',
    '<\\?[\\s\\S]*?\\?>',
    '<!DOCTYPE[^\\[>]*(?:\\[[\\s\\S]*?\\]\\s*)?>',
    '</(?<closed>[^\\s>]+)\\s*>',
    '<(?<opened>[^\\s/>!?]+)(?<attributes>(?:\\s+[^\\s=>/]+\\s*=\\s*(?:"[^"]*"|\'[^\']*\'))*)\\s*(?<empty>/?)>',
  ].join('|'),
  'g',
);

/** In document order. @throws Error when tags don't match */
export function elementsOf(xml: string): SourceElement[] {
  const found: SourceElement[] = [];
  const open: Open[] = [];
  let count = 0;
  for (const match of xml.matchAll(TOKEN)) {
    const { closed, opened, attributes = '', empty } = match.groups ?? {};
    const end = match.index + match[0].length;
    if (opened !== undefined) {
      const element = { ...tag(opened, attributes), start: match.index, contentStart: end, depth: open.length };
      const place = { ...element, isEmpty: empty === '/', index: count };
      count += 1;
      if (place.isEmpty) found[place.index] = { ...place, contentEnd: end, end };
      else open.push(place);
    } else if (closed !== undefined) {
      const place = open.pop();
      if (place?.name !== closed) throw new Error(`</${closed}> closes nothing`);
      found[place.index] = { ...place, contentEnd: match.index, end };
    }
  }
  if (open.length > 0) throw new Error(`<${open[0]?.name}> is not closed`);
  return found;
}

/** @param occurrence which of several elements with that ID. @throws Error when there is none */
export function elementWithId(xml: string, id: string, occurrence = 0): SourceElement {
  const element = elementsOf(xml).filter(({ attributes }) => attributes['ID'] === id)[occurrence];
  if (!element) throw new Error(`No element has the ID ${id}`);
  return element;
}

export function childrenOf(xml: string, parent: SourceElement): SourceElement[] {
  return elementsOf(xml).filter(
    ({ start, end, depth }) => start >= parent.contentStart && end <= parent.contentEnd && depth === parent.depth + 1,
  );
}

export function replaceRange(xml: string, start: number, end: number, text: string): string {
  return xml.slice(0, start) + text + xml.slice(end);
}

function tag(name: string, attributes: string): Pick<SourceElement, 'name' | 'localName' | 'attributes'> {
  const pairs = [...attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return {
    name,
    localName: name.slice(name.indexOf(':') + 1),
    attributes: Object.fromEntries(pairs.map(([, key, double, single]) => [key, double ?? single ?? ''])),
  };
}
