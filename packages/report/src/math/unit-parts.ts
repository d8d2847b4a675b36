/** A factor of a unit: a symbol with a whole exponent. */
export interface UnitFactor {
  /** As it is shown: `mV`, `µS`, `MΩ`. */
  readonly symbol: string;
  /** Exponent as written, 1 if none. */
  readonly exponent: number;
  /** Whether the factor stands behind a solidus. */
  readonly isBelow: boolean;
}

/** Units that may follow the prefix `u` for micro. */
const MICRO = /^u(?=(?:A|V|S|F|m|s|g|mol|M|Ohm|C|J|W|N|H|Hz)$)/;

const TOKEN = /\s*(?:([A-Za-zµμΩ]+)|(\*\*|\^)\s*(?:\(\s*([-+]?\d+)\s*\)|([-+]?\d+))|([*/()])|(1))/y;

/**
 * Reads a unit expression for display: products, quotients, whole powers, parentheses behind a solidus.
 * @returns `undefined` for what is not of this form; such a text is shown as it is
 */
export function splitUnit(text: string): readonly UnitFactor[] | undefined {
  const factors: UnitFactor[] = [];
  let isBelow = false;
  let depth = 0;
  const token = new RegExp(TOKEN);
  const source = text.trim();
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    if (match === null) return undefined;
    const [, symbol, power, inParentheses, bare, sign] = match;
    const last = factors.at(-1);
    if (symbol !== undefined) factors.push({ symbol: shown(symbol), exponent: 1, isBelow });
    else if (power !== undefined) {
      if (last === undefined || source[match.index - 1] === ')') return undefined;
      factors[factors.length - 1] = { ...last, exponent: Number(inParentheses ?? bare) };
    } else if (sign === '/') {
      if (depth > 0) return undefined;
      isBelow = true;
    } else if (sign === '*') isBelow &&= depth > 0;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if (depth < 0) return undefined;
  }
  return depth === 0 && factors.length > 0 ? standing(factors) : undefined;
}

function shown(symbol: string): string {
  return symbol.replace(MICRO, 'µ').replace(/Ohm$/, 'Ω');
}

/** A unit with nothing above the solidus has negative exponents instead: 1/ms is ms⁻¹. */
function standing(factors: readonly UnitFactor[]): readonly UnitFactor[] {
  const below = factors.filter((factor) => factor.isBelow);
  if (below.length === 1 && below.length < factors.length)
    return [...factors.filter((f) => !f.isBelow), ...below];
  return factors.map((factor) =>
    factor.isBelow ? { ...factor, exponent: -factor.exponent, isBelow: false } : factor,
  );
}
