import type { Span } from '@nestml/diagnostics';
import { isUnitName } from '@nestml/units';
import { keywords } from '../syntax/tokens.ts';
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

/** A name with letters outside of a to z. */
export interface ForeignName {
  /** The first of those letters. */
  readonly letter: Span;
  /** Where the name stands. */
  readonly places: Span[];
}

/** Notes a name with a letter outside of a to z; `span` is the stray letter. False if it is no letter. */
export function noteForeignName(state: LexerState, span: Span): boolean {
  const { text } = state;
  if (!/^\p{L}/u.test(text.slice(span.start, span.end))) return false;
  let { start, end } = span;
  const [first, last] = [start - longestName, end + longestName];
  while (start > Math.max(0, first) && wordPart.test(text[start - 1]!)) start -= 1;
  while (end < Math.min(text.length, last) && wordPart.test(text[end]!)) end += 1;
  const name = text.slice(start, end);
  const known = state.foreignNames.get(name);
  if (known === undefined) state.foreignNames.set(name, { letter: span, places: [{ start, end }] });
  else if (known.places.at(-1)!.start < start) known.places.push({ start, end });
  return true;
}

/** Reports each foreign name once, with the fix that writes it in plain letters wherever it stands. */
export function reportForeignNames(state: LexerState): void {
  if (state.foreignNames.size === 0) return;
  const taken = new Set(state.tokens.map(({ start, end }) => state.text.slice(start, end)));
  for (const [name, { letter, places }] of state.foreignNames) {
    const instead = plainName(name);
    const advice =
      'Names consist of the letters a to z and A to Z, digits and `_`' +
      (instead === undefined ? '' : `; write e.g. \`${instead}\``);
    const characters = state.text.slice(letter.start, letter.end);
    const edits = places.map((span) => ({ span, text: instead ?? '' }));
    const fix = { title: `Write \`${instead}\``, edits };
    const isTaken = instead !== undefined && (taken.has(instead) || isMeaningful(instead));
    const fixes = instead === undefined ? [] : [isTaken ? { ...fix, isGuess: true as const } : fix];
    state.report('invalid-characters', letter, { characters, advice }, { fixes });
    if (instead !== undefined) taken.add(instead);
  }
}

/** Whether a name means something without being declared. */
function isMeaningful(name: string): boolean {
  return keywords.has(name) || isUnitName(name) || ['t', 'e', 'pi'].includes(name);
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
