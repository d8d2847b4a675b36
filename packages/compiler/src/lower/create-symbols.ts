import type { ExpressionNode } from '@nestml/dynamics';
import type { FunctionDefinition, PortSymbol, ValueType, VariableSymbol } from '@nestml/language';
import { dimensionless, type Unit } from '@nestml/units';
import type { ModelFunction } from '../ir/functions.ts';
import type { ModelVariable, VariableRole } from '../ir/variables.ts';
import { entryOf, type Lowering } from './lowering.ts';

/** The declared unit of a type. */
export function unitOf(type: ValueType): Unit {
  return type.kind === 'quantity' ? type.unit : dimensionless;
}

function valueKind(type: ValueType): 'number' | 'boolean' {
  return type.kind === 'boolean' ? 'boolean' : 'number';
}

/** The variable of a declared state, parameter, internal or variable of a kernel. */
export function createDeclared(
  symbol: VariableSymbol,
  role: VariableRole,
  size: ExpressionNode | undefined,
  lowering: Lowering,
): ModelVariable {
  if (symbol.type.kind === 'string') lowering.report('text-value', symbol.declared, undefined);
  const variable: ModelVariable = {
    role,
    name: symbol.writtenName,
    writtenName: symbol.writtenName,
    value: valueKind(symbol.type),
    isInteger: symbol.type.kind === 'integer',
    unit: unitOf(symbol.type),
    ...(size === undefined ? {} : { size }),
    span: symbol.declared,
  };
  lowering.variables.set(symbol, variable);
  return variable;
}

/** A local variable or a parameter of a function. */
export function createLocal(symbol: VariableSymbol, lowering: Lowering): ModelVariable {
  return createDeclared(symbol, 'local', undefined, lowering);
}

export function createPort(
  port: PortSymbol,
  size: ExpressionNode | undefined,
  lowering: Lowering,
): ModelVariable {
  const isSpike = port.signal === 'spike';
  const variable: ModelVariable = {
    role: isSpike ? 'spikePort' : 'continuousPort',
    name: port.name,
    writtenName: port.name,
    value: 'number',
    isInteger: false,
    unit: isSpike ? dimensionless : unitOf(port.type),
    ...(size === undefined ? {} : { size }),
    span: port.declared,
  };
  lowering.ports.set(port, variable);
  return variable;
}

/** A function with its parameters, before its body is known. */
export function createFunction({ symbol }: FunctionDefinition, lowering: Lowering): ModelFunction {
  if (symbol.returnType.kind === 'string') lowering.report('text-value', symbol.declared, undefined);
  const { reads, draws, prints } = entryOf(lowering.traits, symbol);
  const created: ModelFunction = {
    kind: 'function',
    name: symbol.name,
    value: valueKind(symbol.returnType),
    isPure: !(reads || draws || prints),
    parameters: symbol.parameters.map((parameter) => createLocal(parameter, lowering)),
    hasValue: symbol.returnType.kind !== 'void',
    span: symbol.declared,
  };
  lowering.functions.set(symbol, created);
  return created;
}
