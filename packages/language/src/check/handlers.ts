import type { ConditionHandler, ReceiveHandler } from '../model/checked-model.ts';
import { closestName } from '../parse/closest.ts';
import type { HandlerOptionSyntax, OnConditionSyntax, OnReceiveSyntax } from '../syntax/tree.ts';
import { quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { checkCondition } from './logic.ts';
import { checkElement, constantNumber, reportUndefinedName } from './names.ts';
import { lookUp } from './scope.ts';
import { checkBody, type StatementContext } from './statements.ts';
import { writeWord } from './suggestions.ts';

/** `onReceive(port, priority=n)`; undefined after a message about the port. */
export function checkReceiveHandler(
  syntax: OnReceiveSyntax,
  context: StatementContext,
): ReceiveHandler | undefined {
  const inside: StatementContext = { ...context, region: 'receive' };
  const priority = checkOptions(syntax.options, inside);
  const body = checkBody(syntax.body, inside);
  const entry = lookUp(context.scope, syntax.port.name.text);
  if (entry === undefined) {
    reportUndefinedName(syntax.port, context);
    return undefined;
  }
  if (entry.kind !== 'port' || entry.port.signal !== 'spike' || syntax.port.order > 0) {
    const related =
      'declared' in entry
        ? [{ message: `\`${syntax.port.name.text}\` is declared here`, span: entry.declared }]
        : [];
    const name = quote(context.model.source, syntax.port.span);
    const isContinuous = entry.kind === 'port' && entry.port.signal === 'continuous';
    context.model.report('handler-port', syntax.port.span, { name, isContinuous }, { related });
    return undefined;
  }
  const { port } = entry;
  const element = syntax.port.index === undefined ? {} : checkElement(syntax.port, port, context);
  if (element === undefined) return undefined;
  const index = element.index === undefined ? undefined : constantNumber(element.index);
  if (element.index !== undefined && index === undefined) {
    context.model.report('handler-port', syntax.port.span, {
      name: quote(context.model.source, syntax.port.span),
      isContinuous: false,
    });
    return undefined;
  }
  return {
    port,
    ...(index === undefined ? {} : { index }),
    ...(priority === undefined ? {} : { priority }),
    body,
    span: syntax.span,
  };
}

/** `onCondition(expression)`. A priority is read by no simulator. */
export function checkConditionHandler(
  syntax: OnConditionSyntax,
  context: StatementContext,
): ConditionHandler {
  const condition = checkCondition(syntax.condition, 'the condition of `onCondition`', {
    ...context,
    region: 'trigger',
  });
  const inside: StatementContext = { ...context, region: 'condition' };
  const priority = checkOptions(syntax.options, inside);
  if (priority !== undefined) reportIgnored(syntax.options, context);
  return { condition, body: checkBody(syntax.body, inside), span: syntax.span };
}

function reportIgnored(options: readonly HandlerOptionSyntax[], { model }: StatementContext): void {
  const { source } = model;
  const only = options.length === 1 ? options[0]! : undefined;
  const start = only === undefined ? -1 : source.text.lastIndexOf(',', only.span.start);
  const edits = only === undefined ? [] : [{ span: { start, end: only.span.end }, text: '' }];
  const fixes = start < 0 ? [] : [{ title: 'Remove the priority', edits }];
  model.report('ignored-priority', options[0]!.span, {}, { fixes });
}

/** The priority among the options of a handler; other options are reported. */
function checkOptions(
  options: readonly HandlerOptionSyntax[],
  context: StatementContext,
): number | undefined {
  const { model } = context;
  let priority: number | undefined;
  for (const { name, value, span } of options) {
    if (name.text !== 'priority') {
      const suggestion = closestName(name.text, ['priority']);
      const fixes = suggestion === undefined ? [] : [writeWord(suggestion, name.span)];
      model.report('unknown-handler-option', name.span, { name: name.text, suggestion }, { fixes });
      continue;
    }
    const checked = checkExpression(value, context);
    const number = constantNumber(checked);
    if (checked.type.kind === 'error') continue;
    if (checked.type.kind === 'integer' && number !== undefined) priority = number;
    else model.report('invalid-priority', span, { value: quote(model.source, value.span) });
  }
  return priority;
}

/** Handlers in the order in which they run: by priority (neurons: larger first, synapses: smaller first), the others after them. */
export function orderHandlers(
  handlers: readonly ReceiveHandler[],
  kind: 'neuron' | 'synapse',
): readonly ReceiveHandler[] {
  const direction = kind === 'neuron' ? -1 : 1;
  const rank = ({ priority }: ReceiveHandler) =>
    priority === undefined ? Number.POSITIVE_INFINITY : direction * priority;
  return [...handlers].sort((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b))));
}
