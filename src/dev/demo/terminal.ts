/** What the demo prints with: colours where they are wanted, and lines of at most 100 columns. */

export type Style = (text: string) => string;

export interface Palette {
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
  readonly yellow: Style;
  readonly blue: Style;
  readonly magenta: Style;
  readonly cyan: Style;
}

export interface Terminal {
  readonly palette: Palette;
  /** Columns that a line may take. */
  readonly width: number;
  print(line?: string): void;
}

const WIDEST = 100;
const NARROWEST = 60;

/** Select Graphic Rendition (ECMA-48 §8.3.117): the codes that switch a style on and off. */
const CODES: Record<keyof Palette, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/** The process's own terminal: plain when it is none, or when `NO_COLOR` is set (no-color.org). */
export function openTerminal(): Terminal {
  const { isTTY, columns } = process.stdout;
  // whoever reads may leave early, as `head` does; what was started has to be stopped all the same
  process.stdout.on('error', () => {});
  return {
    palette: paletteOf(Boolean(isTTY) && !process.env['NO_COLOR']),
    width: Math.min(WIDEST, Math.max(NARROWEST, columns || WIDEST)),
    print: (line = '') => void process.stdout.write(`${line}\n`),
  };
}

export function paletteOf(coloured: boolean): Palette {
  const style = (name: keyof Palette): Style => {
    const [on, off] = CODES[name];
    return coloured ? (text) => `\u001b[${on}m${text}\u001b[${off}m` : (text) => text;
  };
  return {
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    green: style('green'),
    yellow: style('yellow'),
    blue: style('blue'),
    magenta: style('magenta'),
    cyan: style('cyan'),
  };
}

/** Joins the words into lines of at most `width` characters; a longer word keeps its line to itself. */
export function wrap(words: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)}${separator}${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
