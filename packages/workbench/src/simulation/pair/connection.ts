import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import { type SynapseRoles, synapseRoles } from '@nestml/language';
import { initialValues } from '@nestml/reference';
import { fromCanonical } from '@nestml/units';
import { referenceBackend } from '../../backends/reference-backend.ts';
import { reportFailure } from '../failures.ts';
import type { Reporter } from '../reporter.ts';
import type { QuantityInput, ResolvedRun, SimulationRequest } from '../request.ts';
import { resolveRun } from '../resolve.ts';
import { resolveRecord } from '../resolve-record.ts';
import { resolveSettings } from '../resolve-settings.ts';
import { resolveCurrents, resolveSpikes, splitElement } from '../resolve-stimuli.ts';
import { createTimeGrid, type TimeGrid } from '../time-grid.ts';
import { unitOf } from '../values.ts';
import { refuseInputs, type SplitInputs, splitInputs, splitRecord } from './names.ts';
import { findReceiver } from './receiver.ts';
import type { ConnectionRequest, PairModels, PairRequest, ResolvedPair } from './request.ts';
import { bindSignals } from './signals.ts';

/** What takes findings: those of the workbench by code, those of other packages as they are. */
export interface Findings {
  readonly report: Reporter;
  readonly diagnostics: Diagnostic[];
}

/** A connection whose models and times are known, before its run has a length. */
export interface Connection {
  readonly models: PairModels;
  readonly roles: SynapseRoles;
  /** Places times; its own run is one step long. */
  readonly grid: TimeGrid;
  readonly delaySteps: number;
  /** Of the synapse. */
  readonly values: ResolvedRun['values'];
  readonly inputs: SplitInputs;
}

/** Finds roles, delay and values of the synapse. Undefined after a report. */
export function openConnection(
  models: PairModels,
  request: ConnectionRequest,
  findings: Findings,
): Connection | undefined {
  const { report, diagnostics } = findings;
  const { synapse, neuron } = models;
  if (synapse.kind !== 'synapse')
    report('not-a-synapse', { name: synapse.name }, { source: synapse.source, span: synapse.span });
  if (neuron.kind !== 'neuron')
    report('not-a-neuron', { name: neuron.name }, { source: neuron.source, span: neuron.span });
  if (hasErrors(diagnostics)) return undefined;
  const found = synapseRoles(synapse, request.roles);
  diagnostics.push(...found.diagnostics);
  const { resolution = 0.1, round = false } = request;
  const grid = createTimeGrid({ duration: resolution, resolution, round }, report);
  const { roles } = found;
  if (roles === undefined || grid === undefined) return undefined;
  const set = settingsOf(request, roles, synapse.name, report);
  const values = resolveSettings(synapse, set, report);
  const delaySteps = readDelay(models, roles, values, request.delay, grid, report);
  const inputs = splitInputs(models, request);
  refuseInputs(models, inputs, roles, report);
  if (delaySteps === undefined || hasErrors(diagnostics)) return undefined;
  return { models, roles, grid, delaySteps, values, inputs };
}

/** The settings with weight and delay, which have names of their own in the request. */
function settingsOf(
  { set = {}, weight, delay }: ConnectionRequest,
  roles: SynapseRoles,
  synapse: string,
  report: Reporter,
): NonNullable<SimulationRequest['set']> {
  const settings = { ...set };
  const add = (option: string, name: string | undefined, value: QuantityInput | undefined): void => {
    if (value === undefined || name === undefined) return;
    if (Object.hasOwn(set, name)) report('given-twice', { name, option });
    settings[name] = value;
  };
  if (weight !== undefined && roles.weight === undefined)
    report('no-weight-variable', { synapse, what: '`--weight` cannot be set' });
  add('--weight', roles.weight?.writtenName, weight);
  add('--delay', roles.delay?.writtenName, delay);
  return settings;
}

/** As stated, else the value of the variable that is the delay, else one step. In steps. */
function readDelay(
  { synapse }: PairModels,
  roles: SynapseRoles,
  values: ResolvedRun['values'],
  stated: QuantityInput | undefined,
  grid: TimeGrid,
  report: Reporter,
): number | undefined {
  const given = stated ?? ownDelay(synapse, roles, values, grid);
  if (given === undefined) return 1;
  const steps = grid.place(given, 'the delay');
  if (steps === undefined || steps >= 1) return steps;
  report('time-out-of-range', {
    what: 'the delay',
    time: String(given),
    rule: 'a delay is at least one step',
  });
  return undefined;
}

function ownDelay(
  synapse: PairModels['synapse'],
  { delay }: SynapseRoles,
  values: ResolvedRun['values'],
  { stepNs }: TimeGrid,
): QuantityInput | undefined {
  if (delay === undefined) return undefined;
  const initial = initialValues(synapse, values, stepNs);
  const value = 'values' in initial ? initial.values.get(delay) : undefined;
  const unit = unitOf(delay.type);
  // A violated guard is reported when the synapse is laid out.
  if (typeof value !== 'number' || unit === undefined) return undefined;
  return `${fromCanonical(value, unit)} ${unit.text}`;
}

/** How long a connection runs and what is recorded. */
export interface RunRequest extends Pick<PairRequest, 'record' | 'every'> {
  readonly duration: QuantityInput;
}

/** Fits everything but the spikes of the two neurons. Undefined after a report. */
export function fitConnection(
  connection: Connection,
  request: ConnectionRequest & RunRequest,
  { report, diagnostics }: Findings,
): ResolvedPair | undefined {
  const { models, roles, delaySteps, inputs, values } = connection;
  const record = splitRecord(models, request.record);
  const { duration, resolution = 0.1, seed = 0, round = false, every } = request;
  const shared = { duration, resolution, seed, round };
  const neuron = resolveRun(
    models.neuron,
    {
      ...shared,
      ...inputs.neuron,
      set: request.setNeuron ?? {},
      ...(record.neuron === undefined ? {} : { record: record.neuron }),
      ...(every === undefined ? {} : { every }),
    },
    referenceBackend,
    report,
  );
  if (neuron === undefined) return undefined;
  const grid = { ...connection.grid, steps: neuron.steps };
  const sizes = referenceBackend.layout(models.synapse, values, grid.stepNs);
  const neuronSizes = referenceBackend.layout(models.neuron, neuron.values, grid.stepNs);
  if (!sizes.ok) reportFailure(models.synapse, sizes.failure, values, report);
  if (!sizes.ok || !neuronSizes.ok) return undefined;
  const fed = new Set(inputs.synapse.currents.map(({ port }) => splitElement(port).name));
  const signals = bindSignals(request.bind ?? {}, fed, { models, synapseSizes: sizes, neuronSizes, report });
  const receiver = findReceiver(models.neuron, request.port, neuronSizes.portSize, report);
  const ownInputs = { ...shared, ...inputs.synapse };
  const synapse: ResolvedRun = {
    model: models.synapse,
    stepNs: grid.stepNs,
    steps: grid.steps,
    values,
    currents: resolveCurrents(models.synapse, ownInputs, grid, sizes.portSize, report),
    spikes: resolveSpikes(models.synapse, ownInputs, grid, sizes.portSize, report),
    poisson: [],
    record: resolveRecord(models.synapse, record.synapse, sizes.variableSize, sizes.portSize, report),
    recordEvery: 1,
    seed,
  };
  if (receiver === undefined || hasErrors(diagnostics)) return undefined;
  return { synapse, roles, neuron, receiver, signals, delaySteps, pre: [], post: [] };
}
