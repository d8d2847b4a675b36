import { InternalError } from '@nestml/diagnostics';
import type {
  CheckedModel,
  Declaration,
  Equation,
  Expression,
  FunctionDefinition,
  FunctionSymbol,
  Kernel,
  KernelSymbol,
  VariableSymbol,
} from '@nestml/language';

/** A checked model with its definitions found by symbol. */
export interface Program {
  readonly model: CheckedModel;
  readonly declarations: ReadonlyMap<VariableSymbol, Declaration>;
  readonly inlines: ReadonlyMap<VariableSymbol, Expression>;
  readonly functions: ReadonlyMap<FunctionSymbol, FunctionDefinition>;
  /** By the variable of order 0. */
  readonly equations: ReadonlyMap<VariableSymbol, Equation>;
  /** By each of its variables. */
  readonly kernels: ReadonlyMap<KernelSymbol, Kernel>;
}

/** Indexes the definitions of a model. */
export function createProgram(model: CheckedModel): Program {
  const declarations = [...model.parameters, ...model.internals, ...model.states];
  return {
    model,
    declarations: new Map(declarations.map((declaration) => [declaration.symbol, declaration])),
    inlines: new Map(model.inlines.map((inline) => [inline.symbol, inline.value])),
    functions: new Map(model.functions.map((definition) => [definition.symbol, definition])),
    equations: new Map(model.equations.map((equation) => [equation.variables[0]!, equation])),
    kernels: new Map(
      model.kernels.flatMap((kernel) => kernelSymbols(kernel).map((symbol) => [symbol, kernel])),
    ),
  };
}

function kernelSymbols(kernel: Kernel): readonly KernelSymbol[] {
  return kernel.kind === 'ode' ? kernel.components.map((component) => component.symbol) : [kernel.symbol];
}

/** The entry of a table that a checked model cannot lack. */
export function definitionOf<K extends { readonly name: string }, V>(table: ReadonlyMap<K, V>, key: K): V {
  const definition = table.get(key);
  if (definition === undefined) throw new InternalError(`${key.name} has no definition`);
  return definition;
}
