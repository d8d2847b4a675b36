import { type Diagnostic, toJsonDiagnostic } from '@nestml/diagnostics';
import type { SimulationResult } from './request.ts';

/** The JSON form of a run. Numbers that JSON cannot write (a trace that ends in NaN) are null. */
export function simulationToJson(result: SimulationResult, diagnostics: readonly Diagnostic[]): object {
  const units = result.traces.flatMap(({ name, unit }) =>
    unit === undefined ? [] : [[name, unit] as const],
  );
  return {
    version: 1,
    model: result.model.name,
    step_ms: result.stepMs,
    stop_ms: result.stopMs,
    times: result.times,
    units: Object.fromEntries(units),
    record: Object.fromEntries(result.traces.map(({ name, values }) => [name, Array.from(values)])),
    spikes: result.spikes,
    solvers: result.solvers,
    backend: result.backend,
    diagnostics: diagnosticsToJson(diagnostics),
  };
}

/** Findings of several files as JSON: each says which file it is in. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): readonly object[] {
  return diagnostics.map((diagnostic) => ({
    ...(diagnostic.source === undefined ? {} : { file: diagnostic.source.name }),
    ...toJsonDiagnostic(diagnostic),
  }));
}

/** Comma-separated values: a header with units, then one line per recorded time. */
export function simulationToCsv(result: SimulationResult): string {
  const header = [
    'time (ms)',
    ...result.traces.map(({ name, unit }) => (unit === undefined ? name : `${name} (${unit})`)),
  ];
  const lines = result.times.map((time, index) =>
    [time, ...result.traces.map(({ values }) => values[index])].join(','),
  );
  return `${[header.map(quoteField).join(','), ...lines].join('\n')}\n`;
}

/** A field with comma, quote or line break is put in quotes (RFC 4180). */
function quoteField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
