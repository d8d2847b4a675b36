import type { FunctionDefinition, ModelFunction } from '../../../ir/functions.ts';
import { recursiveFunctions } from '../../../ir/recursion.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import type { ValueType } from '../encoder/value-type.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { FunctionReference, SsaFunction } from '../ssa/ssa-function.ts';
import { scratchCells } from './cells.ts';
import { inputsAt, openFunction, readF64, resolutionOf, timeOf } from './create-frame.ts';
import { expandFunction, roleOf } from './emit-call.ts';
import { readFailure } from './emit-failure.ts';
import { type Frame, maskOf, type NeuronSetting, NOTHING_UNIFORM, realOf, scopeOf } from './frame.ts';

/** Block, lane, instance, inputs, step of the call, step number, depth; then the arguments as doubles. */
const FRAME_TYPES = Object.freeze(['i32', 'i32', 'i32', 'i32', 'i32', 'f64', 'i32'] as const);

/** How a function of the model that calls itself is called. */
export function recursiveReference(callee: ModelFunction): FunctionReference {
  return {
    name: `function.${callee.name}`,
    parameters: [...FRAME_TYPES, ...callee.parameters.map((): ValueType => 'f64')],
    results: ['f64'],
  };
}

/** Functions that call themselves, directly or through others, and how they are called. */
export function findRecursive({ functions }: SolvedModel): ReadonlyMap<ModelFunction, FunctionReference> {
  return new Map([...recursiveFunctions(functions)].map((callee) => [callee, recursiveReference(callee)]));
}

/** A function of the model as one of the module; after a failure it returns at once. */
export function defineFunction(definition: FunctionDefinition, setting: NeuronSetting): SsaFunction {
  const { function: callee } = definition;
  const reference = recursiveReference(callee);
  const builder = new FunctionBuilder(reference.name, reference);
  const lanes = createLanes(builder, 'scalar');
  const block = builder.parameter(0, 'i32');
  const open = openFunction(setting, lanes, block, true);
  const tile = builder.parameter(1, 'i32');
  const step = builder.parameter(5, 'f64');
  const next = builder.operation('f64', 'f64.add', [step, builder.f64(1)]);
  const frame: Frame = {
    ...open,
    tile,
    instance: builder.parameter(2, 'i32'),
    valid: undefined,
    cells: scratchCells(lanes, tile, open.scratch, setting.storage),
    inputs: inputsAt(open, builder.parameter(3, 'i32'), true),
    callStep: builder.parameter(4, 'i32'),
    step,
    time: lanes.splat(timeOf(open, next, readF64(builder, block, 'stepNs'))),
    resolution: resolutionOf(open),
    depth: builder.parameter(6, 'i32'),
    locals: new Map(),
    uniform: NOTHING_UNIFORM,
  };
  const result = builder.variable(builder.f64(0));
  const hasFailed = readFailure(builder, block);
  builder.branch(
    hasFailed,
    () => undefined,
    () => {
      const values = callee.parameters.map((parameter, i) => {
        const value = lanes.asReal(builder.parameter(FRAME_TYPES.length + i, 'f64'));
        return roleOf(parameter) === 'mask' ? maskOf(frame, value) : value;
      });
      const returned = expandFunction(definition, values, scopeOf(frame));
      if (returned !== undefined) {
        const { id } = realOf(frame, returned).value;
        builder.write(result, { id, type: 'f64' });
      }
    },
  );
  return builder.finish(builder.read(result));
}
