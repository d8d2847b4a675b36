import type { Rule } from './rule.ts';

/** A model usually has input and output. */
export const portsAndOutput: Rule = {
  name: 'ports-and-output',
  codes: ['missing-input', 'missing-output'],
  needsWholeText: true,
  listeners: {
    model: ({ name, span, source }, { syntax, report }) => {
      const kinds = new Set(syntax.blocks.map(({ kind }) => kind));
      if (!kinds.has('input')) report('missing-input', span, { model: name });
      // If a spike is emitted, the lack of an output is an error, which is told there.
      const { start, end } = syntax.span;
      const emits = /\bemit_spike\b/.test(source.text.slice(start, end));
      if (!kinds.has('output') && !emits) report('missing-output', span, { model: name });
    },
  },
};
