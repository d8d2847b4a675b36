import { defineMessages } from '@nestml/diagnostics';
import { neuron } from './examples.ts';

const parameters = ['tau ms = 10 ms', 'tau_s ms = 2 ms'] as const;
const state = ['x real = 1'] as const;
const decay = "x' = -x / tau";
const kernel = 'kernel K = exp(-t / tau_s)';

function withKernel(...equations: readonly string[]) {
  return neuron({ state, parameters, equations });
}

function withKernelState(first: string, ...equations: readonly string[]) {
  return neuron({
    state: ['x real = 1', first],
    parameters,
    equations: [...equations, "x' = -x / tau + convolve(g, spikes) / tau"],
  });
}

/** Findings about kernels and convolutions. */
export const kernelMessages = defineMessages({
  'kernel-not-number': {
    class: 'error',
    text: (p: { name: string; expression: string; type: string }) =>
      `The kernel \`${p.name}\` must be a plain number, but ${p.expression} is ${p.type}. Multiply the convolution by the unit instead.`,
    page: {
      title: 'A kernel with a unit',
      explanation:
        'A kernel is the shape of the response to a spike, a plain number. The unit comes with the convolution: `1 pA * convolve(K, spikes)`.',
      failing: withKernel('kernel K = 1 pA * exp(-t / tau_s)', decay),
      repaired: withKernel(kernel, decay),
    },
  },
  'kernel-outside-convolve': {
    class: 'error',
    text: (p: { kernel: string }) =>
      `The kernel \`${p.kernel}\` has no value of its own: it can stand only in \`convolve(${p.kernel}, port)\`.`,
    page: {
      title: 'A kernel outside of convolve',
      explanation: 'A kernel becomes a signal by convolution with the spikes of a port.',
      failing: withKernel(kernel, "x' = -x / tau + K / tau"),
      repaired: withKernel(kernel, "x' = -x / tau + convolve(K, spikes) / tau"),
    },
  },
  'convolve-arguments': {
    class: 'error',
    text: (p: { argument: string; position: 'first' | 'second' | undefined; hasEquation: boolean }) => {
      const needed = { first: 'a kernel', second: 'a spike port' };
      const cure = p.hasEquation ? ' Write `kernel` before its equation.' : '';
      return p.position === undefined
        ? `\`convolve\` takes a kernel and a spike port, each by its name; ${p.argument} is no name.`
        : `The ${p.position} argument of \`convolve\` is ${needed[p.position]}, and ${p.argument} is none.${cure}`;
    },
    page: {
      title: 'The arguments of convolve are not a kernel and a spike port',
      explanation:
        '`convolve(kernel, port)` takes the name of a kernel and that of a spike port, in this order. Factors stand outside.',
      failing: withKernel(kernel, "x' = -x / tau + convolve(spikes, K) / tau"),
      repaired: withKernel(kernel, "x' = -x / tau + convolve(K, spikes) / tau"),
    },
  },
  'convolve-misplaced': {
    class: 'error',
    text: (p: { place: string }) =>
      `\`convolve\` can stand only in equations and inlines, not ${p.place}. Define an \`inline\` with it and use that.`,
    page: {
      title: 'A convolution outside of the equations',
      explanation:
        'A convolution belongs to the block `equations`. Give it a name there with `inline`, and use the name in statements.',
      failing: neuron({
        state,
        parameters,
        equations: [kernel, decay],
        update: ['integrate_odes()', 'x = convolve(K, spikes)'],
      }),
      repaired: neuron({
        state,
        parameters,
        equations: [kernel, 'inline y real = convolve(K, spikes)', decay],
        update: ['integrate_odes()', 'x = y'],
      }),
    },
  },
  'kernel-not-linear': {
    class: 'error',
    text: (p: { expression: string; reason: string }) =>
      `The equations of a kernel must be linear, without a constant term, and must not contain the time. ${p.expression} ${p.reason}.`,
    page: {
      title: 'A kernel whose equations are not linear',
      explanation:
        'The responses to spikes are added, which is right only if the equations of the kernel are linear in its variables and have no term without them.',
      failing: withKernelState('g real = 1', "kernel g' = -g**2 / tau_s"),
      repaired: withKernelState('g real = 1', "kernel g' = -g / tau_s"),
    },
  },
  'kernel-uses-variable': {
    class: 'error',
    text: (p: { name: string; what: string }) =>
      `A kernel is fixed before the model runs; it cannot use ${p.what} \`${p.name}\`, only parameters, internals and the time.`,
    page: {
      title: 'A kernel uses something that changes',
      explanation:
        'The shape of a kernel depends on parameters and internals. A factor that changes is multiplied with the convolution.',
      failing: withKernel('kernel K = x * exp(-t / tau_s)', "x' = -x / tau + convolve(K, spikes) / tau"),
      repaired: withKernel(kernel, "x' = -x / tau + x * convolve(K, spikes) / tau"),
    },
  },
  'kernel-system': {
    class: 'error',
    text: (p: { name: string }) =>
      `Only equations (\`${p.name}' = …\`) can be joined into one kernel. A kernel that is a function of \`t\` stands alone.`,
    page: {
      title: 'A function of the time in a system of kernel equations',
      explanation:
        'Definitions joined by commas are a system of differential equations. Put a function of `t` into a kernel of its own.',
      failing: neuron({
        state: ['g real = 1'],
        parameters,
        equations: ["kernel g' = -g / tau_s,", '       K = exp(-t / tau_s)'],
      }),
      repaired: neuron({ state: ['g real = 1'], parameters, equations: ["kernel g' = -g / tau_s", kernel] }),
    },
  },
  'delta-misplaced': {
    class: 'error',
    text: (_: Record<never, never>) => '`delta(t)` can stand only alone as a kernel: `kernel K = delta(t)`.',
    page: {
      title: 'The delta pulse inside an expression',
      explanation:
        'The delta pulse is a kernel of its own. Its size is a factor of the convolution: `2 * convolve(K, spikes)`.',
      failing: withKernel('kernel K = 2 * delta(t)', decay),
      repaired: withKernel('kernel K = delta(t)', decay),
    },
  },
});
