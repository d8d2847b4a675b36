import { type Diagnostic, hasErrors, renderDiagnostics } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import { type BackendWish, chooseBackend } from './backends/choose-backend.ts';
import { checkText } from './check-text.ts';
import { measureWindow, type PlasticityWindow, type WindowRequest } from './experiments/window.ts';
import type { Host } from './host.ts';
import { findLibraryFile, libraryNames } from './library.ts';
import { type LoadedModel, loadModel, pickModel } from './models.ts';
import type { PairRequest, PairResult } from './simulation/pair/request.ts';
import { simulatePair } from './simulation/pair/simulate-pair.ts';
import type { SimulationRequest, SimulationResult } from './simulation/request.ts';
import { simulateNeuron } from './simulation/simulate.ts';

/** A model or a request is wrong. `diagnostics` has the findings; the message is their text. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(renderDiagnostics(diagnostics, { color: false }));
    this.diagnostics = diagnostics;
  }
}

/**
 * A model of the library by name, with or without `_neuron` or `_synapse`.
 * @throws RangeError if there is none of this name
 */
export function library(name: string): CheckedModel {
  const file = findLibraryFile(name);
  if (file === undefined)
    throw new RangeError(`no model '${name}' in the library: ${libraryNames().join(', ')}`);
  return usable(pickModel(checkText(file.file, file.text), file.file, undefined));
}

/**
 * The model that a text defines.
 * @param model its name, if the text defines several
 * @throws ModelError if the text has errors or defines no such model
 */
export function modelFromText(text: string, model?: string): CheckedModel {
  return usable(pickModel(checkText('<text>', text), '<text>', model));
}

/**
 * The model of a file (`path` or `path#model`).
 * @throws ModelError if it has errors or defines no such model; HostError if it cannot be read
 */
export async function modelFromFile(host: Host, path: string): Promise<CheckedModel> {
  return usable(await loadModel(host, path));
}

/**
 * Runs one neuron from t = 0: compiled, or with the reference interpreter if that is wanted or the model cannot be compiled (a note
 * says so); `{ solver }` states the method for equations that have no exact solution. Warnings are in the result's `diagnostics`. Rejects with
 * ModelError if the request does not fit the model, the method does not, or the run ends early.
 */
export async function simulate(
  model: CheckedModel,
  request: SimulationRequest,
  wish: BackendWish = 'engine',
): Promise<SimulationResult> {
  const chosen = await chooseBackend(model, wish);
  if (!chosen.ok) throw new ModelError(chosen.diagnostics);
  const outcome = simulateNeuron(model, request, chosen.backend);
  const own = outcome.ok ? outcome.result.diagnostics : outcome.diagnostics;
  const diagnostics = [...chosen.diagnostics, ...own];
  if (!outcome.ok || hasErrors(diagnostics)) throw new ModelError(diagnostics);
  return { ...outcome.result, diagnostics };
}

/**
 * Runs a synapse from a list of presynaptic spikes to a neuron, on the reference interpreter. Warnings are in the result's `diagnostics`.
 * @throws ModelError if the request does not fit the models, or the run ends early
 */
export function simulateSynapse(
  synapse: CheckedModel,
  neuron: CheckedModel,
  request: PairRequest,
): PairResult {
  const outcome = simulatePair({ synapse, neuron }, request);
  const diagnostics = outcome.ok ? outcome.result.diagnostics : outcome.diagnostics;
  if (!outcome.ok || hasErrors(diagnostics)) throw new ModelError(diagnostics);
  return outcome.result;
}

/**
 * Measures how the weight of a synapse depends on the time between a presynaptic and a postsynaptic spike. Warnings are in the result's
 * `diagnostics`.
 * @throws ModelError if the request does not fit the models, or a run ends early
 */
export function plasticityWindow(
  synapse: CheckedModel,
  neuron: CheckedModel,
  request: WindowRequest,
): PlasticityWindow {
  const outcome = measureWindow({ synapse, neuron }, request);
  if (!outcome.ok) throw new ModelError(outcome.diagnostics);
  return outcome.window;
}

function usable(loaded: LoadedModel): CheckedModel {
  if (loaded.ok) return loaded.model;
  throw new ModelError(loaded.diagnostics);
}
