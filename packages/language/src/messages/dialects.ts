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
});
