import { joinWords, newWord, newWords, renamed, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapBody, mapWords } from '../outline.ts';
import type { ModelFacts, Step } from '../translation.ts';
import { callAt, parenthesised, replaceOperands } from '../words-of-expressions.ts';

/** Functions under their present names. */
const functionNames: Readonly<Record<string, string>> = {
  bounded_min: 'min',
  bounded_max: 'max',
  emitSpike: 'emit_spike',
  deliver_spike: 'emit_spike',
  random: 'random_uniform',
};

/** Calls as they are written today, in all blocks; loops get a step. */
export const rewriteCalls: Step = (model, facts) =>
  mapBody(model, (block) => [
    mapWords(block, (words, line) => {
      const stepped = withStep(words);
      return replaceOperands(stepped, (all, at) => {
        const changed = rewriteCall(all, at, facts, line);
        const length = callAt(all, at)?.length ?? 1;
        return changed === undefined ? undefined : { length, product: changed };
      });
    }),
  ]);

function rewriteCall(
  words: readonly Word[],
  at: number,
  facts: ModelFacts,
  line: Line,
): readonly Word[] | undefined {
  const call = callAt(words, at);
  if (call === undefined || (at === 1 && head(line) === 'function')) return undefined;
  const { name, span } = call;
  const behind = { start: name.span.end, end: name.span.end };
  const inner = words.slice(at + 1, at + call.length);
  const today = functionNames[name.text];
  const written = today === undefined ? name : renamed(name, today);
  if (written.text === 'emit_spike') return rewriteEmission(written, call.arguments, name !== written, facts);
  if (name.text === 'random') return [written, ...newWords('(0, 1)', behind, '')];
  if (today !== undefined) return [written, ...inner];
  if (name.text === 'log' && facts.dialect.hasNaturalLog) return [renamed(name, 'ln'), ...inner];
  if (name.text === 'integrate') return [renamed(name, 'integrate_odes'), ...newWords('()', behind, '')];
  if (/^print(ln)?$/.test(name.text) && call.arguments.length === 0)
    return [name, ...newWords('("")', behind, '')];
  if (name.text === 'randomInt') facts.mark('`randomInt()` has no counterpart today', span);
  return undefined;
}

/** `deliver_spike(w, d)` and `emit_spike(w, d)`: the delay belongs to the connection. */
function rewriteEmission(
  name: Word,
  [weight, delay]: readonly (readonly Word[])[],
  isRenamed: boolean,
  { mark }: ModelFacts,
): readonly Word[] | undefined {
  if (delay === undefined && !isRenamed) return undefined;
  if (delay !== undefined)
    mark(`the delay of a spike is that of the connection, not \`${joinWords(delay)}\``, spanOfWords(delay));
  if (weight === undefined) return [name, newWord('(', name.span, ''), newWord(')', name.span, '')];
  return [name, ...parenthesised(weight, '')];
}

/** `for i in a ... b`: the first versions allowed to leave the step out. */
function withStep(words: readonly Word[]): readonly Word[] {
  if (words[0]?.text !== 'for' || words.some(({ text }) => text === 'step')) return words;
  const { end } = spanOfWords(words);
  return [...words, ...newWords('step 1', { start: end, end })];
}
