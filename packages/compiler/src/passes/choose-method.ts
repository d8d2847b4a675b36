import {
  affineForm,
  type ExpressionNode,
  type ExpressionPool,
  type NumericMethodName,
  printExpression,
} from '@nestml/dynamics';
import type { Model } from '../ir/model.ts';
import { variableOf } from '../ir/symbol-of.ts';
import type { IntegrationMethod, NumericEquation, NumericSystem } from '../solved/solved-model.ts';
import { jacobianOf, type MissingDerivative } from './jacobian.ts';
import type { CompilerReport } from './pass.ts';

/** What integrates equations without exact solution: a method by name, or what suits them. */
export type SolverChoice = 'auto' | NumericMethodName;

/** A numeric system whose method is to be chosen. */
export type OpenSystem = Omit<NumericSystem, 'method'>;

/**
 * The method for a system, with what it needs.
 * `auto`: explicit. A method that the equations do not allow is reported at the place of the equation; then the system gets the default.
 */
export function chooseMethod(
  open: OpenSystem,
  choice: SolverChoice,
  model: Model,
  report: CompilerReport,
): IntegrationMethod {
  switch (choice) {
    case 'auto':
      return { name: 'dormand-prince' };
    case 'rosenbrock': {
      const jacobian = jacobianOf(open, model);
      if (jacobian.kind === 'jacobian') {
        const { entries, driven } = jacobian;
        return { name: choice, jacobian: { entries, driven } };
      }
      reportMissing(jacobian, model, report);
      return { name: 'dormand-prince' };
    }
    case 'exponential-euler':
      return { name: choice, rates: open.equations.map((equation) => rateOf(equation, model.pool)) };
    case 'dormand-prince':
    case 'runge-kutta-fehlberg':
    case 'runge-kutta-4':
    case 'forward-euler':
      return { name: choice };
    default:
      return choice satisfies never;
  }
}

/** Longer expressions are abbreviated in messages. */
const LONGEST_QUOTE = 80;

function reportMissing(
  { state, because }: MissingDerivative,
  { equations }: Model,
  report: CompilerReport,
): void {
  const equation = equations.find(({ states }) => states.includes(state));
  const expression = printExpression(because, {
    write: (symbol) => variableOf(symbol).writtenName,
    longest: LONGEST_QUOTE,
  });
  const parameters = { variable: state.writtenName, expression };
  report('no-derivative', equation?.span ?? state.span, parameters);
}

/** a, if the equation is x′ = a·x + b with a and b free of x and a not 0. */
function rateOf({ state, derivative }: NumericEquation, pool: ExpressionPool): ExpressionNode | undefined {
  const form = affineForm(pool, derivative, new Set([state]));
  return form.kind === 'affine' ? form.coefficients.get(state) : undefined;
}
