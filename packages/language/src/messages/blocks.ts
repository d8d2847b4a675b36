import { defineMessages } from '@nestml/diagnostics';
import { neuron } from './examples.ts';

/** Findings about blocks, declarations and initial values. */
export const blockMessages = defineMessages({
  'duplicate-block': {
    class: 'error',
    text: (p: { block: string }) => `The block \`${p.block}\` stands twice. Join the two.`,
    page: {
      title: 'A block that stands twice',
      explanation:
        '`state`, `parameters`, `internals`, `equations`, `input`, `output` and `update` occur at most once in a model.',
      failing: neuron({ state: ['x real = 0'], more: ['state:', '    y real = 0'] }),
      repaired: neuron({ state: ['x real = 0', 'y real = 0'] }),
    },
  },
  'missing-input': {
    class: 'lint',
    text: (p: { model: string }) => `\`${p.model}\` has no block \`input\`: it can receive nothing.`,
    page: {
      title: 'A model without input',
      explanation: 'Spikes and currents reach a model through ports, declared in the block `input`.',
      failing: neuron({ state: ['x real = 0'], input: [] }),
      repaired: neuron({ state: ['x real = 0'] }),
    },
  },
  'missing-output': {
    class: 'lint',
    text: (p: { model: string }) => `\`${p.model}\` has no block \`output\`: it can send nothing.`,
    page: {
      title: 'A model without output',
      explanation: 'A model that sends spikes has a block `output` with the line `spike`.',
      failing: neuron({ state: ['x real = 0'], output: [] }),
      repaired: neuron({ state: ['x real = 0'] }),
    },
  },
  'missing-spike-output': {
    class: 'error',
    text: (p: { output: 'continuous' | 'none' }) =>
      p.output === 'none'
        ? '`emit_spike` needs a block `output` with the line `spike`.'
        : '`emit_spike` needs the output `spike`, but the model has a `continuous` one.',
    page: {
      title: 'A spike is emitted, but the model has no spike output',
      explanation: 'Add a block `output:` with the line `spike`.',
      failing: neuron({ state: ['x real = 0'], output: [], update: ['emit_spike()'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['emit_spike()'] }),
    },
  },
  'never-emits': {
    class: 'lint',
    text: (p: { model: string }) =>
      `\`${p.model}\` has a condition and the output \`spike\`, but never calls \`emit_spike()\`.`,
    page: {
      title: 'A neuron with a threshold that never emits a spike',
      explanation:
        'Spikes are sent by `emit_spike()`, usually in the `onCondition` that tests the threshold. Without it no spike is ever sent.',
      failing: neuron({ state: ['x real = 0'], more: ['onCondition(x > 1):', '    x = 0'] }),
      repaired: neuron({
        state: ['x real = 0'],
        more: ['onCondition(x > 1):', '    x = 0', '    emit_spike()'],
      }),
    },
  },
  'missing-initial-value': {
    class: 'error',
    text: (p: { name: string; block: string }) =>
      `\`${p.name}\` in \`${p.block}\` has no value: write \`= …\` behind its type.`,
    page: {
      title: 'A declaration without value',
      explanation:
        'States, parameters and internals are declared with a value, which is where a simulation starts.',
      failing: neuron({ state: ['x real'] }),
      repaired: neuron({ state: ['x real = 0'] }),
    },
  },
  'misplaced-inline': {
    class: 'error',
    text: (_: Record<never, never>) => 'An `inline` belongs into the block `equations`.',
    page: {
      title: 'An inline outside of the equations',
      explanation:
        'An inline is a named expression, computed anew wherever it is used. It stands in `equations`. A value that is computed once is an internal, without `inline`.',
      failing: neuron({ parameters: ['a real = 2'], internals: ['inline b real = a'] }),
      repaired: neuron({ parameters: ['a real = 2'], internals: ['b real = a'] }),
    },
  },
  'misplaced-derivative': {
    class: 'error',
    text: (p: { name: string; block: string }) =>
      `Only state variables have derivatives; \`${p.name}\` is declared in ${p.block}.`,
    page: {
      title: 'A derivative outside of state',
      explanation: 'Primes belong to variables of the block `state` that have an equation.',
      failing: neuron({ parameters: ["a' real = 2"] }),
      repaired: neuron({ parameters: ['a real = 2'] }),
    },
  },
  'misplaced-vector': {
    class: 'error',
    text: (p: { name: string }) => `A local cannot be a vector: declare \`${p.name}\` in \`state\`.`,
    page: {
      title: 'A local vector',
      explanation: 'Vectors are declared in `state`, `parameters` or `internals`, or are ports.',
      failing: neuron({ state: ['x real = 0'], update: ['a[3] real = 0', 'a[0] = x'] }),
      repaired: neuron({ state: ['x real = 0', 'a[3] real = 0'], update: ['a[0] = x'] }),
    },
  },
  'initial-value-cycle': {
    class: 'error',
    text: (p: { names: readonly string[] }) =>
      `These values depend on each other in a circle: ${p.names.map((name) => `\`${name}\``).join(' → ')}.`,
    page: {
      title: 'Initial values that depend on each other in a circle',
      explanation:
        'Parameters, internals and initial states may use each other in any order, but not in a circle: then no value could be computed first. Uses ' +
        'through inlines and functions count.',
      failing: neuron({ parameters: ['a real = 2 * b', 'b real = a + 1'] }),
      repaired: neuron({ parameters: ['a real = 2', 'b real = a + 1'] }),
    },
  },
  'parameter-uses-state': {
    class: 'compat',
    text: (p: { name: string; block: string; state: string }) =>
      `\`${p.name}\` in \`${p.block}\` uses the state \`${p.state}\`: the initial value of \`${p.state}\` is taken, and later changes have no effect.`,
    page: {
      title: 'A parameter or internal depends on a state',
      explanation:
        'Parameters and internals are computed before the model runs, so only the initial value of a state can be meant. Make that value a parameter, and use ' +
        'it in both places.',
      failing: neuron({ state: ['V_m mV = -70 mV'], internals: ['V_start mV = V_m'] }),
      repaired: neuron({
        state: ['V_m mV = E_L'],
        parameters: ['E_L mV = -70 mV'],
        internals: ['V_start mV = E_L'],
      }),
    },
  },
  'input-in-initial-value': {
    class: 'error',
    text: (p: { name: string; input: string }) =>
      `The initial value of \`${p.name}\` depends on ${p.input}, which has no value before the model runs.`,
    page: {
      title: 'An initial value depends on input',
      explanation:
        'Initial values are computed before the first step: ports, convolutions and the time cannot be used, nor inlines that contain them.',
      failing: neuron({ state: ['x real = spikes * 1 s'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['x = spikes * 1 s'] }),
    },
  },
  'random-misplaced': {
    class: 'error',
    text: (p: { name: string; place: string; through: string | undefined }) =>
      p.through === undefined
        ? `\`${p.name}\` cannot be used in ${p.place}: random numbers are drawn in statements.`
        : `\`${p.through}\` draws random numbers (\`${p.name}\`), which is not possible in ${p.place}.`,
    page: {
      title: 'A random number outside of statements',
      explanation:
        'Random numbers are drawn by statements, in `update`, `onReceive` and `onCondition`, once each time they run. Equations, kernels, inlines and initial values ' +
        'must give the same result whenever they are evaluated. Draw into a state variable, and use that.',
      failing: neuron({ state: ['x real = 0'], equations: ["x' = random_normal(0, 1) / 1 ms"] }),
      repaired: neuron({
        state: ['x real = 0', 'noise real = 0'],
        equations: ["x' = noise / 1 ms"],
        update: ['noise = random_normal(0, 1)', 'integrate_odes()'],
      }),
    },
  },
  'resolution-misplaced': {
    class: 'error',
    text: (p: { place: string }) => `\`resolution()\` cannot be used in ${p.place}.`,
    page: {
      title: 'The time step is asked for in the wrong place',
      explanation:
        '`resolution()` gives the time step in `update`, handlers and initial values. Equations do not depend on it; functions take it as an argument.',
      failing: neuron({ state: ['x real = 0'], equations: ["x' = 1 / resolution()"] }),
      repaired: neuron({
        state: ['x real = 0'],
        internals: ['h ms = resolution()'],
        equations: ["x' = 1 / h"],
      }),
    },
  },
  'timestep-misplaced': {
    class: 'error',
    text: (_: Record<never, never>) => '`timestep()` can be used only in `update`, where a step is made.',
    page: {
      title: 'The length of the step is asked for outside of update',
      explanation:
        '`timestep()` is the length of the step that `update` makes. Elsewhere use `resolution()`.',
      failing: neuron({ state: ['x ms = 0 ms'], more: ['onCondition(x < 1 ms):', '    x = timestep()'] }),
      repaired: neuron({ state: ['x ms = 0 ms'], update: ['x = timestep()'] }),
    },
  },
  'fixed-step': {
    class: 'note',
    text: (p: { name: string }) => `With \`${p.name}\` the model depends on a fixed time step.`,
    page: {
      title: 'The model depends on a fixed time step',
      explanation:
        "`resolution()` and `steps()` tie a model to simulation in fixed steps. A refractory period can also be a state with an equation (`refr_t' = -1`).",
      failing: neuron({ state: ['n integer = steps(2 ms)'] }),
      repaired: neuron({ state: ['r ms = 2 ms'], equations: ["r' = -1"] }),
    },
  },
  'port-qualifiers': {
    class: 'error',
    text: (p: { port: string }) =>
      `\`${p.port}\` can be either excitatory or inhibitory. A port for both has neither word.`,
    page: {
      title: 'A port with two qualifiers',
      explanation: 'A port without qualifier takes spikes of either sign.',
      failing: neuron({ input: ['p <- excitatory inhibitory spike'] }),
      repaired: neuron({ input: ['p <- spike'] }),
    },
  },
});
