import type { Rule } from './rule.ts';

/** A model usually has input and output. */
export const portsAndOutput: Rule = {
  name: 'ports-and-output',
  codes: ['missing-input', 'missing-output'],
  needsWholeText: true,
  listeners: {
    model: ({ name, span }, { syntax, report }) => {
      const kinds = new Set(syntax.blocks.map(({ kind }) => kind));
      if (!kinds.has('input')) report('missing-input', span, { model: name });
      if (!kinds.has('output')) report('missing-output', span, { model: name });
    },
  },
};
