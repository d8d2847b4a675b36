import type { ReceiveHandler } from '../../model/checked-model.ts';
import { placeOfPort, type Rule, type RuleContext } from './rule.ts';

/** Priorities order handlers, so two or more have one, and they differ (rule D4). */
export const handlerPriorities: Rule = {
  name: 'handler-priorities',
  codes: ['missing-priority', 'equal-priorities', 'priority-order'],
  needsWholeText: true,
  listeners: {
    model: ({ receiveHandlers }, context) => {
      // In the order in which they run; those without priority come last.
      const withPriority = receiveHandlers.filter(({ priority }) => priority !== undefined);
      const [first] = withPriority;
      const isOnly = withPriority.length === 1 && countOptions(context) === 1;
      if (isOnly && first !== undefined) {
        context.report('missing-priority', placeOfPort(first, context), { port: first.port.name });
      }
      withPriority.slice(1).forEach((second, index) => {
        comparePair(withPriority[index]!, second, context);
      });
    },
  },
};

/** The number of handlers with a priority as written; what is no integer has been reported. */
function countOptions({ syntax }: RuleContext): number {
  return syntax.blocks.filter(
    (block) => block.kind === 'onReceive' && block.options.some(({ name }) => name.text === 'priority'),
  ).length;
}

function comparePair(first: ReceiveHandler, second: ReceiveHandler, context: RuleContext): void {
  const { report, model } = context;
  if (first.priority === second.priority) {
    const related = [{ message: 'the other handler is here', span: placeOfPort(first, context) }];
    const parameters = { priority: second.priority ?? 0, port: first.port.name };
    report('equal-priorities', placeOfPort(second, context), parameters, { related });
    return;
  }
  const isSynapse = model.kind === 'synapse';
  const parameters = { first: first.port.name, second: second.port.name, isSynapse };
  report('priority-order', placeOfPort(first, context), parameters);
}
