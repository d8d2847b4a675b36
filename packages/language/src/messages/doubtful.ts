import { defineMessages } from '@nestml/diagnostics';
import { neuron } from './examples.ts';

const two = {
  state: ['x real = 1', 'r ms = 0 ms'],
  parameters: ['tau ms = 10 ms'],
  equations: ["x' = -x / tau", "r' = -1"],
} as const;

const pulsed = { ...two, equations: ["x' = -x / tau + spikes", "r' = -1"] } as const;

/** Findings about what is legal, but probably not what was meant. */
export const doubtfulMessages = defineMessages({
  'default-violates-guard': {
    class: 'lint',
    text: (p: { name: string; guard: string }) =>
      `The value of \`${p.name}\` violates its own guard ${p.guard}.`,
    page: {
      title: 'A declared value that its guard refuses',
      explanation:
        'A guard is tested when a value is set from outside. If the declared values break it, nothing at all can be set before that is changed.',
      failing: neuron({ parameters: ['tau ms = 0 ms [[tau > 0 ms]]'] }),
      repaired: neuron({ parameters: ['tau ms = 10 ms [[tau > 0 ms]]'] }),
    },
  },
  'unused-declaration': {
    class: 'lint',
    text: (p: { name: string; what: 'port' | 'kernel' | 'function' }) => {
      const uses = {
        port: 'what arrives there has no effect',
        kernel: 'it is never convolved',
        function: 'it is never called',
      };
      return `The ${p.what} \`${p.name}\` is not used: ${uses[p.what]}.`;
    },
    page: {
      title: 'A port, kernel or function that is not used',
      explanation:
        'Spikes are used by `onReceive`, by their name in `update` or in an equation, or by `convolve`; currents by their name. A kernel takes effect by ' +
        '`convolve(kernel, port)`, a function by a call. Use it, or remove it. A model that uses none of its ports is not reported.',
      failing: neuron({
        ...two,
        input: ['spikes <- spike', 'I_stim pA <- continuous'],
        more: ['onReceive(spikes):', '    x += 1'],
      }),
      repaired: neuron({ ...two, more: ['onReceive(spikes):', '    x += 1'] }),
    },
  },
  'never-integrated': {
    class: 'lint',
    text: (p: { name: string }) =>
      `The equation of \`${p.name}\` is never integrated: no call of \`integrate_odes\` names it, so \`${p.name}\` stays constant.`,
    page: {
      title: 'One of the equations is never integrated',
      explanation:
        '`integrate_odes(x, y)` advances the named variables only; the others are constant. Add the name to a call, or remove the equation.',
      failing: neuron({ ...two, update: ['integrate_odes(x)'] }),
      repaired: neuron({ ...two, update: ['integrate_odes(x, r)'] }),
    },
  },
  'repeated-integration': {
    class: 'lint',
    text: (p: { name: string }) =>
      `\`${p.name}\` has been integrated before in the same step: it advances by more than the time that passes.`,
    page: {
      title: 'A variable is integrated twice in one step',
      explanation:
        'Each call of `integrate_odes` advances its variables by the whole step. Call it once for each variable on every path through `update`.',
      failing: neuron({ ...two, update: ['integrate_odes(x)', 'integrate_odes()'] }),
      repaired: neuron({ ...two, update: ['integrate_odes()'] }),
    },
  },
  'overwritten-integration': {
    class: 'lint',
    text: (p: { name: string }) => `This throws away what was integrated for \`${p.name}\` in this step.`,
    page: {
      title: 'The result of an integration is overwritten',
      explanation:
        'The value is replaced in every step right after its equation has been integrated, so that the equation has no effect. Integrate it only where the value ' +
        'is to be kept, or put the assignment under a condition.',
      failing: neuron({ ...two, update: ['integrate_odes()', 'x = 2'] }),
      repaired: neuron({
        ...two,
        update: ['if r > 0 ms:', '    integrate_odes(r)', '    x = 2', 'else:', '    integrate_odes(x)'],
      }),
    },
  },
  'double-delivery': {
    class: 'lint',
    text: (p: { port: string; name: string }) =>
      `Spikes of \`${p.port}\` act on \`${p.name}\` twice: here, and as pulses in its equation.`,
    page: {
      title: 'A spike acts twice on one variable',
      explanation:
        'A spike port, or a convolution with a delta kernel, in an equation makes the variable jump at each spike. A handler for the port that changes the variable too ' +
        'adds to that jump. Keep one of the two.',
      failing: neuron({ ...pulsed, more: ['onReceive(spikes):', '    x += 1'] }),
      repaired: neuron({ ...two, more: ['onReceive(spikes):', '    x += 1'] }),
    },
  },
  'pulses-discarded': {
    class: 'note',
    text: (p: { port: string; name: string }) =>
      `Spikes of \`${p.port}\` that arrive in steps in which \`${p.name}\` is not integrated are lost.`,
    page: {
      title: 'Pulses act only where the variable is integrated',
      explanation:
        'A spike port in an equation acts in the call of `integrate_odes` that integrates the variable. In a step without such a call, usually while the neuron is refractory, ' +
        'the spike has no effect. To keep it, add it to a variable that is always integrated.',
      failing: neuron({
        ...pulsed,
        update: ['if r > 0 ms:', '    integrate_odes(r)', 'else:', '    integrate_odes(x)'],
      }),
      repaired: neuron({ ...pulsed, update: ['integrate_odes()'] }),
    },
  },
  'parameter-assigned': {
    class: 'lint',
    text: (p: { name: string }) =>
      `\`${p.name}\` is a parameter of the function: the assignment changes a copy, and the caller sees nothing of it.`,
    page: {
      title: 'A parameter of a function is assigned',
      explanation:
        'A function gets the values of its arguments, not the variables. An assignment to a parameter is legal and stays inside the call. Use a local variable to say so, or ' +
        'return the new value.',
      failing: neuron({
        state: ['x real = 0'],
        update: ['x = half(x)'],
        more: ['function half(a real) real:', '    a /= 2', '    return a'],
      }),
      repaired: neuron({
        state: ['x real = 0'],
        update: ['x = half(x)'],
        more: ['function half(a real) real:', '    return a / 2'],
      }),
    },
  },
  'condition-order': {
    class: 'note',
    text: (p: { name: string }) =>
      `An earlier \`onCondition\` changes \`${p.name}\`: this condition sees the new value in the same step, so the order of the two matters.`,
    page: {
      title: 'A condition reads what an earlier condition changes',
      explanation:
        'The conditions are tested one after the other, in the order of the text, and the statements of each run before the next is tested. A handler that resets a variable ' +
        'can so keep a later one from running, or make it run. If that is meant, nothing has to be done; otherwise join the two handlers, or put them into the other order.',
      failing: neuron({
        state: ['x real = 0', 'y real = 0'],
        more: ['onCondition(x > 1):', '    x = 0', 'onCondition(x > 0.5):', '    y += 1'],
      }),
      repaired: neuron({
        state: ['x real = 0', 'y real = 0'],
        more: ['onCondition(x > 0.5):', '    y += 1', 'onCondition(x > 1):', '    x = 0'],
      }),
    },
  },
  'loop-never-runs': {
    class: 'lint',
    text: (p: { first: number; end: number; step: number }) =>
      `This loop never runs: it begins at ${p.first}, and with the step ${p.step} it ends before ${p.end}.`,
    page: {
      title: 'A loop that never runs',
      explanation:
        'A loop with a positive step runs while its variable is smaller than the second bound, one with a negative step while it is larger.',
      failing: neuron({
        state: ['x real = 0'],
        update: ['i integer = 0', 'for i in 3 ... 0 step 1:', '    x += i'],
      }),
      repaired: neuron({
        state: ['x real = 0'],
        update: ['i integer = 0', 'for i in 3 ... 0 step -1:', '    x += i'],
      }),
    },
  },
});
