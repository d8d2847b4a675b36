import { defineMessages } from '@nestml/diagnostics';
import { didYouMean, membrane, neuron } from './examples.ts';

/** Findings about names: what they mean, and where they may be declared. */
export const nameMessages = defineMessages({
  'undefined-name': {
    class: 'error',
    text: (p: {
      name: string;
      suggestion: string | undefined;
      isFunction: boolean;
      isBehindSlashes: boolean;
    }) => {
      if (p.isFunction) return `\`${p.name}\` is a function: it is called with arguments in parentheses.`;
      const hint = p.isBehindSlashes ? ' `//` divides integers; a comment begins with `#`.' : '';
      return `There is no variable or unit \`${p.name}\` here.${didYouMean(p.suggestion)}${hint}`;
    },
    page: {
      title: 'A name that is not declared',
      explanation:
        'Every name in an expression must be declared in the model, be a unit, or be one of the predefined `t`, `e` and `pi`. ' +
        'Upper and lower case count. Declare the variable, or correct the spelling.',
      failing: neuron({ parameters: ['V_th mV = -55 mV'], internals: ['margin mV = Vth + 5 mV'] }),
      repaired: neuron({ parameters: ['V_th mV = -55 mV'], internals: ['margin mV = V_th + 5 mV'] }),
    },
  },
  'undefined-derivative': {
    class: 'error',
    text: (p: { derivative: string; isState: boolean }) =>
      p.isState
        ? `\`${p.derivative}\` is not a state variable: only the derivatives below the order of the equation have a value.`
        : `\`${p.derivative}\` does not exist: only state variables have derivatives.`,
    page: {
      title: 'A derivative that is no variable',
      explanation:
        'An equation of order n defines the n-th derivative; the variable and its derivatives below n are states, declared in ' +
        "`state`. So with `V_m' = …` there is no variable `V_m'` that could be read. Use an `inline` for the right-hand side if it is " +
        'needed elsewhere.',
      failing: neuron({
        state: ['x real = 1', 'speed 1/ms = 0 1/ms'],
        equations: ["x' = -x / 1 ms"],
        update: ['integrate_odes()', "speed = x'"],
      }),
      repaired: neuron({
        state: ['x real = 1', 'speed 1/ms = 0 1/ms'],
        equations: ['inline rate 1/ms = -x / 1 ms', "x' = rate"],
        update: ['integrate_odes()', 'speed = rate'],
      }),
    },
  },
  'undefined-function': {
    class: 'error',
    text: (p: { name: string; suggestion: string | undefined; isOther: boolean }) =>
      p.isOther
        ? `\`${p.name}\` is not a function. A product is written with \`*\`; a delayed state variable is written \`x(t - d)\`.`
        : `There is no function \`${p.name}\`.${didYouMean(p.suggestion)}`,
    page: {
      title: 'A call of something that is no function',
      explanation:
        'Functions are those of the model (`function f(x real) real:`) and the predefined ones, such as `exp`, `ln`, `max` or ' +
        '`random_normal`. The natural logarithm is called `ln`.',
      failing: neuron({ parameters: ['x real = log(2)'] }),
      repaired: neuron({ parameters: ['x real = ln(2)'] }),
    },
  },
  'foreign-function': {
    class: 'error',
    text: (p: { name: string; instead: string }) => `There is no function \`${p.name}\`; write ${p.instead}.`,
    page: {
      title: 'A function that is an operator here',
      explanation:
        'A square root is a power, `x**0.5`; a step or a sign is a choice, `x > 0 ? 1 : 0`. The list of functions is short, so that every simulator has them.',
      failing: neuron({ parameters: ['x real = sqrt(2)'] }),
      repaired: neuron({ parameters: ['x real = (2)**0.5'] }),
    },
  },
  'undeclared-local': {
    class: 'error',
    text: (p: { name: string; type: string }) =>
      `\`${p.name}\` is not declared. A local variable is declared with its type: \`${p.name} ${p.type} = …\`.`,
    page: {
      title: 'A value is assigned to a variable that does not exist',
      explanation:
        'An assignment changes a state or a local. A local comes into being by its declaration, with a type: `charge pC = I * dt`.',
      failing: neuron({ state: ['x real = 0'], update: ['square = x * x', 'x = square'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['square real = x * x', 'x = square'] }),
    },
  },
  'duplicate-name': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` is declared a second time.`,
    page: {
      title: 'A name that is declared twice',
      explanation:
        'States, parameters, internals, inlines, kernels and ports of a model share one set of names, functions another. In a block of ' +
        'statements a local name can be declared once. Rename one of the two.',
      failing: neuron({ state: ['x real = 0'], internals: ['x real = 1'] }),
      repaired: neuron({ state: ['x real = 0'], internals: ['x_0 real = 1'] }),
    },
  },
  'predefined-name': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` is predefined and cannot be declared again.`,
    page: {
      title: 'A declaration of a predefined name',
      explanation:
        "`t` is the time, `e` Euler's number and `pi` the circle's; functions such as `exp` or `max` are predefined too. Choose another name.",
      failing: neuron({ parameters: ['e real = 2'] }),
      repaired: neuron({ parameters: ['epsilon real = 2'] }),
    },
  },
  'duplicate-model': {
    class: 'error',
    text: (p: { name: string }) => `A model \`${p.name}\` stands earlier in this file.`,
    page: {
      title: 'Two models of one name',
      explanation: 'Models are chosen by name, so each name can occur once.',
      failing: { model: twoModels('first_neuron', 'first_neuron') },
      repaired: { model: twoModels('first_neuron', 'second_neuron') },
    },
  },
  'used-before-declaration': {
    class: 'error',
    text: (p: { name: string; isSelf: boolean }) =>
      p.isSelf ? `\`${p.name}\` is defined by itself.` : `\`${p.name}\` is declared further down.`,
    page: {
      title: 'A name that is used above its declaration',
      explanation:
        'An inline may use inlines above it, and a statement may use locals above it. Move the declaration up. States, parameters and ' +
        'internals may stand in any order.',
      failing: neuron({
        state: ['x real = 1'],
        equations: ['inline double real = 2 * base', 'inline base real = x + 1', "x' = -double / 1 ms"],
      }),
      repaired: neuron({
        state: ['x real = 1'],
        equations: ['inline base real = x + 1', 'inline double real = 2 * base', "x' = -double / 1 ms"],
      }),
    },
  },
  'shadowed-variable': {
    class: 'lint',
    text: (p: { name: string }) => `\`${p.name}\` hides a variable of that name declared outside.`,
    page: {
      title: 'A local that hides another variable',
      explanation:
        'From its declaration on, to the end of its block, the local, or the parameter of a function, is meant by the name; the outer ' +
        'variable keeps its value. That is legal, but easily misread. Rename the local.',
      failing: neuron({ state: ['x real = 1'], update: ['x real = 2', 'x = x + 1'] }),
      repaired: neuron({ state: ['x real = 1'], update: ['y real = 2', 'y = y + 1'] }),
    },
  },
  'unit-shadows-variable': {
    class: 'lint',
    text: (p: { name: string; number: string }) =>
      `Directly after a number \`${p.name}\` is the unit, not the variable. The variable times ${p.number} is written \`${p.number} * ${p.name}\`.`,
    page: {
      title: 'A unit after a number has the name of a variable',
      explanation:
        'The name that directly follows a number is always a unit, even if a variable has the same name: with a parameter `V`, `2 V` are two ' +
        'volts. Write `*` for a product, or rename the variable.',
      failing: neuron({ parameters: ['V mV = 3 mV', 'twice mV = 2 V'] }),
      repaired: neuron({ parameters: ['V mV = 3 mV', 'twice mV = 2 * V'] }),
    },
  },
  'bare-unit': {
    class: 'compat',
    text: (p: { name: string; meaning: string }) =>
      `The unit \`${p.name}\` (${p.meaning}) stands without a number and is read as \`1 ${p.name}\`. NESTML 9 accepts units only after numbers.`,
    page: {
      title: 'A unit without a number',
      explanation:
        'Until NESTML 8 a unit could stand alone in an expression (`x * pA`, `1/ms`). Since NESTML 9 it follows a number: `x * 1 pA`, ' +
        '`1 / 1 ms` or `1 ms**-1`. The old form is read as one of the unit.',
      failing: membrane('(E_L - V_m) / tau_m + V_m / ms'),
      repaired: membrane('(E_L - V_m) / tau_m + V_m / 1 ms'),
    },
  },
  'unknown-unit': {
    class: 'error',
    text: (p: { name: string; suggestion: string | undefined; hint: string }) =>
      `There is no unit \`${p.name}\`${p.hint}.${didYouMean(p.suggestion)}`,
    page: {
      title: 'A unit that does not exist',
      explanation:
        'Units are those of the SI with prefixes, written without blanks: `mV`, `pA`, `nS`, `ms`, `MOhm`, `Hz`, and products, quotients and ' +
        'powers of them. Types are `real`, `integer`, `boolean`, `string` or a unit.',
      failing: neuron({ parameters: ['tau_m msec = 10 ms'] }),
      repaired: neuron({ parameters: ['tau_m ms = 10 ms'] }),
    },
  },
  'invalid-unit': {
    class: 'error',
    text: (p: { explanation: string }) => `This is not a unit. ${p.explanation}`,
    page: {
      title: 'A unit expression that cannot be read',
      explanation:
        'A unit is a name, a product, a quotient or a power: `nS`, `pA*ms`, `1/ms`, `mV/ms**2`, `nS**(1/2)`. The only number above a fraction ' +
        'line is 1.',
      failing: neuron({ parameters: ['rate 2/ms = 3 1/ms'] }),
      repaired: neuron({ parameters: ['rate 1/ms = 3 1/ms'] }),
    },
  },
  'unusual-unit': {
    class: 'lint',
    text: (p: { name: string; suggestion: string }) =>
      `\`${p.name}\` is a unit, but an unusual one. Did you mean \`${p.suggestion}\`?`,
    page: {
      title: 'A unit of an unusual size',
      explanation:
        'Upper and lower case count in prefixes: `PF` are petafarad, `MV` megavolt, `PS` petasiemens. They exist, but hardly in a neuron.',
      failing: neuron({ parameters: ['C_m PF = 250 pF'] }),
      repaired: neuron({ parameters: ['C_m pF = 250 pF'] }),
    },
  },
  'unit-out-of-range': {
    class: 'error',
    text: (p: { unit: string }) => `The unit \`${p.unit}\` of this result has an exponent that is too large.`,
    page: {
      title: 'A unit with an enormous exponent',
      explanation:
        'Exponents of units up to a million are followed. Such a unit usually comes from a typing mistake in a power.',
      failing: neuron({
        parameters: ['x real = (2 mV)**1000000 / (1 mV)**999999 / (1 mV)**100000 * (1 ms)**1000000 * 1 ms'],
      }),
      repaired: neuron({ parameters: ['x real = (2 mV)**10 / (1 mV)**10'] }),
    },
  },
});

function twoModels(first: string, second: string): string {
  const model = (name: string) => `model ${name}:\n    parameters:\n        a real = 1\n`;
  return `${model(first)}\n${model(second)}`;
}
