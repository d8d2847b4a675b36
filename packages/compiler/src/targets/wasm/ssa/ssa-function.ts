import type { Constant, LoadName, StoreName } from '../encoder/instruction.ts';
import type { OperationName } from '../encoder/operations.table.ts';
import type { Signature, ValueType } from '../encoder/value-type.ts';

/** A function that may be called: its name in the module and its signature. */
export interface FunctionReference extends Signature {
  readonly name: string;
}

/** How a value comes about. Operands are ids of values with smaller ids. */
export type Definition =
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'parameter'; readonly index: number }
  | {
      readonly kind: 'operation';
      readonly name: OperationName;
      readonly operands: readonly number[];
      readonly immediate: readonly number[];
    }
  /** The result of a function without side effects that depends on its arguments only. */
  | { readonly kind: 'pure-call'; readonly callee: string; readonly operands: readonly number[] }
  | { readonly kind: 'load'; readonly name: LoadName; readonly address: number; readonly offset: number }
  | { readonly kind: 'read'; readonly variable: number }
  /** A result of the call statement that lists this value. */
  | { readonly kind: 'call-result' };

/** What happens in order. A `define` marks where a value becomes available; the loop repeats while `again` is not 0. */
export type Statement =
  | { readonly kind: 'define'; readonly value: number }
  | {
      readonly kind: 'store';
      readonly name: StoreName;
      readonly address: number;
      readonly offset: number;
      readonly value: number;
    }
  | { readonly kind: 'write'; readonly variable: number; readonly value: number }
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly operands: readonly number[];
      readonly results: readonly number[];
    }
  | { readonly kind: 'block'; readonly label: number; readonly body: readonly Statement[] }
  | { readonly kind: 'loop'; readonly body: readonly Statement[]; readonly again: number }
  | {
      readonly kind: 'if';
      readonly condition: number;
      readonly consequent: readonly Statement[];
      readonly alternative: readonly Statement[];
    }
  | { readonly kind: 'leave'; readonly label: number; readonly condition: number | undefined };

/** A value with its type and definition; its id is its index. */
export interface TypedDefinition {
  readonly type: ValueType;
  readonly definition: Definition;
}

/**
 * A function in SSA form. Guaranteed: operands are well typed and defined before use on every path; every value except
 * constants, parameters and results of calls has exactly one `define`; labels are enclosing blocks.
 */
export interface SsaFunction extends Signature {
  readonly name: string;
  readonly values: readonly TypedDefinition[];
  readonly variables: readonly ValueType[];
  readonly body: readonly Statement[];
  /** The values returned, one per result. */
  readonly returned: readonly number[];
}

const NOTHING: readonly never[] = Object.freeze([]);

/** The values that a definition uses. */
export function operandsOfDefinition(definition: Definition): readonly number[] {
  switch (definition.kind) {
    case 'operation':
    case 'pure-call':
      return definition.operands;
    case 'load':
      return [definition.address];
    default:
      return NOTHING;
  }
}

/** The values that a statement itself uses, without those of nested statements. */
export function operandsOfStatement(statement: Statement): readonly number[] {
  switch (statement.kind) {
    case 'store':
      return [statement.address, statement.value];
    case 'write':
      return [statement.value];
    case 'call':
      return statement.operands;
    case 'loop':
      return [statement.again];
    case 'if':
      return [statement.condition];
    case 'leave':
      return statement.condition === undefined ? NOTHING : [statement.condition];
    default:
      return NOTHING;
  }
}

/** The statement lists inside a statement. */
export function nestedBodies(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'block':
    case 'loop':
      return [statement.body];
    case 'if':
      return [statement.consequent, statement.alternative];
    default:
      return NOTHING;
  }
}

/** Names of the functions that a function calls. */
export function calleesOf(ssa: SsaFunction): ReadonlySet<string> {
  const callees = new Set<string>();
  for (const { definition } of ssa.values) {
    if (definition.kind === 'pure-call') callees.add(definition.callee);
  }
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'call') callees.add(statement.callee);
      nestedBodies(statement).forEach(visit);
    }
  };
  visit(ssa.body);
  return callees;
}
