import { type Diagnostic, toJsonDiagnostic } from '@nestml/diagnostics';
import type { SimulationResult } from './request.ts';

/**
 * The JSON form of a run, in pieces that are one document when joined: a long run is longer than the longest string. Numbers that
 * JSON cannot write (a trace that ends in NaN) are null.
 */
export function* simulationToJson(
  result: SimulationResult,
  diagnostics: readonly Diagnostic[],
): Generator<string, void> {
  const units = result.traces.flatMap(({ name, unit }) =>
    unit === undefined ? [] : [[name, unit] as const],
  );
  const head = {
    version: 1,
    model: result.model.name,
    step_ms: result.stepMs,
    stop_ms: result.reachedMs,
    seed: result.run.seed,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"times":`;
  yield* numbersToJson(result.times);
  yield `,"units":${JSON.stringify(Object.fromEntries(units))},"record":{`;
  for (const [index, { name, values }] of result.traces.entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(name)}:`;
    yield* numbersToJson(values);
  }
  const tail = {
    spikes: result.spikes,
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
  const header = [
    'time (ms)',
    ...result.traces.map(({ name, unit }) => (unit === undefined ? name : `${name} (${unit})`)),
  ];
  yield `${header.map(quoteField).join(',')}\n`;
  for (let start = 0; start < result.times.length; start += pieceLength) {
    const times = result.times.slice(start, start + pieceLength);
    const lines = times.map((time, index) =>
      [time, ...result.traces.map(({ values }) => values[start + index])].join(','),
    );
    yield `${lines.join('\n')}\n`;
  }
}

/** A field with comma, quote or line break is put in quotes (RFC 4180). */
export function quoteField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
