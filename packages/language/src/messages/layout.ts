import { defineMessages } from '@nestml/diagnostics';
import { capitalise, didYouMean, file, parameters, update } from './syntax-examples.ts';

const indentationRules =
  'NESTML marks blocks by indentation, as Python does: the lines of a block begin in the same column, deeper than the ' +
  'head of the block. Four blanks per level are usual.';

/** The end of a message about a line that may look right in an editor. */
const tabColumns = ' A tab counts up to the next multiple of eight columns.';

/** What the lexer reports, and the parser of models and blocks: characters, indentation, heads. */
export const layoutMessages = defineMessages({
  'invalid-characters': {
    class: 'error',
    text: (p: { characters: string; advice: string | undefined }) =>
      `\`${p.characters}\` has no meaning in NESTML.${p.advice === undefined ? ' Remove it.' : ` ${p.advice}.`}`,
    page: {
      title: 'Characters that NESTML does not know',
      explanation:
        'Outside of comments and strings NESTML uses plain letters, digits and a few signs. Typographic minus signs, ' +
        'quotes, blanks, Greek letters and superscripts usually come in by copying from a paper or a web page. Write `-`, ' +
        "`*`, `'`, `u` for micro and `Ohm`.",
      failing: parameters('E_L mV = −70 mV'),
      repaired: parameters('E_L mV = -70 mV'),
    },
  },
  'unterminated-string': {
    class: 'error',
    text: (_: Record<never, never>) => 'This string has no closing `"` on its line.',
    page: {
      title: 'A string without closing quote',
      explanation: 'A string begins and ends with `"` on the same line. A quote inside it is written `\\"`.',
      failing: update('println("x is {x})'),
      repaired: update('println("x is {x}")'),
    },
  },
  'inconsistent-indentation': {
    class: 'lint',
    text: (p: { width: number; below: number; above: number; chosen: number; isAsElsewhere: boolean }) =>
      `This line begins in column ${p.width + 1}, but the open blocks begin in columns ${p.below + 1} and ` +
      `${p.above + 1}. It is read as part of the block at column ${p.chosen + 1}` +
      (p.isAsElsewhere ? ', behind the inner one, as NESTML 9 reads it.' : '.'),
    page: {
      title: 'A line is indented like none of the open blocks',
      explanation:
        `${indentationRules} A statement in a column between two open blocks is read as part of the outer one, as NESTML 9 does, although it ` +
        'may be meant for the inner one. A declaration or a head is read as part of the nearest block that can hold it. Move the line.',
      failing: file(
        'model example_neuron:',
        '    parameters:',
        '        tau ms = 10 ms',
        '       C_m pF = 250 pF',
      ),
      repaired: parameters('tau ms = 10 ms', 'C_m pF = 250 pF'),
    },
  },
  'outdented-block': {
    class: 'error',
    text: (p: { word: string; column: number }) =>
      `\`${p.word}\` begins in the first column, outside of the model. Indent it like the other blocks, by ${p.column} blanks.`,
    page: {
      title: 'A block is not indented into its model',
      explanation: `The blocks of a model begin in one column, deeper than the word \`model\`. ${indentationRules}`,
      failing: file(
        'model example_neuron:',
        '    state:',
        '        x real = 0',
        'parameters:',
        '        tau ms = 10 ms',
      ),
      repaired: file(
        'model example_neuron:',
        '    state:',
        '        x real = 0',
        '    parameters:',
        '        tau ms = 10 ms',
      ),
    },
  },
  'type-before-name': {
    class: 'error',
    text: (p: { name: string; type: string }) =>
      `The type stands behind the name: \`${p.name} ${p.type}\`, not \`${p.type} ${p.name}\`.`,
    page: {
      title: 'A type before the name',
      explanation:
        'In a declaration the name comes first, then its unit or type: `C_m pF = 250 pF`, `n integer = 3`.',
      failing: parameters('pF C_m = 250 pF'),
      repaired: parameters('C_m pF = 250 pF'),
    },
  },
  'step-with-unit': {
    class: 'error',
    text: (p: { unit: string }) => `The step of a loop is a plain number: remove \`${p.unit}\`.`,
    page: {
      title: 'The step of a loop has a unit',
      explanation: 'A loop counts with a number, so its bounds and its step have no unit.',
      failing: update('i integer = 0', 'for i in 0 ... 5 step 1 ms:', '    x += 1'),
      repaired: update('i integer = 0', 'for i in 0 ... 5 step 1:', '    x += 1'),
    },
  },
  'mixed-indentation': {
    class: 'lint',
    text: (_: Record<never, never>) =>
      'Tabs and blanks are mixed in the indentation of this file. A tab counts up to the next multiple of eight columns, ' +
      'which an editor may show differently.',
    page: {
      title: 'Tabs and blanks are mixed in the indentation',
      explanation:
        `${indentationRules} A tab advances to the next multiple of eight columns. Where both are used, the text may look ` +
        'aligned and yet mean something else. Use blanks alone.',
      failing: file('model example_neuron:', '    parameters:', '\ttau ms = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'empty-file': {
    class: 'error',
    text: (_: Record<never, never>) =>
      'The file contains no model. A model begins with a line such as `model my_neuron:`, followed by its indented blocks.',
    page: {
      title: 'The file contains no model',
      explanation:
        'A NESTML file holds one or more models. Each begins with `model NAME:`; below it stand, indented, its blocks: ' +
        '`state`, `parameters`, `equations`, `input`, `output`, `update` and others, in any order.',
      failing: file('# A leaky integrator'),
      repaired: file(
        '# A leaky integrator',
        'model example_neuron:',
        '    parameters:',
        '        tau ms = 10 ms',
      ),
    },
  },
  'text-outside-model': {
    class: 'error',
    text: (_: Record<never, never>) =>
      'This stands outside of any model. Only `model NAME:` and comments may begin in the first column; put `#` before a ' +
      'comment, and indent what belongs to a model.',
    page: {
      title: 'Text outside of a model',
      explanation:
        'At the top level of a file stand models and comments, nothing else. A description needs `#` before each line; ' +
        'a block or a statement belongs, indented, into a model.',
      failing: file(
        'A leaky integrator',
        'model example_neuron:',
        '    parameters:',
        '        tau ms = 10 ms',
      ),
      repaired: file(
        '# A leaky integrator',
        'model example_neuron:',
        '    parameters:',
        '        tau ms = 10 ms',
      ),
    },
  },
  'missing-model': {
    class: 'error',
    text: (p: { word: string }) =>
      `The block \`${p.word}\` stands outside of a model. Write \`model NAME:\` above it and indent the blocks below.`,
    page: {
      title: 'Blocks without a model',
      explanation:
        'Every block belongs to a model: a line `model NAME:`, below which the blocks are indented.',
      failing: file('parameters:', '    tau ms = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'unknown-top-level': {
    class: 'error',
    text: (p: { word: string; suggestion: string }) =>
      `\`${p.word}\` does not begin a model. Did you mean \`${p.suggestion}\`?`,
    page: {
      title: 'A model does not begin with `model`',
      explanation: 'Each model begins with the word `model`, its name and a colon: `model iaf_neuron:`.',
      failing: file('modle example_neuron:', '    parameters:', '        tau ms = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'old-syntax': {
    class: 'error',
    text: (p: { what: string; versions: string; today: string }) =>
      `${capitalise(p.what)} is the syntax of ${p.versions}. Today one writes ${p.today}.`,
    page: {
      title: 'The syntax of an older version of NESTML',
      explanation:
        'The language has changed over the years: `neuron` and `synapse` became `model` (8.0), `end` gave way to ' +
        'indentation (5.3), `shape` became `kernel` and `function x mV = …` became `inline` (4.0), `initial_values` joined ' +
        '`state` (4.0), `current` became `continuous` (4.0), spike ports lost their type (6.0), comments are written with ' +
        '`#` (8.0.1). A text that is old as a whole is read as it is (`old-dialect`); this message is for old notation in a ' +
        'text of today. It names the version and what to write instead.',
      failing: file('model example_neuron:', '    initial_values:', '        V mV = 10 mV'),
      repaired: file('model example_neuron:', '    state:', '        V mV = 10 mV'),
    },
  },
  'unknown-block': {
    class: 'error',
    text: (p: { word: string; suggestion: string | undefined }) =>
      `\`${p.word}\` is not a block of a model.${
        p.suggestion === undefined
          ? ' The blocks are `state`, `parameters`, `internals`, `equations`, `input`, `output`, `update`, `function`, `onReceive` and `onCondition`.'
          : didYouMean(p.suggestion)
      }`,
    page: {
      title: 'A block that NESTML does not know',
      explanation:
        'A model consists of the blocks `state`, `parameters`, `internals`, `equations`, `input`, `output`, `update`, ' +
        '`function`, `onReceive` and `onCondition`. Upper and lower case matter.',
      failing: file('model example_neuron:', '    paramters:', '        tau ms = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'missing-head': {
    class: 'error',
    text: (p: { word: string }) =>
      `From here on the lines belong into the block \`${p.word}\`: the line \`${p.word}:\` is missing above.`,
    page: {
      title: 'The head of a block is missing',
      explanation:
        'Each block begins with its word and a colon. Without that line, what belongs to the block is read as part of the one above. ' +
        'The lines are recognised by their form, if the model has no other block of that name.',
      failing: file(
        'model example_neuron:',
        '    state:',
        '        x real = 1',
        "        x' = -x / 10 ms",
        '    update:',
        '        integrate_odes()',
      ),
      repaired: file(
        'model example_neuron:',
        '    state:',
        '        x real = 1',
        '    equations:',
        "        x' = -x / 10 ms",
        '    update:',
        '        integrate_odes()',
      ),
    },
  },
  'missing-colon': {
    class: 'error',
    text: (p: { what: string }) =>
      `A \`:\` is missing at the end of this line, which opens the block of ${p.what}.`,
    page: {
      title: 'The colon behind the head of a block is missing',
      explanation: 'The line that opens a block ends with `:`; the lines of the block follow, indented.',
      failing: file('model example_neuron:', '    parameters', '        tau ms = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'content-behind-colon': {
    class: 'error',
    text: (p: { what: string }) => `What belongs to ${p.what} goes on a new line, indented deeper.`,
    page: {
      title: 'Something stands behind the colon of a block',
      explanation: `The colon ends the line. ${indentationRules}`,
      failing: file('model example_neuron:', '    output: spike'),
      repaired: file('model example_neuron:', '    output:', '        spike'),
    },
  },
  'empty-block': {
    class: 'error',
    text: (p: { what: string; example: string }) =>
      `The block of ${p.what} is empty: at least one line indented deeper must follow, such as ${p.example}. ` +
      'Remove the block if it is not needed.',
    page: {
      title: 'A block without content',
      explanation: `A block contains at least one line. ${indentationRules} A block that is not needed is left out.`,
      failing: file('model example_neuron:', '    state:', '    parameters:', '        tau ms = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'missing-indentation': {
    class: 'error',
    text: (p: { what: string }) => `The lines that belong to ${p.what} must be indented deeper than it.`,
    page: {
      title: 'The content of a block is not indented',
      explanation: indentationRules,
      failing: file('model example_neuron:', '    parameters:', '    tau ms = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'unexpected-indentation': {
    class: 'error',
    text: (p: { hasTab: boolean }) =>
      'This line is indented deeper than the lines before it, but no block begins here. Move it to their column; a long ' +
      'expression goes on over several lines inside parentheses, or behind a `\\`, and the equations of a kernel behind a `,`.' +
      (p.hasTab ? tabColumns : ''),
    page: {
      title: 'A line is indented although no block begins',
      explanation:
        `${indentationRules} Only a line that ends with \`:\` opens a block. An expression that is too long for a line is ` +
        'put in parentheses, or the line ends with a backslash; the equations of one kernel are separated by a comma at ' +
        'the end of the line.',
      failing: parameters('tau ms = 10 ms', '    C_m pF = 250 pF'),
      repaired: parameters('tau ms = 10 ms', 'C_m pF = 250 pF'),
    },
  },
  'misplaced-line': {
    class: 'error',
    text: (p: { word: string; place: string }) =>
      `A line that begins with \`${p.word}\` cannot stand in ${p.place}.`,
    page: {
      title: 'A line in the wrong block',
      explanation:
        'Each block has its kind of lines: `state`, `parameters` and `internals` hold declarations (`tau ms = 10 ms`), ' +
        "`equations` holds equations (`V' = -V / tau`), kernels and inline expressions, `input` holds ports " +
        '(`spikes <- spike`), and `update`, `onReceive`, `onCondition` and functions hold statements (`x += 1`, `if …:`). ' +
        'Directly in a model stand blocks only.',
      failing: file('model example_neuron:', '    state:', '        x real = 0', '        x += 1'),
      repaired: update('x += 1'),
    },
  },
  'misplaced-block': {
    class: 'error',
    text: (p: { word: string; place: string; hasTab: boolean }) =>
      `\`${p.word}\` cannot begin inside ${p.place}. ` +
      (p.word === 'model'
        ? 'A model begins in the first column.'
        : `Blocks stand directly in the model, all in the same column.${p.hasTab ? tabColumns : ''}`),
    page: {
      title: 'A block inside another block',
      explanation: `The blocks of a model all begin in the same column. ${indentationRules}`,
      failing: file(
        'model example_neuron:',
        '    state:',
        '        x real = 0',
        '        parameters:',
        '            tau ms = 10 ms',
      ),
      repaired: file(
        'model example_neuron:',
        '    state:',
        '        x real = 0',
        '    parameters:',
        '        tau ms = 10 ms',
      ),
    },
  },
});
