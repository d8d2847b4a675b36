import type { Diagnostic } from '@nestml/diagnostics';
import { diagnosticsToJson, quoteField } from '../simulation/output.ts';
import type { Curve } from './curve.ts';
import type { Response } from './response.ts';

/** The JSON form of a curve. `diagnostics` are all findings that belong to it. */
export function curveToJson(curve: Curve, diagnostics: readonly Diagnostic[]): string {
  return JSON.stringify({
    version: 1,
    model: curve.model.name,
    port: curve.port,
    input: curve.kind,
    unit: curve.unit ?? null,
    ...(curve.weight === undefined ? {} : { weight: curve.weight }),
    step_ms: curve.stepMs,
    counted_ms: curve.countedMs,
    discarded_ms: curve.leadMs,
    points: curve.points.map(({ input, rateHz }) => ({ input, rate_hz: rateHz })),
    backend: curve.backend,
    diagnostics: diagnosticsToJson(diagnostics),
  });
}

/** The JSON form of a response. `diagnostics` are all findings that belong to it. */
export function responseToJson(response: Response, diagnostics: readonly Diagnostic[]): string {
  const { peak } = response;
  return JSON.stringify({
    version: 1,
    model: response.model.name,
    port: response.port,
    weight: response.weight,
    record: response.record,
    unit: response.unit ?? null,
    step_ms: response.stepMs,
    settled_ms: response.leadMs,
    points: response.times.map((t_ms, index) => ({ t_ms, value: response.values[index] })),
    peak: { t_ms: peak.timeMs, value: peak.value },
    backend: response.backend,
    diagnostics: diagnosticsToJson(diagnostics),
  });
}

function columns(names: readonly (readonly [name: string, unit: string | undefined])[]): string {
  return names.map(([name, unit]) => quoteField(unit === undefined ? name : `${name} (${unit})`)).join(',');
}

/** Comma-separated values: the input and the rate. */
export function curveToCsv({ port, kind, unit, points }: Curve): string {
  const head = columns([
    [kind === 'rate' ? `rate at ${port}` : port, unit],
    ['rate', 'Hz'],
  ]);
  return [head, ...points.map(({ input, rateHz }) => `${input},${rateHz}`), ''].join('\n');
}

/** Comma-separated values: the time since the arrival and the change. */
export function responseToCsv({ record, unit, times, values }: Response): string {
  const head = columns([
    ['time since arrival', 'ms'],
    [`change of ${record}`, unit],
  ]);
  return [head, ...times.map((time, index) => `${time},${values[index]}`), ''].join('\n');
}
