import type { RunnableCase } from './run-case.ts';
import type { Stimulation } from './stimuli.ts';

/**
 * A smaller case that still fails: takes away blocks, statements, stimuli, settings, and terms of sums, one after the other, as long as
 * `fails` says yes, until nothing can be taken away.
 * @param fails whether a case shows the same failure; must say no to a model with errors
 */
export async function shrink<C extends RunnableCase>(
  case_: C,
  fails: (candidate: C) => Promise<boolean>,
): Promise<C> {
  let current = case_;
  let position = 0;
  let hasShrunk = false;
  for (;;) {
    const candidate = [...candidates(current)][position];
    if (candidate === undefined) {
      if (!hasShrunk) return current;
      [position, hasShrunk] = [0, false];
    } else if (await fails(candidate)) {
      // What comes next now stands at this position.
      [current, hasShrunk] = [candidate, true];
    } else position += 1;
  }
}

function* candidates<C extends RunnableCase>(case_: C): Generator<C> {
  for (const stimulation of smallerStimulations(case_.stimulation)) yield { ...case_, stimulation };
  for (const index of case_.convolutions.keys())
    yield { ...case_, convolutions: case_.convolutions.toSpliced(index, 1) };
  for (const text of smallerTexts(case_.text)) yield { ...case_, text };
}

function* smallerStimulations(stimulation: Stimulation): Generator<Stimulation> {
  const { currents = [], spikes = [], poisson = [], set = {} } = stimulation;
  for (const index of currents.keys()) yield { ...stimulation, currents: currents.toSpliced(index, 1) };
  for (const index of spikes.keys()) yield { ...stimulation, spikes: spikes.toSpliced(index, 1) };
  for (const index of poisson.keys()) yield { ...stimulation, poisson: poisson.toSpliced(index, 1) };
  for (const name of Object.keys(set))
    yield {
      ...stimulation,
      set: Object.fromEntries(Object.entries(set).filter(([other]) => other !== name)),
    };
  for (const [index, train] of spikes.entries()) {
    if (train.times.length < 2) continue;
    const times = train.times.slice(0, Math.ceil(train.times.length / 2));
    yield { ...stimulation, spikes: spikes.with(index, { ...train, times }) };
  }
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The text without one line and what is indented below it, without what uses the removed name, or without one term of a sum. */
function* smallerTexts(text: string): Generator<string> {
  const lines = text.split('\n');
  for (let start = 1; start < lines.length; start += 1) {
    const line = lines[start]!;
    if (line.trim() === '') continue;
    let end = start + 1;
    while (end < lines.length && lines[end]!.trim() !== '' && depthOf(lines[end]!) > depthOf(line)) end += 1;
    const rest = lines.toSpliced(start, end - start);
    yield rest.join('\n');
    const name = /^\s*(?:recordable )?(?:inline |kernel )?(\w+)/.exec(line)?.[1];
    if (name !== undefined && depthOf(line) >= 8) yield withoutName(rest, name);
  }
  for (const [index, line] of lines.entries())
    for (const shorter of withoutOneTerm(line)) yield lines.with(index, shorter).join('\n');
}

/** Without the statements about a name, and without it in lists of `integrate_odes`. */
function withoutName(lines: readonly string[], name: string): string {
  const own = new RegExp(`^\\s*(recordable )?(inline |kernel )?${name}\\b`);
  const listed = new RegExp(`(integrate_odes\\([^)]*?)(?:\\b${name}, |, ${name}\\b)`);
  return lines
    .filter((line) => !own.test(line))
    .map((line) => line.replace(listed, '$1'))
    .join('\n');
}

/** A line without one of the terms that are joined by ` + `, ` - ` or ` and `, at any depth of parentheses. */
function* withoutOneTerm(line: string): Generator<string> {
  for (const match of line.matchAll(/ (?:\+|-|and|\*) /g)) {
    const end = endOfTerm(line, match.index + match[0].length);
    yield line.slice(0, match.index) + line.slice(end);
    const before = /^(\s*[^=]*[^=<>!]= |.*\()/.exec(line.slice(0, match.index))?.[0];
    if (before !== undefined) yield before + line.slice(match.index + match[0].length);
  }
}

/** Where the next operator or the closing parenthesis of this depth stands. */
function endOfTerm(line: string, start: number): number {
  let depth = 0;
  for (let index = start; index < line.length; index += 1) {
    if (line[index] === '(') depth += 1;
    if (line[index] === ')') depth -= 1;
    if (depth < 0) return index;
    if (depth === 0 && index > start && /^ (?:\+|-|and|or) /.test(line.slice(index))) return index;
  }
  return line.length;
}
