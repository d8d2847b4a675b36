import { defineMessages } from '@nestml/diagnostics';
import { neuron } from './examples.ts';

const tau = 'tau ms = 10 ms';

/** Why the compiler refuses a model that was checked without error, by code. */
export const compilerMessages = defineMessages({
  'delayed-variable': {
    class: 'error',
    text: (p: { name: string }) =>
      `The delayed value of \`${p.name}\` cannot be compiled yet. Write the equation without the delay.`,
    page: {
      title: 'A delayed variable',
      explanation:
        'An equation may use a variable as it was some time ago, `x(t - d)`, but no backend can run that yet. Use the present value `x`.',
      failing: neuron({
        state: ['x real = 1'],
        parameters: [tau, 'd ms = 1 ms'],
        equations: ["x' = -x(t - d) / tau"],
      }),
      repaired: neuron({ state: ['x real = 1'], parameters: [tau], equations: ["x' = -x / tau"] }),
    },
  },
  'text-value': {
    class: 'error',
    text: () =>
      'A text can stand only in `print` and its relatives; a compiled model computes with numbers and truth values.',
    page: {
      title: 'A text as a value',
      explanation:
        'A compiled model holds numbers and truth values. Write the text where it is printed instead of keeping it in a variable.',
      failing: neuron({ update: ['greeting string = "hello"', 'print(greeting)'] }),
      repaired: neuron({ update: ['print("hello")'] }),
    },
  },
  'computed-port-index': {
    class: 'error',
    text: (p: { port: string }) =>
      `Which element of the spike port \`${p.port}\` drives an equation must be known when the model is compiled. Write the index as a number.`,
    page: {
      title: 'A computed index of a spike port in an equation',
      explanation:
        'Each element of a spike port that enters the equations gets states of its own. So its index is a number, such as `spikes[0]`, not a variable. In `update` and handlers any index may stand.',
      failing: neuron({
        state: ['x real = 1'],
        parameters: [tau, 'i integer = 0'],
        equations: ["x' = -x / tau + spikes[i]"],
        input: ['spikes[2] <- spike'],
      }),
      repaired: neuron({
        state: ['x real = 1'],
        parameters: [tau],
        equations: ["x' = -x / tau + spikes[0]"],
        input: ['spikes[2] <- spike'],
      }),
    },
  },
  'print-outside-statement': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` prints; equations, inlines, kernels, guards, conditions and initial values may call functions that only compute.`,
    page: {
      title: 'A function that prints is called where only values count',
      explanation:
        'How often an equation, an inline or a condition is evaluated is left to the solver. A function that is called there may compute, but not print.',
      failing: neuron({
        state: ['x real = 1'],
        parameters: [tau],
        equations: ["x' = -shown(x) / tau"],
        more: ['function shown(y real) real:', '    print("{y}")', '    return y'],
      }),
      repaired: neuron({
        state: ['x real = 1'],
        parameters: [tau],
        equations: ["x' = -shown(x) / tau"],
        more: ['function shown(y real) real:', '    return y'],
      }),
    },
  },
  'kernel-without-equations': {
    class: 'error',
    text: (p: { kernel: string; expression: string; reason: string }) =>
      `The kernel \`${p.kernel}\` cannot be computed step by step: \`${p.expression}\` ${p.reason}. Write it as a sum of terms like \`c * t**n * exp(-t / tau)\`, or by equations.`,
    page: {
      title: 'A kernel that follows no linear equations',
      explanation:
        'A convolution is computed from step to step without remembering the spikes. That is possible for kernels that are sums of powers of `t` times exponentials, and for kernels given by linear equations.',
      failing: neuron({
        state: ['x real = 1'],
        parameters: [tau],
        equations: ['kernel K = 1 / (1 + t / tau)', "x' = (-x + convolve(K, spikes)) / tau"],
      }),
      repaired: neuron({
        state: ['x real = 1'],
        parameters: [tau],
        equations: ['kernel K = exp(-t / tau)', "x' = (-x + convolve(K, spikes)) / tau"],
      }),
    },
  },
});
