import { type ExpressionNode, nodesBelow, operandsOf } from '@nestml/dynamics';
import { symbolOf } from '../../../ir/symbol-of.ts';
import { expressionsOf, statementsIn } from '../../../ir/traverse.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import type { Real } from '../ssa/lanes.ts';
import { scratchCells } from './cells.ts';
import { type FunctionFrame, resolutionOf, silentInputs } from './create-frame.ts';
import { emitExpression, emitNumber } from './emit-expression.ts';
import { type Frame, type LaneValue, scopeOf, type Uniform } from './frame.ts';
import type { NeuronStorage } from './storage.ts';

/**
 * Computes what is the same for all instances and steps: expressions of shared parameters, internals and the resolution that cannot
 * fail. What is not used is dropped later.
 */
export function hoistUniform(open: FunctionFrame): Uniform {
  const { setting, builder, lanes } = open;
  const values = new Map<ExpressionNode, LaneValue>();
  const reciprocals = new Map<ExpressionNode, Real>();
  const zero = builder.i32(0);
  const frame: Frame = {
    ...open,
    tile: zero,
    instance: zero,
    valid: undefined,
    cells: scratchCells(lanes, zero, open.scratch, setting.storage),
    inputs: silentInputs(open),
    step: builder.f64(0),
    callStep: zero,
    time: lanes.constant(0),
    resolution: resolutionOf(open),
    depth: zero,
    locals: new Map(),
    uniform: { values, reciprocals },
  };
  const same = new Set<ExpressionNode>();
  for (const node of nodesBelow(rootsOf(setting.plan.model))) {
    if (!isUniform(node, setting.storage, same) || !setting.traits(node).isSafe) continue;
    same.add(node);
    if (operandsOf(node).length > 0) values.set(node, emitExpression(node, scopeOf(frame)));
  }
  for (const divisor of divisorsIn(setting.plan.model)) {
    if (!same.has(divisor)) continue;
    reciprocals.set(divisor, lanes.div(lanes.constant(1), emitNumber(divisor, scopeOf(frame))));
  }
  return { values, reciprocals };
}

function isUniform(
  node: ExpressionNode,
  { slots }: NeuronStorage,
  same: ReadonlySet<ExpressionNode>,
): boolean {
  if (node.kind === 'draw' || node.kind === 'call') return false;
  if (node.kind !== 'symbol') return operandsOf(node).every((operand) => same.has(operand));
  const symbol = symbolOf(node.symbol);
  switch (symbol.role) {
    case 'resolution':
      return true;
    case 'parameter':
    case 'internal':
      return slots.get(symbol)?.storage.kind === 'shared';
    case 'element':
      return slots.get(symbol.vector)?.storage.kind === 'shared';
    default:
      return false;
  }
}

function rootsOf({
  update,
  receiveHandlers,
  conditionHandlers,
  functions,
  variants,
}: SolvedModel): readonly ExpressionNode[] {
  const bodies = [update, ...receiveHandlers, ...conditionHandlers, ...functions].map(({ body }) => body);
  return [
    ...bodies.flatMap(statementsIn).flatMap(expressionsOf),
    ...conditionHandlers.map(({ condition }) => condition),
    ...variants.flatMap(({ affine, numeric, pulses, countdowns }) => [
      ...affine.flatMap(({ system }) => system.input),
      ...(numeric?.equations ?? []).map(({ derivative }) => derivative),
      ...(numeric?.drivers ?? []).flatMap(({ system }) => system.input),
      ...pulses.map(({ coefficient }) => coefficient),
      ...countdowns.map(({ rate }) => rate),
    ]),
  ];
}

/** What right-hand sides divide by. */
function divisorsIn({ variants }: SolvedModel): ReadonlySet<ExpressionNode> {
  const sides = variants.flatMap(({ affine, numeric }) => [
    ...affine.flatMap(({ system }) => system.input),
    ...(numeric?.equations ?? []).map(({ derivative }) => derivative),
    ...(numeric?.drivers ?? []).flatMap(({ system }) => system.input),
  ]);
  const divisors = nodesBelow(sides).flatMap((node) =>
    node.kind === 'product'
      ? node.factors.flatMap(({ operator, operand }) => (operator === '/' ? [operand] : []))
      : [],
  );
  return new Set(divisors.filter(({ kind }) => kind !== 'constant'));
}
