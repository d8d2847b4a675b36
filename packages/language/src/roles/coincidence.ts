import type { CheckedModel } from '../model/checked-model.ts';
import type { PortSymbol } from '../model/symbols.ts';
import type { PortRoles } from './port-roles.ts';

/**
 * The order in which spikes of several ports act at one instant (rule D4): modulatory ports in the order of the text, then post, then pre. The
 * places of those whose handlers have priorities are taken by the same ports, the smaller number first.
 */
export function coincidenceOrder(
  { receiveHandlers }: CheckedModel,
  { pre, post, modulatory }: PortRoles,
): readonly PortSymbol[] {
  const usual = [...modulatory, ...(post === undefined ? [] : [post]), pre];
  const priorities = new Map<PortSymbol, number>();
  for (const { port, priority } of receiveHandlers) {
    if (priority === undefined) continue;
    priorities.set(port, Math.min(priority, priorities.get(port) ?? Number.POSITIVE_INFINITY));
  }
  const byPriority = usual
    .filter((port) => priorities.has(port))
    .sort((a, b) => priorities.get(a)! - priorities.get(b)!);
  return usual.map((port) => (priorities.has(port) ? byPriority.shift()! : port));
}
