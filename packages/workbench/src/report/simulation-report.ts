import { positionAt } from '@nestml/diagnostics';
import type { CheckedModel, Declaration, ValueType, VariableSymbol } from '@nestml/language';
import { initialValues } from '@nestml/reference';
import type {
  EquationGroup,
  ParameterRow,
  PortRow,
  Report,
  ReportMessage,
  StateRow,
  SummaryItem,
} from '@nestml/report';
import { simulationFigure } from '../simulation/figure.ts';
import type { ResolvedRun, SimulationResult } from '../simulation/request.ts';
import { toDeclared, unitOf } from '../simulation/values.ts';
import { derivativeOf, formulaOf, kernelFormulas } from './formulas.ts';
import { printedLines } from './printed-lines.ts';
import { stimulusText } from './stimulus-text.ts';

/** What a report says beyond the run itself. */
export interface ReportDetails {
  /** The command line that made the run. */
  readonly command: string;
  readonly version: string;
}

/** Everything that the page of a run shows. */
export function simulationReport(result: SimulationResult, details: ReportDetails): Report {
  const { model, run } = result;
  return {
    title: model.name,
    kind: model.kind,
    description: model.documentation,
    figures: [simulationFigure(result)],
    summary: summaryOf(result),
    equations: equationsOf(model),
    states: statesOf(model, run),
    parameters: parametersOf(model, run),
    ports: portsOf(model, run),
    solvers: result.solvers.map(({ method, stiffness: _, ...row }) => ({
      ...row,
      ...(method === undefined ? {} : { solver: `${row.solver}, ${method}` }),
    })),
    messages: result.diagnostics.map(({ severity, code, message, source, span }): ReportMessage => {
      const isHere = source === model.source && span !== undefined;
      return { severity, code, message, ...(isHere ? { line: positionAt(source, span.start).line } : {}) };
    }),
    printed: printedLines(result.printed),
    source: { file: model.source.name.replace(/^.*[/\\]/, ''), text: model.source.text },
    reproduction: {
      commands: [details.command],
      versions: [{ name: 'nestml', version: details.version }],
      notes: [`seed ${run.seed}, backend ${result.backend}`],
    },
  };
}

function summaryOf(result: SimulationResult): readonly SummaryItem[] {
  const { spikes, stepMs, backend } = result;
  const reached = result.reachedMs;
  const intervals = spikes.slice(1).map((time, index) => time - spikes[index]!);
  return [
    durationItem(reached, result.stopMs),
    { label: 'step', value: stepMs, unit: 'ms' },
    { label: 'spikes', value: spikes.length },
    {
      label: 'mean rate',
      value: reached === 0 ? Number.NaN : (spikes.length / reached) * 1000,
      unit: 'Hz',
      note: 'spikes over the time that the run reached',
    },
    {
      label: 'CV of intervals',
      value: variationOf(intervals),
      note: 'standard deviation of the inter-spike intervals over their mean',
    },
    { label: 'backend', value: backend },
  ];
}

function durationItem(reached: number, stop: number): SummaryItem {
  if (reached === stop) return { label: 'duration', value: stop, unit: 'ms' };
  return { label: 'ended at', value: `${reached} of ${stop}`, unit: 'ms', note: 'an error ended the run' };
}

/** Below this share of the mean, intervals differ by the rounding of their times alone. */
const NOISE = 1e-9;

/** Standard deviation over mean; NaN for fewer than two values. */
function variationOf(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const variation = Math.sqrt(variance) / mean;
  return variation < NOISE ? 0 : variation;
}

function equationsOf(model: CheckedModel): readonly EquationGroup[] {
  const odes = model.equations.map((equation) => ({
    left: derivativeOf(equation),
    right: formulaOf(equation.value),
    description: equation.documentation,
  }));
  const inlines = model.inlines.map(({ symbol, value, documentation }) => ({
    left: { kind: 'name', name: symbol.name } as const,
    right: formulaOf(value),
    description: documentation,
  }));
  const kernels = model.kernels.flatMap((kernel) =>
    kernelFormulas(kernel).map((formula) => ({ ...formula, description: kernel.documentation })),
  );
  return [
    { title: 'Differential equations', equations: odes },
    { title: 'Abbreviations', equations: inlines },
    { title: 'Kernels', equations: kernels },
  ].filter(({ equations }) => equations.length > 0);
}

type Values = ReadonlyMap<VariableSymbol, unknown>;

/** Values before the first step, with what was set by hand or without. */
function valuesBefore(run: ResolvedRun, given: ResolvedRun['values']): Values {
  const initial = initialValues(run.model, given, run.stepNs);
  return 'values' in initial ? initial.values : new Map();
}

function shown(values: Values, symbol: VariableSymbol): number | string | boolean | readonly number[] {
  const value = values.get(symbol);
  if (typeof value === 'number') return toDeclared(value, symbol.type);
  if (Array.isArray(value)) return value.map((element) => toDeclared(Number(element), symbol.type));
  return typeof value === 'boolean' ? value : String(value ?? '');
}

function unitField(type: ValueType): { readonly unit?: string } {
  const unit = unitOf(type);
  return unit === undefined ? {} : { unit: unit.text };
}

function statesOf(model: CheckedModel, run: ResolvedRun): readonly StateRow[] {
  const [values, defaults] = [valuesBefore(run, run.values), valuesBefore(run, new Map())];
  return model.states.map(({ symbol, documentation }) => ({
    name: symbol.writtenName,
    initial: shown(values, symbol),
    default: shown(defaults, symbol),
    ...unitField(symbol.type),
    description: documentation,
  }));
}

function parametersOf(model: CheckedModel, run: ResolvedRun): readonly ParameterRow[] {
  const [values, defaults] = [valuesBefore(run, run.values), valuesBefore(run, new Map())];
  return model.parameters.map((declaration) => ({
    name: declaration.symbol.writtenName,
    value: shown(values, declaration.symbol),
    default: shown(defaults, declaration.symbol),
    ...unitField(declaration.symbol.type),
    ...constraintOf(model, declaration),
    description: declaration.documentation,
  }));
}

function constraintOf({ source }: CheckedModel, { guard }: Declaration): { readonly constraint?: string } {
  return guard === undefined ? {} : { constraint: source.text.slice(guard.span.start, guard.span.end) };
}

function portsOf(model: CheckedModel, run: ResolvedRun): readonly PortRow[] {
  const inputs = model.ports.map(
    (port): PortRow => ({
      name: port.name,
      direction: 'input',
      signal: port.signal,
      ...(port.qualifier === undefined ? {} : { qualifiers: [port.qualifier] }),
      ...(port.signal === 'continuous' ? unitField(port.type) : {}),
      stimulus: stimulusText(port, run),
      description: port.documentation,
    }),
  );
  if (model.output === 'none') return inputs;
  return [...inputs, { name: 'output', direction: 'output', signal: model.output }];
}
