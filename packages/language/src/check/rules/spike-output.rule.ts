import type { Rule } from './rule.ts';

/** Spikes are emitted by models with a spike output. */
export const spikeOutput: Rule = {
  name: 'spike-output',
  codes: ['missing-spike-output'],
  needsWholeText: true,
  listeners: {
    emitSpike: ({ span }, { model, report }) => {
      if (model.output !== 'spike') report('missing-spike-output', span, { output: model.output });
    },
  },
};
