import type { ExpressionNode } from '@nestml/dynamics';
import type { InputRow } from '@nestml/engine/interface';
import type { FunctionDefinition, ModelFunction } from '../../../ir/functions.ts';
import type { Statement } from '../../../ir/statements.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { Plan } from '../../../plan/plan.ts';
import type { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Lanes, Mask, Real } from '../ssa/lanes.ts';
import type { FunctionReference } from '../ssa/ssa-function.ts';
import type { Label, Value, Variable } from '../ssa/value.ts';
import type { Places } from './places.ts';
import type { NeuronStorage } from './storage.ts';
import type { Traits } from './traits.ts';

/** A number or a truth value per lane. */
export type LaneValue = Real | Mask;

/** What is known about the neuron before code is emitted. */
export interface NeuronSetting {
  readonly plan: Plan;
  readonly storage: NeuronStorage;
  readonly places: Places;
  readonly functions: ReadonlyMap<ModelFunction, FunctionDefinition>;
  /** Functions that call themselves, directly or not: they become functions of the module. */
  readonly recursive: ReadonlyMap<ModelFunction, FunctionReference>;
  /** Cells besides the columns: blocks drawn by call site, iterations by loop, whether a state was integrated in this step. */
  readonly extras: {
    readonly count: number;
    readonly draws: ReadonlyMap<number, number>;
    readonly loops: ReadonlyMap<Statement, number>;
    readonly integrated: ReadonlyMap<ModelVariable, number>;
  };
  readonly traits: (node: ExpressionNode) => Traits;
  /** Where the expansions of the drivers begin in the scratch space. */
  readonly driverScratch: number;
}

/** The columns of the lanes at work, and the extra cells behind them (from `NeuronStorage.columns` on). */
export interface Cells {
  readonly read: (cell: number) => Real;
  readonly write: (cell: number, value: Real) => void;
  /** Where a cell lies, and the bytes from it to the next; only cells in memory have a place. */
  readonly placeOf?: (cell: number) => Place;
}

/** An address, and bytes from one entry to the next. */
export interface Place {
  readonly address: Value<'i32'>;
  readonly offset: number;
  readonly stride: number;
}

/** A local variable. */
export interface LocalCell {
  readonly role: 'real' | 'mask';
  readonly variable: Variable;
}

/** The lanes at work in one function of the module: from where they read and to where they write. */
export interface Frame {
  readonly setting: NeuronSetting;
  readonly builder: FunctionBuilder;
  readonly lanes: Lanes;
  readonly block: Value<'i32'>;
  /** Address of the first column of the lanes. */
  readonly tile: Value<'i32'>;
  /** Number of the instance in the first lane. */
  readonly instance: Value<'i32'>;
  /** Lanes that belong to an instance; undefined: all. */
  readonly valid: Mask | undefined;
  readonly cells: Cells;
  readonly shared: (index: number) => Real;
  /** Address of the shared doubles. */
  readonly sharedAddress: Value<'i32'>;
  readonly scratch: Value<'i32'>;
  /** Rows of inputs of this step at the first lane. */
  readonly inputs: Inputs;
  /** Number of the step as f64, and within the call of `advance`. */
  readonly step: Value<'f64'>;
  readonly callStep: Value<'i32'>;
  /** `t` in ms and h in ms. */
  readonly time: Real;
  readonly resolution: Real;
  /** Calls that are under way. */
  readonly depth: Value<'i32'>;
  readonly locals: Map<ModelVariable, LocalCell>;
  readonly uniform: Uniform;
}

/** Values that are the same for all instances and steps, and the reciprocals of those that right-hand sides divide by. */
export interface Uniform {
  readonly values: ReadonlyMap<ExpressionNode, LaneValue>;
  readonly reciprocals: ReadonlyMap<ExpressionNode, Real>;
  /**
   * Divisors of right-hand sides that differ between instances, but not between steps: their reciprocals are multiplied with too, so that a
   * parameter of an instance's own gives the bits that a parameter in common gives.
   */
  readonly inverted: ReadonlySet<ExpressionNode>;
  /**
   * Expressions that do not differ between steps: they are computed as written in right-hand sides too, as if they had been before all
   * steps, so that it makes no difference whether parameters are an instance's own.
   */
  readonly fixed: ReadonlySet<ExpressionNode>;
}

/** Nothing is known. */
export const NOTHING_UNIFORM: Uniform = Object.freeze({
  values: new Map(),
  reciprocals: new Map(),
  inverted: new Set<ExpressionNode>(),
  fixed: new Set<ExpressionNode>(),
});

/** What the lanes read from a row of inputs. */
export interface Inputs {
  readonly read: (row: number) => Real;
  /** Of a row of that content, chosen by a number per lane; one lane only. */
  readonly readAt: (row: Value<'i32'>, content: InputRow['content']) => Real;
  /** Address of row 0, passed on to functions. */
  readonly address: Value<'i32'>;
}

/** Where an expression or statement stands. */
export interface Scope {
  readonly frame: Frame;
  /** Lanes that execute it; undefined: all. With one lane always undefined, since branches are real. */
  readonly mask: Mask | undefined;
  /** Values that variables have here instead of the stored ones. */
  readonly values: ReadonlyMap<ModelVariable, Real>;
  readonly memo: Memo;
  /** For failures that have no place of their own. */
  readonly place: number;
  readonly exit: Exit | undefined;
  /**
   * Whether it is the right-hand side of an equation, where a rounding more or less is below the error of the solution: divisions by numbers
   * and by parameters and the like are multiplications with the reciprocal, and sums are made in the order that is fastest.
   */
  readonly isRightHandSide: boolean;
}

/** Where `return` goes. */
export interface Exit {
  /** With one lane: the end of the body. */
  readonly label: Label | undefined;
  /** With two lanes: those that have not returned yet. */
  readonly live: Variable | undefined;
  readonly result: LocalCell | undefined;
}

/** Values of nodes that were computed before, here or around. */
export interface Memo {
  readonly get: (node: ExpressionNode) => LaneValue | undefined;
  readonly set: (node: ExpressionNode, value: LaneValue) => void;
  readonly nested: () => Memo;
}

/** A memo that sees what the outer one holds. */
export function createMemo(outer?: Memo): Memo {
  const own = new Map<ExpressionNode, LaneValue>();
  const memo: Memo = {
    get: (node) => own.get(node) ?? outer?.get(node),
    set: (node, value) => void own.set(node, value),
    nested: () => createMemo(memo),
  };
  return memo;
}

const NO_VALUES: ReadonlyMap<ModelVariable, Real> = new Map();

/** The scope of a new statement for all lanes. */
export function scopeOf(frame: Frame, place = 0): Scope {
  return {
    frame,
    mask: undefined,
    values: NO_VALUES,
    memo: createMemo(),
    place,
    exit: undefined,
    isRightHandSide: false,
  };
}

/** The same lanes, with nothing remembered. */
export function forgetful(scope: Scope): Scope {
  return { ...scope, memo: createMemo() };
}

/** The lanes of the scope in which the condition holds; the branch that it guards must be a real one. */
export function narrowed(scope: Scope, condition: Mask): Scope {
  const { lanes } = scope.frame;
  const memo = scope.memo.nested();
  if (lanes.flavour === 'scalar') return { ...scope, memo };
  return { ...scope, memo, mask: activeWhere(scope, condition) };
}

/** Lanes that are active and in which the condition holds. */
export function activeWhere({ frame, mask }: Scope, condition: Mask): Mask {
  return mask === undefined ? condition : frame.lanes.and(mask, condition);
}

/** Active lanes that belong to an instance. */
export function existingLanes({ frame, mask }: Scope): Mask {
  const { lanes, valid } = frame;
  if (valid === undefined) return mask ?? lanes.truth(true);
  return mask === undefined ? valid : lanes.and(mask, valid);
}

/** The new value in active lanes, the old one in others. */
export function whereActive({ frame, mask }: Scope, value: Real, old: () => Real): Real {
  return mask === undefined ? value : frame.lanes.select(mask, value, old());
}

/** Emits code that runs if an active lane fulfils the condition, for those that do. */
export function branchWhere(scope: Scope, condition: Mask, body: (inner: Scope) => void): void {
  const { builder, lanes } = scope.frame;
  builder.branch(lanes.any(activeWhere(scope, condition)), () => body(narrowed(scope, condition)));
}

/** A mask with one lane is an i32, with two a vector; a real an f64 or a vector. */
export function maskOf({ lanes }: Frame, value: LaneValue): Mask {
  return value.role === 'mask' ? value : lanes.ne(value, lanes.constant(0));
}

/** Truth values as 0 and 1. */
export function realOf({ lanes }: Frame, value: LaneValue): Real {
  return value.role === 'real' ? value : lanes.keep(value, lanes.constant(1));
}
