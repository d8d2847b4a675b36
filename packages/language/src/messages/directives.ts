import { defineMessages } from '@nestml/diagnostics';
import { didYouMean, neuron } from './examples.ts';

/** Findings about directives, the comments that silence findings. */
export const directiveMessages = defineMessages({
  'invalid-directive': {
    class: 'lint',
    text: (p: { problem: string; suggestion: string | undefined }) =>
      `This directive has no effect: ${p.problem}.${didYouMean(p.suggestion)}`,
    page: {
      title: 'A directive that cannot be read',
      explanation:
        'A comment `# nestml: ignore CODE` silences a warning or note. Behind a line it holds for that line; on a line of its own for the next line ' +
        'and all that is indented below it, so for a block or, above `model`, for the whole model. Several codes are separated by commas; a reason can follow ' +
        'behind `--`. Errors cannot be silenced.',
      failing: neuron({ parameters: ['ms real = 1  # nestml: ignore unit-is-name', 'x real = 2 * ms'] }),
      repaired: neuron({ parameters: ['ms real = 1  # nestml: ignore unit-as-name', 'x real = 2 * ms'] }),
    },
  },
  'unused-directive': {
    class: 'lint',
    text: (p: { code: string }) =>
      `There is no finding \`${p.code}\` that this directive could silence. Remove it.`,
    page: {
      title: 'A directive that silences nothing',
      explanation:
        'What a directive was written for is gone, or stands elsewhere. A directive that stays behind would hide the next mistake of that kind.',
      failing: neuron({ parameters: ['C_m pF = 1 pF  # nestml: ignore unit-as-name'] }),
      repaired: neuron({ parameters: ['C_m pF = 1 pF'] }),
    },
  },
});
