// One neuron for 1 s of biological time, each repeat in a new process: with code that V8 improves while it runs, as users have it, and
// with optimised code from the first call on.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { formatNumber, interleave, judge, median, type Report } from '../measure.ts';
import type { NeuronTimes } from './one-neuron-process.ts';

const PROCESS = fileURLToPath(new URL('one-neuron-process.ts', import.meta.url));
/** Longest time aimed at for a run, ms. */
const TARGETS = Object.freeze({ iaf_psc_exp: 5, hh_psc_alpha: 60 });
const TIERS = Object.freeze({ default: [], '--no-liftoff': ['--no-liftoff'] });
const HEAD = [
  'neuron',
  'node',
  'simulate',
  'again',
  'compile',
  'run',
  'recording',
  'target',
  'simulate',
  'run',
];

/** Times in ms: through the workbench, and on the engine directly. */
export function measureOneNeuron(repeats: number): Report {
  const candidates: Record<string, () => NeuronTimes> = {};
  for (const neuron of Object.keys(TARGETS)) {
    for (const [tier, flags] of Object.entries(TIERS))
      candidates[`${neuron} ${tier}`] = () => measure(neuron, flags);
  }
  const all = interleave(candidates, repeats);
  const figures: Record<string, number> = {};
  const rows = Object.entries(all).map(([name, times]) => {
    const [neuron = '', tier = ''] = name.split(' ');
    const of = (key: keyof NeuronTimes) => median(times.map((one) => one[key]));
    const target = Object.entries(TARGETS).find(([own]) => own === neuron)?.[1] ?? Number.NaN;
    figures[`${neuron}.${tier}.simulate.ms`] = of('simulate');
    figures[`${neuron}.${tier}.run.ms`] = of('run');
    const cells = [of('simulate'), of('again'), of('compile'), of('run'), of('recording')].map(formatNumber);
    const verdicts = [judge(of('simulate'), target), judge(of('run'), target)];
    return [neuron, tier, ...cells, String(target), ...verdicts];
  });
  return {
    title: 'One neuron for 1 s at 0.1 ms in a new process, median, ms',
    head: HEAD,
    rows,
    notes: [
      'simulate: the first run through the workbench, with compilation and recording of every step; again: the fifth.',
      'compile, run: plan, module and block on the engine directly, and the steps alone, nothing recorded; recording: with every step recorded.',
      'V8 compiles a function when it is first called, so that run has the compilation of the step in it.',
    ],
    figures,
    problems: [],
  };
}

function measure(neuron: string, flags: readonly string[]): NeuronTimes {
  const child = spawnSync(process.execPath, [...flags, PROCESS, neuron], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}
