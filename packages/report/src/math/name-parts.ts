/** A name, taken apart as the field writes it. */
export interface NameParts {
  /** The letter or word on the line, as it stands in the model: `V`, `tau`, `Act`. */
  readonly base: string;
  /** The parts below the line: `I_syn_exc` has `syn` and `exc`. */
  readonly subscripts: readonly string[];
}

/** Greek letters by the names that models use; capitals that look Latin are left out. */
export const GREEK: ReadonlyMap<string, { readonly letter: string; readonly latex: string }> = new Map(
  (
    [
      ['alpha', 'α'],
      ['beta', 'β'],
      ['gamma', 'γ'],
      ['delta', 'δ'],
      ['epsilon', 'ε', '\\varepsilon'],
      ['zeta', 'ζ'],
      ['eta', 'η'],
      ['theta', 'θ'],
      ['kappa', 'κ'],
      ['lambda', 'λ'],
      ['mu', 'μ'],
      ['nu', 'ν'],
      ['xi', 'ξ'],
      ['pi', 'π'],
      ['rho', 'ρ'],
      ['sigma', 'σ'],
      ['tau', 'τ'],
      ['phi', 'φ', '\\varphi'],
      ['chi', 'χ'],
      ['psi', 'ψ'],
      ['omega', 'ω'],
      ['Gamma', 'Γ'],
      ['Delta', 'Δ'],
      ['Theta', 'Θ'],
      ['Lambda', 'Λ'],
      ['Xi', 'Ξ'],
      ['Pi', 'Π'],
      ['Sigma', 'Σ'],
      ['Phi', 'Φ'],
      ['Psi', 'Ψ'],
      ['Omega', 'Ω'],
    ] as const
  ).map(([name, letter, latex]) => [name, { letter, latex: latex ?? `\\${name}` }]),
);

/**
 * Takes a name apart at its underscores; digits behind a single (also Greek) letter are a subscript: `w1`, `tau2`.
 * @returns `undefined` for a text that is not made of ASCII letters, digits and underscores, or has no letter in front
 */
export function splitName(name: string): NameParts | undefined {
  if (!/^_*[A-Za-z]\w*$/.test(name)) return undefined;
  const [base = '', ...subscripts] = name.split('_').filter((part) => part !== '');
  const numbered = /^([A-Za-z]+)(\d+)$/.exec(base);
  const letter = numbered?.[1];
  const digits = numbered?.[2];
  if (letter === undefined || digits === undefined || !(letter.length === 1 || GREEK.has(letter))) {
    return { base, subscripts };
  }
  return { base: letter, subscripts: [digits, ...subscripts] };
}
