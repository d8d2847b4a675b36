import { roundPixel } from './polyline.ts';

export const FONT_FAMILY = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/** Advance widths of a sans-serif face of Helvetica's proportions, in 1/1000 em. Others count as `OTHER_WIDTH`. */
const ADVANCES: readonly (readonly [width: number, characters: string])[] = [
  [222, "ijl'|"],
  [278, 'It ftr.,:;/\\[]!'],
  [333, '()-r"`{}'],
  [500, 'cksvxyzJ*'],
  [556, 'abdeghnopqu_0123456789L?$#'],
  [584, '+−=<>~×·^'],
  [611, 'FTZ'],
  [667, 'ABEKPSVXY&'],
  [722, 'CDHNRUw'],
  [778, 'GOQ'],
  [833, 'mM'],
  [944, 'W%@'],
];
const OTHER_WIDTH = 620;
/** Ideographs and emoji fill a whole em. */
const WIDE_FROM = 0x1100;
/** The fonts that a reader has are up to this much wider than Helvetica. */
const SAFETY = 1.08;

const WIDTHS: ReadonlyMap<string, number> = new Map(
  ADVANCES.flatMap(([width, characters]) => [...characters].map((c) => [c, width] as const)),
);

/** Width of a text in px at a font size in px, estimated on the large side since no font is at hand. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    const isWide = (character.codePointAt(0) ?? 0) >= 0x2e80 || isHangulJamo(character);
    width += isWide ? 1000 : (WIDTHS.get(character) ?? OTHER_WIDTH);
  }
  return (width / 1000) * size * SAFETY;
}

function isHangulJamo(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= WIDE_FROM && code < 0x1200;
}

/** The text itself if it fits into `width` px, else its beginning with an ellipsis. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/**
 * Breaks a text at spaces, and after underscores where a word is too long, into at most `most` lines of at most
 * `width` px; a line may end in an ellipsis.
 */
export function wrapText(text: string, width: number, size: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const [glue, part] of breakableParts(text, width, size)) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : last + glue + part;
    const hasRoom = textWidth(joined, size) <= width;
    if (last !== undefined && (hasRoom || lines.length === most)) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((line) => fitText(line, width, size));
}

/** The parts of a text, each with what joins it to the one before. */
function breakableParts(
  text: string,
  width: number,
  size: number,
): readonly (readonly [glue: string, part: string])[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.flatMap((word) => {
    const parts = textWidth(word, size) > width ? word.split(/(?<=_)(?=[^_])/) : [word];
    return parts.map((part, i) => [i === 0 ? ' ' : '', part] as const);
  });
}

/** Text for XML content and attribute values; characters that XML 1.0 forbids become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element; numbers are rounded to 1/100, undefined and empty attributes are left out. `children` is markup. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? roundPixel(value) : escapeXml(String(value))}"`,
    )
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** A text element. Where the visible text is shortened, `full` is kept as its tooltip. */
export function textElement(text: string, attributes: Attributes, full: string = text): string {
  const tooltip = full === text ? [] : [element('title', {}, [escapeXml(full)])];
  return element('text', attributes, [...tooltip, escapeXml(text)]);
}
