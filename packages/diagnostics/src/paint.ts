/** What a piece of a rendered text is; a painter decides how it looks. */
export type Style =
  | 'error'
  | 'warning'
  | 'note'
  | 'help'
  | 'strong'
  | 'gutter'
  | 'secondary'
  | 'added'
  | 'removed';

/** Puts a style on a text. */
export type Paint = (style: Style, text: string) => string;

/** SGR parameters of ECMA-48; the eight base colours follow the theme of the terminal. */
const SGR: Readonly<Record<Style, string>> = {
  error: '1;31',
  warning: '1;33',
  note: '1;36',
  help: '1;32',
  strong: '1',
  gutter: '34',
  secondary: '1;34',
  added: '32',
  removed: '31',
};

/** A painter that writes ANSI escape sequences, or one that changes nothing. */
export function createPaint(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => (text === '' ? '' : `\u001B[${SGR[style]}m${text}\u001B[0m`);
}
