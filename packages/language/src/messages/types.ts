import { defineMessages } from '@nestml/diagnostics';
import { membrane, neuron } from './examples.ts';

/** Findings about types and units of expressions. */
export const typeMessages = defineMessages({
  'unit-mismatch': {
    class: 'error',
    text: (p: {
      first: string;
      firstType: string;
      second: string;
      secondType: string;
      consequence: string;
      hint: string;
    }) => {
      const question = p.hint === '' ? '' : ` ${capitalise(p.hint)}`;
      return `${capitalise(p.first)} is ${p.firstType}, but ${p.second} is ${p.secondType}: ${p.consequence}.${question}`;
    },
    page: {
      title: 'Two quantities that do not measure the same thing',
      explanation:
        'Quantities can be added, compared and assigned only if they measure the same thing; the size of the unit does not matter (`1 V` and ' +
        '`1 mV` go together). Usually a factor is missing: a conductance, a resistance, a time constant.',
      failing: neuron({ parameters: ['V_th mV = -55 mV', 'I_e pA = 10 pA', 'V_eff mV = V_th + I_e'] }),
      repaired: neuron({
        parameters: ['V_th mV = -55 mV', 'I_e pA = 10 pA', 'R MOhm = 40 MOhm', 'V_eff mV = V_th + R * I_e'],
      }),
    },
  },
  'missing-unit': {
    class: 'error',
    text: (p: { value: string; target: string; expected: string; cure: string }) =>
      `${p.target} is ${p.expected}, but ${p.value} is a plain number. ${p.cure}.`,
    page: {
      title: 'A plain number where a unit is declared',
      explanation:
        'A variable with a unit takes quantities: `V_m mV = -70 mV`. Only `0` and `inf` fit every unit. A factor that is a plain number is made a ' +
        'quantity by multiplication: `x * 1 mV`.',
      failing: neuron({ state: ['V_m mV = -70'] }),
      repaired: neuron({ state: ['V_m mV = -70 mV'] }),
    },
  },
  'implicit-number': {
    class: 'compat',
    text: (p: { expression: string; unit: string; direction: 'toNumber' | 'toQuantity' }) =>
      p.direction === 'toNumber'
        ? `${p.expression} has the unit \`${p.unit}\`, but a plain number is needed: its number in \`${p.unit}\` is used.`
        : `${p.expression} is a plain number beside a quantity: it is read in \`${p.unit}\`.`,
    page: {
      title: 'A quantity and a plain number are mixed',
      explanation:
        'Published models mix quantities and numbers, as in `exp(V_m)` or `V_m + 55`. The number in the declared unit is then meant. Say so: divide ' +
        'by the unit (`exp(V_m / 1 mV)`) or give the number a unit (`V_m + 55 mV`).',
      failing: neuron({ state: ['V_m mV = -70 mV'], update: ['V_m = V_m + 5'] }),
      repaired: neuron({ state: ['V_m mV = -70 mV'], update: ['V_m = V_m + 5 mV'] }),
    },
  },
  'real-to-integer': {
    class: 'compat',
    text: (p: { value: string; target: string }) =>
      `${p.value} is a real number and loses its fraction in the integer ${p.target}.`,
    page: {
      title: 'A real number goes into an integer',
      explanation:
        'The fraction is cut off, toward zero. Division with `/` always gives a real number; `//` gives the truncated quotient. `steps(T)` gives the ' +
        'number of time steps of a duration. Or declare the variable `real`.',
      failing: neuron({ parameters: ['n integer = 7 / 2'] }),
      repaired: neuron({ parameters: ['n integer = 7 // 2'] }),
    },
  },
  'boolean-as-number': {
    class: 'compat',
    text: (p: { value: string; isNumber: boolean }) =>
      p.isNumber
        ? `${p.value} is a truth value where a number is needed: true counts as 1, false as 0.`
        : `${p.value} is a number where a truth value is needed: all but 0 count as true.`,
    page: {
      title: 'A truth value and a number are mixed',
      explanation: 'Say what is meant: `condition ? 1 : 0` for a number, `x != 0` for a truth value.',
      failing: neuron({ state: ['x real = 0'], update: ['x = x > 1'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['x = x > 1 ? 1 : 0'] }),
    },
  },
  'type-mismatch': {
    class: 'error',
    text: (p: { expression: string; found: string; target: string; expected: string }) =>
      `${p.expression} is ${p.found}, but ${p.target} takes ${p.expected}.`,
    page: {
      title: 'A value of the wrong type',
      explanation: 'Numbers, truth values and texts do not mix. The message names both sides.',
      failing: neuron({ parameters: ['isActive boolean = "yes"'] }),
      repaired: neuron({ parameters: ['isActive boolean = true'] }),
    },
  },
  'operand-type': {
    class: 'error',
    text: (p: { operator: string; operand: string; type: string; expected: string }) =>
      `\`${p.operator}\` needs ${p.expected}, but ${p.operand} is ${p.type}.`,
    page: {
      title: 'An operator is given something it cannot work on',
      explanation:
        'Arithmetic works on numbers; `&`, `|`, `^`, `~`, `<<` and `>>` work on integers; `and`, `or` and `not` on truth values.',
      failing: neuron({ parameters: ['mask integer = 1.5 | 2'] }),
      repaired: neuron({ parameters: ['mask integer = 1 | 2'] }),
    },
  },
  'caret-as-power': {
    class: 'error',
    text: (_: Record<never, never>) =>
      'A power is written `**`. `^` is the exclusive or of the bits of two integers.',
    page: {
      title: '`^` for a power',
      explanation: 'Powers are written with `**`: `m**3`. `^` works on the bits of integers.',
      failing: neuron({ parameters: ['x real = 1.5', 'y real = x^3'] }),
      repaired: neuron({ parameters: ['x real = 1.5', 'y real = x**3'] }),
    },
  },
  'caret-of-integers': {
    class: 'lint',
    text: (_: Record<never, never>) =>
      'This is the exclusive or of the bits of two integers. A power is written `**`.',
    page: {
      title: '`^` between integers',
      explanation:
        '`2^3` is 1, the exclusive or of the bits; `2**3` is 8. If bits are meant, name the second integer.',
      failing: neuron({ parameters: ['n integer = 2^3'] }),
      repaired: neuron({ parameters: ['n integer = 2**3'] }),
    },
  },
  'not-boolean': {
    class: 'error',
    text: (p: { expression: string; type: string; purpose: string }) =>
      `${p.expression} is ${p.type}, but ${p.purpose} must be true or false. Compare it with something, as in \`x > 0\`.`,
    page: {
      title: 'A condition that is neither true nor false',
      explanation:
        'Conditions are comparisons, boolean variables, and their combinations with `and`, `or` and `not`. A number is no condition.',
      failing: neuron({ state: ['x real = 0'], update: ['if x:', '    x = 1'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['if x > 0:', '    x = 1'] }),
    },
  },
  'not-comparable': {
    class: 'error',
    text: (p: { operator: string; left: string; right: string }) =>
      `\`${p.operator}\` cannot compare ${p.left} with ${p.right}.`,
    page: {
      title: 'A comparison of things that cannot be compared',
      explanation:
        'Numbers of one dimension can be ordered. Truth values and texts can only be equal or not.',
      failing: neuron({ parameters: ['isOn boolean = true', 'isMore boolean = isOn > 0'] }),
      repaired: neuron({ parameters: ['isOn boolean = true', 'isMore boolean = isOn == true'] }),
    },
  },
  'chained-comparison': {
    class: 'error',
    text: (p: { cure: string | undefined }) =>
      p.cure === undefined
        ? 'Comparisons do not chain: `a < b < c` would compare a truth value with `c`. Write `a < b and b < c`.'
        : `Comparisons do not chain, and the first is true or false already: write \`${p.cure}\`.`,
    page: {
      title: 'Two comparisons in a row',
      explanation: 'Each comparison has two sides. Join two of them with `and`.',
      failing: neuron({ state: ['x real = 0'], update: ['if 0 < x < 1:', '    x = 0'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['if 0 < x and x < 1:', '    x = 0'] }),
    },
  },
  'chained-conditional': {
    class: 'error',
    text: (p: { reading: string }) =>
      `Conditions are grouped from the left: ${p.reading} would be the condition of the last \`?\`, but it is not true or false. Put all behind its first \`:\` into parentheses.`,
    page: {
      title: 'A chain of conditions without parentheses',
      explanation:
        'NESTML groups `a ? x : b ? y : z` as `(a ? x : b) ? y : z`, unlike most languages. For one of several values, write `a ? x : (b ? y : z)`.',
      failing: neuron({ state: ['x real = 0'], update: ['x = x > 1 ? 0 : x > 0 ? 1 : 2'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['x = x > 1 ? 0 : (x > 0 ? 1 : 2)'] }),
    },
  },
  'exponent-not-constant': {
    class: 'error',
    text: (p: { base: string; type: string; exponent: string; isParameter: boolean }) =>
      `${p.base} is ${p.type}: its exponent must be a constant, because the unit of the power depends on it. ${p.exponent} ${
        p.isParameter
          ? 'is a parameter, which can be set: declare it in `internals`.'
          : 'is not known before the model runs.'
      }`,
    page: {
      title: 'A quantity to a power that is not a number',
      explanation:
        'The unit of `x**2` is the square of the unit of `x`, so the exponent must be a number, a fraction, or an internal that is one. Divide the base by its unit ' +
        'if the exponent is a variable.',
      failing: neuron({ parameters: ['V mV = 3 mV', 'n real = 2', 'y real = V**n / 1 mV**2'] }),
      repaired: neuron({ parameters: ['V mV = 3 mV', 'n real = 2', 'y real = (V / 1 mV)**n'] }),
    },
  },
  'void-in-expression': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` has no value and cannot stand in an expression.`,
    page: {
      title: 'A function without value in an expression',
      explanation:
        'Functions such as `integrate_odes`, `emit_spike` and `print`, and functions of the model without a type, are called for their effect, on a line of their own.',
      failing: neuron({ state: ['x real = 0'], update: ['x = emit_spike()'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['x = 1', 'emit_spike()'] }),
    },
  },
  'unused-result': {
    class: 'lint',
    text: (p: { name: string }) => `The value of \`${p.name}\` is not used: this line does nothing.`,
    page: {
      title: 'A value that is computed and thrown away',
      explanation:
        'A mathematical function on a line of its own has no effect. Assign its value to a variable.',
      failing: neuron({ state: ['x real = 0'], update: ['exp(x)'] }),
      repaired: neuron({ state: ['x real = 0'], update: ['x = exp(x)'] }),
    },
  },
  'argument-count': {
    class: 'error',
    text: (p: { signature: string; least: number; most: number; found: number }) =>
      `\`${p.signature}\` takes ${countOf(p)}, not ${p.found}.`,
    page: {
      title: 'The wrong number of arguments',
      explanation:
        'The message shows how the function is called. The delay of a spike is a property of the connection, so `emit_spike` takes at most a weight.',
      failing: neuron({ parameters: ['x real = exp(1, 2)'] }),
      repaired: neuron({ parameters: ['x real = exp(1)'] }),
    },
  },
  'void-variable': {
    class: 'error',
    text: (_: Record<never, never>) => 'A variable cannot be `void`. Only a function can be without a value.',
    page: {
      title: 'A variable of type void',
      explanation:
        '`void` says that a function gives nothing back. A variable is `real`, `integer`, `boolean`, `string` or has a unit.',
      failing: neuron({ parameters: ['x void = 1'] }),
      repaired: neuron({ parameters: ['x real = 1'] }),
    },
  },
  'ode-unit-mismatch': {
    class: 'error',
    text: (p: {
      derivative: string;
      expected: string;
      expression: string;
      found: string;
      isTerm: boolean;
      hint: string;
    }) => {
      const question = p.hint === '' ? '' : ` ${capitalise(p.hint)}`;
      return p.isTerm
        ? `The term ${p.expression} is ${p.found}, the others are ${p.expected}, as ${p.derivative} must be.${question}`
        : `${p.derivative} must be ${p.expected}, but ${p.expression} is ${p.found}.${question}`;
    },
    page: {
      title: 'The right-hand side of an equation has the wrong unit',
      explanation:
        "The right-hand side of `x' = …` must measure what `x` does per time: for a membrane potential in `mV` that is `mV/ms`, whatever the size of the " +
        'units. Often the division by a time constant or by a capacitance is missing.',
      failing: membrane('(E_L - V_m) + I_e / C_m'),
      repaired: membrane('(E_L - V_m) / tau_m + I_e / C_m'),
    },
  },
});

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function countOf({ least, most }: { readonly least: number; readonly most: number }): string {
  const plural = most === 1 ? 'argument' : 'arguments';
  if (least === most) return least === 0 ? 'no arguments' : `${least} ${plural}`;
  return most === Number.POSITIVE_INFINITY ? `at least ${least} arguments` : `${least} to ${most} ${plural}`;
}
