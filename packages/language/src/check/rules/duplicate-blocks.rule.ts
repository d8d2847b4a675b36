import type { BlockSyntax } from '../../syntax/tree.ts';
import type { Rule } from './rule.ts';

const severalAllowed: ReadonlySet<BlockSyntax['kind']> = new Set(['function', 'onReceive', 'onCondition']);

/** Blocks of declarations, and `update`, occur at most once. */
export const duplicateBlocks: Rule = {
  name: 'duplicate-blocks',
  codes: ['duplicate-block'],
  listeners: {
    model: (_, { syntax, report }) => {
      const seen = new Map<string, BlockSyntax>();
      for (const block of syntax.blocks) {
        if (severalAllowed.has(block.kind)) continue;
        const first = seen.get(block.kind);
        if (first === undefined) seen.set(block.kind, block);
        else {
          const related = [{ message: 'the first is here', span: keywordOf(first) }];
          report('duplicate-block', keywordOf(block), { block: block.kind }, { related });
        }
      }
    },
  },
};

function keywordOf(block: BlockSyntax) {
  return block.keyword;
}
