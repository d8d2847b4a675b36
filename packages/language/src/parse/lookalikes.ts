/** What to write instead of a character that NESTML does not know. */
export interface CharacterAdvice {
  readonly text: string;
  /** The text that means the same, where there is one. */
  readonly replacement?: string;
}

/** Characters that come in by copying from papers, word processors and other languages. */
const advices: ReadonlyMap<string, CharacterAdvice> = new Map([
  ['\u00a0', { text: 'This is a non-breaking blank; use an ordinary one', replacement: ' ' }],
  ['\u2212', { text: 'This is a typographic minus; use `-`', replacement: '-' }],
  ['\u2013', { text: 'This is a dash; use `-`', replacement: '-' }],
  ['\u2014', { text: 'This is a dash; use `-`', replacement: '-' }],
  ['\u00d7', { text: 'A product is written with `*`', replacement: '*' }],
  ['\u00b7', { text: 'A product is written with `*`', replacement: '*' }],
  ['\u22c5', { text: 'A product is written with `*`', replacement: '*' }],
  ['\u00f7', { text: 'A quotient is written with `/`', replacement: '/' }],
  ['\u2264', { text: 'Write `<=`', replacement: '<=' }],
  ['\u2265', { text: 'Write `>=`', replacement: '>=' }],
  ['\u2260', { text: 'Write `!=`', replacement: '!=' }],
  ['\u2019', { text: "The mark of a derivative is `'`", replacement: "'" }],
  ['\u2018', { text: "The mark of a derivative is `'`", replacement: "'" }],
  ['\u2032', { text: "The mark of a derivative is `'`", replacement: "'" }],
  ['\u201c', { text: 'The quote of a string is `"`', replacement: '"' }],
  ['\u201d', { text: 'The quote of a string is `"`', replacement: '"' }],
  ['\u00b2', { text: 'A power is written with `**`', replacement: '**2' }],
  ['\u00b3', { text: 'A power is written with `**`', replacement: '**3' }],
  ['\u00b5', { text: 'Micro is written `u`, as in `uS`', replacement: 'u' }],
  ['\u03bc', { text: 'Micro is written `u`, as in `uS`', replacement: 'u' }],
  ['\u2126', { text: 'Write `Ohm`', replacement: 'Ohm' }],
  ['\u03a9', { text: 'Write `Ohm`', replacement: 'Ohm' }],
  ['\u221e', { text: 'Infinity is written `inf`', replacement: 'inf' }],
  ['\u03c0', { text: 'Write `pi`', replacement: 'pi' }],
  ['!', { text: 'Negation is written `not`', replacement: 'not ' }],
  ['{', { text: 'Blocks are marked by indentation, not by braces' }],
  ['}', { text: 'Blocks are marked by indentation, not by braces' }],
  ['\\', { text: 'A backslash joins two lines only as the last character of a line' }],
  ['..', { text: 'A range is written with three points', replacement: '...' }],
  ['.', { text: 'A point stands only inside a number; ports and variables have no members' }],
]);

/** Advice for a run of invalid characters, if all of them are the same known one or the first is. */
export function adviceFor(characters: string): CharacterAdvice | undefined {
  const whole = advices.get(characters);
  if (whole !== undefined) return whole;
  const advice = advices.get(characters[0]!);
  return advice === undefined ? undefined : { text: advice.text };
}
