import { nameToLatex } from './latex.ts';

/** A letter, word or command with a subscript that holds no braces: `V_m`, `\tau_{syn, exc}`. */
const SUBSCRIPTED = /(\\?[A-Za-z]+)_(?:\{([^{}]*)\}|([A-Za-z0-9]))/g;

/** Pairs of the usual index letters are two indices, as in w_{ij}, and no word. */
const INDICES = /^[ijkl]{2}$/;

/**
 * Sets the symbols in LaTeX of an author like those of the equations: a symbol of the model looks as it does there, and
 * words below the line are upright, `V_{syn}` as `V_{\mathrm{syn}}`. What is in braces of its own, as `V_{\text{syn}}`,
 * stays as it is.
 * @param symbols names of the model as it writes them: `tau_syn_exc`
 */
export function setSymbols(latex: string, symbols: ReadonlySet<string>): string {
  return latex.replace(SUBSCRIPTED, (whole: string, base: string, group?: string, character?: string) => {
    const below = group ?? character ?? '';
    const words = below.split(/[\s,_]+/).filter((word) => word !== '');
    const nameOf = (letters: string) => [letters.replace('\\', ''), ...words].join('_');
    if (symbols.has(nameOf(base))) return nameToLatex(nameOf(base));
    // Letters that stand together are factors: the last one carries the subscript.
    const [front, last] = base.startsWith('\\') ? ['', base] : [base.slice(0, -1), base.slice(-1)];
    if (symbols.has(nameOf(last))) return front + nameToLatex(nameOf(last));
    return group === undefined ? whole : `${base}_{${uprightWords(group)}}`;
  });
}

function uprightWords(below: string): string {
  return below.replace(/(?<![\\A-Za-z])[A-Za-z]{2,}/g, (word) =>
    INDICES.test(word) ? word : `\\mathrm{${word}}`,
  );
}
