// From the text of a model to the first step of one instance, stage by stage, in one process that has compiled other models before.
import { createPlan, generateNeuron, type SolvedModel, solveModel, wasmTarget } from '@nestml/compiler';
import { createSourceFile } from '@nestml/diagnostics';
import { createBlock, loadNeuron, type NeuronArtefact, runBlock } from '@nestml/engine';
import { type CheckedModel, check, parse } from '@nestml/language';
import { findLibraryFile, listLibrary } from '@nestml/workbench';
import { emptyEngine } from '../engine/run-engine.ts';
import { formatNumber, interleave, judge, median, minimum, type Report } from '../measure.ts';

const TARGET_MS = 20;
/** Rounds over all models before the first that counts. */
const WARM_UP = 2;

/** Time of each stage, ms. */
interface Stages {
  readonly check: number;
  readonly solve: number;
  readonly generate: number;
  readonly start: number;
  readonly total: number;
}

/** Times per neuron of the library that can be compiled. */
export function measureCompilation(repeats: number): Report {
  const compileAll = compileAllOf(namesThatCompile());
  for (let round = 0; round < WARM_UP; round += 1) for (const compile of Object.values(compileAll)) compile();
  const measured = interleave(compileAll, repeats);
  const rows = Object.entries(measured).map(([name, all]) => {
    const stage = (key: keyof Stages) => all.map((stages) => stages[key]);
    const medians = (['check', 'solve', 'generate', 'start', 'total'] as const).map((key) =>
      median(stage(key)),
    );
    const total = median(stage('total'));
    return [
      name,
      ...medians.map(formatNumber),
      formatNumber(minimum(stage('total'))),
      judge(total, TARGET_MS),
    ];
  });
  return {
    title: 'From text to running WebAssembly, ms',
    head: ['model', 'check', 'solve', 'generate', 'start', 'total', 'best', `≤ ${TARGET_MS}`],
    rows,
    notes: [
      'check: parse and check; generate: plan and module; start: compilation, block of one instance, first step.',
    ],
    figures: Object.fromEntries(
      Object.entries(measured).map(([name, all]) => [
        `${name}.total.ms`,
        median(all.map(({ total }) => total)),
      ]),
    ),
    problems: [],
  };
}

function compileAllOf(names: readonly string[]): Readonly<Record<string, () => Stages>> {
  let serial = 0;
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        serial += 1;
        return compileOnce(name, serial);
      },
    ]),
  );
}

function textOf(name: string): string {
  const file = findLibraryFile(name);
  if (file === undefined) throw new Error(`no model ${name}`);
  return file.text;
}

function checkedModel(name: string): CheckedModel {
  const [model] = check(parse(createSourceFile(`${name}.nestml`, textOf(name)))).models;
  if (model === undefined) throw new Error(`${name} defines no model`);
  return model;
}

function namesThatCompile(): readonly string[] {
  const names = listLibrary().map(({ name }) => name);
  return names.filter((name) => {
    const model = checkedModel(name);
    if (model.kind !== 'neuron') return false;
    const solved = solveModel(model).model;
    return solved !== undefined && wasmTarget.limitations(solved).length === 0;
  });
}

function compileOnce(name: string, serial: number): Stages {
  const marks = [performance.now()];
  const mark = () => marks.push(performance.now());
  const checked = checkedModel(name);
  mark();
  const solved = solvedOf(checked);
  mark();
  const artefact = generate(solved);
  mark();
  makeFirstStep(unlike(artefact, serial));
  mark();
  const [begin = 0, check = 0, solve = 0, generated = 0, end = 0] = marks;
  return {
    check: check - begin,
    solve: solve - check,
    generate: generated - solve,
    start: end - generated,
    total: end - begin,
  };
}

function solvedOf(checked: CheckedModel): SolvedModel {
  const { model } = solveModel(checked);
  if (model === undefined) throw new Error(`${checked.name} has no solved form`);
  return model;
}

/** As workbench does it: the first state is recorded. */
function generate(model: SolvedModel): NeuronArtefact {
  const recorded = model.states.slice(0, 1).map(({ variable }) => variable.writtenName);
  const planned = createPlan(model, { recorded });
  if (!('plan' in planned)) throw new Error(planned.problem);
  return generateNeuron(planned.plan);
}

/** The artefact with other bytes that mean the same (an empty custom section), since V8 compiles equal bytes once. */
function unlike(artefact: NeuronArtefact, serial: number): NeuronArtefact {
  const name = String(serial);
  const section = [0, name.length + 1, name.length, ...new TextEncoder().encode(name)];
  return { ...artefact, bytes: Uint8Array.from([...artefact.bytes, ...section]) };
}

function makeFirstStep(artefact: NeuronArtefact): void {
  const engine = emptyEngine();
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 1,
    stepNs: 100_000,
    values: new Map(),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(`${artefact.key}: ${creation.failure.kind}`);
  const inputs = { currents: [], spikes: [], poisson: [] };
  const { failure } = runBlock(creation.block, { steps: 1, inputs, record: { every: 1 } });
  if (failure !== undefined) throw new Error(`${artefact.key}: ${failure.kind}`);
}
