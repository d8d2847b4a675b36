import { defineMessages } from '@nestml/diagnostics';
import { equation, kernel, problem } from './ode-examples.ts';

const TAU = '"parameters": { "tau": "10" }';
const DECAY = "x' = -x/tau";

function meant(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
}

/** What can be wrong with a problem for `nestml ode`, by code. */
export const odeProblemMessages = defineMessages({
  'ode-json': {
    class: 'error',
    text: (p: { expected: string }) => `This is no JSON: ${p.expected} is expected here.`,
    page: {
      title: 'A file with equations is no JSON',
      explanation:
        'Equations are read from JSON text: keys and texts in double quotation marks, commas between entries and none behind the last, no comments.',
      failing: problem(['"dynamics": [],']),
      repaired: equation(DECAY, [TAU]),
    },
  },
  'ode-form': {
    class: 'error',
    text: (p: { what: string; expected: string }) => `${p.what} must be ${p.expected}.`,
    page: {
      title: 'A JSON value has another form than expected',
      explanation:
        'The file is an object with the list `dynamics`, whose entries have an `expression`; `parameters` and `options` are objects, `stimuli` is a list. Numbers can be written as JSON numbers or as texts. docs/ode-toolbox.md has the whole form.',
      failing: problem([`"dynamics": "${DECAY}"`]),
      repaired: equation(DECAY, [TAU]),
    },
  },
  'ode-unknown-key': {
    class: 'error',
    text: (p: { key: string; where: string; keys: readonly string[]; suggestion: string | undefined }) =>
      `\`${p.key}\` means nothing in ${p.where}.${meant(p.suggestion)} Known here: ${p.keys.join(', ')}.`,
    page: {
      title: 'A key that means nothing',
      explanation:
        'A key that is not known would be ignored without a word, and with it what it was meant to say. Correct the spelling or remove it. Options have their names from ODE-toolbox.',
      failing: problem([
        '"dynamics": [ { "expression": "x\' = -x/tau", "initial_valve": "1", "initial_value": "1" } ],',
        TAU,
      ]),
      repaired: equation(DECAY, [TAU]),
    },
  },
  'ode-duplicate': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` is defined twice. Keep one definition, or give the other another name.`,
    page: {
      title: 'A name is defined twice',
      explanation:
        'A variable has one equation, a parameter one value, and a variable and a parameter have different names. Derivatives count too: `x__d` is the name of the derivative of x in the result.',
      failing: problem([
        '"dynamics": [ { "expression": "x\' = -x/tau", "initial_value": "1" },',
        '              { "expression": "x\' = -x", "initial_value": "1" } ],',
        TAU,
      ]),
      repaired: problem([
        '"dynamics": [ { "expression": "x\' = -x/tau", "initial_value": "1" },',
        '              { "expression": "y\' = -y", "initial_value": "1" } ],',
        TAU,
      ]),
    },
  },
  'ode-name': {
    class: 'error',
    text: (p: { name: string; problem: string }) =>
      `\`${p.name}\` cannot be the name of a variable or parameter: ${p.problem}.`,
    page: {
      title: 'A name that nothing can have',
      explanation:
        'Names consist of letters, digits, `_` and `$` and do not begin with a digit. The time, the step of the result and the names that the option `forbidden_names` lists are taken, and so are the operators `and`, `or`, `not`, `if`, `else`.',
      failing: equation("x' = -x/__h", ['"parameters": { "__h": "10" }']),
      repaired: equation("x' = -x/tau_h", ['"parameters": { "tau_h": "10" }']),
    },
  },
  'ode-expression': {
    class: 'error',
    text: (p: { problem: string }) => `This expression cannot be read: ${p.problem}.`,
    page: {
      title: 'An expression that cannot be read',
      explanation:
        "Expressions are written as in Python: `+ - * / **`, parentheses, comparisons, `and`, `or`, `not`, `a if c else b`, calls of functions; derivatives are written with primes. An entry of `dynamics` is an equation: `x' = -x/tau` for a differential equation, `x = exp(-t/tau)` for a function of time.",
      failing: equation("x' = -x/", [TAU]),
      repaired: equation(DECAY, [TAU]),
    },
  },
  'ode-unknown-derivative': {
    class: 'error',
    text: (p: { name: string; problem: string }) => `There is no \`${p.name}\`: ${p.problem}.`,
    page: {
      title: 'A derivative that is no state',
      explanation:
        "An equation of order n has the states x, x', … below the n-th derivative; only these can stand in expressions, stimuli and initial values. Write the right-hand side of the equation instead of the highest derivative.",
      failing: equation("x' = -x'/tau", [TAU]),
      repaired: equation(DECAY, [TAU]),
    },
  },
  'ode-initial-value': {
    class: 'error',
    text: (p: { problem: string }) => `${p.problem}.`,
    page: {
      title: 'Initial values that do not fit their equation',
      explanation:
        'An equation of order n has n initial values: `initial_value` for order 1, `initial_values` with one entry per derivative for any order, such as `{ "x": "0", "x\'": "1" }`. A function of time has none, since it gives its values itself.',
      failing: problem([`"dynamics": [ { "expression": "${DECAY}" } ],`, TAU]),
      repaired: equation(DECAY, [TAU]),
    },
  },
  'ode-value-not-constant': {
    class: 'error',
    text: (p: { name: string; what: string }) =>
      `${p.what} must be known before anything moves, so \`${p.name}\` cannot stand here. Use parameters and numbers.`,
    page: {
      title: 'A value that would change',
      explanation:
        'Initial values, bounds and parameters are expressions of numbers and parameters. Variables and the time change, and a parameter that needs itself, directly or not, has no value.',
      failing: equation(DECAY, [TAU], '"2*x"'),
      repaired: equation(DECAY, [TAU], '"2*tau"'),
    },
  },
  'ode-explicit-time': {
    class: 'error',
    text: (p: { time: string }) =>
      `The right-hand side of a differential equation cannot contain the time \`${p.time}\` itself. Make what depends on it a variable of its own: a function of time such as \`K = exp(-${p.time}/tau)\`, or \`s' = 1\` for the time.`,
    page: {
      title: 'The time on a right-hand side',
      explanation:
        'ODE-toolbox takes the time in a differential equation for a constant and computes something else than was written. A function of time that follows a linear equation of its own becomes a variable; for any other, a variable with the derivative 1 is the time, and the equations that read it are integrated numerically.',
      failing: equation("x' = -x/tau + exp(-t)", [TAU]),
      repaired: problem([
        '"dynamics": [ { "expression": "x\' = -x/tau + K", "initial_value": "1" },',
        '              { "expression": "K = exp(-t)" } ],',
        TAU,
      ]),
    },
  },
  'ode-no-equation': {
    class: 'error',
    text: (p: { name: string; part: string; reason: string }) =>
      `\`${p.name}\` follows no linear differential equation: \`${p.part}\` ${p.reason}. Write it as a sum of products of powers of t, exponentials, sines and cosines; or fit such a sum to it.`,
    page: {
      title: 'A function of time without a linear equation',
      explanation:
        'A function of time is computed from step to step by a linear equation with constant coefficients, which sums of terms like `t**n * exp(-t/tau) * cos(w*t)` follow. A Gaussian or a quotient of sums follows none. A difference of exponentials or a power of t times an exponential often comes close.',
      failing: kernel('K = exp(-(t/tau)**2)'),
      repaired: kernel('K = t**2 * exp(-t/tau)'),
    },
  },
  'ode-impulse': {
    class: 'error',
    text: (p: { name: string }) =>
      `\`${p.name}\` contains \`DiracDelta\`, which has no value at any time and so is no variable. Leave it out, and add its height to the variable that it drives when a spike arrives.`,
    page: {
      title: 'An impulse as a variable',
      explanation:
        'An impulse acts in an instant: it makes the variable on whose right-hand side it stands jump. In simulators that is the spike itself: the entry `stimuli` adds the initial value of a variable to it at each spike. Between spikes nothing is left of it.',
      failing: kernel('K = DiracDelta(t)', ['"parameters": {}']),
      repaired: kernel('K = exp(-t/tau)'),
    },
  },
  'ode-unknown-variable': {
    class: 'error',
    text: (p: { name: string; suggestion: string | undefined }) =>
      `There is no variable \`${p.name}\`.${meant(p.suggestion)}`,
    page: {
      title: 'A variable that has no equation',
      explanation:
        'Stimuli act on variables of `dynamics` or their derivatives, and equations are preserved of such variables.',
      failing: equation(DECAY, [
        `${TAU},`,
        '"stimuli": [ { "type": "regular", "rate": "20", "variables": ["y"] } ]',
      ]),
      repaired: equation(DECAY, [
        `${TAU},`,
        '"stimuli": [ { "type": "regular", "rate": "20", "variables": ["x"] } ]',
      ]),
    },
  },
  'ode-free-name': {
    class: 'note',
    text: (p: { names: readonly string[] }) =>
      `Not defined, hence taken as constant during a step, such as an input: ${p.names.join(', ')}. Whoever uses the result must give ${p.names.length === 1 ? 'it a value' : 'them values'}.`,
    page: {
      title: 'Names that are not defined',
      explanation:
        'A name that is neither variable nor parameter is a constant whose value is given elsewhere, such as the current `I_stim` that a simulator injects. If it is a spelling mistake, correct it; if it is a parameter, list it under `parameters`. With such names nothing can be integrated, so that there is no stiffness test and no plot.',
      failing: equation("x' = -x/tau + I_stim", [TAU]),
      repaired: equation("x' = -x/tau + I_stim", ['"parameters": { "tau": "10", "I_stim": "5" }']),
    },
  },
  'ode-unknown-function': {
    class: 'lint',
    text: (p: { name: string; suggestion: string | undefined }) =>
      `\`${p.name}\` is no predefined function.${meant(p.suggestion)} It is left as it is; what contains it cannot be evaluated here.`,
    page: {
      title: 'A function that is not predefined',
      explanation:
        'Whoever uses the result must know the function. Applied to parameters, it is a constant; applied to a variable, the equation is integrated numerically. There is no stiffness test and no plot with it.',
      failing: equation("x' = -x/scale(tau)", [TAU]),
      repaired: equation("x' = -x/sqrt(tau)", [TAU]),
    },
  },
  'ode-not-preserved': {
    class: 'lint',
    text: (p: { name: string; problem: string }) =>
      `The expression of \`${p.name}\` cannot be preserved: ${p.problem}.`,
    page: {
      title: 'An expression that cannot be kept as written',
      explanation:
        '`--preserve-expressions` keeps right-hand sides of equations of first order that are integrated numerically. What is solved exactly has update expressions instead; equations of higher order are rewritten.',
      failing: { ...equation(DECAY, [TAU]), command: 'ode PROBLEM --preserve-expressions x' },
      repaired: { ...equation("x' = -x**2/tau", [TAU]), command: 'ode PROBLEM --preserve-expressions x' },
    },
  },
  'ode-no-numbers': {
    class: 'error',
    text: (p: { names: readonly string[] }) =>
      `There is nothing to plot, since these have no numbers: ${p.names.join(', ')}. Give ${p.names.length === 1 ? 'it a value' : 'them values'} under \`parameters\`.`,
    page: {
      title: 'A plot needs numbers',
      explanation:
        'A plot integrates the equations, for which every name needs a number, and every function must be predefined. The result without a plot may hold names.',
      failing: { ...equation(DECAY, ['"parameters": {}']), command: 'ode PROBLEM --plot -' },
      repaired: { ...equation(DECAY, [TAU]), command: 'ode PROBLEM --plot -' },
    },
  },
  'ode-integration-failed': {
    class: 'error',
    text: (p: { name: string; time: number; value: number; problem: string }) =>
      `\`${p.name}\` cannot be integrated beyond the time ${p.time}, where it is ${p.value}: ${p.problem}.`,
    page: {
      title: 'A plot whose solution ends early',
      explanation:
        'The solution grows without bounds, jumps, or changes faster than any step. Check signs and parameters, end earlier with the option `sim_time`, or set `upper_bound` and `lower_bound`, at which the variable goes back to its initial value.',
      failing: {
        ...equation("x' = x**2", ['"options": { "sim_time": 2 }']),
        command: 'ode PROBLEM --plot -',
      },
      repaired: {
        ...equation("x' = -x**2", ['"options": { "sim_time": 2 }']),
        command: 'ode PROBLEM --plot -',
      },
    },
  },
});
