import type { ReceiveHandler } from '../../model/checked-model.ts';
import { placeOfPort, type Rule } from './rule.ts';

/** A port, or an element of it, has at most one handler. */
export const oneHandlerPerPort: Rule = {
  name: 'one-handler-per-port',
  codes: ['duplicate-handler'],
  listeners: {
    model: ({ receiveHandlers }, context) => {
      const inOrder = [...receiveHandlers].sort((a, b) => a.span.start - b.span.start);
      const seen: ReceiveHandler[] = [];
      for (const handler of inOrder) {
        const before = seen.find((other) => handleTheSame(handler, other));
        seen.push(handler);
        if (before === undefined) continue;
        const related = [{ message: 'the other handler is here', span: placeOfPort(before, context) }];
        const port =
          handler.index === undefined ? handler.port.name : `${handler.port.name}[${handler.index}]`;
        context.report('duplicate-handler', placeOfPort(handler, context), { port }, { related });
      }
    },
  },
};

function handleTheSame(first: ReceiveHandler, second: ReceiveHandler): boolean {
  const isSameElement =
    first.index === second.index || first.index === undefined || second.index === undefined;
  return first.port === second.port && isSameElement;
}
