import { newWords } from '../old-words.ts';
import { type Line, plainLine } from '../outline.ts';
import type { Step } from '../translation.ts';
import { mentions } from '../words-of-expressions.ts';
import { addToBlock } from './heads.ts';

/** A name that no word of the model is: the one that is wanted, with underscores where it is taken. */
export function freeName(model: Line, wanted: string): string {
  let name = wanted;
  while (hasWord(model, name)) name += '_';
  return name;
}

function hasWord({ words, body }: Line, name: string): boolean {
  return words.some(({ text }) => text === name) || (body ?? []).some((line) => hasWord(line, name));
}

/** Declares the length of a step where equations read it, which cannot call `resolution()` themselves. */
export const declareStepLength: Step = (model, { stepName }) => {
  const isRead = (model.body ?? []).some((block) =>
    (block.body ?? []).some(({ words }) => mentions(words, stepName)),
  );
  if (!isRead) return model;
  const { start } = model.words[0]!.span;
  const line = plainLine(newWords(`${stepName} ms = resolution()`, { start, end: start }, ''));
  return addToBlock(model, 'internals', [line], true);
};
