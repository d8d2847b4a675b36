import { appendBlock } from '../text-edits.ts';
import type { Rule } from './rule.ts';

/** Spikes are emitted by models with a spike output, and by neurons that have one. */
export const spikeOutput: Rule = {
  name: 'spike-output',
  codes: ['missing-spike-output', 'never-emits'],
  needsWholeText: true,
  listeners: {
    model: ({ kind, name, output, source, span }, { report, syntax }) => {
      if (kind !== 'neuron' || output !== 'spike') return;
      // A membrane without a threshold is a model of its own right.
      if (syntax.blocks.every((block) => block.kind !== 'onCondition')) return;
      // The text, since statements with a mistake are no part of the model.
      const { start, end } = syntax.span;
      if (/\b(?:emit|deliver|send)_spike\b/.test(source.text.slice(start, end))) return;
      const block = syntax.blocks.find((candidate) => candidate.kind === 'output');
      report('never-emits', block?.keyword ?? span, { model: name });
    },
    emitSpike: ({ span }, { model, syntax, report }) => {
      if (model.output === 'spike') return;
      const hasBlock = syntax.blocks.some((block) => block.kind === 'output');
      const edit = hasBlock ? undefined : appendBlock(syntax, model.source, 'output:', 'spike');
      const fixes = edit === undefined ? [] : [{ title: 'Add the block `output`', edits: [edit] }];
      report('missing-spike-output', span, { output: model.output }, { fixes });
    },
  },
};
