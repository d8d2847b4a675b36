import { EngineError } from '../errors.ts';
import { type FailurePlace, failureKind } from '../interface/index.ts';
import { allInstances, type Block, NS_PER_MS } from './block.ts';
import { cellsOf } from './cells.ts';
import type { DescriptorFields } from './descriptor-fields.ts';
import { decode } from './encoding.ts';

/** Why a block cannot go on, or why values were not taken. */
export type FailureName =
  /** A state became NaN or infinite, or a recorded value NaN. */
  | 'not-finite'
  /** No sub-step of the solver meets the tolerance. */
  | 'step-too-small'
  /** An affine system that drives other equations is too fast for the step; the value is a rate in 1/ms. */
  | 'too-fast'
  /** A delay is shorter than a step, longer than what is remembered, or not finite; the value is in ms. */
  | 'delay'
  /** An index outside its vector. */
  | 'index'
  /** More than 10,000,000 iterations of a loop. */
  | 'loop'
  /** More than 250 calls inside each other. */
  | 'recursion'
  | 'integer-division'
  /** A rate or width of a random number that is not possible. */
  | 'random'
  /** A guard does not hold for the values that were set. */
  | 'guard'
  /** The propagator of affine equations is not finite. */
  | 'propagator';

/** A failure as plain data. */
export interface BlockFailure {
  readonly kind: FailureName;
  /** What it is about, by written name: a variable, a port; undefined if the module does not say. */
  readonly variable: string | undefined;
  /** Where in the source it happened, if the module knows. */
  readonly place: FailurePlace | undefined;
  readonly instance: number;
  /** The offending value, canonical; of `step-too-small` the time after the begin of the step that the solution reached, ms. */
  readonly value: number;
  /** Number n of the step (t_n, t_{n+1}] that could not be completed; −1 for initial values. */
  readonly step: number;
  /** In ms: t_{n+1}, of `step-too-small` the time that the solution reached. */
  readonly time: number;
  /** The states of the instance at the end of the step before, by written name, canonical; empty if there was none. */
  readonly lastGood: ReadonlyMap<string, number>;
}

/** What a module says about a failure, with the instance as the block counts. */
export type ReportedFailure = Pick<BlockFailure, 'kind' | 'variable' | 'place' | 'instance' | 'value'>;

/** Reads the failure in a descriptor whose instances are these of the block; undefined if there is none. */
export function reportedFailure(
  block: Block,
  fields: DescriptorFields,
  instances = allInstances(block),
): ReportedFailure | undefined {
  const code = fields.integer('failureKind');
  if (code === failureKind.none) return undefined;
  const place = block.module.layout.places[fields.integer('failurePlace')];
  return {
    kind: nameOf(code),
    variable: place?.name === '' ? undefined : place?.name,
    place,
    instance: instances[fields.integer('failureInstance')] ?? 0,
    value: fields.double('failureValue'),
  };
}

/** Completes a failure in a step by the states that the instance has now. */
export function failureAt(block: Block, step: number, reported: ReportedFailure): BlockFailure {
  const lastGood = statesOf(block, reported.instance);
  const { kind, value } = reported;
  const timeOf = (steps: number): number => (steps * block.stepNs) / NS_PER_MS;
  const time = kind === 'step-too-small' ? timeOf(step) + value : timeOf(step + 1);
  return { ...reported, step, time, lastGood };
}

/** A failure before there was a state. */
export function initialFailure(reported: ReportedFailure): BlockFailure {
  return { ...reported, step: -1, time: 0, lastGood: new Map() };
}

/**
 * A block that failed stands still: its instances may be at the ends of different steps.
 * @throws EngineError if it did.
 */
export function checkRuns({ fields, module }: Block): void {
  if (fields.integer('failureKind') === failureKind.none) return;
  throw new EngineError(
    `a block of ${module.key} failed in step ${fields.double('step')}; restore it from a snapshot`,
  );
}

/** Forgets the failure in a descriptor. */
export function clearFailure(fields: DescriptorFields): void {
  fields.setInteger('failureKind', failureKind.none);
  fields.setInteger('failureInstance', 0);
  fields.setInteger('failurePlace', 0);
  fields.setDouble('failureValue', 0);
}

function statesOf(block: Block, instance: number): ReadonlyMap<string, number> {
  const cells = cellsOf(block);
  const states = block.module.layout.variables.filter(({ role }) => role === 'state');
  return new Map(states.map((variable) => [variable.name, decode(block, cells, variable, instance)]));
}

function nameOf(code: number): FailureName {
  switch (code) {
    case failureKind.notFinite:
      return 'not-finite';
    case failureKind.stepTooSmall:
      return 'step-too-small';
    case failureKind.tooFast:
      return 'too-fast';
    case failureKind.delay:
      return 'delay';
    case failureKind.index:
      return 'index';
    case failureKind.loop:
      return 'loop';
    case failureKind.recursion:
      return 'recursion';
    case failureKind.integerDivision:
      return 'integer-division';
    case failureKind.random:
      return 'random';
    case failureKind.guard:
      return 'guard';
    default:
      throw new EngineError(`a module reports the failure ${code}, which the binary interface does not know`);
  }
}
