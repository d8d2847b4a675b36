import { blockMessages } from './blocks.ts';
import { directiveMessages } from './directives.ts';
import { doubtfulMessages } from './doubtful.ts';
import { equationMessages } from './equations.ts';
import { kernelMessages } from './kernels.ts';
import { nameMessages } from './names.ts';
import { portabilityMessages } from './portability.ts';
import { statementMessages } from './statements.ts';
import { typeMessages } from './types.ts';
import { vectorMessages } from './vectors.ts';

/** What the checker reports: names, types, units and rules. */
export const checkMessages = {
  ...nameMessages,
  ...typeMessages,
  ...vectorMessages,
  ...blockMessages,
  ...equationMessages,
  ...kernelMessages,
  ...statementMessages,
  ...doubtfulMessages,
  ...portabilityMessages,
  ...directiveMessages,
} as const;

export type CheckMessages = typeof checkMessages;
