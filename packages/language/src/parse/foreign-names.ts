import type { Span } from '@nestml/diagnostics';
import type { LexerState } from './lexer-state.ts';

/** Letters of other alphabets and what is usual in their place; others lose their accent, or have no substitute. */
const substitutes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      α: 'alpha',
      β: 'beta',
      γ: 'gamma',
      δ: 'delta',
      ε: 'epsilon',
      ζ: 'zeta',
      η: 'eta',
      θ: 'theta',
      ι: 'iota',
      κ: 'kappa',
    },
    ...{
      λ: 'lambda',
      μ: 'mu',
      ν: 'nu',
      ξ: 'xi',
      ρ: 'rho',
      σ: 'sigma',
      τ: 'tau',
      υ: 'upsilon',
      φ: 'phi',
      χ: 'chi',
      ψ: 'psi',
    },
    ...{
      ω: 'omega',
      ϑ: 'theta',
      ϕ: 'phi',
      Γ: 'Gamma',
      Δ: 'Delta',
      Θ: 'Theta',
      Λ: 'Lambda',
      Ξ: 'Xi',
      Σ: 'Sigma',
      Φ: 'Phi',
      Ψ: 'Psi',
    },
    ...{ ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss', ø: 'o', Ø: 'O', æ: 'ae', œ: 'oe' },
    ...{ '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9' },
  }),
);

/** Characters of a name that are looked at on each side of a stray letter, so that the cost is bounded. */
const longestName = 100;

const wordPart = /[\p{L}\p{M}\p{N}_$]/u;

/**
 * Reports a name with a letter outside of a to z, once however often it stands in the file; `span` is the stray letter. False if it is
 * no letter.
 */
export function reportForeignName(state: LexerState, span: Span): boolean {
  const { text } = state;
  if (!/^\p{L}/u.test(text.slice(span.start, span.end))) return false;
  let { start, end } = span;
  const [first, last] = [start - longestName, end + longestName];
  while (start > Math.max(0, first) && wordPart.test(text[start - 1]!)) start -= 1;
  while (end < Math.min(text.length, last) && wordPart.test(text[end]!)) end += 1;
  const name = text.slice(start, end);
  if (state.foreignNames.has(name)) return true;
  state.foreignNames.add(name);
  const instead = plainName(name);
  const advice =
    'Names consist of the letters a to z and A to Z, digits and `_`' +
    (instead === undefined ? '' : `; write e.g. \`${instead}\``);
  const edits = [{ span: { start, end }, text: instead ?? '' }];
  // The plain name may be taken.
  const fixes =
    instead === undefined ? [] : [{ title: `Write \`${instead}\``, isGuess: true as const, edits }];
  state.report(
    'invalid-characters',
    span,
    { characters: text.slice(span.start, span.end), advice },
    { fixes },
  );
  return true;
}

/** The name in plain letters; undefined if one has no substitute. */
function plainName(name: string): string | undefined {
  const letters = Array.from(
    name,
    (letter) => substitutes.get(letter) ?? letter.normalize('NFD').replace(/\p{M}/gu, ''),
  );
  const plain = letters.join('');
  return /^[A-Za-z_]\w*$/.test(plain) ? plain : undefined;
}
