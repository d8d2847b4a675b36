import { InternalError, unreachable } from '@nestml/diagnostics';
import type { ModelVariable } from '../../../ir/variables.ts';
import type {
  ConvolutionSystem,
  SolvedConditionHandler,
  SolvedReceiveHandler,
  StepAction,
} from '../../../solved/solved-model.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import { emitBody } from './emit-call.ts';
import { emitCondition } from './emit-expression.ts';
import { emitAffineStep } from './emit-integration.ts';
import { emitStatements } from './emit-statement.ts';
import { branchWhere, createMemo, type Frame, type Scope, scopeOf } from './frame.ts';
import { beginPast } from './keep-past.ts';
import { usesCount } from './receive-handlers.ts';
import { rowOf } from './storage.ts';
import { readStorage, readVariable, sizeInPlan, writeVariable } from './variable-access.ts';

/** One step of the lanes of a frame, in the order of the step plan (rule D1). */
export function emitStep(frame: Frame): void {
  const { step, receiveHandlers } = frame.setting.plan.model;
  beginPast(frame);
  for (let position = 0; position < step.length; ) {
    const rest = step.slice(position);
    const end = rest.findIndex(({ kind }) => kind !== 'receive');
    const actions = rest.slice(0, Math.max(1, end < 0 ? rest.length : end));
    if (actions.length > 1) {
      const handlers = actions.flatMap((action) =>
        action.kind === 'receive' ? [itemAt(receiveHandlers, action.handler)] : [],
      );
      emitReceives(handlers, frame);
    } else for (const action of actions) emitAction(action, frame);
    position += actions.length;
  }
}

/** Handlers that follow each other are passed by together if no spike has come. */
function emitReceives(handlers: readonly SolvedReceiveHandler[], frame: Frame): void {
  const { builder, lanes } = frame;
  const someReceive = handlers.map((handler) => hasReceived(handler, frame)).reduce((a, b) => lanes.or(a, b));
  builder.branch(lanes.any(someReceive), () => {
    for (const handler of handlers) emitReceive(handler, frame);
  });
}

function emitAction(action: StepAction, frame: Frame): void {
  const { model } = frame.setting.plan;
  switch (action.kind) {
    case 'collectSpikes':
    case 'nextInputs':
    case 'record':
      // The engine fills the rows of inputs, and records.
      return;
    case 'update':
      emitHandler(model.update.body, scopeOf(frame));
      return;
    case 'receive':
      emitReceive(itemAt(model.receiveHandlers, action.handler), frame);
      return;
    case 'advanceConvolutions':
      advanceConvolutions(model.convolutions, scopeOf(frame));
      return;
    case 'condition':
      emitConditionHandler(itemAt(model.conditionHandlers, action.handler), frame);
      return;
    default:
      unreachable(action);
  }
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new InternalError(`the step plan names a handler ${index} that is not there`);
  return item;
}

/** Statements that `return` leaves. */
function emitHandler(body: SolvedReceiveHandler['body'], scope: Scope): void {
  emitBody(scope, (exit) => emitStatements(body, { ...scope, memo: createMemo(), exit }));
}

function emitReceive(handler: SolvedReceiveHandler, frame: Frame): void {
  branchWhere(scopeOf(frame), hasReceived(handler, frame), (inner) => emitHandler(handler.body, inner));
}

/** Whether a spike has reached the port or the element. */
function hasReceived(handler: SolvedReceiveHandler, frame: Frame): Mask {
  const { lanes, inputs, setting } = frame;
  const { port, element } = handler;
  const content = usesCount(handler) ? 'count' : 'weight';
  const elements = element === undefined ? allElements(port, frame) : [element];
  const masks = elements
    .filter((candidate) => candidate < sizeInPlan(port, frame))
    .map((candidate) =>
      lanes.ne(inputs.read(rowOf(setting.storage, port, candidate, content)), lanes.constant(0)),
    );
  const [first = lanes.truth(false), ...others] = masks;
  return others.reduce((a, b) => lanes.or(a, b), first);
}

function allElements(port: ModelVariable, frame: Frame): readonly number[] {
  return Array.from({ length: sizeInPlan(port, frame) }, (_, element) => element);
}

function emitConditionHandler({ condition, body, span }: SolvedConditionHandler, frame: Frame): void {
  const scope = scopeOf(frame, frame.setting.places.ofSpan(span));
  branchWhere(scope, emitCondition(condition, scope), (inner) => emitHandler(body, inner));
}

/** All convolutions go to the end of the step, then receive its spikes. */
function advanceConvolutions(convolutions: readonly ConvolutionSystem[], scope: Scope): void {
  const after = convolutions.map((convolution) => ({
    convolution,
    values: emitAffineStep(convolution.system, scope),
  }));
  for (const { convolution, values } of after) receive(convolution, values, scope);
}

function receive(convolution: ConvolutionSystem, values: readonly Real[], scope: Scope): void {
  const { frame } = scope;
  const { lanes, setting } = frame;
  const { system, port, element, increments } = convolution;
  const places = setting.storage.increments.get(convolution) ?? [];
  const weight = readVariable(port, element, scope);
  system.states.forEach((state, i) => {
    const [value, place, increment] = [values[i], places[i], increments[i]];
    if (value === undefined || place === undefined || increment === undefined) {
      throw new InternalError(`the convolution with ${convolution.kernel} is incomplete`);
    }
    const isZero = increment.kind === 'constant' && increment.value === 0;
    const received = isZero ? value : lanes.add(value, lanes.mul(weight, readStorage(frame, place)));
    writeVariable(state, 0, received, scope);
  });
}
