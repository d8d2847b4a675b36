import { defineMessages } from '@nestml/diagnostics';
import { layoutMessages } from './layout.ts';
import { didYouMean, equations, file, input, parameters, update } from './syntax-examples.ts';

/** What the parser of lines reports. */
const lineMessages = defineMessages({
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

/** What the lexer and the parser report. */
export const syntaxMessages = { ...layoutMessages, ...lineMessages } as const;
