import { experimentMessages } from './experiments.ts';
import { fileMessages } from './files.ts';
import { simulationMessages } from './simulation.ts';
import { synapseMessages } from './synapses.ts';
import { usageMessages } from './usage.ts';

/** All messages of the workbench: wrong calls, data that do not fit a model, and runs that end early. */
export const workbenchMessages = {
  ...usageMessages,
  ...fileMessages,
  ...simulationMessages,
  ...experimentMessages,
  ...synapseMessages,
} as const;
