import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where expected values come from: a folder of `recorded/`. */
export type ExpectedSource = 'exact' | 'nest';

/** Kinds of backends that tolerances are given for; `none`: kept, not compared. */
export type SolverKind = 'propagator' | 'accurate' | 'default' | 'any' | 'none';

/** How far a backend may be off; see README.md. */
export interface Tolerance {
  readonly source: ExpectedSource;
  readonly solver: SolverKind;
  /** Largest |value − expected| per recorded variable, in its declared unit. */
  readonly absolute: Readonly<Record<string, number>>;
  readonly spike_shift_steps?: number;
  readonly reason: string;
}

/** One case: a stimulus of a model, and what is observed. */
export interface ConformanceCase {
  readonly name: string;
  readonly why: string;
  readonly steps_ms: readonly number[];
  readonly stop_ms: number;
  readonly set?: Readonly<Record<string, string>>;
  readonly currents?: readonly {
    readonly port: string;
    readonly value: string;
    readonly from_ms: number;
    readonly to_ms: number;
  }[];
  readonly spikes?: readonly {
    readonly port: string;
    readonly times_ms: readonly number[];
    readonly weights: readonly number[];
  }[];
  readonly record: readonly string[];
  readonly expected: readonly ExpectedSource[];
}

/** The cases of one model. */
export interface CaseFile {
  readonly model: string;
  readonly tolerances: readonly Tolerance[];
  readonly cases: readonly ConformanceCase[];
}

/** Spikes and values of a run, or those expected of it. */
export interface Course {
  readonly spikes_ms: readonly number[];
  readonly record: Readonly<
    Record<string, { readonly every_ms: number; readonly values: readonly number[] }>
  >;
}

const folder = import.meta.dirname;

/** All files of cases, by name of the model. */
export function loadCaseFiles(): readonly CaseFile[] {
  return readdirSync(join(folder, 'cases'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, 'cases', file), 'utf8')) as CaseFile);
}

/** The expected course of a case at one step size. */
export function loadExpected(source: ExpectedSource, model: string, name: string, stepMs: number): Course {
  const path = join(folder, 'recorded', source, `${model}.${name}.${stepMs}ms.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Course;
}
