/** Columns between two tab stops. */
const TAB_WIDTH = 4;

/**
 * One line as a terminal shows it: tabs are spaces, control characters are visible symbols (so that a model file cannot
 * send escape sequences), and every UTF-16 offset knows its column.
 */
export interface DisplayLine {
  readonly text: string;
  /** Columns that `text` takes. */
  readonly width: number;
  /** The column (from 0) at which the character at a UTF-16 offset begins; offsets are clamped to the line. */
  columnAt(offset: number): number;
  /** Where the first character of `text` begins that ends behind a column, and the column at which it begins. */
  startAt(column: number): { readonly index: number; readonly column: number };
}

/** Ranges of code points that take two columns (Unicode East Asian Width W and F, coarse blocks, and emoji). */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** Columns that one character takes in a terminal: 0 for combining marks and joiners, 2 for wide characters. */
function columnsOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (/^[\p{Mn}\p{Me}\u200B-\u200D\uFEFF]$/u.test(character)) return 0;
  return WIDE.some(([first, last]) => first <= code && code <= last) ? 2 : 1;
}

/** The visible symbol for a control character (Unicode block Control Pictures), other characters as they are. */
function visible(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  const isHidden = (code >= 0x80 && code < 0xa0) || isDirectionControl(code) || isLoneSurrogate(code);
  return isHidden ? '\uFFFD' : character;
}

/** Controls of bidirectional text would reorder what a reader sees. */
function isDirectionControl(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

function isLoneSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Lays out one line of text, given without its line end. */
export function layOutLine(line: string): DisplayLine {
  const columns: number[] = [];
  // Of each character of the laid-out text: where it begins, as an index and as a column.
  const starts: number[] = [];
  const startColumns: number[] = [];
  let text = '';
  let column = 0;
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit++) columns.push(column);
    if (character === '\t') {
      const width = TAB_WIDTH - (column % TAB_WIDTH);
      for (let blank = 0; blank < width; blank++) {
        starts.push(text.length + blank);
        startColumns.push(column + blank);
      }
      text += ' '.repeat(width);
      column += width;
    } else {
      const shown = visible(character);
      starts.push(text.length);
      startColumns.push(column);
      text += shown;
      column += columnsOf(shown);
    }
  }
  const width = column;
  return {
    text,
    width,
    columnAt: (offset) => (offset >= columns.length ? width : columns[Math.max(0, offset)]!),
    startAt: (wanted) => {
      const place = lastNotAfter(startColumns, wanted);
      return { index: starts[place] ?? 0, column: startColumns[place] ?? 0 };
    },
  };
}

/** The place of the first of the last equal numbers that are not greater than `wanted`, in rising numbers; 0 if there is none. */
function lastNotAfter(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= wanted) low = middle + 1;
    else high = middle;
  }
  let place = Math.max(0, low - 1);
  // A combining mark shares the column of its neighbour.
  while (place > 0 && numbers[place - 1] === numbers[place]) place -= 1;
  return place;
}

/** A text without characters that a terminal would obey; tabs are kept as spaces, line ends are kept. */
export function harmless(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => layOutLine(line).text)
    .join('\n');
}

/** The same as one line: line ends are spaces. */
export function harmlessLine(text: string): string {
  return harmless(text).replaceAll('\n', ' ');
}

/**
 * The part of a laid-out line between two columns. A wide character that a border cuts is replaced by a space, so that
 * everything after it keeps its column.
 */
export function sliceColumns(line: DisplayLine, from: number, to: number): string {
  const start = line.startAt(from);
  let { column } = start;
  let result = '';
  for (const character of charactersFrom(line.text, start.index)) {
    if (column > to) break;
    const width = columnsOf(character);
    const end = column + width;
    if (column >= from && end <= to) result += character;
    else if (width === 2 && end > from && column < to) result += ' ';
    column = end;
  }
  return result;
}

/** The characters of a text from an index on. */
function* charactersFrom(text: string, from: number): Generator<string> {
  for (let index = from; index < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(index)!);
    yield character;
    index += character.length;
  }
}
