import { unreachable } from '@nestml/diagnostics';
import type { Expression, ProductExpression } from '../../model/expressions.ts';
import type { VariableSymbol } from '../../model/symbols.ts';
import type { ModelDraft } from '../model-draft.ts';
import { createPartFinder, type FoundPart } from '../reachable-parts.ts';
import type { Rule } from './rule.ts';

/** Trains of pulses, bare spike ports and convolutions with delta kernels, enter equations linearly. */
export const linearSpikes: Rule = {
  name: 'linear-spikes',
  codes: ['port-not-linear'],
  listeners: {
    model: (model, { report }) => {
      const search = createSearch(model);
      const told = new Set<Expression>();
      for (const { variables, value } of model.equations) {
        const { misuses } = study(value, search);
        const misuse = misuses.find(({ place }) => !told.has(place));
        if (misuse === undefined) continue;
        const { place, port } = misuse;
        told.add(place);
        report('port-not-linear', place.span, { port, equation: `${variables.at(-1)!.writtenName}'` });
      }
    },
  },
};

/** Pulses in a place where there can be none. */
interface Misuse {
  readonly place: Expression;
  readonly port: string;
}

/** What the search for pulses in equations knows. */
interface Search {
  readonly isPulse: (part: Expression) => boolean;
  readonly findPulse: (expression: Expression) => FoundPart | undefined;
  /** Whether pulses enter an inline, and the first misuse in it or in those that it uses. */
  readonly inlines: Map<VariableSymbol, { readonly isEntered: boolean; readonly misuse: Misuse | undefined }>;
  /** Those of the expression that is searched. */
  readonly misuses: Misuse[];
}

function createSearch(model: Pick<ModelDraft, 'kernels' | 'inlines' | 'functions'>): Search {
  const deltaKernels = model.kernels.filter((kernel) => kernel.kind === 'delta');
  const deltas = new Set(deltaKernels.map(({ symbol }) => symbol));
  const isPulse = (part: Expression) =>
    (part.kind === 'port' && part.port.signal === 'spike') ||
    (part.kind === 'convolve' && deltas.has(part.kernel));
  const search: Search = {
    isPulse,
    findPulse: createPartFinder(model, isPulse),
    inlines: new Map(),
    misuses: [],
  };
  // An inline uses earlier ones only, so that each finds what is known about those, however long the chain.
  for (const { symbol, value } of model.inlines) {
    const { isEntered, misuses } = study(value, search);
    search.inlines.set(symbol, { isEntered, misuse: misuses[0] });
  }
  return search;
}

/** Whether pulses enter the expression, and their misuses in it. */
function study(expression: Expression, search: Search) {
  const misuses: Misuse[] = [];
  return { isEntered: enters(expression, { ...search, misuses }), misuses };
}

/** Whether pulses enter the expression, linearly. A misuse is noted, and then counts as none, so that it is told once. */
function enters(expression: Expression, search: Search): boolean {
  if ('index' in expression && expression.index !== undefined) noteMisuse(expression.index, search);
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

function entersInline(symbol: VariableSymbol, { inlines, misuses }: Search): boolean {
  const inline = inlines.get(symbol);
  if (inline?.misuse !== undefined) misuses.push(inline.misuse);
  return inline?.isEntered ?? false;
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
