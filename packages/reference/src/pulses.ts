import { InternalError } from '@nestml/diagnostics';
import {
  applyFactor,
  type Equation,
  type Expression,
  findPart,
  type PortSymbol,
  type ProductExpression,
  type VariableSymbol,
} from '@nestml/language';
import { changeUnit } from './arithmetic.ts';
import type { Environment } from './environment.ts';
import { evaluateBoolean, evaluateIndex, evaluateNumber } from './evaluate-expression.ts';
import type { Ports } from './ports.ts';
import { definitionOf } from './program.ts';

/** The spikes of the present step at one element of a port, of summed weight. */
export interface Pulse {
  readonly port: PortSymbol;
  readonly element: number;
  readonly weight: number;
}

/** A jump of a state. */
export interface Jump {
  readonly symbol: VariableSymbol;
  readonly size: number;
}

/** The pulses that arrive in the present step. */
export function arrivingPulses(ports: Ports): readonly Pulse[] {
  return [...ports.states.values()]
    .filter(({ symbol }) => symbol.signal === 'spike')
    .flatMap(({ symbol, values }) =>
      [...values].map((weight, element) => ({ port: symbol, element, weight })),
    )
    .filter(({ weight }) => weight !== 0);
}

/**
 * The jumps that the pulses cause in equations that were just integrated (rule D2): the highest derivative that the equation
 * integrates jumps by (coefficient of the port in the right-hand side) · weight. Both are canonical, the port being in 1/ms. A jump of 0
 * is none: it touches nothing.
 */
export function jumpsOf(
  equations: readonly Equation[],
  pulses: readonly Pulse[],
  environment: Environment,
): readonly Jump[] {
  return equations
    .flatMap(({ variables, value }) =>
      pulses.map((pulse) => ({
        symbol: variables.at(-1)!,
        size: coefficient(value, pulse, environment) * pulse.weight,
      })),
    )
    .filter(({ size }) => size !== 0);
}

/**
 * The derivative of an expression, linear in the spikes of a port element, with respect to them. The spike itself counts 0 in
 * `environment`. Only what can be linear is differentiated; the checker refuses the rest.
 */
function coefficient(expression: Expression, pulse: Pulse, environment: Environment): number {
  switch (expression.kind) {
    case 'port':
      return isAddressed(expression, pulse, environment) ? 1 : 0;
    case 'convolve': {
      const isDelta = definitionOf(environment.program.kernels, expression.kernel).kind === 'delta';
      return isDelta && isAddressed(expression, pulse, environment) ? 1 : 0;
    }
    case 'variable':
      return expression.symbol.role === 'inline'
        ? coefficient(definitionOf(environment.program.inlines, expression.symbol), pulse, environment)
        : 0;
    case 'negation':
      return -coefficient(expression.operand, pulse, environment);
    case 'sum':
      return expression.terms.reduce(
        (sum, { sign, operand }) => sum + sign * coefficient(operand, pulse, environment),
        0,
      );
    case 'product':
      return productCoefficient(expression, pulse, environment);
    case 'conditional':
      return coefficient(
        evaluateBoolean(expression.condition, environment) ? expression.whenTrue : expression.whenFalse,
        pulse,
        environment,
      );
    case 'inUnit':
      return changeUnit(expression, coefficient(expression.operand, pulse, environment));
    default:
      if (dependsOnPulse(expression, pulse, environment)) {
        throw new InternalError(`spikes of ${pulse.port.name} do not enter linearly`);
      }
      return 0;
  }
}

/** Product rule: the sum over the factors with the pulse of its coefficient times the other factors. */
function productCoefficient({ factors }: ProductExpression, pulse: Pulse, environment: Environment): number {
  let sum = 0;
  for (const [chosen, { operator, operand }] of factors.entries()) {
    if (!dependsOnPulse(operand, pulse, environment)) continue;
    if (operator !== '*') throw new InternalError(`spikes of ${pulse.port.name} in a divisor`);
    sum += factors.reduce((product, factor, position) => {
      const value =
        position === chosen
          ? coefficient(factor.operand, pulse, environment)
          : evaluateNumber(factor.operand, environment);
      return position === 0 ? value : applyFactor(product, factor.operator, value);
    }, 1);
  }
  return sum;
}

function dependsOnPulse(expression: Expression, pulse: Pulse, environment: Environment): boolean {
  const { inlines, kernels } = environment.program;
  const isOnPulse = (part: Expression): boolean => {
    if (part.kind === 'port') return part.port === pulse.port;
    if (part.kind === 'convolve') {
      return part.port === pulse.port && definitionOf(kernels, part.kernel).kind === 'delta';
    }
    if (part.kind !== 'variable' || part.symbol.role !== 'inline') return false;
    return dependsOnPulse(definitionOf(inlines, part.symbol), pulse, environment);
  };
  return findPart(expression, isOnPulse) !== undefined;
}

function isAddressed(
  { port, index }: { readonly port: PortSymbol; readonly index?: Expression },
  pulse: Pulse,
  environment: Environment,
): boolean {
  if (port !== pulse.port) return false;
  if (index === undefined) return pulse.element === 0;
  return evaluateIndex(index, environment.signals.portSize(port), port.name, environment) === pulse.element;
}
