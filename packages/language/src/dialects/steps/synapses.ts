import { newWords, renamed } from '../old-words.ts';
import { head, type Line, mapBody, mapWords, plainLine } from '../outline.ts';
import type { Step } from '../translation.ts';
import { mentions } from '../words-of-expressions.ts';
import { addToBlock } from './heads.ts';

/**
 * Equations of synapses were integrated before `update`, without a word: the call is written. `resolution()` in `update` was the time since
 * the last event, which is `timestep()` today.
 */
export const rewriteSynapse: Step = (model, { kind }) => {
  if (kind !== 'synapse') return model;
  const blocks = model.body ?? [];
  const hasEquations = blocks.some(
    (block) => head(block) === 'equations' && (block.body ?? []).some(({ words }) => words[1]?.text === "'"),
  );
  const update = blocks.find((block) => head(block) === 'update');
  const hasCall = update !== undefined && hasWord(update, 'integrate_odes');
  const renamedCalls = mapBody(model, (block) =>
    head(block) !== 'update'
      ? [block]
      : [
          mapWords(block, (words) =>
            words.map((word, at) =>
              word.text === 'resolution' && words[at + 1]?.text === '(' ? renamed(word, 'timestep') : word,
            ),
          ),
        ],
  );
  if (!hasEquations || hasCall) return renamedCalls;
  const place = { start: model.words[0]!.span.start, end: model.words[0]!.span.start };
  return addToBlock(renamedCalls, 'update', [plainLine(newWords('integrate_odes()', place, ''))], true);
};

function hasWord(line: Line, name: string): boolean {
  const isHere = line.words.some(({ text }) => text === name) || mentions(line.words, name);
  return isHere || (line.body ?? []).some((inner) => hasWord(inner, name));
}
