// Compiled neurons against C++ programs that compute the same, repeat by repeat in turns.
import { formatNumber, interleave, judge, median, medianRatio, minimum, type Report } from '../measure.ts';
import { buildNative, LOOPS, type NativeBuild } from './build-native.ts';
import { compileNeuron, type Repeat, runWorkload, solvedNeuron } from './run-engine.ts';
import { STEPS, WORKLOADS, type Workload } from './workloads.ts';

const HEAD = [
  'neuron',
  'program',
  'update, best',
  'whole, best',
  'whole, median',
  'spikes',
  'attempts/step',
  'ratio',
  'of best',
];

/** Repeats of the engine and of each loop of the peer. */
interface Measured {
  readonly workload: Workload;
  readonly repeats: Readonly<Record<string, readonly (Repeat & { readonly attempts?: number })[]>>;
}

/** Times in ns per neuron and step: `update` in the neurons alone, `whole` with inputs and collection of spikes. */
export function measureAgainstNative(repeats: number): Report {
  const native = buildNative(WORKLOADS);
  const all = WORKLOADS.map((workload) => measureWorkload(workload, native, repeats));
  return {
    title: 'Compiled neurons against C++, ns per neuron and step of 0.1 ms',
    head: HEAD,
    rows: all.flatMap(rowsOf),
    notes: native.ok
      ? [
          'ratio: engine / C++ whole, median of the ratios of repeats made in turn; of best: ratio of the shortest times.',
          ...all.map(verdictOf),
          `C++: ${native.compiler}`,
        ]
      : [`No comparison: ${native.reason}`],
    figures: Object.assign({}, ...all.map(figuresOf)),
    problems: all.flatMap(differences),
  };
}

function measureWorkload(workload: Workload, native: NativeBuild, repeats: number): Measured {
  const { neuron } = workload;
  const compiled = compileNeuron(solvedNeuron(neuron), ['I_e']);
  const candidates: Record<string, () => Repeat> = { engine: () => runWorkload(compiled, workload) };
  const loops = Object.entries(LOOPS).flatMap(([name, own]): readonly string[] =>
    name === neuron ? own : [],
  );
  if (native.ok) for (const loop of loops) candidates[`C++ ${loop}`] = () => native.run(neuron, loop);
  process.stderr.write(`${neuron} … `);
  const measured = { workload, repeats: interleave(candidates, repeats) };
  process.stderr.write('done\n');
  return measured;
}

function wholeTimes({ workload, repeats }: Measured, program: string): readonly number[] {
  return (repeats[program] ?? []).map(({ total }) => perStep(workload, total));
}

function perStep({ instances }: Workload, seconds: number): number {
  return (seconds * 1e9) / (instances * STEPS);
}

function rowsOf(measured: Measured): readonly (readonly string[])[] {
  const { workload, repeats } = measured;
  const engine = wholeTimes(measured, 'engine');
  return Object.entries(repeats).map(([program, all]) => {
    const whole = wholeTimes(measured, program);
    const [first] = all;
    const attempts = (first?.attempts ?? 0) / (workload.instances * STEPS);
    return [
      program === 'engine' ? workload.neuron : '',
      program,
      formatNumber(minimum(all.map(({ update }) => perStep(workload, update)))),
      formatNumber(minimum(whole)),
      formatNumber(median(whole)),
      String(first?.spikes),
      attempts > 0 ? formatNumber(attempts) : '',
      ...(program === 'engine' ? [] : [medianRatio(engine, whole), minimum(engine) / minimum(whole)]).map(
        formatNumber,
      ),
    ];
  });
}

/** The C++ loop with the shortest median. */
function bestLoop(measured: Measured): string | undefined {
  const loops = Object.keys(measured.repeats).filter((program) => program !== 'engine');
  const medianOf = (program: string) => median(wholeTimes(measured, program));
  return loops.toSorted((a, b) => medianOf(a) - medianOf(b))[0];
}

function ratioOf(measured: Measured): number {
  const loop = bestLoop(measured);
  if (loop === undefined) return Number.NaN;
  return medianRatio(wholeTimes(measured, 'engine'), wholeTimes(measured, loop));
}

function verdictOf(measured: Measured): string {
  const { neuron, target } = measured.workload;
  const ratio = ratioOf(measured);
  return `${neuron}: engine / ${bestLoop(measured)} = ${formatNumber(ratio)}, target ${target}: ${judge(ratio, target)}`;
}

function figuresOf(measured: Measured): Record<string, number> {
  const { workload, repeats } = measured;
  const figures: Record<string, number> = {};
  for (const [program, all] of Object.entries(repeats)) {
    const name = `${workload.neuron}.${program.replace('C++ ', 'native.')}`;
    figures[`${name}.update.ns`] = minimum(all.map(({ update }) => perStep(workload, update)));
    figures[`${name}.whole.ns`] = median(wholeTimes(measured, program));
  }
  if (bestLoop(measured) !== undefined) figures[`${workload.neuron}.ratio`] = ratioOf(measured);
  return figures;
}

/** Programs whose number of spikes differs from the engine's by more than the margin, or that failed. */
function differences({ workload: { neuron, margin }, repeats }: Measured): readonly string[] {
  const expected = repeats['engine']?.[0]?.spikes ?? 0;
  return Object.entries(repeats).flatMap(([program, all]) =>
    all
      .filter(({ spikes, attempts = 0 }) => Math.abs(spikes - expected) > margin * expected || attempts < 0)
      .map(({ spikes }) => `${neuron}: ${program} made ${spikes} spikes, the engine ${expected}`),
  );
}
