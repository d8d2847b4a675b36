import type { HandlerBody, SolvedModel } from '@nestml/compiler';
import type { EventReport } from './analysis.ts';

/** What happens beside the equations, in the order of a step. */
export function eventsOf({
  convolutions,
  variants,
  receiveHandlers,
  conditionHandlers,
  source,
}: SolvedModel): readonly EventReport[] {
  const textOf = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    source.text.slice(start, end);
  const pulses = variants.flatMap((variant) => variant.pulses);
  const jumps = new Map<string, Set<string>>();
  const note = (port: string, state: string): void => {
    jumps.set(port, (jumps.get(port) ?? new Set<string>()).add(state));
  };
  for (const { port, state } of pulses) note(port.writtenName, state.writtenName);
  for (const { port, system, increments } of convolutions) {
    system.states.forEach(({ writtenName }, i) => {
      const increment = increments[i]!;
      if (increment.kind !== 'constant' || increment.value !== 0) note(port.writtenName, writtenName);
    });
  }
  return [
    ...[...jumps].map(([port, states]) => ({ on: `a spike at ${port}`, assigns: [...states], emits: false })),
    ...receiveHandlers.map((handler) => eventOf(headOf(textOf(handler.span)), handler)),
    ...conditionHandlers.map((handler) => eventOf(headOf(textOf(handler.span)), handler)),
  ];
}

/** The first line of a handler without its colon. */
function headOf(text: string): string {
  return (text.split('\n', 1)[0] ?? '').trim().replace(/:.*$/, '');
}

function eventOf(on: string, { effects }: HandlerBody): EventReport {
  return { on, assigns: effects.writes.map(({ writtenName }) => writtenName), emits: effects.emits };
}
