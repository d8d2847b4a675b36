import { isUnitName } from '@nestml/units';
import { readParts, writeParts } from '../declaration-words.ts';
import { joinWords, newWord, newWords, renamed, spanOfWords, type Word } from '../old-words.ts';
import { commentsOf, head, type Line, mapBody, mapWords } from '../outline.ts';
import type { ModelFacts, Step } from '../translation.ts';
import { callAt, mentions, parenthesised, replaceOperands, splitAt } from '../words-of-expressions.ts';

/**
 * `shape` becomes `kernel`; shapes that use each other become one kernel; start values lose their units, since a kernel is a plain number
 * today and its convolution has got the unit of the port.
 */
export const rewriteKernels: Step = (model, facts) => {
  const names = new Set<string>();
  const rewritten = mapBody(model, (block) => {
    if (head(block) !== 'equations' || block.body === undefined) return [block];
    const lines = block.body.map((line) => asKernel(line));
    for (const { words } of lines.filter(isKernel)) for (const name of targetsOf(words)) names.add(name);
    return [{ ...block, body: joinSystems(lines) }];
  });
  const plain = mapBody(rewritten, (block) =>
    head(block) === 'state' ? [mapBody(block, (line) => [withoutUnit(line, names)])] : [block],
  );
  return mapWords(plain, (words) => simplifyDelta(words, facts));
};

function isKernel({ words }: Line): boolean {
  return words[0]?.text === 'kernel';
}

/** `shape k = …`, and the line `k = …` of the first versions. */
function asKernel(line: Line): Line {
  const [first, second] = line.words;
  if (first === undefined) return line;
  if (first.text === 'shape') return { ...line, words: [renamed(first, 'kernel'), ...line.words.slice(1)] };
  if (second?.text !== '=') return line;
  const word = newWord('kernel', { start: first.span.start, end: first.span.start }, '');
  return { ...line, words: [word, { ...first, gap: ' ' }, ...line.words.slice(1)] };
}

/** The names that a kernel defines. */
function targetsOf(words: readonly Word[]): readonly string[] {
  return splitAt(words.slice(1), ',').map(([name]) => name?.text ?? '');
}

/** Kernels of which one uses the variable of another, as one. */
function joinSystems(lines: readonly Line[]): readonly Line[] {
  const result: Line[] = [];
  for (const line of lines) {
    const partner = isKernel(line)
      ? result.findIndex((one) => isKernel(one) && (uses(one, line) || uses(line, one)))
      : -1;
    const first = result[partner];
    if (first === undefined) {
      result.push(line);
      continue;
    }
    const { end } = spanOfWords(first.words);
    const comma = newWord(',', { start: end, end }, '');
    const words = [...first.words, comma, ...line.words.slice(1)];
    result[partner] = { ...first, words, before: [...first.before, ...commentsOf(line)] };
  }
  return result;
}

function uses(user: Line, used: Line): boolean {
  return targetsOf(used.words).some((name) => mentions(user.words.slice(2), name));
}

/** `g nS = 0 nS` of a kernel's variable as `g real = 0`, its derivatives in 1/ms. */
function withoutUnit(line: Line, kernels: ReadonlySet<string>): Line {
  const parts = readParts(line.words);
  const [name = []] = parts.names;
  const unit = joinWords(parts.type);
  if (!kernels.has(name[0]?.text ?? '') || ['', 'real', 'integer'].includes(unit)) return line;
  // What is no unit is left for the parser to report.
  if (!parts.type.every(({ kind, text }) => kind !== 'name' || isUnitName(text))) return line;
  const order = name.filter(({ text }) => text === "'").length;
  const plain = order === 0 ? 'real' : order === 1 ? '1/ms' : `ms**-${order}`;
  if (unit === plain) return line;
  const type = newWords(plain, spanOfWords(parts.type));
  const value = parts.value === undefined ? undefined : strip(parts.value, unit, order);
  return { ...line, words: writeParts({ ...parts, type, value }) };
}

/** The part of a unit that makes it a derivative: `/ms`, `* ms**-2`, `ms**-1`. */
const rate = /(^|\s*\*\s*)m?s\s*\*\*\s*-\s*\d+$|\s*\/\s*m?s(\s*\*\*\s*\d+)?$/;

/** A value of a unit as a number, divided by the part of the unit that is not time. */
function strip(value: readonly Word[], unit: string, order: number): readonly Word[] {
  const [number, ...written] = value;
  if (order === 0 && number?.kind === 'number' && joinWords(written) === unit) return [number];
  const { end } = spanOfWords(value);
  const base = order === 0 ? unit : unit.replace(rate, '');
  if (base === '' || base === '1') return value;
  const divisor = newWords(` / (1 ${base})`, { start: end, end });
  return [...parenthesised(value, ' '), ...divisor];
}

/** `delta(t, tau)`: its second argument once chose the decay. */
function simplifyDelta(words: readonly Word[], { mark }: ModelFacts): readonly Word[] {
  return replaceOperands(words, (all, at) => {
    const call = all[at]!.text === 'delta' ? callAt(all, at) : undefined;
    if (call === undefined || call.arguments.length < 2) return undefined;
    mark(
      'the jump of a delta kernel with two arguments was the weight, whatever factor stood before it; today factors count',
      call.span,
    );
    const product = [call.name, ...parenthesised(call.arguments[0]!, '')];
    return { length: call.length, product };
  });
}
