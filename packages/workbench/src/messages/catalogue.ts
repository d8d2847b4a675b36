import type { MessageDefinition } from '@nestml/diagnostics';
import { closestName, languageMessages } from '@nestml/language';
import { workbenchMessages } from './index.ts';

/** Every message that the toolchain can give, by code. */
export function allMessages(): ReadonlyMap<string, MessageDefinition<never>> {
  return new Map(Object.entries({ ...languageMessages, ...workbenchMessages }));
}

/** The message with a code, or the code that was perhaps meant. */
export function findMessage(
  code: string,
): { readonly definition: MessageDefinition<never> } | { readonly suggestion: string | undefined } {
  const messages = allMessages();
  const definition = messages.get(code);
  return definition === undefined ? { suggestion: closestName(code, [...messages.keys()]) } : { definition };
}
