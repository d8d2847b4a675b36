import type { PrintedLine } from '@nestml/report';
import type { SimulationResult } from '../simulation/request.ts';

/** The output of a model as lines: `print` leaves its line open, the others end it. */
export function printedLines(printed: SimulationResult['printed']): readonly PrintedLine[] {
  const lines: PrintedLine[] = [];
  let isOpen = false;
  for (const { channel, text, time } of printed) {
    const [first = '', ...others] = text.split('\n');
    const open = isOpen ? lines.pop() : undefined;
    lines.push(open === undefined ? { time, text: first } : { time: open.time, text: open.text + first });
    lines.push(...others.map((other) => ({ time, text: other })));
    isOpen = channel === 'print';
  }
  return lines;
}
