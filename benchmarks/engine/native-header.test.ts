import { DORMAND_PRINCE, STEP_SIZE_CONTROL } from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import { nativeHeader } from './native-header.ts';
import { inputsOf } from './run-engine.ts';
import { currentOf, STEPS, WORKLOADS } from './workloads.ts';

const header = nativeHeader(WORKLOADS);

/** Numbers in the braces, or the number, behind `name` in a namespace of the header. */
function numbersOf(namespace: string, name: string): readonly number[] {
  const inside = header.split(`namespace ${namespace} {`)[1]?.split('}  // namespace')[0] ?? '';
  const line = inside.split('\n').find((candidate) => new RegExp(` ${name}[ [].*=`).test(candidate)) ?? '';
  return (line.split('= ')[1] ?? '').match(/-?\d[\d.]*(e[-+]?\d+)?/g)?.map(Number) ?? [];
}

describe('the header of the C++ peers', () => {
  it('has the numbers of the method of the engine, to the last bit', () => {
    const { nodes, stages, weights, errorWeights } = DORMAND_PRINCE;
    expect(numbersOf('method', 'nodes')).toEqual(nodes);
    expect(numbersOf('method', 'weights')).toEqual(weights);
    expect(numbersOf('method', 'errorWeights')).toEqual(errorWeights);
    const padded = stages.flatMap((row) => nodes.map((_, i) => row[i] ?? 0));
    expect(numbersOf('method', 'stages')).toEqual(padded);
  });

  it.each(['share', 'safety', 'smallestFactor', 'largestFactor', 'mostAttempts'] as const)(
    'has the %s of the step-size control',
    (name) => {
      expect(numbersOf('method', name)).toEqual([STEP_SIZE_CONTROL[name]]);
    },
  );

  it('has parameters, initial values and tolerances of the models', () => {
    expect(numbersOf('hh_psc_alpha', 'g_Na')).toEqual([12_000]);
    expect(numbersOf('hh_psc_alpha', 'tolerance')).toEqual([1e-6]);
    expect(numbersOf('aeif_cond_exp', 'initial_V_m')).toEqual([-70.6]);
  });

  it('has the propagators of the leaky integrate-and-fire neuron', () => {
    const [decay = Number.NaN] = numbersOf('iaf_psc_exp', 'decayExc');
    const [leak = Number.NaN] = numbersOf('iaf_psc_exp', 'membraneIncrement');
    expect(Math.abs(decay - Math.exp(-0.1 / 2))).toBeLessThan(1e-15);
    expect(Math.abs(leak - Math.expm1(-0.1 / 10))).toBeLessThan(1e-15);
  });
});

describe('a workload', () => {
  it.each(WORKLOADS)(
    '$neuron has currents within its limits, which no two of the first thousand share',
    (workload) => {
      const { low, span } = workload.current;
      const currents = Array.from({ length: 1000 }, (_, i) => currentOf(workload, i));
      expect(Math.min(...currents)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...currents)).toBeLessThan(low + span);
      expect(new Set(currents).size).toBe(1000);
    },
  );

  it.each(WORKLOADS)('$neuron receives spikes in the steps that have its phase', (workload) => {
    const { excitatory, inhibitory } = workload;
    const { spikes } = inputsOf(workload);
    for (const { port, period, phase } of [excitatory, inhibitory]) {
      const expected = Array.from({ length: STEPS }, (_, step) => step).filter(
        (step) => step % period === phase,
      );
      expect(spikes.filter((spike) => spike.port === port).map(({ step }) => step)).toEqual(expected);
    }
  });
});
