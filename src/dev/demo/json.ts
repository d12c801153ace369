/** JSON as a person reads it in a terminal: on one line where it fits, long secrets and addresses cut short. */
import type { Palette } from './terminal.ts';

export interface JsonStyle {
  readonly palette: Palette;
  /** Columns that a line may take. */
  readonly width: number;
  /** Objects and arrays nested deeper than this are only counted. */
  readonly depth: number;
}

const LONGEST_STRING = 44;
/** A token's beginning says what it is, and its end tells it from its neighbour. */
const HEAD = 22;
const TAIL = 8;

/** The lines of a JSON value. */
export function jsonLines(value: unknown, style: JsonStyle): string[] {
  return linesOf(value, { ...style, taken: 0, level: 0 });
}

interface Place extends JsonStyle {
  /** Columns that stand before the value, or behind it, on its first line. */
  readonly taken: number;
  readonly level: number;
}

function linesOf(value: unknown, place: Place): string[] {
  const { palette, width, depth, taken, level } = place;
  if (typeof value !== 'object' || value === null) return [scalar(value, palette)];
  const entries = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return [open + close];
  if (level >= depth) return [palette.dim(`${open} ${entries.length} more ${close}`)];
  const plain = oneLine(value, place);
  if (plain !== undefined && taken + plain.length <= width) return [paintedLine(value, palette)];
  const inner = entries.flatMap(([key, child], index) => {
    const name = Array.isArray(value) ? '' : `${palette.cyan(`"${key}"`)}: `;
    const plainName = Array.isArray(value) ? 0 : key.length + 4;
    const lines = linesOf(child, { ...place, taken: plainName + 1, level: level + 1, width: width - 2 });
    const comma = index < entries.length - 1 ? ',' : '';
    return lines.map((line, at) => `  ${at === 0 ? name : ''}${line}${at === lines.length - 1 ? comma : ''}`);
  });
  return [open, ...inner, close];
}

/** Without colours; undefined where something would have to be left out. */
function oneLine(value: unknown, { depth, level }: Place): string | undefined {
  return height(value) + level <= depth ? compact(value, plainScalar, (key) => `"${key}"`) : undefined;
}

function paintedLine(value: unknown, palette: Palette): string {
  return compact(
    value,
    (leaf) => scalar(leaf, palette),
    (key) => palette.cyan(`"${key}"`),
  );
}

function compact(value: unknown, leaf: (value: unknown) => string, name: (key: string) => string): string {
  if (typeof value !== 'object' || value === null) return leaf(value);
  const parts = Object.entries(value).map(([key, child]) => {
    const text = compact(child, leaf, name);
    return Array.isArray(value) ? text : `${name(key)}: ${text}`;
  });
  if (parts.length === 0) return Array.isArray(value) ? '[]' : '{}';
  return Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}

/** How deep the value is nested; 0 for what holds nothing. */
function height(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children = Object.values(value);
  return children.length === 0 ? 0 : 1 + Math.max(...children.map(height));
}

function scalar(value: unknown, palette: Palette): string {
  const text = plainScalar(value);
  return typeof value === 'string' ? palette.green(text) : palette.yellow(text);
}

function plainScalar(value: unknown): string {
  return JSON.stringify(typeof value === 'string' ? shorten(value) : value) ?? 'undefined';
}

/** Secrets and addresses of the demo are shown by their beginning and end. */
export function shorten(text: string, longest = LONGEST_STRING): string {
  return text.length <= longest ? text : `${text.slice(0, HEAD)}…${text.slice(-TAIL)}`;
}
