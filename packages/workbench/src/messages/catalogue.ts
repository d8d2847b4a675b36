import type { MessageDefinition } from '@nestml/diagnostics';
import {
  closestName,
  languageMessages,
  type PynestmlCode,
  pynestmlCodes,
  roleMessages,
} from '@nestml/language';
import { workbenchMessages } from './index.ts';

/** Every message that the toolchain can give, by code. The compiler is loaded for its own. */
export async function allMessages(): Promise<ReadonlyMap<string, MessageDefinition<never>>> {
  const { compilerMessages, odeProblemMessages } = await import('@nestml/compiler');
  return new Map(
    Object.entries({
      ...languageMessages,
      ...roleMessages,
      ...compilerMessages,
      ...odeProblemMessages,
      ...workbenchMessages,
    }),
  );
}

/** The message with a code, or the code that was perhaps meant. */
export async function findMessage(
  code: string,
): Promise<{ readonly definition: MessageDefinition<never> } | { readonly suggestion: string | undefined }> {
  const messages = await allMessages();
  const definition = messages.get(code);
  return definition === undefined ? { suggestion: closestName(code, [...messages.keys()]) } : { definition };
}

/** The messages of PyNESTML 9 with a name, in any case and with `-` or blanks for `_`, or with a number; several have no number. */
export function findPynestmlCodes(nameOrNumber: string): readonly PynestmlCode[] {
  const name = nameOrNumber
    .trim()
    .toUpperCase()
    .replace(/[-\s]+/g, '_');
  return pynestmlCodes.filter((one) => (one.name !== '' && one.name === name) || String(one.number) === name);
}
