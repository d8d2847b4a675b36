import { defineMessages } from '@nestml/diagnostics';
import { exampleModel } from './usage.ts';

/** Files that are no models, or do not fit each other (exit status 1). */
export const fileMessages = defineMessages({
  'not-utf8': {
    class: 'error',
    text: (p: { path: string; offset: number }) =>
      `\`${p.path}\` is not a UTF-8 text: byte ${p.offset} begins no character; save the file with the encoding UTF-8.`,
    page: {
      title: 'A file is not encoded as UTF-8',
      explanation:
        'NESTML files are texts in UTF-8. The file has bytes that are not: it was perhaps saved as Latin-1 or UTF-16, or is no text at all.',
      failing: { command: 'check LATIN1_FILE' },
      repaired: { model: exampleModel, command: 'check MODEL' },
    },
  },
  'layout-of-old-text': {
    class: 'error',
    text: (p: { dialect: string }) =>
      `This text is written in ${p.dialect} and is not formatted: there is one layout, that of the language of today. \`nestml migrate --write\` writes it so.`,
    page: {
      title: 'An old text has no layout',
      explanation:
        'The layout is defined for the language of today alone. To format a text in the syntax of an older version would mean to rewrite it, which is the task ' +
        'of `nestml migrate`: it shows what changes, lists what is approximate, and writes texts that are formatted.',
      failing: {
        model: 'neuron leak:\n  state:\n    V mV = 1 mV\n  end\nend\n',
        command: 'format --check MODEL',
      },
      repaired: {
        model: 'model leak_neuron:\n    state:\n        V mV = 1 mV\n',
        command: 'format --check MODEL',
      },
    },
  },
  'duplicate-model-name': {
    class: 'error',
    text: (p: { name: string; other: string }) => `A model \`${p.name}\` is also defined in \`${p.other}\`.`,
    page: {
      title: 'Two files define a model of the same name',
      explanation:
        'Models that are used together are told apart by their names alone. Rename one of the two, or check the files one by one.',
      failing: { model: exampleModel, command: 'check MODEL COPY_OF_MODEL' },
      repaired: { model: exampleModel, command: 'check MODEL' },
    },
  },
});
