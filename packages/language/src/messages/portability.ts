import { defineMessages } from '@nestml/diagnostics';
import { neuron } from './examples.ts';

const delayed = (rightHandSide: string) =>
  neuron({
    state: ['x real = 1', 'y real = 0'],
    parameters: ['tau ms = 10 ms'],
    equations: ["x' = -x / tau", `y' = ${rightHandSide}`],
  });

const rising = { parameters: ['tau ms = 10 ms'] } as const;
const convolved = "x' = (convolve(g, spikes) - x) / tau";

/** Findings about what is legal here and means something else to other tools. */
export const portabilityMessages = defineMessages({
  'unit-as-name': {
    class: 'lint',
    text: (p: { name: string }) =>
      `\`${p.name}\` is a unit too: \`2 ${p.name}\` and \`2 * ${p.name}\` would differ.`,
    page: {
      title: 'A variable with the name of a unit',
      explanation:
        'A name directly behind a number is always a unit, anywhere else a variable of that name wins. That is easily misread. Choose another name.',
      failing: neuron({ parameters: ['ms real = 1', 'x real = 2 * ms'] }),
      repaired: neuron({ parameters: ['m_s real = 1', 'x real = 2 * m_s'] }),
    },
  },
  'reserved-elsewhere': {
    class: 'lint',
    text: (p: { name: string; meaning: 'status' | 'euler' }) =>
      p.meaning === 'euler'
        ? "NESTML 9 takes `E` for Euler's number in some places, without a word. Choose a longer name."
        : `NEST keeps an entry \`${p.name}\` of its own in the status: setting or reading this variable there may reach the wrong one.`,
    page: {
      title: 'A name that means something else in NEST or PyNESTML',
      explanation:
        'Any name works here. In NEST, variables are set and read by name beside entries that every neuron or connection has (`model`, `local`, `thread`, ' +
        "`t_spike`, …), and the generator of NESTML 9 reads `E` in kernels and internals as Euler's number. Another name avoids the confusion.",
      failing: neuron({ parameters: ['thread real = 1'] }),
      repaired: neuron({ parameters: ['thread_count real = 1'] }),
    },
  },
  'mixed-spike-ports': {
    class: 'lint',
    text: (p: { name: string; other: string; qualifier: string }) =>
      `\`${p.name}\` takes spikes of either sign, but \`${p.other}\` is ${p.qualifier}: which of them a weight reaches, and the numbers of receptors, depend on the tool.`,
    page: {
      title: 'Some spike ports are qualified, others are not',
      explanation:
        'With one excitatory and one inhibitory port, the sign of a weight chooses the port. A port for both signs beside them has to be named in every ' +
        'connection. Qualify all spike ports or none.',
      failing: neuron({
        state: ['x real = 0'],
        input: ['exc <- excitatory spike', 'other <- spike'],
        update: ['x += (exc + other) * 1 s'],
      }),
      repaired: neuron({
        state: ['x real = 0'],
        input: ['exc <- spike', 'other <- spike'],
        update: ['x += (exc + other) * 1 s'],
      }),
    },
  },
  'delay-elsewhere': {
    class: 'lint',
    text: (p: { name: string; isSelf: boolean }) =>
      p.isSelf
        ? `\`${p.name}\` depends on its own past, which NESTML 9 computes wrongly.`
        : `\`${p.name}\` is used with another delay before; NESTML 9 keeps one delay for each variable.`,
    page: {
      title: 'A delay that other tools cannot compute',
      explanation:
        'NESTML 9 has one delay for each variable, and none for a variable in its own equation; it does not say so. For the same result there, copy the variable.',
      failing: delayed('(x(t - 2 ms) - x(t - 3 ms)) / tau'),
      repaired: delayed('(x(t - 2 ms) - y) / tau'),
    },
  },
  'random-elsewhere': {
    class: 'lint',
    text: (p: { name: string; owner: string }) =>
      `\`${p.owner}\` draws with \`${p.name}\`; NESTML 9 refuses random numbers in functions when it generates code for NEST.`,
    page: {
      title: 'A function draws random numbers',
      explanation:
        'Statements may draw random numbers here, those of functions too. NESTML 9 lets only `update`, `onReceive` and `onCondition` draw. For the same model there, draw in the ' +
        'statement that calls the function, and hand over the number.',
      failing: neuron({
        state: ['x real = 0'],
        update: ['x = noise(2)'],
        more: ['function noise(a real) real:', '    return a * random_normal(0, 1)'],
      }),
      repaired: neuron({
        state: ['x real = 0'],
        update: ['x = noise(2, random_normal(0, 1))'],
        more: ['function noise(a real, drawn real) real:', '    return a * drawn'],
      }),
    },
  },
  'kernel-unit-elsewhere': {
    class: 'lint',
    text: (p: { name: string; type: string }) =>
      `\`${p.name}\` is ${p.type}, but NESTML 9 wants each variable of a kernel to be a plain number.`,
    page: {
      title: 'An auxiliary variable of a kernel has a unit',
      explanation:
        'Only the variable that is convolved must be a plain number here. NESTML 9 refuses units of the others too. Divide by the time constant in the equation ' +
        'instead of in the initial value.',
      failing: neuron({
        ...rising,
        state: ['g real = 0', 'h 1/ms = 1 / tau', 'x real = 0'],
        equations: ["kernel g' = h - g / tau,", "       h' = -h / tau", convolved],
      }),
      repaired: neuron({
        ...rising,
        state: ['g real = 0', 'h real = 1', 'x real = 0'],
        equations: ["kernel g' = h / tau - g / tau,", "       h' = -h / tau", convolved],
      }),
    },
  },
  'reading-changed': {
    class: 'lint',
    text: (p: { written: string; today: string; before: string }) =>
      `${p.written} means ${p.today} since NESTML 9; until NESTML 8 it meant ${p.before}.`,
    page: {
      title: 'A text that NESTML 8 and 9 read differently',
      explanation:
        'Since NESTML 9 a number takes the whole unit behind it, powers, products and quotients included: `3 ms**2` are three square milliseconds, and ' +
        '`x / 2 s/ms` divides by two seconds per millisecond. NESTML 8 stopped at the first name: `(3 ms)**2` and `(x / 2 s) / ms`. The fix writes the reading of today ' +
        'so that both agree.',
      failing: neuron({ parameters: ['area ms**2 = 3 ms**2'] }),
      repaired: neuron({ parameters: ['area ms**2 = 3 * (1 ms)**2'] }),
    },
  },
});
