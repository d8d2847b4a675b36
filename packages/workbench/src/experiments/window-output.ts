import type { Diagnostic } from '@nestml/diagnostics';
import { csvHeader, diagnosticsToJson } from '../simulation/output.ts';
import type { PlasticityWindow } from './window.ts';

/** The JSON form of a window. `diagnostics` are all findings that belong to it. */
export function windowToJson(window: PlasticityWindow, diagnostics: readonly Diagnostic[]): string {
  const { models, weight, unit, stepMs, delayMs, leadMs, points, backend } = window;
  return JSON.stringify({
    version: 1,
    model: models.synapse.name,
    neuron: models.neuron.name,
    weight,
    unit: unit ?? null,
    step_ms: stepMs,
    delay_ms: delayMs,
    settled_ms: leadMs,
    points: points.map(({ dtMs, dtAtSynapseMs, dw }) => ({
      dt_ms: dtMs,
      dt_at_synapse_ms: dtAtSynapseMs,
      dw,
    })),
    backend,
    diagnostics: diagnosticsToJson(diagnostics),
  });
}

/** Comma-separated values: the time difference as emitted and at the synapse, and the change of the weight. */
export function windowToCsv({ weight, unit, points }: PlasticityWindow): string {
  const head = csvHeader([
    'dt (ms)',
    'dt at synapse (ms)',
    `change of ${weight}${unit === undefined ? '' : ` (${unit})`}`,
  ]);
  const lines = points.map(({ dtMs, dtAtSynapseMs, dw }) => `${dtMs},${dtAtSynapseMs},${dw}\n`);
  return [head, ...lines].join('');
}
