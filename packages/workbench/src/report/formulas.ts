import type { Equation, Expression, Kernel, PortSymbol } from '@nestml/language';
import { type ComparisonOperator, chainOf, type Formula, negated } from '@nestml/report';
import { fromCanonical } from '@nestml/units';

/** An expression of a model as a formula; numbers stand in the units in which they were written. */
export function formulaOf(expression: Expression): Formula {
  switch (expression.kind) {
    case 'constant':
      return constantFormula(expression);
    case 'variable': {
      const { name, order } = expression.symbol;
      return { kind: 'name', name, primes: order, ...indexOf(expression.index) };
    }
    case 'port':
      return portFormula(expression.port, expression.index);
    case 'time':
      return { kind: 'name', name: 't' };
    case 'delayed': {
      const time: Formula = { kind: 'name', name: 't' };
      const shifted: Formula = sumOf(time, '-', formulaOf(expression.delay));
      return { kind: 'call', name: expression.symbol.name, arguments: [shifted] };
    }
    case 'negation':
      return negated(formulaOf(expression.operand));
    case 'sum': {
      const terms = expression.terms.map(
        ({ sign, operand }) => ({ sign: sign === 1 ? '+' : '-', formula: formulaOf(operand) }) as const,
      );
      return { kind: 'sum', terms };
    }
    case 'product':
      return productFormula(expression);
    case 'power':
      return { kind: 'power', base: formulaOf(expression.base), exponent: formulaOf(expression.exponent) };
    case 'convolve': {
      const kernel: Formula = { kind: 'name', name: expression.kernel.name };
      return { kind: 'convolution', kernel, spikes: portFormula(expression.port, expression.index) };
    }
    case 'inUnit':
      return formulaOf(expression.operand);
    default:
      return logicalFormula(expression);
  }
}

type LogicalExpression = Extract<
  Expression,
  { kind: 'bit' | 'bitNot' | 'comparison' | 'not' | 'logical' | 'conditional' | 'builtin' | 'functionCall' }
>;

function logicalFormula(expression: LogicalExpression): Formula {
  switch (expression.kind) {
    case 'comparison': {
      const operator: ComparisonOperator = expression.operator === '==' ? '=' : expression.operator;
      return {
        kind: 'comparison',
        operator,
        left: formulaOf(expression.left),
        right: formulaOf(expression.right),
      };
    }
    case 'bit':
      return {
        kind: 'operation',
        operator: expression.operator,
        left: formulaOf(expression.left),
        right: formulaOf(expression.right),
      };
    case 'bitNot':
      return { kind: 'call', name: '~', arguments: [formulaOf(expression.operand)] };
    case 'not':
      return { kind: 'not', operand: formulaOf(expression.operand) };
    case 'logical':
      return { kind: 'logical', operator: expression.operator, operands: expression.operands.map(formulaOf) };
    case 'conditional': {
      const branch = { value: formulaOf(expression.whenTrue), condition: formulaOf(expression.condition) };
      return { kind: 'cases', branches: [branch], otherwise: formulaOf(expression.whenFalse) };
    }
    case 'builtin':
      return { kind: 'call', name: expression.name, arguments: expression.arguments.map(formulaOf) };
    case 'functionCall':
      return { kind: 'call', name: expression.function.name, arguments: expression.arguments.map(formulaOf) };
    default:
      return expression satisfies never;
  }
}

function constantFormula({ value, type }: Extract<Expression, { kind: 'constant' }>): Formula {
  if (typeof value === 'boolean') return { kind: 'constant', name: value ? 'true' : 'false' };
  if (typeof value === 'string') return { kind: 'text', text: `"${value}"` };
  if (value === Math.E) return { kind: 'constant', name: 'e' };
  if (value === Math.PI) return { kind: 'name', name: 'pi' };
  if (!Number.isFinite(value)) {
    const infinity: Formula = { kind: 'constant', name: 'inf' };
    return value > 0 ? infinity : negated(infinity);
  }
  if (type.kind !== 'quantity') return { kind: 'number', text: String(value) };
  return { kind: 'number', text: String(fromCanonical(value, type.unit)), unit: type.unit.text };
}

function productFormula({ factors }: Extract<Expression, { kind: 'product' }>): Formula {
  const [first, ...rest] = factors;
  let formula = formulaOf(first!.operand);
  let chain = [{ operator: '*' as '*' | '/', formula }];
  for (const { operator, operand } of rest) {
    const right = formulaOf(operand);
    if (operator === '*' || operator === '/') chain.push({ operator, formula: right });
    else {
      formula = { kind: 'operation', operator, left: chainOf(chain), right };
      chain = [{ operator: '*', formula }];
    }
  }
  return chainOf(chain);
}

function portFormula(port: PortSymbol, index: Expression | undefined): Formula {
  return { kind: 'name', name: port.name, ...indexOf(index) };
}

function indexOf(index: Expression | undefined): { readonly index?: Formula } {
  return index === undefined ? {} : { index: formulaOf(index) };
}

function sumOf(left: Formula, sign: '+' | '-', right: Formula): Formula {
  return {
    kind: 'sum',
    terms: [
      { sign: '+', formula: left },
      { sign, formula: right },
    ],
  };
}

/** The left-hand side of an equation of order n: the n-th derivative. */
export function derivativeOf({ variables }: Equation): Formula {
  return { kind: 'name', name: variables[0]!.name, primes: variables.length };
}

/** The definitions of a kernel, left and right sides. */
export function kernelFormulas(
  kernel: Kernel,
): readonly { readonly left: Formula; readonly right: Formula }[] {
  const time: Formula = { kind: 'name', name: 't' };
  switch (kernel.kind) {
    case 'function':
      return [
        {
          left: { kind: 'call', name: kernel.symbol.name, arguments: [time] },
          right: formulaOf(kernel.value),
        },
      ];
    case 'delta':
      return [
        {
          left: { kind: 'call', name: kernel.symbol.name, arguments: [time] },
          right: { kind: 'call', name: 'delta', arguments: [time] },
        },
      ];
    case 'ode':
      return kernel.components.map(({ symbol, variables, value }) => ({
        left: { kind: 'name', name: symbol.name, primes: variables.length },
        right: formulaOf(value),
      }));
    default:
      return kernel satisfies never;
  }
}
