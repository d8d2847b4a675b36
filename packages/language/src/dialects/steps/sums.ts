import { joinWords, newWord, newWords, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapBody, mapWords } from '../outline.ts';
import type { ModelFacts, Step } from '../translation.ts';
import { callAt, type Replacement, replaceOperands } from '../words-of-expressions.ts';

/** Units that old sums of convolutions had whatever the port; `port`: that of the port. */
const sums: Readonly<Record<string, string>> = {
  curr_sum: 'pA',
  I_sum: 'pA',
  cond_sum: 'nS',
  Cond_sum: 'nS',
  convolve: 'port',
};

/**
 * What a convolution or a bare spike port is worth: a number, since version 6, so that old texts get the unit of the port as a factor. Inhibitory
 * ports that gave negative weights change their sign.
 */
export const rewriteSums: Step = (model, facts) => ({
  ...model,
  body: (model.body ?? []).map((whole) => {
    const block = mapBody(whole, (line) => withoutIdle(line, facts));
    const name = head(block);
    if (['input', 'output', 'parameter', 'parameters'].includes(name)) return block;
    const isEquations =
      name === 'equations' || ['state', 'initial_values', 'internals', 'internal'].includes(name);
    const change = (words: readonly Word[]) =>
      replaceOperands(words, (all, at) => replacementAt(all, at, facts, isEquations));
    return mapBody(block, (line) => [mapWords(line, change)]);
  }),
});

function replacementAt(
  words: readonly Word[],
  at: number,
  facts: ModelFacts,
  isEquations: boolean,
): Replacement | undefined {
  const word = words[at]!;
  if (word.kind !== 'name') return undefined;
  if (sums[word.text] !== undefined) return sumAt(words, at, facts);
  const port = facts.ports.get(word.text);
  if (port === undefined || words[at - 1]?.text === '.') return undefined;
  const length = readLength(words, at);
  if (port.signal === 'continuous') return length === 1 ? undefined : { length, product: [word] };
  if (!facts.dialect.portsHaveUnits || isTarget(words, at)) return undefined;
  const span = spanOfWords(words.slice(at, at + length));
  const element = words[at + 1]?.text === '[' ? words.slice(at, at + length) : [word];
  if (isEquations)
    facts.mark(
      `\`${word.text}\` in an equation lasted for a step; it is multiplied by the length of a step, \`${facts.stepName}\`, and acts at the end of the step`,
      span,
    );
  const area = newWords(isEquations ? ` * ${facts.stepName}` : ' * (1 s)', endOf(span));
  const product = [...element, ...area, ...factor(port.unit, span)];
  return { length, product, isNegated: facts.negated.has(word.text) };
}

/** A sum, with the unit of its port. */
function sumAt(
  words: readonly Word[],
  at: number,
  { ports, negated, dialect }: ModelFacts,
): Replacement | undefined {
  const call = callAt(words, at);
  if (call === undefined || call.arguments.length !== 2) return undefined;
  const port = ports.get(call.arguments[1]![0]?.text ?? '');
  const fixed = sums[call.name.text]!;
  const unit = fixed !== 'port' ? fixed : dialect.portsHaveUnits ? port?.unit : undefined;
  const name = call.name.text === 'convolve' ? call.name : newWord('convolve', call.name.span, call.name.gap);
  const isNegated = port !== undefined && negated.has(port.name);
  const inner = words.slice(at + 1, at + call.length);
  return { length: call.length, product: [name, ...inner, ...factor(unit, call.span)], isNegated };
}

function factor(unit: string | undefined, span: { readonly end: number }): readonly Word[] {
  return unit === undefined ? [] : newWords(` * (1 ${unit})`, endOf(span));
}

function endOf({ end }: { readonly end: number }) {
  return { start: end, end };
}

/** How many words belong to the read of a port: with `[i]`, or `.get_sum()`. */
function readLength(words: readonly Word[], at: number): number {
  let length = 1;
  if (words[at + length]?.text === '[') {
    while (at + length < words.length && words[at + length]!.text !== ']') length += 1;
    length += 1;
  }
  if (words[at + length]?.text !== '.' || !/^get_?[sS]um$/.test(words[at + length + 1]?.text ?? ''))
    return length;
  const call = callAt(words, at + length + 1);
  // The first versions wrote the time as argument.
  const isRead = call !== undefined && /^t?$/.test(joinWords(call.arguments.flat()));
  return isRead ? length + 1 + call.length : length;
}

/** Whether the name is declared or assigned here, and not read. */
function isTarget(words: readonly Word[], at: number): boolean {
  return at === 0 && /^([-+*/]|\/\/)?=$/.test(words[1]?.text ?? '');
}

/** Without statements that read a port and do nothing with it, which once emptied its buffer. */
function withoutIdle(line: Line, facts: ModelFacts): readonly Line[] {
  const { words, body } = line;
  if (body !== undefined) return [mapBody(line, (inner) => withoutIdle(inner, facts))];
  const isIdle = facts.ports.has(head(line)) && /^\w+\.get_?[sS]um\(.*\)$/.test(joinWords(words));
  return isIdle ? [] : [line];
}
