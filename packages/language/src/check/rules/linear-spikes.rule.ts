import { unreachable } from '@nestml/diagnostics';
import type { CheckedModel } from '../../model/checked-model.ts';
import type { Expression, ProductExpression } from '../../model/expressions.ts';
import type { KernelSymbol, VariableSymbol } from '../../model/symbols.ts';
import { createPartFinder } from '../reachable-parts.ts';
import type { Rule } from './rule.ts';

/** Trains of pulses, bare spike ports and convolutions with delta kernels, enter equations linearly. */
export const linearSpikes: Rule = {
  name: 'linear-spikes',
  codes: ['port-not-linear'],
  listeners: {
    model: (model, { report }) => {
      const analysis = createAnalysis(model);
      const told = new Set<Expression>();
      for (const { variables, value } of model.equations) {
        analysis.enters(value);
        const misuse = analysis.takeMisuse();
        if (misuse === undefined || told.has(misuse.pulse)) continue;
        told.add(misuse.pulse);
        const { writtenName } = variables.at(-1)!;
        report('port-not-linear', misuse.place.span, {
          port: portOf(misuse.pulse),
          equation: `${writtenName}'`,
        });
      }
    },
  },
};

/** Whether pulses enter an expression: not at all, or linearly. A misuse is noted, and then counts as not at all. */
interface Analysis {
  readonly enters: (expression: Expression) => boolean;
  /** The first misuse since the last call. */
  readonly takeMisuse: () => Misuse | undefined;
}

interface Misuse {
  readonly place: Expression;
  readonly pulse: Expression;
}

function createAnalysis(model: CheckedModel): Analysis {
  const deltas = new Set<KernelSymbol>(
    model.kernels.filter((kernel) => kernel.kind === 'delta').map(({ symbol }) => symbol),
  );
  const isPulse = (part: Expression) =>
    (part.kind === 'port' && part.port.signal === 'spike') ||
    (part.kind === 'convolve' && deltas.has(part.kernel));
  const findPulse = createPartFinder(model, isPulse);
  const values = new Map(model.inlines.map(({ symbol, value }) => [symbol, value]));
  const known = new Map<VariableSymbol, boolean>();
  let misuse: Misuse | undefined;
  const refuse = (place: Expression): boolean => {
    const pulse = findPulse(place)?.part;
    if (pulse !== undefined) misuse ??= { place, pulse };
    return false;
  };
  const entersInline = (symbol: VariableSymbol): boolean => {
    const before = known.get(symbol);
    if (before !== undefined) return before;
    const value = values.get(symbol);
    const result = value === undefined ? false : enters(value);
    known.set(symbol, result);
    return result;
  };
  const enters = (expression: Expression): boolean => {
    if (isPulse(expression)) return true;
    switch (expression.kind) {
      case 'variable':
        return expression.symbol.role === 'inline' && entersInline(expression.symbol);
      case 'sum':
        return expression.terms.map(({ operand }) => enters(operand)).includes(true);
      case 'negation':
      case 'inUnit':
        return enters(expression.operand);
      case 'product':
        return entersProduct(expression, enters) ?? refuse(expression);
      case 'conditional': {
        if (findPulse(expression.condition) !== undefined) return refuse(expression.condition);
        return [expression.whenTrue, expression.whenFalse].map(enters).includes(true);
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
        return refuse(expression);
      default:
        return unreachable(expression);
    }
  };
  const takeMisuse = () => {
    const taken = misuse;
    misuse = undefined;
    return taken;
  };
  return { enters, takeMisuse };
}

/** Undefined if the product is not linear. */
function entersProduct(
  { factors }: ProductExpression,
  enters: (expression: Expression) => boolean,
): boolean | undefined {
  const entering = factors.filter(({ operand }) => enters(operand));
  if (entering.length === 0) return false;
  const isLinear = entering.length === 1 && entering[0]!.operator === '*';
  const isExact = factors.every(({ operator }) => operator === '*' || operator === '/');
  return isLinear && isExact ? true : undefined;
}

function portOf(pulse: Expression): string {
  return pulse.kind === 'port' || pulse.kind === 'convolve' ? pulse.port.name : '';
}
