import { walkStatements } from '../../model/children.ts';
import { appendBlock, insertLineAbove } from '../text-edits.ts';
import type { Rule } from './rule.ts';

/** Equations advance only where `update` integrates them. */
export const equationsIntegrated: Rule = {
  name: 'equations-integrated',
  codes: ['missing-integrate-odes'],
  needsWholeText: true,
  yieldsToErrors: true,
  listeners: {
    model: ({ equations, update, source }, { report, syntax }) => {
      const first = equations[0];
      if (first === undefined) return;
      let isIntegrated = false;
      walkStatements(update, ({ kind }) => {
        isIntegrated ||= kind === 'integrate';
      });
      const names = equations.map(({ variables }) => variables[0]!.name);
      if (isIntegrated) return;
      const call = 'integrate_odes()';
      const block = syntax.blocks.find((candidate) => candidate.kind === 'update');
      const statement = block?.kind === 'update' ? block.body[0] : undefined;
      const edit =
        statement === undefined
          ? appendBlock(syntax, source, 'update:', call)
          : insertLineAbove(source, statement.span, call);
      // A call elsewhere rather lost the head of its block.
      const { start, end } = syntax.span;
      const isElsewhere = /\bintegrate_odes\b/.test(source.text.slice(start, end));
      const fixes =
        edit === undefined || isElsewhere ? [] : [{ title: 'Integrate all in `update`', edits: [edit] }];
      report('missing-integrate-odes', first.span, { names }, { fixes });
    },
  },
};
