/** JSON with its parts in colours; long strings and queries are cut short, with the whole of them in the tooltip. */
import { element } from './dom.ts';

const LONGEST = 56;
/** Addresses are for reading, but for those that carry a SAML message. */
const LONGEST_ADDRESS = 200;
const HEAD = 26;
const TAIL = 10;

export function jsonView(value: unknown, label: string): HTMLElement {
  // scrolled with the keyboard, too, where it is larger than its place
  const view = element('pre', { class: 'json', tabindex: '0', role: 'region', 'aria-label': label });
  view.append(...nodes(value, ''));
  return view;
}

function nodes(value: unknown, indent: string): (Node | string)[] {
  if (typeof value !== 'object' || value === null) return [scalar(value)];
  const members = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return [open + close];
  const inner = `${indent}  `;
  const lines = members.flatMap(([key, child], index) => [
    `\n${inner}`,
    ...(Array.isArray(value) ? [] : [element('span', { class: 'name' }, `"${key}"`), ': ']),
    ...nodes(child, inner),
    index < members.length - 1 ? ',' : '',
  ]);
  return [open, ...lines, `\n${indent}${close}`];
}

function scalar(value: unknown): HTMLElement {
  if (typeof value !== 'string') return element('span', { class: 'value' }, JSON.stringify(value) ?? 'undefined');
  const isAddress = /^https?:/.test(value);
  if (value.length <= (isAddress ? LONGEST_ADDRESS : LONGEST))
    return element('span', { class: 'text' }, JSON.stringify(value));
  const short = isAddress ? value.replace(/\?.*$/, '?…') : `${value.slice(0, HEAD)}…${value.slice(-TAIL)}`;
  return element('span', { class: 'text long', title: value }, `"${short}"`);
}
