import { defineMessages } from '@nestml/diagnostics';
import { didYouMean, neuron } from './examples.ts';

const twoHandlers = (first: string, second: string) =>
  neuron({
    state: ['x real = 0'],
    input: ['left <- spike', 'right <- spike'],
    more: [`onReceive(left${first}):`, '    x += 1', `onReceive(right${second}):`, '    x *= 2'],
  });

const handler = (head: string) => neuron({ state: ['x real = 0'], more: [`${head}:`, '    x += 1'] });

/** Findings about statements, functions and handlers. */
export const statementMessages = defineMessages({
  'invalid-assignment': {
    class: 'error',
    text: (p: { name: string; what: string }) => `\`${p.name}\` is ${p.what} and cannot be assigned.`,
    page: {
      title: 'An assignment to something that does not change',
      explanation:
        'Only state variables and locals can be assigned. Move a parameter or internal that should change to `state`.',
      failing: neuron({ parameters: ['x real = 0'], update: ['x = 1'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['x = 1'] }),
    },
  },
  'assignment-in-function': {
    class: 'error',
    text: (p: { name: string }) =>
      `A function cannot change the state \`${p.name}\`: return the value, and assign it where the function is called.`,
    page: {
      title: 'A function changes a state',
      explanation:
        'A function computes a value from its arguments; it may read the variables of the model, but not change them.',
      failing: neuron({
        state: ['x real = 0'],
        update: ['x = next(x)'],
        more: ['function next(a real) real:', '    x = a + 1', '    return x'],
      }),
      repaired: neuron({
        state: ['x real = 0'],
        update: ['x = next(x)'],
        more: ['function next(a real) real:', '    return a + 1'],
      }),
    },
  },
  'effect-in-function': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` cannot be called in a function, only in \`update\` and handlers.`,
    page: {
      title: 'A function emits a spike or integrates',
      explanation:
        'A function computes a value. Spikes are emitted, and equations integrated, in `update`, `onReceive` and `onCondition`.',
      failing: neuron({
        state: ['x real = 0'],
        update: ['fire()'],
        more: ['function fire():', '    emit_spike()'],
      }),
      repaired: neuron({ state: ['x real = 0'], update: ['emit_spike()'] }),
    },
  },
  'integrate-in-handler': {
    class: 'lint',
    text: (_: Record<never, never>) =>
      '`integrate_odes` in a handler integrates in addition to `update`: the variables then advance by more than the time that passes.',
    page: {
      title: 'Equations are integrated in a handler',
      explanation:
        'Integration belongs into `update`, which runs once in each step. A handler changes variables at once.',
      failing: neuron({
        state: ['x real = 1'],
        equations: ["x' = -x / 1 ms"],
        more: ['onReceive(spikes):', '    integrate_odes()'],
      }),
      repaired: neuron({
        state: ['x real = 1'],
        equations: ["x' = -x / 1 ms"],
        more: ['onReceive(spikes):', '    x += 1'],
      }),
    },
  },
  'undeclared-loop-variable': {
    class: 'error',
    text: (p: { name: string; isOther: boolean }) =>
      p.isOther
        ? `\`${p.name}\` is no variable that a loop could count with.`
        : `The loop variable \`${p.name}\` is not declared: write \`${p.name} integer = 0\` above the loop.`,
    page: {
      title: 'A loop variable that is not declared',
      explanation: 'The variable of a `for` loop is declared before the loop.',
      failing: neuron({ state: ['x real = 0'], update: ['for i in 0 ... 3 step 1:', '    x += i'] }),
      repaired: neuron({
        state: ['x real = 0'],
        update: ['i integer = 0', 'for i in 0 ... 3 step 1:', '    x += i'],
      }),
    },
  },
  'loop-variable': {
    class: 'error',
    text: (p: { name: string; isAssignable: boolean; type: string }) =>
      p.isAssignable
        ? `The loop variable \`${p.name}\` is ${p.type}; it must be \`integer\` or \`real\`.`
        : `\`${p.name}\` cannot be assigned, so it cannot be the variable of a loop.`,
    page: {
      title: 'A loop variable of the wrong kind',
      explanation: 'A loop counts with a local or a state that is `integer` or `real`.',
      failing: neuron({
        state: ['x real = 0'],
        update: ['i mV = 0 mV', 'for i in 0 ... 3 step 1:', '    x += 1'],
      }),
      repaired: neuron({
        state: ['x real = 0'],
        update: ['i integer = 0', 'for i in 0 ... 3 step 1:', '    x += 1'],
      }),
    },
  },
  'zero-step': {
    class: 'error',
    text: (_: Record<never, never>) => 'The step of a loop cannot be 0: the loop would never end.',
    page: {
      title: 'A loop with step 0',
      explanation:
        'The step is added to the loop variable after each round. It is negative for a loop that counts down.',
      failing: neuron({
        state: ['x real = 0'],
        update: ['i integer = 0', 'for i in 0 ... 3 step 0:', '    x += i'],
      }),
      repaired: neuron({
        state: ['x real = 0'],
        update: ['i integer = 0', 'for i in 0 ... 3 step 1:', '    x += i'],
      }),
    },
  },
  'return-outside-function': {
    class: 'error',
    text: (_: Record<never, never>) => '`return` can stand only in a function.',
    page: {
      title: 'A return outside of a function',
      explanation: '`update` and handlers run to their end; use `if` to leave statements out.',
      failing: neuron({ state: ['x real = 0'], update: ['x = 1', 'return'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['x = 1'] }),
    },
  },
  'return-without-value': {
    class: 'error',
    text: (p: { function: string; type: string }) => `\`${p.function}\` must return ${p.type}.`,
    page: {
      title: 'A return without the value that was promised',
      explanation: 'A function with a type returns a value of that type.',
      failing: neuron({ more: ['function f(a real) real:', '    return'] }),
      repaired: neuron({ more: ['function f(a real) real:', '    return a'] }),
    },
  },
  'return-of-value': {
    class: 'error',
    text: (p: { function: string }) => `\`${p.function}\` has no type and cannot return a value.`,
    page: {
      title: 'A value is returned from a function without type',
      explanation: 'The type of the result stands behind the parameters: `function f(a real) real:`.',
      failing: neuron({ more: ['function f(a real):', '    return a'] }),
      repaired: neuron({ more: ['function f(a real) real:', '    return a'] }),
    },
  },
  'missing-return': {
    class: 'error',
    text: (p: { function: string; type: string }) =>
      `\`${p.function}\` can end without returning ${p.type}: every path must end in \`return\`, also if no condition holds.`,
    page: {
      title: 'A function that can end without a value',
      explanation:
        'The last statement is a `return`, or an `if` with an `else` of which every branch ends so.',
      failing: neuron({ more: ['function f(a real) real:', '    if a > 0:', '        return a'] }),
      repaired: neuron({
        more: ['function f(a real) real:', '    if a > 0:', '        return a', '    return 0'],
      }),
    },
  },
  'unreachable-statement': {
    class: 'lint',
    text: (_: Record<never, never>) => 'This is never reached: the function has returned before.',
    page: {
      title: 'Statements behind a return',
      explanation: 'A function ends at `return`. Remove what follows, or move it up.',
      failing: neuron({ more: ['function f(a real) real:', '    return a', '    a = 2'] }),
      repaired: neuron({ more: ['function f(a real) real:', '    return a'] }),
    },
  },
  'guard-on-local': {
    class: 'lint',
    text: (_: Record<never, never>) => 'The guard of a local is never checked.',
    page: {
      title: 'A guard of a local',
      explanation:
        'Guards `[[ … ]]` are checked when a value is set from outside, which is possible for parameters and states only.',
      failing: neuron({ state: ['x real = 0'], update: ['y real = 1 [[y > 0]]', 'x = y'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['y real = 1', 'x = y'] }),
    },
  },
  'print-place': {
    class: 'error',
    text: (p: { place: string }) =>
      `\`{${p.place}}\` is no variable: braces in a text take a name, an element such as \`a[0]\`, or a derivative.`,
    page: {
      title: 'Braces in a text that hold no variable',
      explanation:
        'In the texts of `print` and `println` the value of a variable takes the place of its name in braces. Give an expression a name first.',
      failing: neuron({ state: ['x real = 0'], update: ['println("twice: {2 * x}")'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['y real = 2 * x', 'println("twice: {y}")'] }),
    },
  },
  'print-argument': {
    class: 'error',
    text: (p: { function: string; type: string }) =>
      `\`${p.function}\` takes a text, as in \`${p.function}("x is {x}")\`, not ${p.type}.`,
    page: {
      title: 'Something else than a text is printed',
      explanation: 'The text is written in quotes; `{name}` in it stands for the value of a variable.',
      failing: neuron({ state: ['x real = 0'], update: ['println(x)'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['println("{x}")'] }),
    },
  },
  'handler-port': {
    class: 'error',
    text: (p: { name: string; isContinuous: boolean }) =>
      p.isContinuous
        ? `${p.name} is a continuous port; \`onReceive\` handles the spikes of a spike port.`
        : `${p.name} is no spike port; \`onReceive\` takes the name of one, or an element with a number as index.`,
    page: {
      title: 'onReceive for something that is no spike port',
      explanation:
        '`onReceive(port)` runs when spikes reach the port. A continuous port has a value at all times, which `update` can read.',
      failing: handler('onReceive(x)'),
      repaired: handler('onReceive(spikes)'),
    },
  },
  'duplicate-handler': {
    class: 'error',
    text: (p: { port: string }) => `There are two handlers for \`${p.port}\`. Join them.`,
    page: {
      title: 'Two handlers for one port',
      explanation:
        'A port has at most one `onReceive` block; a vector port one for all elements, or one for each.',
      failing: neuron({
        state: ['x real = 0'],
        more: ['onReceive(spikes):', '    x += 1', 'onReceive(spikes):', '    x *= 2'],
      }),
      repaired: neuron({ state: ['x real = 0'], more: ['onReceive(spikes):', '    x += 1', '    x *= 2'] }),
    },
  },
  'unknown-handler-option': {
    class: 'error',
    text: (p: { name: string; suggestion: string | undefined }) =>
      `A handler has no option \`${p.name}\`.${didYouMean(p.suggestion)}`,
    page: {
      title: 'An unknown option of a handler',
      explanation: 'The only option is `priority`, an integer.',
      failing: handler('onReceive(spikes, order=1)'),
      repaired: handler('onReceive(spikes)'),
    },
  },
  'invalid-priority': {
    class: 'error',
    text: (p: { value: string }) => `A priority is an integer, and ${p.value} is none.`,
    page: {
      title: 'A priority that is no integer',
      explanation: 'Priorities are integers. In neurons the larger runs first, in synapses the smaller.',
      failing: twoHandlers(', priority=1.5', ', priority=2'),
      repaired: twoHandlers(', priority=1', ', priority=2'),
    },
  },
  'missing-priority': {
    class: 'error',
    text: (p: { port: string }) =>
      `Only the handler of \`${p.port}\` has a priority, so there is nothing to compare it with. Give one to another handler too.`,
    page: {
      title: 'A single priority',
      explanation: 'Priorities order handlers that run at one instant, so at least two handlers have one.',
      failing: twoHandlers(', priority=1', ''),
      repaired: twoHandlers(', priority=1', ', priority=2'),
    },
  },
  'equal-priorities': {
    class: 'error',
    text: (p: { priority: number; port: string }) =>
      `The handler of \`${p.port}\` has the priority ${p.priority} too: the order is not determined.`,
    page: {
      title: 'Two handlers of the same priority',
      explanation:
        'Handlers that run at one instant run one after the other. Different priorities say which is first.',
      failing: twoHandlers(', priority=1', ', priority=1'),
      repaired: twoHandlers(', priority=1', ', priority=2'),
    },
  },
  'priority-order': {
    class: 'note',
    text: (p: { first: string; second: string; isSynapse: boolean }) =>
      `If both receive at one instant, the handler of \`${p.first}\` runs before that of \`${p.second}\`: in a ${p.isSynapse ? 'synapse the smaller' : 'neuron the larger'} priority is first.`,
    page: {
      title: 'The order of handlers with priorities',
      explanation: 'As in NESTML 9, the larger priority runs first in neurons, the smaller one in synapses.',
      failing: twoHandlers(', priority=1', ', priority=2'),
      repaired: twoHandlers('', ''),
    },
  },
  'ignored-priority': {
    class: 'lint',
    text: (_: Record<never, never>) =>
      'The priority of `onCondition` is ignored: conditions are checked in the order of the text.',
    page: {
      title: 'A priority of onCondition',
      explanation:
        'All `onCondition` blocks are checked one after the other at the end of a step. Order the text as you want them to run.',
      failing: handler('onCondition(x > 1, priority=1)'),
      repaired: handler('onCondition(x > 1)'),
    },
  },
});
