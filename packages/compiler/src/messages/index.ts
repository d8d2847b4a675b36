import { defineMessages, type Example } from '@nestml/diagnostics';
import { neuron } from './examples.ts';

const tau = 'tau ms = 10 ms';

/** A neuron whose equation calls a function with this body, and the command that runs it with the Rosenbrock method. */
function stiffNeuron(body: readonly string[]): Example {
  const more = ['function speed(x real) real:', ...body.map((line) => `    ${line}`)];
  const example = neuron({
    state: ['x real = 2'],
    parameters: [tau],
    equations: ["x' = -speed(x) / tau"],
    more,
  });
  return { ...example, command: 'simulate MODEL --for "1 ms" --solver rosenbrock' };
}

/** Why the compiler refuses a model that was checked without error, by code. */
export const compilerMessages = defineMessages({
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
    text: (p: { kernel: string; expression: string; reason: string; instead: string }) =>
      `The kernel \`${p.kernel}\` cannot be computed step by step: \`${p.expression}\` ${p.reason}. ${p.instead === '' ? '' : `${p.instead} `}` +
      'Write the kernel as a sum of terms like `c * t**n * exp(-t / tau) * cos(w * t + p)`, or by equations.',
    page: {
      title: 'A kernel that follows no linear equations',
      explanation:
        'A convolution is computed from step to step without remembering the spikes. That is possible for kernels that are sums of products of powers of `t`, exponentials, sines and cosines, and for kernels given by linear equations.',
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
  'no-derivative': {
    class: 'error',
    text: (p: { variable: string; expression: string }) =>
      `The Rosenbrock method needs the derivatives of all equations, and that of \`${p.variable}\` has none: \`${p.expression}\` loops, or assigns to a variable again. Write it as a formula, or choose an explicit method.`,
    page: {
      title: 'An equation without derivative for the Rosenbrock method',
      explanation:
        'Implicit methods use the derivatives of the right-hand sides, which are found from their formulas. A function with a loop or an assignment to a variable that it has declared before is no formula, nor is one that calls itself. Functions of local variables, `if` and `return` are formulas. Without `--solver rosenbrock` the explicit method of Dormand and Prince is used, which needs no derivatives.',
      failing: stiffNeuron(['y real = x', 'y *= x', 'return y']),
      repaired: stiffNeuron(['y real = x', 'return y * x']),
    },
  },
});
