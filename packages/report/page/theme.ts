/** The value of a custom property of the style sheet, for what is drawn on a canvas. */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Colours of curves, in the order of the palette of the pictures. */
const CURVE_COLOURS = 7;

/** The custom property with the colour of a curve. */
export function curveColour(index: number): string {
  return `curve-${index % CURVE_COLOURS}`;
}

const DASHES: readonly (readonly number[])[] = [[], [6, 2], [2, 2], [8, 2, 2, 2]];

/** The dash pattern of a curve: solid in the first round through the colours. */
export function curveDash(index: number): number[] {
  return [...(DASHES[Math.floor(index / CURVE_COLOURS) % DASHES.length] ?? [])];
}

export const FONT = "12px system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
