/**
 * The colours of Okabe and Ito (Color Universal Design, 2008), told apart with any kind of colour vision. Ordered by
 * contrast on white; their yellow is left out, since thin yellow lines cannot be seen on paper.
 */
export const SERIES_COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
] as const;

/** Dash patterns for the second and later rounds through the colours. */
const DASHES = ['', '6 2', '2 2', '8 2 2 2'] as const;

export interface LineStyle {
  readonly colour: string;
  /** An SVG `stroke-dasharray`; empty for a solid line. */
  readonly dash: string;
}

/** The style of the curve number `index` (from 0) of a panel. */
export function lineStyle(index: number): LineStyle {
  const round = Math.floor(index / SERIES_COLOURS.length);
  return {
    colour: SERIES_COLOURS[index % SERIES_COLOURS.length] ?? '#000000',
    dash: DASHES[round % DASHES.length] ?? '',
  };
}

export const INK = {
  text: '#1a1a1a',
  quiet: '#595959',
  axis: '#333333',
  grid: '#ebebeb',
  reference: '#767676',
  spike: '#1a1a1a',
} as const;

/**
 * The same order of hues from the 256 colours of terminals, chosen bright enough for a dark and dark enough for a
 * light background.
 */
export const TERMINAL_COLOURS = [38, 172, 36, 175, 166, 74, 244] as const;
