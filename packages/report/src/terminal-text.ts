/** Whether a code point fills two cells: East Asian wide characters and emoji. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/** Cells that one character fills: none for combining marks, two for wide ones. Control characters are not expected. */
export function characterWidth(character: string): 0 | 1 | 2 {
  if (/^[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  return isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
}

/** Cells that a text fills in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Letters of units that have no ASCII form under Unicode's own decomposition. */
const ASCII_FORMS: Readonly<Record<string, string>> = {
  µ: 'u',
  μ: 'u',
  Ω: 'Ohm',
  Δ: 'd',
  τ: 'tau',
  '−': '-',
  '–': '-',
  '—': '-',
  '·': '*',
  '×': 'x',
  '…': '~',
  '°': 'deg',
  '↑': '^',
  '↓': 'v',
  '→': '->',
};

/**
 * A text that is safe to put into a terminal: control characters (which could move the cursor) become spaces; where
 * only ASCII may be used, other characters become their nearest form or `?`.
 */
export function terminalText(text: string, unicode: boolean): string {
  const safe = text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ');
  if (unicode) return safe;
  const decomposed = [...safe].map((c) => ASCII_FORMS[c] ?? c).join('');
  return decomposed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, (c) => ASCII_FORMS[c] ?? '?');
}

/** The beginning of a text, at most `width` cells, with an ellipsis (`~` in ASCII) where something was cut. */
export function truncate(text: string, width: number, unicode: boolean): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width - 1) break;
    kept += character;
  }
  return width < 1 ? '' : kept + (unicode ? '…' : '~');
}

/** Fills up with spaces to `width` cells, on the right for `left` aligned text and on the left for `right`. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** How a piece of text stands out: a colour of the 256-colour palette, or a weight. */
export type TerminalStyle = number | 'bold' | 'dim' | 'plain';

/** Text in an ANSI style (ECMA-48 SGR), reset at its end. */
export function styled(text: string, style: TerminalStyle): string {
  switch (style) {
    case 'plain':
      return text;
    case 'bold':
      return `\x1b[1m${text}\x1b[0m`;
    case 'dim':
      return `\x1b[2m${text}\x1b[0m`;
    default:
      return `\x1b[38;5;${style}m${text}\x1b[0m`;
  }
}
