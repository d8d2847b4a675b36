import { type Diagnostic, toJsonDiagnostic } from '@nestml/diagnostics';
import type { SimulationResult } from './request.ts';

/** Members of a document beside those of a run; `head` replaces those of the same name at its begin. */
export interface JsonAdditions {
  readonly head: object;
  readonly tail: object;
}

/**
 * The JSON form of a run, in pieces that are one document when joined: a long run is longer than the longest string. Numbers that
 * JSON cannot write (a trace that ends in NaN) are null.
 */
export function* simulationToJson(
  result: SimulationResult,
  diagnostics: readonly Diagnostic[],
  additions: JsonAdditions = { head: {}, tail: {} },
): Generator<string, void> {
  const head = {
    version: 1,
    model: result.model.name,
    step_ms: result.stepMs,
    stop_ms: result.reachedMs,
    seed: result.run.seed,
    ...additions.head,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"times":`;
  yield* numbersToJson(result.times);
  yield `,"units":${JSON.stringify(unitsOf(result))},"record":{`;
  for (const [index, { name, values }] of result.traces.entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(name)}:`;
    yield* numbersToJson(values);
  }
  const tail = {
    spikes: result.spikes,
    ...additions.tail,
    solvers: result.solvers.map(({ states, solver, method, reason, integratedBy }) => ({
      states,
      solver,
      ...(method === undefined ? {} : { method }),
      reason,
      ...(integratedBy === undefined ? {} : { integrated_by: integratedBy }),
    })),
    backend: result.backend,
    printed: result.printed.map(({ channel, text, time }) => ({ channel, text, time_ms: time })),
    diagnostics: diagnosticsToJson(diagnostics),
  };
  yield `},${JSON.stringify(tail).slice(1)}`;
}

/** Units of the traces by name; plain numbers have none. */
export function unitsOf({ traces }: SimulationResult): Readonly<Record<string, string>> {
  return Object.fromEntries(
    traces.flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit] as const])),
  );
}

const pieceLength = 10_000;

function* numbersToJson(values: readonly number[] | Float64Array): Generator<string, void> {
  yield '[';
  for (let start = 0; start < values.length; start += pieceLength) {
    const piece = JSON.stringify(Array.from(values.slice(start, start + pieceLength))).slice(1, -1);
    yield start === 0 ? piece : `,${piece}`;
  }
  yield ']';
}

/** Findings of several files as JSON: each says which file it is in. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): readonly object[] {
  return diagnostics.map((diagnostic) => ({
    ...(diagnostic.source === undefined ? {} : { file: diagnostic.source.name }),
    ...toJsonDiagnostic(diagnostic),
  }));
}

/** Comma-separated values, in pieces: a header with units, then one line per recorded time. */
export function* simulationToCsv(result: SimulationResult): Generator<string, void> {
  yield csvHeader(['time (ms)', ...result.traces.map(columnTitle)]);
  for (let start = 0; start < result.times.length; start += pieceLength) {
    const times = result.times.slice(start, start + pieceLength);
    const lines = times.map((time, index) =>
      [time, ...result.traces.map(({ values }) => values[start + index])].join(','),
    );
    yield `${lines.join('\n')}\n`;
  }
}

/** The title of the column of a trace. */
export function columnTitle({ name, unit }: SimulationResult['traces'][number]): string {
  return unit === undefined ? name : `${name} (${unit})`;
}

/** The first line of comma-separated values. */
export function csvHeader(titles: readonly string[]): string {
  return `${titles.map(quoteField).join(',')}\n`;
}

/** A field with comma, quote or line break is put in quotes (RFC 4180). */
export function quoteField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
