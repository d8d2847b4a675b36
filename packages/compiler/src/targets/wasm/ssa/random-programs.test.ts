import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantiate } from '../../../../test/wasm-run.ts';
import { createLanes } from './create-lanes.ts';
import { FunctionBuilder } from './function-builder.ts';
import type { Flavour, Lanes, Mask, Real } from './lanes.ts';
import { lowerFunction } from './lower-function.ts';
import type { Label, Value, Variable } from './value.ts';

/** Random programs over variables, memory and named values, run by a small interpreter and as WebAssembly. */
const VARIABLES = 3;
const SLOTS = 3;
const LANE_BYTES = 16;

const BINARY = ['add', 'sub', 'mul', 'div', 'minimum', 'maximum', 'lesser', 'greater'] as const;
const UNARY = ['neg', 'abs', 'sqrt', 'floor', 'ceil', 'trunc', 'nearest'] as const;
const COMPARE = ['eq', 'ne', 'lt', 'gt', 'le', 'ge'] as const;

type Test = { readonly compare: (typeof COMPARE)[number]; readonly a: Expression; readonly b: Expression };
type Expression =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable' | 'slot' | 'named'; readonly index: number }
  | { readonly kind: 'unary'; readonly operation: (typeof UNARY)[number]; readonly a: Expression }
  | {
      readonly kind: 'binary';
      readonly operation: (typeof BINARY)[number];
      readonly a: Expression;
      readonly b: Expression;
    }
  | { readonly kind: 'select'; readonly test: Test; readonly a: Expression; readonly b: Expression };
type Step =
  | { readonly kind: 'assign'; readonly index: number; readonly value: Expression }
  | { readonly kind: 'store'; readonly index: number; readonly value: Expression }
  | { readonly kind: 'name'; readonly value: Expression }
  | { readonly kind: 'if'; readonly test: Test; readonly yes: readonly Step[]; readonly no: readonly Step[] }
  | { readonly kind: 'repeat'; readonly times: number; readonly body: readonly Step[] }
  | {
      readonly kind: 'block';
      readonly test: Test;
      readonly before: readonly Step[];
      readonly after: readonly Step[];
    };

interface Arbitraries {
  readonly expression: Expression;
  readonly test: Test;
  readonly step: Step;
  readonly steps: readonly Step[];
}

const index = fc.nat({ max: 5 });
const { steps } = fc.letrec((tie: fc.LetrecTypedTie<Arbitraries>) => ({
  test: fc.record({ compare: fc.constantFrom(...COMPARE), a: tie('expression'), b: tie('expression') }),
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.record({ kind: fc.constantFrom('variable' as const, 'slot' as const, 'named' as const), index }),
    fc.record({
      kind: fc.constant('constant' as const),
      value: fc.constantFrom(0, -0, 1, -1.5, 2, 0.1, 1e300, 7.5),
    }),
    fc.record({
      kind: fc.constant('unary' as const),
      operation: fc.constantFrom(...UNARY),
      a: tie('expression'),
    }),
    fc.record({
      kind: fc.constant('binary' as const),
      operation: fc.constantFrom(...BINARY),
      a: tie('expression'),
      b: tie('expression'),
    }),
    fc.record({
      kind: fc.constant('select' as const),
      test: tie('test'),
      a: tie('expression'),
      b: tie('expression'),
    }),
  ),
  step: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'step' },
    fc.record({
      kind: fc.constantFrom('assign' as const, 'store' as const),
      index,
      value: tie('expression'),
    }),
    fc.record({ kind: fc.constant('name' as const), value: tie('expression') }),
    fc.record({ kind: fc.constant('if' as const), test: tie('test'), yes: tie('steps'), no: tie('steps') }),
    fc.record({
      kind: fc.constant('repeat' as const),
      times: fc.integer({ min: 1, max: 3 }),
      body: tie('steps'),
    }),
    fc.record({
      kind: fc.constant('block' as const),
      test: tie('test'),
      before: tie('steps'),
      after: tie('steps'),
    }),
  ),
  steps: fc.array(tie('step'), { maxLength: 6 }),
}));

interface State {
  readonly variables: number[];
  readonly slots: number[];
}

const roundToEven = (x: number): number => {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) return x;
  const magnitude = Math.abs(x) + 2 ** 52 - 2 ** 52;
  return Object.is(Math.sign(x), -0) || x < 0 ? -magnitude : magnitude;
};
const UNARY_MEANING: Readonly<Record<(typeof UNARY)[number], (a: number) => number>> = {
  neg: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  nearest: roundToEven,
};
const BINARY_MEANING: Readonly<Record<(typeof BINARY)[number], (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  minimum: Math.min,
  maximum: Math.max,
  lesser: (a, b) => [a, b][Number(b < a)] ?? a,
  greater: (a, b) => [a, b][Number(a < b)] ?? a,
};
const COMPARE_MEANING: Readonly<Record<(typeof COMPARE)[number], (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  ge: (a, b) => a >= b,
};

function interpret(program: readonly Step[], state: State, outer: readonly number[]): void {
  const names = [...outer];
  const at = (values: readonly number[], i: number): number => values[i % values.length] ?? 0;
  const check = ({ compare, a, b }: Test): boolean => COMPARE_MEANING[compare](value(a), value(b));
  const value = (e: Expression): number => {
    switch (e.kind) {
      case 'constant':
        return e.value;
      case 'variable':
        return at(state.variables, e.index);
      case 'slot':
        return at(state.slots, e.index);
      case 'named':
        return at(names, e.index);
      case 'unary':
        return UNARY_MEANING[e.operation](value(e.a));
      case 'binary':
        return BINARY_MEANING[e.operation](value(e.a), value(e.b));
      case 'select':
        return check(e.test) ? value(e.a) : value(e.b);
      default:
        return e satisfies never;
    }
  };
  for (const step of program) {
    if (step.kind === 'assign') state.variables[step.index % VARIABLES] = value(step.value);
    else if (step.kind === 'store') state.slots[step.index % SLOTS] = value(step.value);
    else if (step.kind === 'name') names.push(value(step.value));
    else if (step.kind === 'if') interpret(check(step.test) ? step.yes : step.no, state, names);
    else if (step.kind === 'repeat')
      for (let i = 0; i < step.times; i += 1) interpret(step.body, state, names);
    else {
      interpret(step.before, state, names);
      if (!check(step.test)) interpret(step.after, state, names);
    }
  }
}

interface Emission {
  readonly lanes: Lanes;
  readonly variables: readonly Variable[];
}

function emitProgram({ lanes, variables }: Emission, program: readonly Step[], outer: readonly Real[]): void {
  const { builder } = lanes;
  const names = [...outer];
  const slot = (i: number): readonly [Value, number] => [builder.i32(0), LANE_BYTES * (i % SLOTS)];
  const variable = (i: number): Variable => variables[i % VARIABLES] ?? { variable: 0, type: 'f64' };
  const test = ({ compare, a, b }: Test): Mask => lanes[compare](value(a), value(b));
  const value = (e: Expression): Real => {
    switch (e.kind) {
      case 'constant':
        return lanes.constant(e.value);
      case 'variable':
        return lanes.asReal(builder.read(variable(e.index)));
      case 'slot':
        return lanes.load(...slot(e.index));
      case 'named':
        return names[e.index % names.length] ?? lanes.constant(0);
      case 'unary':
        return lanes[e.operation](value(e.a));
      case 'binary':
        return lanes[e.operation](value(e.a), value(e.b));
      case 'select':
        return lanes.select(test(e.test), value(e.a), value(e.b));
      default:
        return e satisfies never;
    }
  };
  const inner = (body: readonly Step[]): void => emitProgram({ lanes, variables }, body, names);
  for (const step of program) {
    if (step.kind === 'assign') builder.write(variable(step.index), value(step.value).value);
    else if (step.kind === 'store') lanes.store(...slot(step.index), value(step.value));
    else if (step.kind === 'name') names.push(value(step.value));
    else if (step.kind === 'if') {
      builder.branch(
        lanes.any(test(step.test)),
        () => inner(step.yes),
        () => inner(step.no),
      );
    } else if (step.kind === 'repeat') {
      const count = builder.variable(builder.i32(step.times));
      builder.loop(() => {
        inner(step.body);
        builder.write(count, builder.operation('i32', 'i32.sub', [builder.read(count), builder.i32(1)]));
        return builder.read(count);
      });
    } else {
      builder.block((end: Label) => {
        inner(step.before);
        builder.leave(end, lanes.any(test(step.test)));
        inner(step.after);
      });
    }
  }
}

function runProgram(flavour: Flavour, program: readonly Step[], initial: State): readonly number[] {
  const builder = new FunctionBuilder('f', { parameters: [], results: [] });
  const lanes = createLanes(builder, flavour);
  const variables = initial.variables.map((value) => builder.variable(lanes.constant(value).value));
  emitProgram({ lanes, variables }, program, [lanes.constant(3)]);
  variables.forEach((variable, i) => {
    lanes.store(builder.i32(0), LANE_BYTES * (SLOTS + i), lanes.asReal(builder.read(variable)));
  });
  const { memory, call } = instantiate([lowerFunction(builder.finish())], 1);
  const view = new Float64Array(memory.buffer);
  initial.slots.forEach((value, i) => {
    view.fill(value, 2 * i, 2 * i + 2);
  });
  call('f');
  return Array.from({ length: SLOTS + VARIABLES }, (_, i) => view[2 * i + (flavour === 'pair' ? 1 : 0)] ?? 0);
}

describe('random programs', () => {
  it.each(['scalar', 'pair'] as const)('give the results of a direct interpreter, %s', (flavour) => {
    fc.assert(
      fc.property(steps, (program) => {
        const initial = { variables: [1.25, -3, 0], slots: [0.5, 2, -7.75] };
        const state = { variables: [...initial.variables], slots: [...initial.slots] };
        interpret(program, state, [3]);
        expect(runProgram(flavour, program, initial)).toEqual([...state.slots, ...state.variables]);
      }),
      { seed: 20_262, numRuns: 400 },
    );
  });
});
