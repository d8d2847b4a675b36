import { allUnitNames, isUnitName, plainUnitName } from './unit-names.ts';

/** Units that modellers write every day, the likelier first; they win over `MV` and `PS`. */
const COMMON_NAMES: readonly string[] = Object.freeze([
  ...[
    'mV',
    'ms',
    'pA',
    'nS',
    'pF',
    'nA',
    's',
    'Hz',
    'V',
    'MOhm',
    'GOhm',
    'uS',
    'pS',
    'nF',
    'us',
    'kHz',
    'uA',
  ],
  ...['mS', 'uF', 'kOhm', 'Ohm', 'uV', 'mA', 'um', 'mm', 'cm', 'm', 'A', 'S', 'F', 'K', 'mol', 'mmol', 'l'],
]);

/** Long names of units, in lower case and singular. */
const SYMBOL_OF_WORD: ReadonlyMap<string, string> = new Map([
  ['volt', 'V'],
  ['ampere', 'A'],
  ['amp', 'A'],
  ['second', 's'],
  ['sec', 's'],
  ['meter', 'm'],
  ['metre', 'm'],
  ['kelvin', 'K'],
  ['mole', 'mol'],
  ['candela', 'cd'],
  ['gram', 'g'],
  ['siemens', 'S'],
  ['ohm', 'Ohm'],
  ['farad', 'F'],
  ['coulomb', 'C'],
  ['hertz', 'Hz'],
  ['watt', 'W'],
  ['joule', 'J'],
  ['newton', 'N'],
  ['pascal', 'Pa'],
  ['liter', 'l'],
  ['litre', 'l'],
  ['hour', 'h'],
  ['day', 'd'],
  ['year', 'a'],
]);

const SYMBOL_OF_PREFIX_WORD: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['femto', 'f'],
  ['pico', 'p'],
  ['nano', 'n'],
  ['micro', 'u'],
  ['milli', 'm'],
  ['centi', 'c'],
  ['deci', 'd'],
  ['kilo', 'k'],
  ['mega', 'M'],
  ['giga', 'G'],
  ...['f', 'p', 'n', 'u', 'm', 'c', 'k', 'M', 'G'].map((prefix): [string, string] => [prefix, prefix]),
]);

/** Names that are no units here, and the expression that says the same. */
const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['M', 'mol/l'],
  ['mM', 'mmol/l'],
  ['uM', 'umol/l'],
  ['nM', 'nmol/l'],
]);

const celsius = 'write kelvin, which is the value in degrees Celsius + 273.15, or `K` for a difference';
const angstrom = 'write `0.1 nm`';

/** What to write for units that have no other name here: their values differ, so that replacing the name is not enough. */
const CONVERSIONS: ReadonlyMap<string, string> = new Map([
  ['degc', celsius],
  ['celsius', celsius],
  ['angstrom', angstrom],
  ['aa', angstrom],
  ['min', '`min` is a function, and a minute is `60 s`'],
]);

/** How to write what a name means that is no unit here and has no replacement of the same value; undefined for other names. */
export function adviseOnUnit(name: string): string | undefined {
  return CONVERSIONS.get(name.replace(/^deg_?C/i, 'degc').toLowerCase());
}

/** Below this length a single wrong letter leaves too little to guess from. */
const SHORTEST_CORRECTED_NAME = 3;

/**
 * The unit that was probably meant by a name: `mv` → `mV`, `millivolt` → `mV`, `Vm` → `mV`, `mM` → `mmol/l`. A name that
 * is a unit gets a suggestion only if a usual unit differs from it in case alone (`PF` → `pF`).
 * @returns a unit expression that `parseUnit` reads, or undefined if there is no good guess
 */
export function suggestUnit(name: string): string | undefined {
  const plain = plainUnitName(name);
  const replacement = REPLACEMENTS.get(plain);
  if (replacement !== undefined) return replacement;
  if (COMMON_NAMES.includes(plain)) return undefined;
  const common = findIgnoringCase(COMMON_NAMES, plain);
  if (common !== undefined || isUnitName(plain)) return common;
  return (
    readWords(plain) ??
    findIgnoringCase(allUnitNames(), plain) ??
    COMMON_NAMES.find((candidate) => isSwapped(plain, candidate)) ??
    findByOneEdit(plain)
  );
}

/** A year with a prefix, such as a kiloyear: readable elsewhere, and not the ampere that it resembles. */
const PREFIXED_YEAR = /^[fpnumckMGT]a$/;

/**
 * Whether a suggestion is but another spelling of the name (`mv`, `msec`, `Ohms`, `mM`), so that writing it keeps what was meant. Not so for
 * a name with another letter (`mVs`), or if the case of a prefix changes (`mohm`).
 */
export function isSpellingOf(name: string, suggestion: string): boolean {
  const plain = plainUnitName(name);
  if (REPLACEMENTS.get(plain) === suggestion || readWords(plain) === suggestion) return true;
  if (plain.toLowerCase() !== suggestion.toLowerCase() || PREFIXED_YEAR.test(plain)) return false;
  const isOtherPrefix =
    plain.charAt(0) !== suggestion.charAt(0) && SYMBOL_OF_PREFIX_WORD.has(plain.charAt(0));
  return !isOtherPrefix || !isPrefixed(suggestion);
}

function isPrefixed(unit: string): boolean {
  return unit.length > 1 && isUnitName(unit.slice(1));
}

function findIgnoringCase(candidates: readonly string[], name: string): string | undefined {
  const lower = name.toLowerCase();
  return candidates.find((candidate) => candidate.toLowerCase() === lower);
}

/** `millivolts`, `mvolt`, `Seconds` → the symbol. */
function readWords(name: string): string | undefined {
  for (const spelling of [name, name.toLowerCase()]) {
    for (const [prefixWord, prefix] of SYMBOL_OF_PREFIX_WORD) {
      if (!spelling.startsWith(prefixWord)) continue;
      const word = spelling.slice(prefixWord.length).toLowerCase();
      const symbol = SYMBOL_OF_WORD.get(word) ?? SYMBOL_OF_WORD.get(word.replace(/(?:es|s)$/u, ''));
      const candidate = symbol === undefined ? undefined : prefix + symbol;
      if (candidate !== undefined && isUnitName(candidate)) return candidate;
    }
  }
  return undefined;
}

function findByOneEdit(name: string): string | undefined {
  if (name.length < SHORTEST_CORRECTED_NAME) return undefined;
  return COMMON_NAMES.find((candidate) => candidate.length > 1 && isOneEditApart(name, candidate));
}

/** Whether the two names differ in the order of two neighbouring letters, whatever the case. */
function isSwapped(name: string, candidate: string): boolean {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  const first = firstDifference(a, b);
  return (
    a.length === b.length &&
    first < a.length &&
    a.charAt(first) + a.charAt(first + 1) === b.charAt(first + 1) + b.charAt(first) &&
    a.slice(first + 2) === b.slice(first + 2)
  );
}

/** Whether one letter added, left out or replaced makes one name of the other, whatever the case. */
function isOneEditApart(name: string, candidate: string): boolean {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  const first = firstDifference(a, b);
  return (
    a.slice(first + 1) === b.slice(first) ||
    a.slice(first) === b.slice(first + 1) ||
    a.slice(first + 1) === b.slice(first + 1)
  );
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a.charAt(index) === b.charAt(index)) index++;
  return index;
}
