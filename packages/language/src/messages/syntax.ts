import { defineMessages, type Example } from '@nestml/diagnostics';

/** A model file from its lines. */
function file(...lines: string[]): Example {
  return { model: `${lines.join('\n')}\n` };
}

/** A model file with one block of parameters. */
function parameters(...lines: string[]): Example {
  return file('model example_neuron:', '    parameters:', ...lines.map((line) => `        ${line}`));
}

/** A model file with the state `x` and these lines in `update`. */
function update(...lines: string[]): Example {
  return file(
    'model example_neuron:',
    '    state:',
    '        x real = 0',
    '    update:',
    ...lines.map((line) => `        ${line}`),
  );
}

/** A model file in which `x` decays, with these lines in `equations`. */
function equations(...lines: string[]): Example {
  return file(
    'model example_neuron:',
    '    state:',
    '        x real = 1',
    '    parameters:',
    '        tau ms = 10 ms',
    '    equations:',
    ...lines.map((line) => `        ${line}`),
    '    update:',
    '        integrate_odes()',
  );
}

/** A model file with these ports. */
function input(...lines: string[]): Example {
  return file('model example_neuron:', '    input:', ...lines.map((line) => `        ${line}`));
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
}

const indentationRules =
  'NESTML marks blocks by indentation, as Python does: the lines of a block begin in the same column, deeper than the ' +
  'head of the block. Four blanks per level are usual.';

/** What the lexer and the parser report. */
export const syntaxMessages = defineMessages({
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
    text: (p: { width: number; below: number; above: number; chosen: number }) =>
      `This line begins in column ${p.width + 1}, but the open blocks begin in columns ${p.below + 1} and ` +
      `${p.above + 1}. It is read as part of the block at column ${p.chosen + 1}.`,
    page: {
      title: 'A line is indented like none of the open blocks',
      explanation:
        `${indentationRules} A line that returns to a column at which no block began is read as part of the nearest ` +
        'one; other tools may decide otherwise. Move the line.',
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
    text: (_: Record<never, never>) =>
      'This line is indented deeper than the lines before it, but no block begins here. Move it to their column; a long ' +
      'expression goes on over several lines inside parentheses, or behind a `\\`, and the equations of a kernel behind a `,`.',
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
    text: (p: { word: string; place: string }) =>
      `\`${p.word}\` cannot begin inside ${p.place}. ` +
      (p.word === 'model'
        ? 'A model begins in the first column.'
        : 'Blocks stand directly in the model, all in the same column.'),
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
  'missing-expression': {
    class: 'error',
    text: (p: { before: string; found: string }) =>
      `A value is missing${p.before === '' ? '' : ` behind \`${p.before}\``}: ${p.found} follows instead.`,
    page: {
      title: 'A value is missing',
      explanation:
        'Here an expression was expected: a number with its unit, a variable, a function call, or something in ' +
        'parentheses. Often an operand was forgotten, or an operator stands twice.',
      failing: parameters('tau ms = 10 ms + '),
      repaired: parameters('tau ms = 10 ms + 5 ms'),
    },
  },
  'missing-operator': {
    class: 'error',
    text: (p: { before: string; after: string }) =>
      `An operator is missing between \`${p.before}\` and \`${p.after}\`. A product is written with \`*\`.`,
    page: {
      title: 'An operator is missing between two values',
      explanation:
        'Two values cannot stand side by side. A product needs `*`. Only a unit may directly follow a number (`3 nS`); ' +
        'after a variable a unit needs a number of its own: `x * 1 pA`.',
      failing: parameters('a real = 2', 'b real = 3 * (a + 1) a'),
      repaired: parameters('a real = 2', 'b real = 3 * (a + 1) * a'),
    },
  },
  'missing-type': {
    class: 'error',
    text: (p: { owner: string; found: string }) =>
      `${p.owner === '' ? 'A declaration' : `\`${p.owner}\``} needs a type before ${p.found}: a unit such as \`mV\`, or ` +
      '`real`, `integer`, `boolean`, `string`.',
    page: {
      title: 'A declaration without type',
      explanation:
        'Every variable, parameter of a function and continuous port has a type, written behind its name: the unit ' +
        'of a quantity (`V_m mV = -70 mV`), or `real`, `integer`, `boolean` or `string`.',
      failing: parameters('tau = 10 ms'),
      repaired: parameters('tau ms = 10 ms'),
    },
  },
  'missing-inline': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` has a type, so this is not a differential equation. Write \`inline\` before it to name a part of an ` +
      "equation; the derivative of a state variable is written with `'`.",
    page: {
      title: 'The word `inline` is missing',
      explanation:
        'In `equations`, an expression with a name of its own begins with `inline`: `inline I_syn pA = …`. A differential ' +
        "equation has a prime and no type: `V_m' = …`.",
      failing: equations('rate 1/ms = 1 / tau', "x' = -x * rate"),
      repaired: equations('inline rate 1/ms = 1 / tau', "x' = -x * rate"),
    },
  },
  'missing-arrow': {
    class: 'error',
    text: (_: Record<never, never>) =>
      'A `<-` is missing in this port. A port is written `spikes <- spike` or `I_stim pA <- continuous`.',
    page: {
      title: 'A port without `<-`',
      explanation:
        'A port has a name and an arrow from its source: `spikes <- spike`, `exc <- excitatory spike`, or, with the unit ' +
        'of the signal, `I_stim pA <- continuous`.',
      failing: input('spikes spike'),
      repaired: input('spikes <- spike'),
    },
  },
  'unexpected-signal': {
    class: 'error',
    text: (p: { found: string; expected: string }) =>
      p.found === ''
        ? `Here ${p.expected} is missing.`
        : `\`${p.found}\` is no kind of signal; expected ${p.expected}.`,
    page: {
      title: 'A port or an output that is neither `spike` nor `continuous`',
      explanation:
        'Signals are `spike` (also `excitatory spike` and `inhibitory spike` for ports) or `continuous`.',
      failing: input('spikes <- spikes'),
      repaired: input('spikes <- spike'),
    },
  },
  'second-output': {
    class: 'error',
    text: (_: Record<never, never>) =>
      'A model has one output: the block `output` holds one line, `spike` or `continuous`.',
    page: {
      title: 'More than one output',
      explanation: 'The block `output` holds exactly one line, `spike` or `continuous`.',
      failing: file('model example_neuron:', '    output:', '        spike', '        spike'),
      repaired: file('model example_neuron:', '    output:', '        spike'),
    },
  },
  'missing-step': {
    class: 'error',
    text: (_: Record<never, never>) => 'A loop needs the size of its steps: `for i in 0 ... 5 step 1:`.',
    page: {
      title: 'A `for` loop without `step`',
      explanation:
        'The step of a loop is always written, as a number: `for i in 0 ... 5 step 1:` runs i = 0, 1, 2, 3, 4. The upper ' +
        'bound is not reached; a negative step counts down.',
      failing: update('i integer = 0', 'for i in 0 ... 5:', '    x += 1'),
      repaired: update('i integer = 0', 'for i in 0 ... 5 step 1:', '    x += 1'),
    },
  },
  'expected-constant': {
    class: 'error',
    text: (p: { owner: string; found: string }) =>
      `The value of ${p.owner} must be a literal such as \`1\`${p.found === '' ? '' : `; \`${p.found}\` is none`}.`,
    page: {
      title: 'A literal was expected',
      explanation:
        'The step of a `for` loop and the options of a handler, such as `priority=1`, are literals: a number with optional ' +
        'minus sign, `true`, `false`, a string or `inf`. They cannot be computed.',
      failing: update('i integer = 0', 'for i in 0 ... 5 step i:', '    x += 1'),
      repaired: update('i integer = 0', 'for i in 0 ... 5 step 1:', '    x += 1'),
    },
  },
  'unclosed-bracket': {
    class: 'error',
    text: (p: { bracket: string; closing: string }) =>
      `This \`${p.bracket}\` is never closed; a \`${p.closing}\` is missing.`,
    page: {
      title: 'A bracket is not closed',
      explanation:
        'Every `(`, `[` and `[[` needs its counterpart in the same statement. Inside brackets a statement may go on over ' +
        'several lines, if these are indented deeper than its first.',
      failing: parameters('tau ms = 2 * (10 ms + 5 ms'),
      repaired: parameters('tau ms = 2 * (10 ms + 5 ms)'),
    },
  },
  'unopened-bracket': {
    class: 'error',
    text: (p: { bracket: string }) =>
      `There is no open bracket that this \`${p.bracket}\` could close. Remove it.`,
    page: {
      title: 'A closing bracket too many',
      explanation: 'Every `)`, `]` and `]]` closes a bracket that was opened before, in the same statement.',
      failing: parameters('tau ms = 2 * (10 ms + 5 ms))'),
      repaired: parameters('tau ms = 2 * (10 ms + 5 ms)'),
    },
  },
  'keyword-as-name': {
    class: 'error',
    text: (p: { word: string }) =>
      `\`${p.word}\` is a word of the language and cannot be a name. Choose another, e.g. \`${p.word}_\`.`,
    page: {
      title: 'A word of the language is used as a name',
      explanation:
        'Words such as `step`, `state`, `input`, `spike`, `in` and `inf` have a fixed meaning and cannot name variables, ' +
        'ports, functions or models. Choose another name.',
      failing: parameters('step ms = 1 ms'),
      repaired: parameters('step_size ms = 1 ms'),
    },
  },
  'incomplete-statement': {
    class: 'error',
    text: (p: { name: string; suggestion: string | undefined }) =>
      `\`${p.name}\` alone is not a statement.${
        p.suggestion === undefined
          ? ` Assign a value (\`${p.name} = …\`), or call it (\`${p.name}()\`).`
          : didYouMean(p.suggestion)
      }`,
    page: {
      title: 'A name alone is not a statement',
      explanation:
        'A statement assigns a value (`x = 1`, `x += 1`), calls a function (`emit_spike()`), declares a variable ' +
        '(`y mV = 1 mV`), returns, branches or loops. Parentheses belong to a call even where it has no arguments.',
      failing: update('x'),
      repaired: update('x = 1'),
    },
  },
  'unknown-statement': {
    class: 'error',
    text: (p: { word: string; suggestion: string | undefined }) =>
      `\`${p.word}\` does not begin a statement.${
        p.suggestion === undefined
          ? ' Statements with a block are `if`, `elif`, `else`, `for` and `while`.'
          : didYouMean(p.suggestion)
      }`,
    page: {
      title: 'A statement that NESTML does not know',
      explanation: 'Statements that contain others begin with `if`, `elif`, `else`, `for` or `while`.',
      failing: update('whlie x < 5:', '    x += 1'),
      repaired: update('while x < 5:', '    x += 1'),
    },
  },
  'branch-without-if': {
    class: 'error',
    text: (p: { word: string }) => `There is no \`if\` that this \`${p.word}\` could belong to.`,
    page: {
      title: '`elif` or `else` without `if`',
      explanation:
        '`elif` and `else` directly follow the block of an `if` (or `elif`), in the same column. Nothing can follow `else`.',
      failing: update('x += 1', 'else:', '    x = 0'),
      repaired: update('if x < 5:', '    x += 1', 'else:', '    x = 0'),
    },
  },
  'single-equals': {
    class: 'error',
    text: (_: Record<never, never>) => '`=` assigns a value. To compare, write `==`.',
    page: {
      title: '`=` in a condition',
      explanation: '`=` assigns a value to a variable and is a statement; `==` compares two values.',
      failing: update('if x = 1:', '    x = 0'),
      repaired: update('if x == 1:', '    x = 0'),
    },
  },
  'foreign-notation': {
    class: 'error',
    text: (p: { what: string; instead: string }) => `NESTML does not know ${p.what}; write ${p.instead}.`,
    page: {
      title: 'The notation of another programming language',
      explanation:
        'NESTML writes `and`, `or`, `not` (not `&&`, `||`, `!`), `**` (not `^`), `>=` (not `=>`), `elif` (not `else if`), `condition ? a : b` (not ' +
        '`a if condition else b`), and strings in double quotes.',
      failing: update('if x > 1 && x < 5:', '    x = 0'),
      repaired: update('if x > 1 and x < 5:', '    x = 0'),
    },
  },
  'unexpected-token': {
    class: 'error',
    text: (p: { found: string; expected: string }) => `Unexpected ${p.found}; expected ${p.expected}.`,
    page: {
      title: 'Something else was expected here',
      explanation:
        'The line makes sense up to this place. The message says what could follow. Each declaration, equation and ' +
        'statement has a line of its own.',
      failing: update('x = 1, 2'),
      repaired: update('x = 1'),
    },
  },
  'nesting-too-deep': {
    class: 'error',
    text: (p: { what: string; deepest: number }) =>
      `${p.what} are nested more than ${p.deepest} levels deep here. Split the model by naming parts of it.`,
    page: {
      title: 'Too deeply nested',
      explanation:
        'Expressions may be nested 1000 levels deep, blocks 100. Sums and products may have any number of terms. ' +
        'Where a program wrote the model, let it name parts of the expression (`inline` in `equations`, a local variable ' +
        'in `update`).',
      failing: parameters(`a real = ${'('.repeat(1001)}1${')'.repeat(1001)}`),
      repaired: parameters('a real = (1)'),
    },
  },
  'ambiguous-grouping': {
    class: 'lint',
    text: (p: { reading: string | undefined }) =>
      `Other NESTML tools group this expression differently.${
        p.reading === undefined ? '' : ` Here it means \`${p.reading}\`.`
      } Parentheses make it mean the same everywhere.`,
    page: {
      title: 'An expression that tools group differently',
      explanation:
        '`and` binds tighter than `or`, `not` applies to the whole comparison behind it, bit operators bind in the order ' +
        '`<<`, `>>`, then `&`, then `^`, then `|` and tighter than comparisons, and `a ? b : c ? d : e` is grouped from ' +
        'the left. PyNESTML has parsed or executed such expressions differently; with parentheses there is no doubt.',
      failing: update('if x > 5 or x > 1 and x < 2:', '    x = 0'),
      repaired: update('if x > 5 or (x > 1 and x < 2):', '    x = 0'),
    },
  },
});

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
