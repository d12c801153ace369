/** What a forgery is made of: cuts and splices of the text, so that every byte that was signed stays as it was. */

import { newId } from '#dev/saml/document.ts';
import { elementsOf, replaceRange, type SourceElement } from '#dev/saml/source.ts';
import type { SsoErrorCode } from '#error';
import { ADMIN, ALICE, type HonestOptions, idOf, type Target } from './honest.ts';
import type { Message, Place } from './stage.ts';

export interface Forgery {
  /** The property that is broken, in words. */
  readonly words: string;
  readonly reasons: readonly SsoErrorCode[];
  readonly forge: (target: Target) => Promise<Message> | Message;
  /** Connection that it is sent to; default `saml`. */
  readonly place?: Place;
  /** The honest response that is accepted right afterwards; default the generator's own default. */
  readonly control?: HonestOptions;
}

/** Responses that wrap something else are refused for one of these; which one depends on what is seen first. */
export const WRAPPED = ['saml_structure', 'saml_signature', 'saml_multiple_assertions'] as const;

export function find(xml: string, localName: string, occurrence = 0): SourceElement {
  const element = elementsOf(xml).filter((each) => each.localName === localName)[occurrence];
  if (!element) throw new Error(`no ${localName}`);
  return element;
}

/** The element's text, with both of its tags. */
export function textOf(xml: string, localName: string, occurrence = 0): string {
  const { start, end } = find(xml, localName, occurrence);
  return xml.slice(start, end);
}

export function without(xml: string, localName: string, occurrence = 0): string {
  const { start, end } = find(xml, localName, occurrence);
  return replaceRange(xml, start, end, '');
}

export function replaced(xml: string, localName: string, text: string, occurrence = 0): string {
  const { start, end } = find(xml, localName, occurrence);
  return replaceRange(xml, start, end, text);
}

export type Spot = 'before' | 'after' | 'first' | 'last';

export function insert(xml: string, spot: Spot, localName: string, text: string, occurrence = 0): string {
  const { start, end, contentStart, contentEnd } = find(xml, localName, occurrence);
  const offset = { before: start, after: end, first: contentStart, last: contentEnd }[spot];
  return replaceRange(xml, offset, offset, text);
}

/** The same element about the admin, under another ID and without signature. */
export function evil(element: string, id: string = newId()): string {
  const name = elementsOf(element)[0]?.localName ?? '';
  const bare = element.includes('Signature') ? unsigned(element, name) : element;
  return asAdmin(bare).replace(idOf(bare, name), id);
}

/** Takes out the signature that is a child of the first element of that name. */
export function unsigned(xml: string, parent: string): string {
  const { start, end, depth } = find(xml, parent);
  const own = elementsOf(xml).find(
    (each) => each.localName === 'Signature' && each.depth === depth + 1 && each.start > start && each.end < end,
  );
  return own ? replaceRange(xml, own.start, own.end, '') : xml;
}

export function asAdmin(xml: string): string {
  return [
    [ALICE.email, ADMIN.email],
    [ALICE.givenName, ADMIN.givenName],
    [ALICE.familyName, ADMIN.familyName],
    [ALICE.groups[0], ADMIN.groups[0]],
  ].reduce((text, [from = '', to = '']) => text.replaceAll(from, to), xml);
}

/** @throws Error when there is nothing to replace: the forgery would be an honest document */
export function swap(xml: string, from: string | RegExp, to: string): string {
  const changed = xml.replace(from, () => to);
  if (changed === xml) throw new Error(`nothing to replace by ${to}`);
  return changed;
}
