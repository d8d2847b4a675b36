import { defineMessages } from '@nestml/diagnostics';
import { didYouMean, membrane, neuron } from './examples.ts';

const leak = ["x' = -x / tau"] as const;
const decay = { state: ['x real = 1'], parameters: ['tau ms = 10 ms'] } as const;

/** Findings about equations, their variables, and how they are integrated. */
export const equationMessages = defineMessages({
  'equation-without-derivative': {
    class: 'error',
    text: (p: { name: string }) =>
      `An equation defines a derivative: write \`${p.name}'\` on its left. A value that is computed from others is an \`inline\`.`,
    page: {
      title: 'An equation without derivative',
      explanation:
        "In `equations`, `x' = …` is an ordinary differential equation. A named expression is written `inline x real = …`; an assignment belongs into " +
        '`update`, `onReceive` or `onCondition`.',
      failing: neuron({ ...decay, equations: ['x = -x / tau'], update: ['integrate_odes()'] }),
      repaired: neuron({ ...decay, equations: leak }),
    },
  },
  'missing-state': {
    class: 'error',
    text: (p: { name: string; equation: string; suggestion: string | undefined }) =>
      `The equation for \`${p.equation}\` needs an initial value of \`${p.name}\`: declare it in \`state\`.${didYouMean(p.suggestion)}`,
    page: {
      title: 'A variable of an equation has no initial value',
      explanation:
        'Every variable with an equation is declared in `state`, with its initial value. An equation of order n needs the variable and all its ' +
        "derivatives below n: `x''` needs `x` and `x'`. The same holds for kernels that are given by equations.",
      failing: neuron({ parameters: ['tau ms = 10 ms'], equations: leak }),
      repaired: neuron({ ...decay, equations: leak }),
    },
  },
  'duplicate-equation': {
    class: 'error',
    text: (p: { name: string }) => `There are two equations for \`${p.name}\`.`,
    page: {
      title: 'Two equations for one variable',
      explanation: 'A variable has one equation. Join the right-hand sides with `+`.',
      failing: neuron({ ...decay, equations: [...leak, "x' = 1 / tau"] }),
      repaired: neuron({ ...decay, equations: ["x' = -x / tau + 1 / tau"] }),
    },
  },
  'equation-of-no-state': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` has an equation, but is not declared in \`state\`.`,
    page: {
      title: 'An equation for something that is no state',
      explanation: 'Only variables of the block `state` change by equations. Move the declaration there.',
      failing: neuron({ parameters: ['x real = 1', 'tau ms = 10 ms'], equations: leak }),
      repaired: neuron({ ...decay, equations: leak }),
    },
  },
  'equation-of-discrete': {
    class: 'error',
    text: (p: { name: string; type: string; isInteger: boolean }) =>
      `\`${p.name}\` is ${p.type} and cannot change by an equation.${p.isInteger ? ' Declare it `real`.' : ''}`,
    page: {
      title: 'An equation for a variable that has no fractions',
      explanation: 'A variable with an equation changes continuously, so it is `real` or has a unit.',
      failing: neuron({ ...decay, state: ['x integer = 1'], equations: leak }),
      repaired: neuron({ ...decay, equations: leak }),
    },
  },
  'vector-equation': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` is a vector: equations are for single variables.`,
    page: {
      title: 'An equation for a vector',
      explanation:
        'Equations of whole vectors or of their elements do not exist in NESTML. Use one variable for each element.',
      failing: neuron({ ...decay, state: ['x[2] real = 1'], equations: leak }),
      repaired: neuron({ ...decay, equations: leak }),
    },
  },
  'derivative-unit': {
    class: 'error',
    text: (p: { name: string; found: string; expected: string }) =>
      `\`${p.name}\` is declared as ${p.found}, but as a derivative it is ${p.expected}.`,
    page: {
      title: 'A derivative with the wrong unit',
      explanation:
        "A derivative measures what its variable does, per time: if `x` is in `mV`, `x'` is in `mV/ms` and `x''` in `mV/ms**2`.",
      failing: neuron({
        state: ['x mV = 0 mV', "x' mV = 1 mV"],
        equations: ["x'' = -x / 1 ms**2"],
      }),
      repaired: neuron({
        state: ['x mV = 0 mV', "x' mV/ms = 1 mV/ms"],
        equations: ["x'' = -x / 1 ms**2"],
      }),
    },
  },
  'superfluous-derivative': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` is declared as a state, but no equation gives it a change: it would never be integrated.`,
    page: {
      title: 'A derivative without an equation of higher order',
      explanation:
        "`x'` is a state only if there is an equation for `x''` or a higher derivative. With `x' = …` its value is that right-hand side and is not declared.",
      failing: neuron({ ...decay, state: ['x real = 1', "x' 1/ms = 0 1/ms"], equations: leak }),
      repaired: neuron({ ...decay, equations: leak }),
    },
  },
  'missing-integrate-odes': {
    class: 'error',
    text: (p: { names: readonly string[] }) =>
      `The equations for ${listNames(p.names)} are never integrated: call \`integrate_odes()\` in \`update\`.`,
    page: {
      title: 'Equations that are never integrated',
      explanation:
        'Equations advance only where `integrate_odes()` is called in the block `update`, for all variables or, with arguments, for some. Kernels advance by ' +
        'themselves.',
      failing: neuron({ ...decay, equations: leak, update: ['x = x'] }),
      repaired: neuron({ ...decay, equations: leak, update: ['integrate_odes()'] }),
    },
  },
  'time-in-equation': {
    class: 'error',
    text: (p: { through: string | undefined }) =>
      p.through === undefined
        ? 'The right-hand side of an equation must not depend on the time `t` itself.'
        : `The right-hand side of an equation must not depend on the time, but \`${p.through}\` uses \`t\`.`,
    page: {
      title: 'An equation that depends explicitly on the time',
      explanation:
        'Equations are integrated step by step from any time on, so their right-hand sides depend on variables only. Make the time dependence a state with ' +
        "an equation of its own: a variable with `phase' = 1` for a phase in ms, or a current from a port.",
      failing: membrane('(E_L - V_m) / tau_m + I_e / C_m * sin(t / 10 ms)'),
      repaired: neuron({
        state: ['V_m mV = -70 mV', 'phase ms = 0 ms'],
        parameters: ['C_m pF = 250 pF', 'I_e pA = 100 pA'],
        equations: ["phase' = 1", "V_m' = I_e / C_m * sin(phase / 10 ms)"],
      }),
    },
  },
  'port-not-linear': {
    class: 'error',
    text: (p: { port: string; equation: string }) =>
      `The spikes of \`${p.port}\` must enter \`${p.equation}\` linearly: as a factor, alone or multiplied by values, not inside a function, a power, ` +
      'a divisor or a product with other spikes.',
    page: {
      title: 'Spikes enter an equation in a non-linear way',
      explanation:
        'A spike port, and a convolution with a delta kernel, is a train of pulses that are infinitely high and short. Only their integral has a meaning, so ' +
        'they can be multiplied by values and added, nothing else. Use a kernel to turn the spikes into a smooth signal.',
      failing: neuron({ ...decay, equations: ["x' = -x / tau + abs(spikes)"] }),
      repaired: neuron({ ...decay, equations: ["x' = -x / tau + 2 * spikes"] }),
    },
  },
  'integrate-argument': {
    class: 'error',
    text: (p: { argument: string; isPrimed: boolean }) =>
      p.isPrimed
        ? `${p.argument}: \`integrate_odes\` takes names without primes and integrates all derivatives of a variable.`
        : `\`integrate_odes\` takes names of state variables, and ${p.argument} is none.`,
    page: {
      title: 'An argument of integrate_odes that is no state variable',
      explanation:
        '`integrate_odes(x, y)` names the variables to integrate, without primes; `integrate_odes()` integrates all.',
      failing: neuron({ ...decay, equations: leak, update: ["integrate_odes(x')"] }),
      repaired: neuron({ ...decay, equations: leak, update: ['integrate_odes(x)'] }),
    },
  },
  'integrate-without-equation': {
    class: 'lint',
    text: (p: { name: string }) => `\`${p.name}\` has no equation: integrating it does nothing.`,
    page: {
      title: 'A variable without equation is integrated',
      explanation: 'Remove the argument, or write the equation.',
      failing: neuron({
        ...decay,
        state: ['x real = 1', 'n real = 0'],
        equations: leak,
        update: ['integrate_odes(x, n)'],
      }),
      repaired: neuron({
        ...decay,
        state: ['x real = 1', 'n real = 0'],
        equations: leak,
        update: ['integrate_odes(x)'],
      }),
    },
  },
  'delay-misplaced': {
    class: 'error',
    text: (p: { name: string }) =>
      `A delayed value \`${p.name}(t - d)\` can stand only on the right-hand side of an equation.`,
    page: {
      title: 'A delayed variable outside of an equation',
      explanation:
        'The past of a state variable is available to equations only. Keep the value in a state variable of its own if statements need it.',
      failing: neuron({ ...decay, equations: leak, update: ['integrate_odes()', 'x = x(t - 2 ms)'] }),
      repaired: neuron({
        state: ['x real = 1', 'y real = 0'],
        parameters: ['tau ms = 10 ms'],
        equations: [...leak, "y' = (x(t - 2 ms) - y) / tau"],
      }),
    },
  },
  'delay-of-vector': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` is a vector; only a single number has a past. Copy the element to a state variable of its own.`,
    page: {
      title: 'A delayed vector',
      explanation:
        'The past is kept of state variables that are single numbers. Give the element whose past is needed a name and an equation of its own.',
      failing: neuron({
        state: ['x[2] real = 1', 'y real = 0'],
        parameters: ['tau ms = 10 ms'],
        equations: ["y' = (x(t - 2 ms) - y) / tau"],
      }),
      repaired: neuron({
        state: ['x real = 1', 'y real = 0'],
        parameters: ['tau ms = 10 ms'],
        equations: [...leak, "y' = (x(t - 2 ms) - y) / tau"],
      }),
    },
  },
  'delay-not-constant': {
    class: 'error',
    text: (p: { name: string }) => `The delay of \`${p.name}\` must be a number, a parameter or an internal.`,
    page: {
      title: 'A delay that can change',
      explanation:
        'The past is kept for a fixed time, so a delay is a number with a unit, or a parameter or an internal.',
      failing: neuron({
        state: ['x real = 1', 'y real = 0', 'd ms = 2 ms'],
        parameters: ['tau ms = 10 ms'],
        equations: [...leak, "y' = (x(t - d) - y) / tau"],
      }),
      repaired: neuron({
        state: ['x real = 1', 'y real = 0'],
        parameters: ['tau ms = 10 ms', 'd ms = 2 ms'],
        equations: [...leak, "y' = (x(t - d) - y) / tau"],
      }),
    },
  },
});

/** `a`, `a` and `b`, `a`, `b` and 3 others. */
function listNames(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length <= 1) return quoted.join('');
  if (quoted.length === 2) return quoted.join(' and ');
  return `${quoted.slice(0, 2).join(', ')} and ${quoted.length - 2} more`;
}
