const DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** An integer as a superscript: `⁻³`; a plus sign is left out. */
export function superscript(integer: string): string {
  return integer
    .replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? digit)
    .replace('-', '⁻')
    .replace('+', '');
}

/** From this magnitude up to that one, numbers are written out. */
const WRITTEN_OUT = [1e-4, 1e7] as const;

/** A number with at most `digits` significant digits (1 to 21): `−54.402`, `1.5·10⁻⁹`; NaN is a dash. */
export function numberText(value: number, digits: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.abs(rounded);
  if (rounded === 0 || (magnitude >= WRITTEN_OUT[0] && magnitude < WRITTEN_OUT[1]))
    return String(rounded).replace('-', '−');
  const [mantissa = '', exponent = ''] = rounded.toExponential().split('e');
  const factor = mantissa.replace('-', '−');
  return `${factor === '1' || factor === '−1' ? factor.slice(0, -1) : `${factor}·`}10${superscript(exponent)}`;
}
