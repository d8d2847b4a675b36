import { type ExpressionNode, nodesBelow, operandsOf } from '@nestml/dynamics';
import { symbolOf } from '../../../ir/symbol-of.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import { expressionsOfNumeric, expressionsOfSteps } from '../../../solved/expressions-of-model.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import type { Real } from '../ssa/lanes.ts';
import { scratchCells } from './cells.ts';
import { type FunctionFrame, resolutionOf, silentInputs } from './create-frame.ts';
import { driverForm } from './driver-form.ts';
import { hoistDecay } from './emit-closed-driver.ts';
import { emitExpression, emitNumber } from './emit-expression.ts';
import { emitCountdownChange } from './emit-integration.ts';
import { type Frame, type LaneValue, NOTHING_UNIFORM, scopeOf, type Uniform } from './frame.ts';
import { nodesOf } from './method-tableau.ts';
import { slotOf } from './storage.ts';
import { readStorage } from './variable-access.ts';

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
    uniform: { ...NOTHING_UNIFORM, values, reciprocals },
  };
  const { slots } = setting.storage;
  const fixed = fixedNodes(open, () => true);
  const same = fixedNodes(open, (variable) => slots.get(variable)?.storage.kind === 'shared');
  for (const node of same) {
    if (operandsOf(node).length > 0) values.set(node, emitExpression(node, scopeOf(frame)));
  }
  const divisors = divisorsIn(setting.plan.model);
  for (const divisor of divisors) {
    if (!same.has(divisor)) continue;
    reciprocals.set(divisor, lanes.div(lanes.constant(1), emitNumber(divisor, scopeOf(frame))));
  }
  hoistDecays(frame);
  hoistCountdowns(frame);
  const inverted = new Set([...divisors].filter((divisor) => fixed.has(divisor) && !same.has(divisor)));
  return { values, reciprocals, inverted, fixed };
}

/** Changes of countdowns in a step. */
function hoistCountdowns(frame: Frame): void {
  for (const countdown of frame.setting.plan.model.variants.flatMap(({ countdowns }) => countdowns)) {
    const { encoding } = slotOf(frame.setting.storage, countdown.state);
    if (encoding.kind === 'nanoseconds') emitCountdownChange(countdown, scopeOf(frame));
  }
}

/** Of drivers whose rate is the same for all instances. */
function hoistDecays(frame: Frame): void {
  const { model } = frame.setting.plan;
  for (const { numeric } of model.variants) {
    if (numeric === undefined) continue;
    for (const { system } of numeric.drivers) {
      const form = driverForm(system);
      if (form.kind !== 'closed' || form.rate === undefined) continue;
      const slots = frame.setting.storage.systems.get(system);
      const diagonal = slots?.coefficients.find(({ row, column }) => row === column)?.storage;
      if (diagonal?.kind === 'shared')
        hoistDecay(frame, readStorage(frame, diagonal), nodesOf(numeric.method));
    }
  }
}

/** Expressions of the resolution and of these parameters and internals that cannot fail; operands before what uses them. */
function fixedNodes(
  { setting }: FunctionFrame,
  isFixed: (variable: ModelVariable) => boolean,
): ReadonlySet<ExpressionNode> {
  const fixed = new Set<ExpressionNode>();
  for (const node of nodesBelow(expressionsOfSteps(setting.plan.model))) {
    if (isFixedNode(node, isFixed, fixed) && setting.traits(node).isSafe) fixed.add(node);
  }
  return fixed;
}

function isFixedNode(
  node: ExpressionNode,
  isFixed: (variable: ModelVariable) => boolean,
  fixed: ReadonlySet<ExpressionNode>,
): boolean {
  if (node.kind === 'draw' || node.kind === 'call') return false;
  if (node.kind !== 'symbol') return operandsOf(node).every((operand) => fixed.has(operand));
  const symbol = symbolOf(node.symbol);
  switch (symbol.role) {
    case 'resolution':
      return true;
    case 'parameter':
    case 'internal':
      return isFixed(symbol);
    case 'element':
      return isParameterLike(symbol.vector) && isFixed(symbol.vector);
    default:
      return false;
  }
}

function isParameterLike({ role }: ModelVariable): boolean {
  return role === 'parameter' || role === 'internal';
}

/** What right-hand sides divide by. */
function divisorsIn({ variants }: SolvedModel): ReadonlySet<ExpressionNode> {
  const sides = variants.flatMap(({ affine, numeric }) => [
    ...affine.flatMap(({ system }) => system.input),
    ...(numeric === undefined ? [] : expressionsOfNumeric(numeric)),
    ...(numeric?.drivers ?? []).flatMap(({ system }) => system.input),
  ]);
  const divisors = nodesBelow(sides).flatMap((node) =>
    node.kind === 'product'
      ? node.factors.flatMap(({ operator, operand }) => (operator === '/' ? [operand] : []))
      : [],
  );
  return new Set(divisors.filter(({ kind }) => kind !== 'constant'));
}
