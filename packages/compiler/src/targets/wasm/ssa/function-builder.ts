import { InternalError } from '@nestml/diagnostics';
import { type Constant, LOADS, type LoadName, STORES, type StoreName } from '../encoder/instruction.ts';
import { OPERATIONS, type OperationName, operationOf } from '../encoder/operations.table.ts';
import type { Signature, ValueType } from '../encoder/value-type.ts';
import type {
  Definition,
  FunctionReference,
  SsaFunction,
  Statement,
  TypedDefinition,
} from './ssa-function.ts';
import type { Label, Value, Variable } from './value.ts';
import { createValueNumbering, type ValueKey } from './value-numbering.ts';

/** A statement list under construction. */
interface Region {
  readonly statements: Statement[];
  /** Values that variables are known to hold here. */
  readonly known: Map<number, number>;
  /** Variables written in this region or inside it. */
  readonly written: Set<number>;
}

/** Numbers that an immediate has. */
const IMMEDIATES = Object.freeze({ none: 0, lane: 1, shuffle: 16 } as const);

/**
 * Builds one function. Pure operations with equal operands are one value where the first dominates the second; loads,
 * reads and calls stay in order. A value may be used in the construct where it was made and in constructs inside it.
 * Wrong types are an `InternalError`.
 */
export class FunctionBuilder {
  readonly name: string;
  readonly signature: Signature;
  readonly #values: TypedDefinition[] = [];
  readonly #variables: ValueType[] = [];
  readonly #numbering = createValueNumbering();
  readonly #openLabels = new Set<number>();
  #region: Region = { statements: [], known: new Map(), written: new Set() };
  #depth = 0;
  #labelCount = 0;

  constructor(name: string, signature: Signature) {
    this.name = name;
    this.signature = signature;
    signature.parameters.forEach((type, index) => {
      this.#create(type, { kind: 'parameter', index });
    });
  }

  /** The parameter of that index, which must have that type. */
  parameter<Type extends ValueType>(index: number, type: Type): Value<Type> {
    if (this.signature.parameters[index] !== type) this.#fail(`parameter ${index} is not ${type}`);
    return { id: index, type };
  }

  /** A constant of 32 bits; signed and unsigned readings are equal. */
  i32(value: number): Value<'i32'> {
    // Keys of operations are not negative.
    return this.#constant({ type: 'i32', value: value | 0 }, 'i32', -1 - (value >>> 0));
  }

  /** A constant of 64 bits; signed and unsigned readings are equal. */
  i64(value: bigint): Value<'i64'> {
    const signed = BigInt.asIntN(64, value);
    return this.#constant({ type: 'i64', value: signed }, 'i64', `i64 ${signed}`);
  }

  f64(value: number): Value<'f64'> {
    return this.#constant({ type: 'f64', value }, 'f64', Object.is(value, -0) ? 'f64 -0' : `f64 ${value}`);
  }

  /** A vector constant from its low and high 64 bits. */
  v128(low: bigint, high: bigint): Value<'v128'> {
    const value = [BigInt.asUintN(64, low), BigInt.asUintN(64, high)] as const;
    return this.#constant({ type: 'v128', value }, 'v128', `v128 ${value.join()}`);
  }

  /** A vector constant of two doubles. */
  f64x2(low: number, high: number): Value<'v128'> {
    return this.v128(bitsOfDouble(low), bitsOfDouble(high));
  }

  /** A pure operation with result of that type; the immediate is a lane or sixteen byte indices. */
  operation<Type extends ValueType>(
    type: Type,
    name: OperationName,
    operands: readonly Value[],
    ...immediate: readonly number[]
  ): Value<Type> {
    const operation = operationOf(name);
    this.#expect(name, operation.operands, operands);
    if (operation.result !== type) this.#fail(`${name} gives ${operation.result}, not ${type}`);
    const expected = IMMEDIATES[operation.immediate];
    if (immediate.length !== expected || immediate.some((lane) => lane < 0 || lane >= operation.lanes)) {
      this.#fail(`${name} cannot have the immediate ${immediate.join()}`);
    }
    const ids = operands.map(({ id }) => id);
    const [first = 0, second = 0] = ids;
    if (operation.isCommutative && second < first) ids.reverse();
    const key = operationKey(name, ids, immediate);
    const existing = this.#numbering.find(key);
    if (existing !== undefined) return { id: existing, type };
    return this.#add(type, key, { kind: 'operation', name, operands: ids, immediate });
  }

  /** Reads memory at address + offset (bytes, offset ≥ 0). */
  load(name: LoadName, address: Value, offset: number): Value {
    this.#expect(name, ['i32'], [address]);
    const value = this.#create(LOADS[name].type, { kind: 'load', name, address: address.id, offset });
    this.#emit({ kind: 'define', value: value.id });
    return value;
  }

  /** Writes memory at address + offset (bytes, offset ≥ 0). */
  store(name: StoreName, address: Value, offset: number, value: Value): void {
    this.#expect(name, ['i32', STORES[name].type], [address, value]);
    this.#emit({ kind: 'store', name, address: address.id, offset, value: value.id });
  }

  /** The one result of a function that has no effect and depends on its arguments only: shared like an operation. */
  callPure<Type extends ValueType>(
    type: Type,
    callee: FunctionReference,
    operands: readonly Value[],
  ): Value<Type> {
    this.#expect(callee.name, callee.parameters, operands);
    if (callee.results.join() !== type) this.#fail(`${callee.name} does not give one ${type}`);
    const ids = operands.map(({ id }) => id);
    const key = `call ${callee.name} ${ids.join()}`;
    return this.#shared(type, key, { kind: 'pure-call', callee: callee.name, operands: ids });
  }

  /** Calls a function that may read or write memory; gives its results. */
  call(callee: FunctionReference, operands: readonly Value[]): readonly Value[] {
    this.#expect(callee.name, callee.parameters, operands);
    const results = callee.results.map((type) => this.#create(type, { kind: 'call-result' }));
    const ids = operands.map(({ id }) => id);
    this.#emit({ kind: 'call', callee: callee.name, operands: ids, results: results.map(({ id }) => id) });
    return results;
  }

  /** A new variable that holds the value from here on. */
  variable<Type extends ValueType>(initial: Value<Type>): Variable<Type> {
    const variable = { variable: this.#variables.length, type: initial.type };
    this.#variables.push(initial.type);
    this.write(variable, initial);
    return variable;
  }

  /** What the variable holds here. */
  read<Type extends ValueType>({ variable, type }: Variable<Type>): Value<Type> {
    const known = this.#region.known.get(variable);
    if (known !== undefined) return { id: known, type };
    const value = this.#create(type, { kind: 'read', variable });
    this.#emit({ kind: 'define', value: value.id });
    this.#region.known.set(variable, value.id);
    return value;
  }

  write<Type extends ValueType>(variable: Variable<Type>, value: Value<Type>): void {
    this.#expect('a variable', [variable.type], [value]);
    this.#region.known.set(variable.variable, value.id);
    this.#region.written.add(variable.variable);
    this.#emit({ kind: 'write', variable: variable.variable, value: value.id });
  }

  /** A construct whose end `leave` goes to. */
  block(body: (label: Label) => void): void {
    const label = this.#labelCount;
    this.#labelCount += 1;
    this.#openLabels.add(label);
    const statements = this.#nest(() => body({ label }), this.#region.known);
    this.#openLabels.delete(label);
    this.#emit({ kind: 'block', label, body: statements });
  }

  /** Runs the body, and again as long as it gives a value (i32) that is not 0. */
  loop(body: () => Value): void {
    let again = 0;
    const statements = this.#nest(() => {
      const value = body();
      this.#expect('the test of a loop', ['i32'], [value]);
      again = value.id;
    }, new Map());
    this.#emit({ kind: 'loop', body: statements, again });
  }

  /** Runs one of two bodies: the first where the condition (i32) is not 0. */
  branch(condition: Value, consequent: () => void, alternative: () => void = () => undefined): void {
    this.#expect('a branch', ['i32'], [condition]);
    const known = new Map(this.#region.known);
    this.#emit({
      kind: 'if',
      condition: condition.id,
      consequent: this.#nest(consequent, known),
      alternative: this.#nest(alternative, known),
    });
  }

  /** Goes to the end of the block, if a condition (i32) is given only where it is not 0. */
  leave({ label }: Label, condition?: Value): void {
    if (!this.#openLabels.has(label)) this.#fail('the block to leave is not open');
    if (condition !== undefined) this.#expect('leave', ['i32'], [condition]);
    this.#emit({ kind: 'leave', label, condition: condition?.id });
  }

  /** The finished function, which returns these values. */
  finish(...returned: readonly Value[]): SsaFunction {
    if (this.#depth > 0) this.#fail('a construct is still open');
    this.#expect('return', this.signature.results, returned);
    return {
      name: this.name,
      ...this.signature,
      values: this.#values,
      variables: this.#variables,
      body: this.#region.statements,
      returned: returned.map(({ id }) => id),
    };
  }

  #nest(body: () => void, known: ReadonlyMap<number, number>): readonly Statement[] {
    const outer = this.#region;
    const inner: Region = { statements: [], known: new Map(known), written: new Set() };
    this.#region = inner;
    this.#depth += 1;
    this.#numbering.enter();
    body();
    this.#numbering.exit();
    this.#depth -= 1;
    this.#region = outer;
    for (const variable of inner.written) {
      outer.written.add(variable);
      outer.known.delete(variable);
    }
    return inner.statements;
  }

  #emit(statement: Statement): void {
    this.#region.statements.push(statement);
  }

  #create<Type extends ValueType>(type: Type, definition: Definition): Value<Type> {
    this.#values.push({ type, definition });
    return { id: this.#values.length - 1, type };
  }

  #shared<Type extends ValueType>(type: Type, key: ValueKey, definition: Definition): Value<Type> {
    const existing = this.#numbering.find(key);
    return existing === undefined ? this.#add(type, key, definition) : { id: existing, type };
  }

  #add<Type extends ValueType>(type: Type, key: ValueKey, definition: Definition): Value<Type> {
    const value = this.#create(type, definition);
    this.#emit({ kind: 'define', value: value.id });
    this.#numbering.add(key, value.id);
    return value;
  }

  #constant<Type extends ValueType>(constant: Constant, type: Type, key: ValueKey): Value<Type> {
    const existing = this.#numbering.find(key);
    if (existing !== undefined) return { id: existing, type };
    const value = this.#create(type, { kind: 'constant', constant });
    this.#numbering.addEverywhere(key, value.id);
    return value;
  }

  #expect(what: string, types: readonly ValueType[], values: readonly Value[]): void {
    let isRight = values.length === types.length;
    for (let i = 0; isRight && i < values.length; i += 1) isRight = values[i]?.type === types[i];
    if (!isRight)
      this.#fail(`${what} takes (${types.join()}), not (${values.map(({ type }) => type).join()})`);
    for (const { id, type } of values) {
      if (this.#values[id]?.type !== type) this.#fail(`${what} uses a value of another function`);
    }
  }

  #fail(message: string): never {
    throw new InternalError(`wasm function ${this.name}: ${message}`);
  }
}

const OPERATION_INDEX: ReadonlyMap<string, number> = new Map(
  Object.keys(OPERATIONS).map((name, index) => [name, index]),
);
/** Ids below this leave room for an operation and two ids in the integers of a double. */
const ID_LIMIT = 2 ** 20;

function operationKey(
  name: OperationName,
  [first = 0, second = 0, third]: readonly number[],
  immediate: readonly number[],
): ValueKey {
  const isShort = third === undefined && immediate.length === 0 && first < ID_LIMIT && second < ID_LIMIT;
  if (!isShort) return `${name} ${first} ${second} ${third} ${immediate.join()}`;
  return ((OPERATION_INDEX.get(name) ?? 0) * ID_LIMIT + first) * ID_LIMIT + second;
}

/** The bits of a double as an unsigned integer. */
export function bitsOfDouble(value: number): bigint {
  return new BigUint64Array(new Float64Array([value]).buffer)[0] ?? 0n;
}
