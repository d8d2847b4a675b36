import type { DialectId } from '../dialect.ts';
import { head, type Line } from '../outline.ts';
import type { Step } from '../translation.ts';

/** What became of the spikes of a step in which `integrate_odes()` was not called; since 8 kernels advance and receive in every step. */
const spikesOf: Readonly<Partial<Record<DialectId, string>>> = {
  A0: '',
  A1: '',
  A2: ', and the spikes of that step were lost',
  A2s: ', and the spikes of that step were lost',
  A2d: '',
  B1: ', and the spikes of that step were lost',
  B2: ', and the spikes of that step were lost',
};

const convolutions: ReadonlySet<string> = new Set(['convolve', 'curr_sum', 'cond_sum', 'I_sum', 'Cond_sum']);

/** Marks the calls of `integrate_odes` that not every step reaches, in neurons with convolutions: before 8 the others froze these. */
export const noteFrozenSteps: Step = (model, { kind, dialect, mark }) => {
  const spikes = spikesOf[dialect.id];
  const blocks = model.body ?? [];
  if (kind !== 'neuron' || spikes === undefined || !blocks.some(hasConvolution)) return model;
  for (const update of blocks.filter((block) => head(block) === 'update')) {
    const lines = update.body ?? [];
    if (lines.some(isCall)) continue;
    for (const { words } of lines.flatMap((line) => (line.body ?? []).flatMap(callsIn)))
      mark(
        `in a step without this call convolutions stood still${spikes}; today they advance and receive in every step`,
        words[0]!.span,
      );
  }
  return model;
};

function hasConvolution({ words, body = [] }: Line): boolean {
  return words.some(({ text }) => convolutions.has(text)) || body.some(hasConvolution);
}

function isCall(line: Line): boolean {
  return head(line) === 'integrate_odes' || head(line) === 'integrate';
}

function callsIn(line: Line): readonly Line[] {
  return isCall(line) ? [line] : (line.body ?? []).flatMap(callsIn);
}
