import { experimentMessages } from './experiments.ts';
import { simulationMessages } from './simulation.ts';
import { usageMessages } from './usage.ts';

/** All messages of the workbench: wrong calls, data that do not fit a model, and runs that end early. */
export const workbenchMessages = { ...usageMessages, ...simulationMessages, ...experimentMessages } as const;

/** Whether a code means that the command was called wrongly, rather than that a model or its data are wrong. */
export function isUsageCode(code: string): boolean {
  return Object.hasOwn(usageMessages, code);
}
