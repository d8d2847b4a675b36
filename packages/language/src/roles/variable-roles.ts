import type { Report } from '@nestml/diagnostics';
import { dimensionName, fromCanonical } from '@nestml/units';
import type { CheckedModel } from '../model/checked-model.ts';
import { walkStatements } from '../model/children.ts';
import type { Expression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import { closestName } from '../parse/closest.ts';
import type { RoleMessages } from './messages.ts';

/** Names that a weight has where no call of `emit_spike` tells. */
const WEIGHT_NAMES: readonly string[] = ['w', 'weight'];

/** The weight: as stated, else what is emitted by itself, else what is called like one. Undefined after a message. */
export function findWeight(
  model: CheckedModel,
  stated: string | undefined,
  report: Report<RoleMessages>,
): VariableSymbol | undefined {
  if (stated !== undefined) return namedVariable('weight_variable', stated, model, report);
  const emitted = emittedVariables(model);
  const candidates =
    emitted.length > 0 ? emitted : variablesOf(model).filter(({ name }) => WEIGHT_NAMES.includes(name));
  const [first, second] = candidates;
  if (first === undefined) report('no-weight', model.span, { model: model.name });
  if (second === undefined) return first;
  report('ambiguous-weight', second.declared, { candidates: candidates.map(({ name }) => name) });
  return undefined;
}

/** The variable that holds the delay, if one is stated; the delay is a property of the connection otherwise. */
export function findDelay(
  model: CheckedModel,
  stated: string | undefined,
  report: Report<RoleMessages>,
): VariableSymbol | undefined {
  return stated === undefined ? undefined : namedVariable('delay_variable', stated, model, report);
}

/** The states that an option names, all orders of each. */
export function namedVariables(
  model: CheckedModel,
  names: readonly string[],
  report: Report<RoleMessages>,
): readonly VariableSymbol[] {
  return names.flatMap((name) => {
    const found = namedVariable('strictly_synaptic_vars', name, model, report);
    return model.states.map(({ symbol }) => symbol).filter((symbol) => symbol.name === found?.name);
  });
}

/** Scalar states and parameters, of order 0. */
function variablesOf({ states, parameters }: CheckedModel): readonly VariableSymbol[] {
  return [...states, ...parameters]
    .map(({ symbol }) => symbol)
    .filter(({ order, size }) => order === 0 && size === undefined);
}

function namedVariable(
  option: 'weight_variable' | 'delay_variable' | 'strictly_synaptic_vars',
  name: string,
  model: CheckedModel,
  report: Report<RoleMessages>,
): VariableSymbol | undefined {
  const isWanted = (symbol: VariableSymbol) => option !== 'delay_variable' || isTime(symbol);
  const variables = variablesOf(model).filter(isWanted);
  const found = variables.find((symbol) => symbol.name === name);
  if (found !== undefined) return found;
  const suggestion = closestName(
    name,
    variables.map((symbol) => symbol.name),
  );
  const wanted = option === 'delay_variable' ? 'state or parameter that is a time' : 'state or parameter';
  report('unknown-role', model.span, { model: model.name, option, name, wanted, suggestion });
  return undefined;
}

/** Whether a variable measures a time, in whatever unit. */
function isTime({ type }: VariableSymbol): boolean {
  return type.kind === 'quantity' && dimensionName(type.unit.dimension) === 'time';
}

/** The scalar states and parameters that `emit_spike` gets by themselves, in the order of the text. */
function emittedVariables(model: CheckedModel): readonly VariableSymbol[] {
  const bodies = [
    model.update,
    ...model.receiveHandlers.map(({ body }) => body),
    ...model.conditionHandlers.map(({ body }) => body),
  ];
  const found = new Set<VariableSymbol>();
  for (const body of bodies) {
    walkStatements(body, (statement) => {
      if (statement.kind !== 'emitSpike' || statement.weight === undefined) return;
      const symbol = bareVariable(statement.weight);
      if (symbol !== undefined) found.add(symbol);
    });
  }
  return variablesOf(model).filter((symbol) => found.has(symbol));
}

/** The variable that an expression is nothing but, or but for its unit: `w`, `w / 1 nS`. */
function bareVariable(expression: Expression): VariableSymbol | undefined {
  if (expression.kind === 'variable') return expression.symbol;
  if (expression.kind === 'inUnit') return bareVariable(expression.operand);
  if (expression.kind !== 'product') return undefined;
  const [first, second, third] = expression.factors;
  const isOverOne = second?.operator === '/' && isOneOfItsUnit(second.operand) && third === undefined;
  return isOverOne && first !== undefined ? bareVariable(first.operand) : undefined;
}

function isOneOfItsUnit({ type, ...expression }: Expression): boolean {
  if (expression.kind !== 'constant' || typeof expression.value !== 'number') return false;
  return (type.kind === 'quantity' ? fromCanonical(expression.value, type.unit) : expression.value) === 1;
}
