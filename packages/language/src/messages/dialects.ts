import { defineMessages } from '@nestml/diagnostics';

/** Findings about texts in the syntax of older versions. */
export const dialectMessages = defineMessages({
  'old-dialect': {
    class: 'compat',
    text: (p: { dialect: string; approximate: number }) =>
      `This text is written in ${p.dialect}. It is read with the meaning of today${
        p.approximate === 0 ? '' : '; what differs is listed'
      }. \`nestml migrate\` rewrites it.`,
    page: {
      title: 'A text in the syntax of an older version',
      explanation:
        'NESTML has changed its syntax several times. Texts of all versions are read, and run with the rules of today; where an old rule has no exact ' +
        'counterpart, the place is listed with the warning. `nestml migrate` shows the text in the present syntax, and writes it with `--write`. If the version ' +
        'was guessed wrongly, `--from 3.1` states it.',
      failing: {
        model: 'neuron leak:\n  state:\n    V mV = 1 mV\n  end\nend\n',
      },
      repaired: {
        model: 'model leak_neuron:\n    state:\n        V mV = 1 mV\n',
      },
    },
  },
  'missing-end': {
    class: 'error',
    text: (p: { name: string }) => `The \`end\` of \`${p.name}\` is missing before this.`,
    page: {
      title: 'An `end` is missing in an old text',
      explanation:
        'Up to NESTML 5.2 every block, branch, loop and model is closed by `end`; only `output: spike` is not. The place is found by what follows, such as the ' +
        'next block, or by the indentation. Write the `end`, then `nestml migrate` can write the text as it is written today, without any.',
      failing: {
        model: 'neuron leak:\n  state:\n    V mV = 1 mV\n  parameters:\n    tau ms = 10 ms\n  end\nend\n',
      },
      repaired: {
        model:
          'neuron leak:\n  state:\n    V mV = 1 mV\n  end\n  parameters:\n    tau ms = 10 ms\n  end\nend\n',
      },
    },
  },
  'superfluous-end': {
    class: 'error',
    text: (_: Record<string, never>) =>
      'This `end` closes nothing that is open, or a model before its last block.',
    page: {
      title: 'An `end` is too many in an old text',
      explanation:
        'Up to NESTML 5.2 every block, branch, loop and model is closed by one `end`; `output: spike` has none. One that is too many closes what lies around, ' +
        'and at last the model before its last block. Remove it.',
      failing: {
        model: 'neuron leak:\n  state:\n    V mV = 1 mV\n  end\nend\nend\n',
      },
      repaired: {
        model: 'neuron leak:\n  state:\n    V mV = 1 mV\n  end\nend\n',
      },
    },
  },
});
