import { createReport, type Diagnostic, hasErrors, type SourceFile } from '@nestml/diagnostics';
import { type ExpressionNode, ExpressionPool, nodesBelow } from '@nestml/dynamics';
import { closestName } from '@nestml/language';
import { odeProblemMessages } from '../../messages/ode-problem.ts';
import { type JsonValue, readJson } from './json-text.ts';
import { checkName, type Names, readConstant } from './names.ts';
import { readOptions } from './options.ts';
import type { OdeParameter, OdeProblem, OdeStimulus, OdeSymbol } from './problem.ts';
import { readHeads, readVariables } from './read-dynamics.ts';
import { itemsOf, membersOf, numberOf, type OdeReport, textOf } from './reading.ts';

/** The problem, without errors among the findings; or the findings that say why there is none. */
export type ReadResult =
  | { readonly ok: true; readonly problem: OdeProblem; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads a problem in the form of ODE-toolbox 3.0. All findings are collected; none is thrown. */
export function readOdeProblem(source: SourceFile): ReadResult {
  const diagnostics: Diagnostic[] = [];
  const report = createReport(odeProblemMessages, source, diagnostics);
  const json = readJson(source.text);
  if (!json.ok) {
    report('ode-json', json.span, { expected: json.expected });
    return { ok: false, diagnostics };
  }
  const problem = readRoot(json.value, report);
  if (problem === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  return { ok: true, problem, diagnostics };
}

const KEYS = ['dynamics', 'parameters', 'stimuli', 'options'] as const;

function readRoot(root: JsonValue, report: OdeReport): OdeProblem | undefined {
  const members = membersOf(root, 'the problem', KEYS, report);
  if (root.kind !== 'object') return undefined;
  const options = readOptions(members.get('options')?.value, report);
  const names: Names = {
    pool: new ExpressionPool(),
    options,
    report,
    time: { name: options.timeSymbol, value: 'number' },
    symbols: new Map(),
    variables: new Set(),
    free: new Map(),
    unknownFunctions: new Map(),
  };
  if (!members.has('dynamics')) {
    report('ode-form', root.span, { what: 'The problem', expected: 'an object with the key `dynamics`' });
  }
  const written = declareParameters(members.get('parameters')?.value, names);
  const heads = readHeads(members.get('dynamics')?.value, names);
  const variables = readVariables(heads, names);
  const parameters = readParameters(written, names);
  const stimuli = itemsOf(members.get('stimuli')?.value, '`stimuli`', report).flatMap((item) =>
    readStimulus(item, names),
  );
  const free = [...names.free.values()];
  if (free[0] !== undefined) {
    report('ode-free-name', free[0].span, { names: free.map(({ symbol }) => `\`${symbol.name}\``) });
  }
  return {
    pool: names.pool,
    variables,
    parameters,
    freeNames: free.map(({ symbol }) => symbol),
    step: { name: options.stepSymbol, value: 'number' },
    stimuli,
    options,
  };
}

interface WrittenParameter {
  readonly symbol: OdeSymbol;
  readonly value: JsonValue;
}

/** Declares the names of the parameters, so that they can stand in each other's values. */
function declareParameters(value: JsonValue | undefined, names: Names): readonly WrittenParameter[] {
  if (value === undefined) return [];
  const members = membersOf(value, '`parameters`', undefined, names.report);
  return [...members.values()].flatMap(({ key, value: written }) => {
    if (!checkName(key.value, key.span, names)) return [];
    const symbol: OdeSymbol = { name: key.value, value: 'number', role: 'parameter' };
    names.symbols.set(key.value, symbol);
    return [{ symbol, value: written }];
  });
}

function readParameters(written: readonly WrittenParameter[], names: Names): readonly OdeParameter[] {
  const parameters = written.flatMap(({ symbol, value }) => {
    const read = readConstant(value, `The parameter \`${symbol.name}\``, names);
    return read === undefined ? [] : [{ symbol, value: read, place: value }];
  });
  const values = new Map(parameters.map(({ symbol, value }) => [symbol, value]));
  for (const { symbol, value, place } of parameters) {
    if (!needsItself(symbol, value, values)) continue;
    const what = `The parameter \`${symbol.name}\``;
    names.report('ode-value-not-constant', place.span, { name: symbol.name, what });
  }
  return parameters.map(({ symbol, value }) => ({ symbol, value }));
}

function needsItself(
  symbol: OdeSymbol,
  value: ExpressionNode,
  values: ReadonlyMap<object, ExpressionNode>,
): boolean {
  const waiting = [value];
  const seen = new Set(waiting);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const node of nodesBelow([next])) {
      if (node.kind !== 'symbol') continue;
      if (node.symbol === symbol) return true;
      const further = values.get(node.symbol);
      if (further === undefined || seen.has(further)) continue;
      seen.add(further);
      waiting.push(further);
    }
  }
  return false;
}

const STIMULUS_KEYS = ['type', 'rate', 'list', 'variables'] as const;
/** Of one stimulus at one variable. */
const MOST_SPIKES = 100_000;
const STIMULUS_TYPES = '`"poisson_generator"`, `"regular"` or `"list"`';

function readStimulus(value: JsonValue, names: Names): readonly OdeStimulus[] {
  const { report } = names;
  const members = membersOf(value, 'an entry of `stimuli`', STIMULUS_KEYS, report);
  if (value.kind !== 'object') return [];
  const targets = itemsOf(members.get('variables')?.value, '`variables`', report).flatMap((item) =>
    readTarget(item, names),
  );
  const type = members.get('type')?.value;
  const name = type?.kind === 'string' ? type.value : undefined;
  switch (name) {
    case 'poisson_generator':
    case 'regular': {
      const member = members.get('rate');
      const rate = numberOf(member?.value ?? value, 'The `rate` of a stimulus', 'positive', report);
      if (rate === undefined) return [];
      const most = MOST_SPIKES / names.options.simulationTime;
      if (rate <= most) return [{ kind: name === 'regular' ? name : 'poisson', rate, targets }];
      const expected = `at most ${most}, so that there are no more than ${MOST_SPIKES} spikes in \`sim_time\``;
      report('ode-form', (member?.value ?? value).span, { what: 'The `rate` of a stimulus', expected });
      return [];
    }
    case 'list':
      return [{ kind: 'list', times: readTimes(members.get('list')?.value ?? value, report), targets }];
    default:
      report('ode-form', (type ?? value).span, {
        what: 'The `type` of a stimulus',
        expected: STIMULUS_TYPES,
      });
      return [];
  }
}

function readTarget(item: JsonValue, { symbols, report }: Names): readonly OdeSymbol[] {
  const text = textOf(item, 'Each of the `variables` of a stimulus', report);
  if (text === undefined) return [];
  const target = symbols.get(text.value.trim());
  if (target?.role === 'state') return [target];
  const known = [...symbols].filter(([, symbol]) => symbol.role === 'state').map(([name]) => name);
  const suggestion = closestName(text.value, known);
  report('ode-unknown-variable', text.span, { name: text.value, suggestion });
  return [];
}

/** Times as a list, or as a text with blanks between them; in increasing order. */
function readTimes(value: JsonValue, report: OdeReport): readonly number[] {
  const what = 'The `list` of a stimulus';
  if (value.kind === 'string') {
    const times = value.value
      .split(/[\s,]+/)
      .filter((word) => word !== '')
      .map(Number);
    if (times.every((time) => Number.isFinite(time) && time >= 0)) return times.toSorted((a, b) => a - b);
    report('ode-form', value.span, { what, expected: 'a list of times ≥ 0' });
    return [];
  }
  const times = itemsOf(value, what, report).flatMap((item) => {
    const time = numberOf(item, 'A time of a stimulus', 'not-negative', report);
    return time === undefined ? [] : [time];
  });
  return times.toSorted((a, b) => a - b);
}
