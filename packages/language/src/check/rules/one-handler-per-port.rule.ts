import type { ReceiveHandler } from '../../model/checked-model.ts';
import type { PortSymbol } from '../../model/symbols.ts';
import { placeOfPort, type Rule } from './rule.ts';

/** A port, or an element of it, has at most one handler. */
export const oneHandlerPerPort: Rule = {
  name: 'one-handler-per-port',
  codes: ['duplicate-handler'],
  listeners: {
    model: ({ receiveHandlers }, context) => {
      const inOrder = [...receiveHandlers].sort((a, b) => a.span.start - b.span.start);
      const seen = new Map<PortSymbol, SeenHandlers>();
      for (const handler of inOrder) {
        const before = noteHandler(handler, seen);
        if (before === undefined) continue;
        const related = [{ message: 'the other handler is here', span: placeOfPort(before, context) }];
        const port =
          handler.index === undefined ? handler.port.name : `${handler.port.name}[${handler.index}]`;
        context.report('duplicate-handler', placeOfPort(handler, context), { port }, { related });
      }
    },
  },
};

/** The first handlers of a port. */
interface SeenHandlers {
  readonly any: ReceiveHandler;
  /** That of the port as a whole. */
  whole: ReceiveHandler | undefined;
  readonly ofElement: Map<number, ReceiveHandler>;
}

/** Notes a handler; returns the first one before it that handles the same port or element. */
function noteHandler(
  handler: ReceiveHandler,
  seen: Map<PortSymbol, SeenHandlers>,
): ReceiveHandler | undefined {
  const { port, index } = handler;
  const known = seen.get(port);
  const handlers = known ?? { any: handler, whole: undefined, ofElement: new Map() };
  seen.set(port, handlers);
  if (index === undefined) {
    handlers.whole ??= handler;
    return known?.any;
  }
  const before = handlers.ofElement.get(index);
  if (before === undefined) handlers.ofElement.set(index, handler);
  const { whole } = handlers;
  if (before === undefined || whole === undefined) return before ?? whole;
  return before.span.start < whole.span.start ? before : whole;
}
