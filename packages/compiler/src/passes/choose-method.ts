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
import { assessStiffness, type Disturbance } from './assess-stiffness.ts';
import { jacobianOf, type MissingDerivative } from './jacobian.ts';
import type { CompilerReport } from './pass.ts';

/** What integrates equations without exact solution: a method by name, or what suits them. */
export type SolverChoice = 'auto' | NumericMethodName;

/** A numeric system whose method is to be chosen. */
export type OpenSystem = Omit<NumericSystem, 'method' | 'stiffness'>;

/** What the choice depends on besides the system. */
export interface MethodSetting extends Disturbance {
  readonly model: Model;
  readonly solver: SolverChoice;
  /** What was chosen for systems before, by what decides it: variants often have the same system. */
  readonly chosen: Map<string, ChosenMethod>;
  readonly report: CompilerReport;
}

/** The method of a system and what it rests on. */
export type ChosenMethod = Pick<NumericSystem, 'method' | 'stiffness'>;

/**
 * The method for a system, with what it needs. `auto`: the Rosenbrock method where the stiffness test finds that an implicit method is needed,
 * else that of Dormand and Prince. A method that the equations do not allow is reported at the place of the equation; then the system
 * gets the default.
 */
export function chooseMethod(open: OpenSystem, setting: MethodSetting): ChosenMethod {
  const { solver, model, report, chosen } = setting;
  if (solver !== 'auto') return { method: methodOf(open, solver, model, report) };
  const key = keyOf(open, setting);
  const known = chosen.get(key) ?? chooseByStiffness(open, setting);
  chosen.set(key, known);
  return known;
}

/** Equal for systems whose test is the same; equal expressions are one node. */
function keyOf({ equations, drivers }: OpenSystem, { pulses }: Disturbance): string {
  const parts = [
    ...equations.map(({ state, derivative }) => [state.name, derivative.id]),
    ...drivers.flatMap(({ system }) => [
      ...system.states.map(({ name }, i) => [name, system.input[i]?.id]),
      ...system.coefficients.map(({ value }) => value.id),
    ]),
    ...pulses.map(({ state, port, coefficient }) => [state.name, port.name, coefficient.id]),
  ];
  return JSON.stringify(parts);
}

function chooseByStiffness(open: OpenSystem, setting: MethodSetting): ChosenMethod {
  const found = jacobianOf(open, setting.model);
  if (found.kind === 'missing') return { method: { name: 'dormand-prince' } };
  const { entries, driven } = found;
  const stiffness = assessStiffness(open, { entries, driven }, setting, setting.model);
  if (stiffness === undefined) return { method: { name: 'dormand-prince' } };
  return stiffness.verdict === 'implicit'
    ? { method: { name: 'rosenbrock', jacobian: { entries, driven } }, stiffness }
    : { method: { name: 'dormand-prince' }, stiffness };
}

function methodOf(
  open: OpenSystem,
  choice: NumericMethodName,
  model: Model,
  report: CompilerReport,
): IntegrationMethod {
  switch (choice) {
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
