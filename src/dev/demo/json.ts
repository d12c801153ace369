/** JSON as a person reads it in a terminal: members share lines as long as they fit, long secrets are cut short. */
import type { Palette } from './terminal.ts';

export interface JsonStyle {
  readonly palette: Palette;
  /** Columns that a line may take. */
  readonly width: number;
  /** Columns that are taken already on the first line. */
  readonly taken?: number;
  /** Objects and arrays nested deeper than this are only counted. */
  readonly depth?: number;
}

/** A text with its styles, and the columns that it takes. */
interface Piece {
  readonly text: string;
  readonly columns: number;
}

const LONGEST_STRING = 40;
/** A token's beginning says what it is, and its end tells it from its neighbour. */
const HEAD = 10;
const TAIL = 6;

/** The lines of a JSON value. */
export function jsonLines(value: unknown, style: JsonStyle): string[] {
  const { depth = Number.POSITIVE_INFINITY, taken = 0, width } = style;
  return new Layout(style.palette).lines(value, { width, taken, depth }).map(({ text }) => text);
}

/** Secrets are shown by their beginning and end, addresses without what is secret in them. */
export function shorten(text: string): string {
  if (text.length <= LONGEST_STRING) return text;
  return /^https?:/.test(text) ? text.replace(/\?.*$/, '?…') : `${text.slice(0, HEAD)}…${text.slice(-TAIL)}`;
}

interface Room {
  readonly width: number;
  readonly taken: number;
  readonly depth: number;
}

class Layout {
  constructor(private readonly palette: Palette) {}

  lines(value: unknown, { width, taken, depth }: Room): Piece[] {
    const flat = this.flat(value, depth);
    if (taken + flat.columns <= width || typeof value !== 'object' || value === null || depth === 0) return [flat];
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    const members = Object.entries(value);
    const lines: Piece[] = [];
    let line: Piece[] = [];
    const flush = () => {
      if (line.length > 0) lines.push(indent(join(line, ' ')));
      line = [];
    };
    for (const [index, [key, child]] of members.entries()) {
      const name = Array.isArray(value) ? plain('') : this.name(key);
      const comma = index < members.length - 1 ? ',' : '';
      const whole = join([name, this.flat(child, depth - 1), plain(comma)]);
      if (whole.columns + 2 > width) {
        flush();
        const nested = this.lines(child, { width: width - 2, taken: name.columns + 1, depth: depth - 1 });
        const last = nested.length - 1;
        lines.push(
          ...nested.map((piece, at) =>
            indent(join([at === 0 ? name : plain(''), piece, plain(at === last ? comma : '')])),
          ),
        );
      } else {
        if (join([...line, whole], ' ').columns + 2 > width) flush();
        line.push(whole);
      }
    }
    flush();
    return [plain(open), ...lines, plain(close)];
  }

  /** On one line, whatever it takes. */
  private flat(value: unknown, depth: number): Piece {
    if (typeof value !== 'object' || value === null) return this.scalar(value);
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }'];
    const members = Object.entries(value);
    if (members.length === 0) return plain((open + close).replaceAll(' ', ''));
    if (depth === 0) return this.styled(`${open}… ${members.length} members${close}`, this.palette.dim);
    const parts = members.map(([key, child]) =>
      Array.isArray(value) ? this.flat(child, depth - 1) : join([this.name(key), this.flat(child, depth - 1)]),
    );
    return join([plain(open), join(parts, ', '), plain(close)]);
  }

  private name(key: string): Piece {
    return join([this.styled(`"${key}"`, this.palette.cyan), plain(': ')]);
  }

  private scalar(value: unknown): Piece {
    if (typeof value === 'string') return this.styled(JSON.stringify(shorten(value)), this.palette.green);
    return this.styled(JSON.stringify(value) ?? 'undefined', this.palette.yellow);
  }

  private styled(text: string, style: (text: string) => string): Piece {
    return { text: style(text), columns: text.length };
  }
}

function plain(text: string): Piece {
  return { text, columns: text.length };
}

function indent(piece: Piece): Piece {
  return { text: `  ${piece.text}`, columns: piece.columns + 2 };
}

function join(pieces: readonly Piece[], separator = ''): Piece {
  return {
    text: pieces.map(({ text }) => text).join(separator),
    columns: pieces.reduce((sum, { columns }) => sum + columns, separator.length * Math.max(0, pieces.length - 1)),
  };
}
