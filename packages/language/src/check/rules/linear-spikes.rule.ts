import { unreachable } from '@nestml/diagnostics';
import type { CheckedModel } from '../../model/checked-model.ts';
import type { Expression, ProductExpression } from '../../model/expressions.ts';
import type { VariableSymbol } from '../../model/symbols.ts';
import { createPartFinder, type FoundPart } from '../reachable-parts.ts';
import type { Rule } from './rule.ts';

/** Trains of pulses, bare spike ports and convolutions with delta kernels, enter equations linearly. */
export const linearSpikes: Rule = {
  name: 'linear-spikes',
  codes: ['port-not-linear'],
  listeners: {
    model: (model, { report }) => {
      const search = createSearch(model);
      for (const { variables, value } of model.equations) {
        enters(value, search);
        const misuse = search.misuses[0];
        search.misuses.length = 0;
        if (misuse === undefined) continue;
        const { place, port } = misuse;
        report('port-not-linear', place.span, { port, equation: `${variables.at(-1)!.writtenName}'` });
      }
    },
  },
};

/** What the search for pulses in equations knows. */
interface Search {
  readonly isPulse: (part: Expression) => boolean;
  readonly findPulse: (expression: Expression) => FoundPart | undefined;
  readonly inlines: ReadonlyMap<VariableSymbol, Expression>;
  /** Whether pulses enter an inline; each is entered once, so that a misuse in it is told once. */
  readonly known: Map<VariableSymbol, boolean>;
  readonly misuses: { readonly place: Expression; readonly port: string }[];
}

function createSearch(model: CheckedModel): Search {
  const deltaKernels = model.kernels.filter((kernel) => kernel.kind === 'delta');
  const deltas = new Set(deltaKernels.map(({ symbol }) => symbol));
  const isPulse = (part: Expression) =>
    (part.kind === 'port' && part.port.signal === 'spike') ||
    (part.kind === 'convolve' && deltas.has(part.kernel));
  return {
    isPulse,
    findPulse: createPartFinder(model, isPulse),
    inlines: new Map(model.inlines.map(({ symbol, value }) => [symbol, value])),
    known: new Map(),
    misuses: [],
  };
}

/** Whether pulses enter the expression, linearly. A misuse is noted, and then counts as none, so that it is told once. */
function enters(expression: Expression, search: Search): boolean {
  if (search.isPulse(expression)) return true;
  switch (expression.kind) {
    case 'variable':
      return entersInline(expression.symbol, search);
    case 'sum':
      return expression.terms.map(({ operand }) => enters(operand, search)).includes(true);
    case 'negation':
    case 'inUnit':
      return enters(expression.operand, search);
    case 'product':
      return entersProduct(expression, search);
    case 'conditional': {
      noteMisuse(expression.condition, search);
      return [expression.whenTrue, expression.whenFalse]
        .map((branch) => enters(branch, search))
        .includes(true);
    }
    case 'constant':
    case 'time':
      return false;
    case 'port':
    case 'delayed':
    case 'power':
    case 'bit':
    case 'bitNot':
    case 'comparison':
    case 'not':
    case 'logical':
    case 'builtin':
    case 'functionCall':
    case 'convolve':
      return noteMisuse(expression, search);
    default:
      return unreachable(expression);
  }
}

function entersInline(symbol: VariableSymbol, search: Search): boolean {
  const before = search.known.get(symbol);
  if (before !== undefined) return before;
  const value = search.inlines.get(symbol);
  const result = value !== undefined && enters(value, search);
  search.known.set(symbol, result);
  return result;
}

function entersProduct(product: ProductExpression, search: Search): boolean {
  const { factors } = product;
  const entering = factors.filter(({ operand }) => enters(operand, search));
  if (entering.length === 0) return false;
  const isLinear = entering.length === 1 && entering[0]!.operator === '*';
  const isExact = factors.every(({ operator }) => operator === '*' || operator === '/');
  return isLinear && isExact ? true : noteMisuse(product, search);
}

/** Notes pulses in a place where there can be none. */
function noteMisuse(place: Expression, { findPulse, misuses }: Search): false {
  const pulse = findPulse(place)?.part;
  if (pulse?.kind === 'port' || pulse?.kind === 'convolve') misuses.push({ place, port: pulse.port.name });
  return false;
}
