import type { Kernel, OdeKernel } from '../model/checked-model.ts';
import type { Expression } from '../model/expressions.ts';
import type { KernelSymbol, VariableSymbol } from '../model/symbols.ts';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import type { KernelSyntax } from '../syntax/tree.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { derivativeType, initialValue } from './declarations.ts';
import { documentationOf } from './documentation.ts';
import { checkExpression } from './expressions.ts';
import { checkRightHandSide } from './right-hand-sides.ts';
import { createScope } from './scope.ts';
import type { DeclaredVariable, ModelSymbols } from './symbols.ts';
import { describeType, hasDimension, isNumeric } from './value-types.ts';

type Definition = KernelSyntax['definitions'][number];

/** A kernel: a function of `t`, the delta pulse, or a system of ODEs. Undefined after a message. */
export function checkKernel(
  syntax: KernelSyntax,
  symbols: ModelSymbols,
  context: ExpressionContext,
): Kernel | undefined {
  const inside: ExpressionContext = { ...context, region: 'kernel' };
  const functions = syntax.definitions.filter(({ target }) => target.order === 0);
  if (functions.length === 0) return checkSystem(syntax, symbols, inside);
  const only = functions[0]!;
  if (syntax.definitions.length > 1) {
    const isBroken = syntax.definitions.some(
      ({ target, span }) => target.name.text === '' || context.model.isDamaged(span),
    );
    if (isBroken) return undefined;
    context.model.report('kernel-system', only.span, { name: only.target.name.text });
    return undefined;
  }
  return checkSingle(syntax, only, symbols, inside);
}

function checkSingle(
  syntax: KernelSyntax,
  { target, value }: Definition,
  { kernels }: ModelSymbols,
  context: ExpressionContext,
): Kernel | undefined {
  const symbol = kernels.get(target.name.text);
  if (symbol === undefined) return undefined;
  const common = { symbol, span: syntax.span, documentation: documentationOf(syntax.comments) };
  if (isDelta(value)) return { kind: 'delta', ...common };
  const checked = checkExpression(value, context);
  return { kind: 'function', ...common, value: requireNumber(checked, symbol, context) };
}

/** `delta(t)` alone. */
function isDelta(value: ExpressionSyntax): boolean {
  const call = value.kind === 'parenthesised' ? value.inner : value;
  if (call.kind !== 'call' || call.callee.text !== 'delta' || call.arguments.length !== 1) return false;
  const argument = call.arguments[0]!;
  return argument.kind === 'variable' && argument.name.text === 't' && argument.order === 0;
}

/** A kernel is the response to a spike of weight 1: its unit comes with the factor before the convolution. */
function requireNumber(value: Expression, { name }: KernelSymbol, context: ExpressionContext): Expression {
  if (value.type.kind === 'error' || (isNumeric(value.type) && !hasDimension(value.type))) return value;
  context.model.report(
    'kernel-not-number',
    value.span,
    {
      name,
      expression: quote(context.model.source, value.span),
      type: describeType(value.type),
    },
    declarationsOf(value),
  );
  return errorExpression(value.span);
}

/** The variables of a kernel given by ODEs: all orders below that of the equation. */
interface Component {
  readonly definition: Definition;
  readonly symbol: KernelSymbol;
  readonly declared: readonly DeclaredVariable[];
}

function checkSystem(
  syntax: KernelSyntax,
  symbols: ModelSymbols,
  context: ExpressionContext,
): OdeKernel | undefined {
  const components = syntax.definitions.map((definition) => componentOf(definition, symbols, context));
  const complete = components.filter((component) => component !== undefined);
  if (complete.length < components.length) return undefined;
  const scope = createScope(context.scope);
  for (const { definition, declared } of complete) {
    const orders = new Map<number, VariableSymbol>(declared.map(({ symbol }) => [symbol.order, symbol]));
    const { name } = definition.target;
    scope.entries.set(name.text, { kind: 'variable', orders, declared: declared[0]!.symbol.declared });
  }
  const inside = { ...context, scope };
  return {
    kind: 'ode',
    components: complete.map(({ definition, symbol, declared }) => {
      const variables = declared.map((variable) => variable.symbol);
      const expected = derivativeType(variables[0]!.type, definition.target.order);
      const side = { expected, target: definition.target, variable: variables[0]! };
      return {
        symbol,
        variables,
        value: checkRightHandSide(definition.value, side, inside),
        increments: declared.map((variable) => initialValue(variable, { ...context, region: 'increment' })),
      };
    }),
    span: syntax.span,
    documentation: documentationOf(syntax.comments),
  };
}

function componentOf(
  definition: Definition,
  { kernels, kernelStates }: ModelSymbols,
  context: ExpressionContext,
): Component | undefined {
  const { name, order, span, index } = definition.target;
  const { model } = context;
  const symbol = kernels.get(name.text);
  if (index !== undefined) {
    model.report('vector-equation', span, { name: name.text });
    return undefined;
  }
  const orders = kernelStates.get(name.text);
  const declared = Array.from({ length: order }, (_, level) => orders?.get(level));
  const missing = declared.indexOf(undefined);
  if (missing === -1) {
    const complete = declared.filter((variable) => variable !== undefined);
    return symbol === undefined ? undefined : { definition, symbol, declared: complete };
  }
  if (!model.damagedNames.has(name.text)) {
    const written = name.text + "'".repeat(missing);
    const equation = name.text + "'".repeat(order);
    model.report('missing-state', span, { name: written, equation, suggestion: undefined });
  }
  return undefined;
}
