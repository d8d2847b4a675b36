/** Classes of characters, by UTF-16 code. NESTML names and numbers are ASCII. */

const codes = {
  tab: 0x09,
  lineFeed: 0x0a,
  formFeed: 0x0c,
  carriageReturn: 0x0d,
  blank: 0x20,
  dollar: 0x24,
  zero: 0x30,
  nine: 0x39,
  upperA: 0x41,
  upperZ: 0x5a,
  underscore: 0x5f,
  lowerA: 0x61,
  lowerZ: 0x7a,
} as const;

export function isLineEnd(code: number): boolean {
  return code === codes.lineFeed || code === codes.carriageReturn;
}

/** Blank, tab or form feed. */
export function isBlank(code: number): boolean {
  return code === codes.blank || code === codes.tab || code === codes.formFeed;
}

export function isDigit(code: number): boolean {
  return code >= codes.zero && code <= codes.nine;
}

export function isNameStart(code: number): boolean {
  return (
    (code >= codes.lowerA && code <= codes.lowerZ) ||
    (code >= codes.upperA && code <= codes.upperZ) ||
    code === codes.underscore ||
    code === codes.dollar
  );
}

export function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code);
}

/** The offset behind a line end at `offset`: `\r\n` is one line end. */
export function skipLineEnd(text: string, offset: number): number {
  const isPair =
    text.charCodeAt(offset) === codes.carriageReturn && text.charCodeAt(offset + 1) === codes.lineFeed;
  return offset + (isPair ? 2 : 1);
}

/** The first offset from `offset` on whose character is not of the class, or the length of the text. */
export function skipWhile(text: string, offset: number, isInClass: (code: number) => boolean): number {
  let end = offset;
  while (end < text.length && isInClass(text.charCodeAt(end))) end += 1;
  return end;
}

/** The first offset from `offset` on that has no blank, tab or form feed. */
export function skipBlanks(text: string, offset: number): number {
  let end = offset;
  while (isBlank(text.charCodeAt(end))) end += 1;
  return end;
}

/** The first offset from `offset` on that has no part of a name. */
export function skipNameParts(text: string, offset: number): number {
  let end = offset;
  while (isNamePart(text.charCodeAt(end))) end += 1;
  return end;
}

/** The end of the line that contains `offset`, without its line end. */
export function skipToLineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end += 1;
  return end;
}

/** The column that leading white space reaches; a tab advances to the next multiple of 8. */
export function indentationWidth(whitespace: string): number {
  let width = 0;
  for (let at = 0; at < whitespace.length; at += 1) {
    width = whitespace[at] === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  }
  return width;
}
