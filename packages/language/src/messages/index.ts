import { checkMessages } from './check-messages.ts';
import { dialectMessages } from './dialects.ts';
import { syntaxMessages } from './syntax.ts';

/** Everything that reading and checking a model can report, by code. */
export const languageMessages = { ...syntaxMessages, ...checkMessages, ...dialectMessages } as const;
