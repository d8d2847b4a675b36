import { createSourceFile } from '@nestml/diagnostics';
import fc from 'fast-check';
import { expect } from 'vitest';
import { formatSource } from '../src/format/format-tree.ts';
import { check, parse, type SyntaxTree, type Token } from '../src/index.ts';

export function formatted(text: string): string {
  return formatSource(createSourceFile('test.nestml', text));
}

export function treeOf(text: string): SyntaxTree {
  return parse(createSourceFile('test.nestml', text));
}

const trivia: ReadonlySet<Token['kind']> = new Set([
  'whitespace',
  'comment',
  'continuation',
  'blank-line-end',
  'newline',
]);

/** Kind and text of all tokens that carry syntax. */
export function wordsOf({ tokens, source }: SyntaxTree): readonly string[] {
  return tokens
    .filter(({ kind }) => !trivia.has(kind))
    .map(({ kind, start, end }) => `${kind} ${source.text.slice(start, end)}`);
}

/** The texts of all comments, in order, without blanks at their ends. */
export function commentsOf({ comments }: SyntaxTree): readonly string[] {
  return comments.map(({ text }) => text.trimEnd());
}

/** What differs between two trees of one model though nothing was changed: places, and comments above blocks, which mean nothing. */
const placeKeys: ReadonlySet<string> = new Set(['span', 'operatorSpan', 'keyword', 'source', 'start', 'end']);
const commentedBlocks: ReadonlySet<unknown> = new Set(['model', 'function']);
const blocks: ReadonlySet<unknown> = new Set([
  'state',
  'parameters',
  'internals',
  'equations',
  'input',
  'output',
  'update',
  'onReceive',
  'onCondition',
]);

/** Plain data without places; comments without blanks at their ends, units without blanks. */
export function withoutPlaces(value: unknown, key = ''): unknown {
  if (value instanceof Map) return withoutPlaces([...value], key);
  if (value instanceof Set) return withoutPlaces([...value], key);
  if (Array.isArray(value)) return value.map((one) => withoutPlaces(one, key));
  if (typeof value === 'string')
    return key === 'text' || key === 'documentation' ? value.replace(/\s+$/gm, '') : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !placeKeys.has(name));
  const isBlock = 'kind' in value && blocks.has(value.kind) && !commentedBlocks.has(value.kind);
  return Object.fromEntries(
    entries.map(([name, one]) => {
      if (name === 'unit') return [name, unitText(one)];
      if (name === 'comments' && isBlock) return [name, null];
      return [name, withoutPlaces(one, name)];
    }),
  );
}

function unitText(unit: unknown): unknown {
  if (typeof unit !== 'object' || unit === null || !('text' in unit)) return withoutPlaces(unit);
  return String(unit.text).replace(/\s+/g, '');
}

/** Codes of all findings of the checker, in order. */
export function codesOf(tree: SyntaxTree): readonly string[] {
  return check(tree).diagnostics.map(({ code }) => code);
}

/** Everything that formatting promises for a text without errors of syntax. Gives the result. */
export function expectFaithful(text: string): string {
  const before = treeOf(text);
  const result = formatted(text);
  const after = treeOf(result);
  expect(wordsOf(after)).toEqual(wordsOf(before));
  expect(commentsOf(after)).toEqual(commentsOf(before));
  expect(withoutPlaces(after.models)).toEqual(withoutPlaces(before.models));
  expect(formatted(result)).toBe(result);
  expect(result).not.toMatch(/[ \t]$|\r|\n\n\n/m);
  return result;
}

/** Where white space is changed at random; 0 to 1 each time it is asked. */
export type Chance = () => number;

/** A source of chance that fast-check can shrink: it runs through a list of numbers, again and again. */
export const chances: fc.Arbitrary<Chance> = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 400 })
  .map((numbers) => {
    let next = 0;
    return () => numbers[next++ % numbers.length]! / 1000;
  });

const joining: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '=',
  ',',
  '(',
  ')',
  '[',
  ']',
  '<=',
  '**',
  '==',
]);
const brackets: ReadonlyMap<string, number> = new Map([
  ['(', 1],
  ['[', 1],
  ['[[', 1],
  [')', -1],
  [']', -1],
  [']]', -1],
]);

/** The tokens of a canonical text with other white space: blanks, tabs, line breaks where they mean nothing, other indentation. */
export function mangled(text: string, chance: Chance): string {
  const { tokens } = treeOf(text);
  const unit = [' ', '  ', '   ', '    ', '     ', '\t'][Math.floor(chance() * 6)]!;
  const lineEnd = ['\n', '\r\n', '\n'][Math.floor(chance() * 3)]!;
  let [level, depth, before, result] = [0, 0, '', ''];
  let isLineStart = true;
  for (const { kind, start, end } of tokens) {
    const word = text.slice(start, end);
    if (kind === 'indent') level += 1;
    else if (kind === 'dedent') level -= 1;
    else if (kind === 'newline' || kind === 'blank-line-end') {
      result += (chance() < 0.2 ? '  ' : '') + lineEnd;
      isLineStart = kind === 'newline' || depth === 0;
      before = '';
    } else if (kind === 'comment') {
      const column = start - (text.lastIndexOf('\n', start) + 1);
      result += `${isLineStart ? unit.repeat(column / 4) : [' ', '\t'][Math.floor(chance() * 2)]!}${word}`;
    } else if (kind !== 'whitespace' && kind !== 'continuation' && start < end) {
      result += isLineStart
        ? unit.repeat(level)
        : separator(before, word, text[start - 1]!, unit, level, depth, chance);
      result += word;
      depth += brackets.get(word) ?? 0;
      isLineStart = false;
      before = word;
    }
  }
  return result;
}

function separator(
  before: string,
  word: string,
  old: string,
  unit: string,
  level: number,
  depth: number,
  chance: Chance,
): string {
  const dice = chance();
  if (before === '') return `${unit.repeat(level)}   `;
  const mayJoin = /\w$/.test(before) !== /^\w/.test(word) && (joining.has(before) || joining.has(word));
  if (mayJoin && dice < 0.3) return '';
  if (dice < 0.35) return ` \\\n${' '.repeat(Math.floor(chance() * 9))}`;
  if (dice < 0.4 && depth > 0) return `\n${unit.repeat(level)}   `;
  const isGlued = old !== ' ' && (word === '(' || word === '[');
  if (isGlued) return '';
  return [' ', '  ', '\t', ' \t '][Math.floor(chance() * 4)]!;
}
