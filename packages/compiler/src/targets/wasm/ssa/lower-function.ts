import { unreachable } from '@nestml/diagnostics';
import type { FunctionCode } from '../encoder/build-module.ts';
import type { Instruction } from '../encoder/instruction.ts';
import { allocateLocals } from './allocate-locals.ts';
import { findLiveValues, type LiveValues } from './live-values.ts';
import { findInlineValues } from './place-values.ts';
import { operandsOfDefinition, type SsaFunction, type Statement } from './ssa-function.ts';

/** What lowering knows about a function and what it writes. */
interface Lowering {
  readonly ssa: SsaFunction;
  readonly live: LiveValues;
  readonly inline: ReadonlySet<number>;
  /** Instructions; locals from `firstTemporary` on stand for values: local − firstTemporary is the id. */
  readonly instructions: Instruction[];
  readonly firstTemporary: number;
  /** Vector constants used in loops; they are put into locals once. */
  readonly hoisted: Set<number>;
  /** Open constructs, innermost last: the label of a block, or undefined. */
  readonly constructs: (number | undefined)[];
  loopDepth: number;
}

/**
 * A function in stack form. Dead values are dropped; values used once are computed where they are used, others are kept
 * in locals that are shared by values of disjoint lifetimes; vector constants used in loops are loaded once, because
 * the engines build them anew at each use otherwise.
 */
export function lowerFunction(ssa: SsaFunction): FunctionCode {
  const live = findLiveValues(ssa);
  const lowering: Lowering = {
    ssa,
    live,
    inline: findInlineValues(ssa, live),
    instructions: [],
    firstTemporary: ssa.parameters.length + ssa.variables.length,
    hoisted: new Set(),
    constructs: [],
    loopDepth: 0,
  };
  lowerStatements(lowering, ssa.body);
  for (const value of ssa.returned) pushValue(lowering, value);
  const { instructions, firstTemporary } = lowering;
  const all = loadHoisted(lowering).concat(instructions);
  const { types, localOf } = allocateLocals(
    all,
    firstTemporary,
    (local) => ssa.values[local - firstTemporary]?.type ?? 'i32',
  );
  return {
    name: ssa.name,
    parameters: ssa.parameters,
    results: ssa.results,
    locals: [...ssa.variables, ...types],
    instructions: renameLocals(all, localOf),
  };
}

function loadHoisted({ ssa, hoisted, firstTemporary }: Lowering): Instruction[] {
  return [...hoisted].flatMap((value): readonly Instruction[] => {
    const definition = ssa.values[value]?.definition;
    if (definition?.kind !== 'constant') return [];
    return [
      { kind: 'constant', constant: definition.constant },
      { kind: 'local.set', local: firstTemporary + value },
    ];
  });
}

function lowerStatements(lowering: Lowering, statements: readonly Statement[]): void {
  for (const statement of statements) lowerStatement(lowering, statement);
}

function lowerStatement(lowering: Lowering, statement: Statement): void {
  const { instructions, live } = lowering;
  switch (statement.kind) {
    case 'define':
      lowerDefine(lowering, statement.value);
      return;
    case 'store':
      pushValue(lowering, statement.address);
      pushValue(lowering, statement.value);
      instructions.push({ kind: 'store', name: statement.name, offset: statement.offset });
      return;
    case 'write':
      if (!live.readVariables.has(statement.variable)) return;
      pushValue(lowering, statement.value);
      instructions.push({ kind: 'local.set', local: lowering.ssa.parameters.length + statement.variable });
      return;
    case 'call':
      for (const operand of statement.operands) pushValue(lowering, operand);
      instructions.push({ kind: 'call', callee: statement.callee });
      for (const result of statement.results.toReversed()) {
        const isUsed = (live.uses[result] ?? 0) > 0;
        instructions.push(
          isUsed ? { kind: 'local.set', local: lowering.firstTemporary + result } : { kind: 'drop' },
        );
      }
      return;
    case 'block':
      lowerConstruct(lowering, 'block', statement.label, () => lowerStatements(lowering, statement.body));
      return;
    case 'loop':
      lowering.loopDepth += 1;
      lowerConstruct(lowering, 'loop', undefined, () => {
        lowerStatements(lowering, statement.body);
        pushValue(lowering, statement.again);
        instructions.push({ kind: 'br_if', label: 0 });
      });
      lowering.loopDepth -= 1;
      return;
    case 'if':
      lowerBranch(lowering, statement);
      return;
    case 'leave':
      lowerLeave(lowering, statement.label, statement.condition);
      return;
    default:
      unreachable(statement);
  }
}

function lowerDefine(lowering: Lowering, value: number): void {
  if ((lowering.live.uses[value] ?? 0) === 0 || lowering.inline.has(value)) return;
  computeValue(lowering, value);
  lowering.instructions.push({ kind: 'local.set', local: lowering.firstTemporary + value });
}

function lowerConstruct(
  { instructions, constructs }: Lowering,
  kind: 'block' | 'loop' | 'if',
  label: number | undefined,
  body: () => void,
): void {
  instructions.push({ kind });
  constructs.push(label);
  body();
  constructs.pop();
  instructions.push({ kind: 'end' });
}

function lowerBranch(lowering: Lowering, statement: Extract<Statement, { readonly kind: 'if' }>): void {
  pushValue(lowering, statement.condition);
  lowerConstruct(lowering, 'if', undefined, () => {
    lowerStatements(lowering, statement.consequent);
    const length = lowering.instructions.push({ kind: 'else' });
    lowerStatements(lowering, statement.alternative);
    if (lowering.instructions.length === length) lowering.instructions.pop();
  });
}

function lowerLeave(lowering: Lowering, label: number, condition: number | undefined): void {
  const depth = lowering.constructs.length - 1 - lowering.constructs.lastIndexOf(label);
  if (condition === undefined) {
    lowering.instructions.push({ kind: 'br', label: depth });
  } else {
    pushValue(lowering, condition);
    lowering.instructions.push({ kind: 'br_if', label: depth });
  }
}

/** Leaves the value on the stack. */
function pushValue(lowering: Lowering, value: number): void {
  const { ssa, inline, instructions, firstTemporary, hoisted, loopDepth } = lowering;
  const definition = ssa.values[value]?.definition;
  if (definition?.kind === 'constant') {
    const isHoisted = definition.constant.type === 'v128' && (loopDepth > 0 || hoisted.has(value));
    if (isHoisted) hoisted.add(value);
    instructions.push(
      isHoisted
        ? { kind: 'local.get', local: firstTemporary + value }
        : { kind: 'constant', constant: definition.constant },
    );
  } else if (definition?.kind === 'parameter') {
    instructions.push({ kind: 'local.get', local: definition.index });
  } else if (inline.has(value)) {
    computeValue(lowering, value);
  } else {
    instructions.push({ kind: 'local.get', local: firstTemporary + value });
  }
}

function computeValue(lowering: Lowering, value: number): void {
  const definition = lowering.ssa.values[value]?.definition;
  if (definition === undefined) return;
  for (const operand of operandsOfDefinition(definition)) pushValue(lowering, operand);
  switch (definition.kind) {
    case 'operation':
      lowering.instructions.push({
        kind: 'operation',
        name: definition.name,
        immediate: definition.immediate,
      });
      return;
    case 'pure-call':
      lowering.instructions.push({ kind: 'call', callee: definition.callee });
      return;
    case 'load':
      lowering.instructions.push({ kind: 'load', name: definition.name, offset: definition.offset });
      return;
    case 'read':
      lowering.instructions.push({
        kind: 'local.get',
        local: lowering.ssa.parameters.length + definition.variable,
      });
      return;
    case 'constant':
    case 'parameter':
    case 'call-result':
      return;
    default:
      unreachable(definition);
  }
}

/** Gives locals their final numbers, and writes `set x; get x` as `tee x`. */
function renameLocals(
  instructions: readonly Instruction[],
  localOf: (local: number) => number,
): readonly Instruction[] {
  const renamed: Instruction[] = [];
  /** The local that the last instruction set. */
  let lastSet = -1;
  for (const instruction of instructions) {
    const { kind } = instruction;
    if (kind !== 'local.get' && kind !== 'local.set' && kind !== 'local.tee') {
      renamed.push(instruction);
      lastSet = -1;
      continue;
    }
    const local = localOf(instruction.local);
    if (kind === 'local.get' && local === lastSet) {
      renamed[renamed.length - 1] = { kind: 'local.tee', local };
      lastSet = -1;
    } else {
      renamed.push({ kind, local });
      lastSet = kind === 'local.set' ? local : -1;
    }
  }
  return renamed;
}
