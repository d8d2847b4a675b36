import temml from 'temml';
import type { Formula } from './formula.ts';
import { formulaToLatex, type LatexOptions, latexText } from './latex.ts';
import { formulaToText } from './text-line.ts';

/** `block` formulas stand on a line of their own, `inline` ones in a text. */
export type MathDisplay = 'block' | 'inline';

/** A formula as presentation MathML, for HTML of any page; no fonts, style sheet or script needed. */
export function formulaToMathMl(formula: Formula, display: MathDisplay, options: LatexOptions = {}): string {
  const latex = formulaToLatex(formula, options);
  return latexToMathMl(latex, display) ?? latexToMathMl(latexText(formulaToText(formula)), display) ?? '';
}

/** Commands that could reach outside the formula are refused, loops of macros cut off. */
const LIMITS = { trust: false, maxExpand: 1000 } as const;
/** Largest size in em that a formula may ask for. */
const LARGEST = 20;

/** @returns `undefined` if the text is not LaTeX that can be typeset, whatever the reason: a page does without it */
export function latexToMathMl(latex: string, display: MathDisplay): string | undefined {
  try {
    return temml.renderToString(latex, {
      ...LIMITS,
      maxSize: [LARGEST, LARGEST],
      displayMode: display === 'block',
      throwOnError: true,
    });
  } catch {
    return undefined;
  }
}
