import { createDiagnostic, type MessageDefinition, renderExplanationTerminal } from '@nestml/diagnostics';
import {
  allMessages,
  findMessage,
  findPynestmlCodes,
  type PynestmlCode,
  workbenchMessages,
} from '@nestml/workbench';
import { type Console, colorsResults, type GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';
import { showFindings } from '../findings.ts';

/** Options of an explanation. */
export interface ExplainOptions extends GlobalOptions {
  readonly json?: boolean;
}

/** Explains a message, named by its code here or by the name or number of the same message of PyNESTML. */
export async function explain(code: string, options: ExplainOptions, console: Console): Promise<number> {
  const found = await findMessage(code);
  if ('definition' in found) return explainOwn(code, found.definition, options, console);
  const foreign = findPynestmlCodes(code);
  if (foreign.length > 0) return await explainForeign(foreign, options, console);
  const parameters = { code, suggestion: found.suggestion };
  showFindings([createDiagnostic(workbenchMessages, 'no-code', undefined, parameters)], options, console);
  return exitStatus.wrongUsage;
}

function explainOwn(
  code: string,
  definition: MessageDefinition<never>,
  options: ExplainOptions,
  console: Console,
): number {
  if (options.json) {
    const { class: messageClass, page } = definition;
    console.out(`${JSON.stringify({ version: 1, code, class: messageClass, ...page })}\n`);
  } else console.out(renderExplanationTerminal(code, definition, { color: colorsResults(console, options) }));
  return exitStatus.done;
}

/** What PyNESTML calls so, then the page of the same message here; if there are several, their titles. */
async function explainForeign(
  found: readonly PynestmlCode[],
  options: ExplainOptions,
  console: Console,
): Promise<number> {
  if (options.json) {
    console.out(`${JSON.stringify({ version: 1, pynestml: found })}\n`);
    return exitStatus.done;
  }
  const messages = await allMessages();
  for (const foreign of found) console.out(headOf(foreign, messages));
  const codes = [...new Set(found.flatMap((foreign) => foreign.codes))];
  const [code = ''] = codes;
  const definition = messages.get(code);
  if (codes.length === 1 && definition !== undefined) {
    console.out('\n');
    return explainOwn(code, definition, options, console);
  }
  return exitStatus.done;
}

function headOf(
  { name, number, codes, remark }: PynestmlCode,
  messages: ReadonlyMap<string, MessageDefinition<never>>,
): string {
  const titles = codes.map((code) => `  ${code}: ${messages.get(code)?.page.title ?? ''}\n`);
  const foreign = [name, number === undefined ? '' : `number ${number}`]
    .filter((part) => part !== '')
    .join(', ');
  const difference = remark === undefined ? '' : `  (${remark})\n`;
  const here = codes.length === 0 ? 'has no counterpart here.' : 'is found here as:';
  return `What PyNESTML 9 reports as ${foreign} ${here}\n${titles.join('')}${difference}`;
}
