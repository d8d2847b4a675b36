import type {
  AssignStatement,
  Expression,
  ForStatement,
  FunctionDefinition,
  IfStatement,
  PrintStatement,
  Statement,
  VariableSymbol,
  WhileStatement,
} from '@nestml/language';
import { fromCanonical, isPlainNumber } from '@nestml/units';
import type { Environment } from './environment.ts';
import {
  callFunction,
  evaluate,
  evaluateBoolean,
  evaluateIndex,
  evaluateNumber,
} from './evaluate-expression.ts';
import { read } from './store.ts';
import { convertTo, defaultValue, type Value } from './values.ts';

/** A `return` was reached; `value` is missing in a function without a value. */
interface Returned {
  readonly value?: Value;
}

/** Executes statements in order, up to the end or a `return`. */
export function execute(statements: readonly Statement[], environment: Environment): Returned | undefined {
  for (let i = 0; i < statements.length; i += 1) {
    const returned = executeOne(statements[i]!, environment);
    if (returned !== undefined) return returned;
  }
  return undefined;
}

/** Executes the body of a function in a scope of its own; the value of a function without one is 0 and unused. */
export function callDefinition(
  definition: FunctionDefinition,
  values: readonly Value[],
  environment: Environment,
): Value {
  const returned = execute(definition.body, inCall(definition, values, environment));
  const { returnType } = definition.symbol;
  return returned?.value === undefined ? defaultValue(returnType) : convertTo(returnType, returned.value);
}

function inCall(
  { symbol }: FunctionDefinition,
  values: readonly Value[],
  environment: Environment,
): Environment {
  const locals = new Map<VariableSymbol, Value>(
    symbol.parameters.map((parameter, position) => [parameter, values[position]!]),
  );
  return { ...environment, locals, callDepth: environment.callDepth + 1 };
}

function executeOne(statement: Statement, environment: Environment): Returned | undefined {
  switch (statement.kind) {
    case 'declare':
      environment.locals.set(statement.symbol, initialLocal(statement.symbol, statement.value, environment));
      return undefined;
    case 'assign':
      assign(statement, environment);
      return undefined;
    case 'if':
      return executeIf(statement, environment);
    case 'for':
      return executeFor(statement, environment);
    case 'while':
      return executeWhile(statement, environment);
    case 'return':
      return statement.value === undefined ? {} : { value: evaluate(statement.value, environment) };
    case 'integrate':
      environment.effects.integrate(statement);
      return undefined;
    case 'emitSpike':
      environment.effects.emitSpike(spikeWeight(statement.weight, environment), statement.span);
      return undefined;
    case 'print':
      environment.effects.print(statement.channel, printedText(statement, environment), statement.span);
      return undefined;
    case 'call':
      callFunction(statement, environment);
      return undefined;
    default:
      return statement satisfies never;
  }
}

function initialLocal(
  symbol: VariableSymbol,
  value: Expression | undefined,
  environment: Environment,
): Value {
  return value === undefined
    ? defaultValue(symbol.type)
    : convertTo(symbol.type, evaluate(value, environment));
}

/** A vector without an index gets the value in all its elements. */
function assign({ target, index, value, span }: AssignStatement, environment: Environment): void {
  const assigned = convertTo(target.type, evaluate(value, environment));
  if (target.role === 'local' || target.role === 'functionParameter') {
    environment.locals.set(target, assigned);
    return;
  }
  const stored = read(environment.store, target);
  if (typeof stored !== 'object') {
    environment.effects.assignState(target, assigned, span);
  } else if (index === undefined) {
    const filled = stored.map(() => assigned);
    environment.effects.assignState(target, filled, span);
  } else {
    const element = evaluateIndex(index, stored.length, target.writtenName, environment);
    environment.effects.assignElement(target, element, assigned, span);
  }
}

function executeIf({ branches, otherwise }: IfStatement, environment: Environment): Returned | undefined {
  const chosen = branches.find(({ condition }) => evaluateBoolean(condition, environment));
  return execute(chosen?.body ?? otherwise, environment);
}

/** As in C: the bound is evaluated before each iteration, and the step is added to what the body left in the variable. */
function executeFor(loop: ForStatement, environment: Environment): Returned | undefined {
  const { variable, from, to, step, body, span } = loop;
  const assignVariable = (value: number): void => {
    const converted = convertTo(variable.type, value);
    if (variable.role === 'local' || variable.role === 'functionParameter') {
      environment.locals.set(variable, converted);
    } else {
      environment.effects.assignState(variable, converted, span);
    }
  };
  const current = (): number => Number(environment.locals.get(variable) ?? environment.store.get(variable));
  assignVariable(evaluateNumber(from, environment));
  for (;;) {
    const bound = evaluateNumber(to, environment);
    if (!(step > 0 ? current() < bound : current() > bound)) return undefined;
    environment.effects.countIteration(loop);
    const returned = execute(body, environment);
    if (returned !== undefined) return returned;
    assignVariable(current() + step);
  }
}

function executeWhile(loop: WhileStatement, environment: Environment): Returned | undefined {
  while (evaluateBoolean(loop.condition, environment)) {
    environment.effects.countIteration(loop);
    const returned = execute(loop.body, environment);
    if (returned !== undefined) return returned;
  }
  return undefined;
}

/** The weight of an emitted spike: its number in the declared unit, 1 without a weight. */
function spikeWeight(weight: Expression | undefined, environment: Environment): number {
  if (weight === undefined) return 1;
  const value = evaluateNumber(weight, environment);
  return weight.type.kind === 'quantity' ? fromCanonical(value, weight.type.unit) : value;
}

function printedText({ pieces }: PrintStatement, environment: Environment): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : printedValue(piece, environment)))
    .join('');
}

/** A quantity as its number in the declared unit, a blank, and the unit; anything else by itself. */
function printedValue(expression: Expression, environment: Environment): string {
  const { type } = expression;
  const value = evaluate(expression, environment);
  if (type.kind !== 'quantity' || typeof value !== 'number') return String(value);
  const number = String(fromCanonical(value, type.unit));
  return isPlainNumber(type.unit) ? number : `${number} ${type.unit.text}`;
}
